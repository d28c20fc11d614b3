"""Cleaned lines -> blocks of one language and one kind, with who speaks them and the notes beside them."""
