"""Sentences of both languages -> the beads that pair them, each with its posterior."""
