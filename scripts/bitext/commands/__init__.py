"""The longer commands, a file each; `__main__.py` chooses among them."""
