"""What is known of the two scripts, each fact once; nothing of ours is imported here."""
