"""What is added to the built site: downloads, bundles, the search files; and serve."""
