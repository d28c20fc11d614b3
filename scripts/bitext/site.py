"""What is added to the built site, after MkDocs: pure files, no server."""

from __future__ import annotations

from pathlib import Path


def finish(root: Path, site_dir: Path) -> None:
    """Completes `site_dir`, built from the project at `root`."""
