"""Two Tracks: from messy bilingual transcripts to paired pages. Start reading at pipeline.py."""

__version__ = "0.1.0"
