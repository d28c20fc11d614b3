"""The files of data/ in and out: what people edit (bitext.yml) and what the import measured (import.json)."""
