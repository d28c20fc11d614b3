"""The library, texts and people -> the pages on which one finds a text: by year, person, kind, topic."""
