"""The command line's longer sub-commands, one a file; `__main__.py` chooses among them."""
