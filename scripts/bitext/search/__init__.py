"""Bitexts, glossary and pages -> the files that the search worker fetches."""
