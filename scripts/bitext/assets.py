"""The theme's own scripts and styles in the built site."""

from __future__ import annotations

from pathlib import Path


def bundle(site_dir: Path) -> None:
    """Joins what a page loads together into one file each."""
