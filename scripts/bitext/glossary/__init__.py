"""One concept, one entry, both languages: read, found in running text, checked and exchanged."""
