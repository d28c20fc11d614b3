"""A value -> a file of the index: compressed JSON, always the same bytes."""

from __future__ import annotations

import gzip
import json


def packed(value: object) -> bytes:
    """The value as compressed JSON, or a text as it is; always the same bytes."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))  # fmt: skip
    return gzip.compress(text.encode(), 9, mtime=0)
