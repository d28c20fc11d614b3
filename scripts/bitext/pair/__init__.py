"""Blocks -> pairs: how the languages are laid out, and which block translates which."""
