"""Bitexts and glossary -> the Markdown pages in docs/."""
