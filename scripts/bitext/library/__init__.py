"""Reads and writes data/: bitext.yml (edited by people) and import.json (measured by the import)."""
