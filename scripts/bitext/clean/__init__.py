"""Document -> Cleaned: chrome cut with its reason, metadata read out, white space in order."""
