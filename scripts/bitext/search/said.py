"""What is said in other words: pairs across the languages, other spellings, words that only ask.

All of it is data, in bitext/text/words/search.
"""

from __future__ import annotations

from functools import cache

from bitext.text.words import entries


@cache
def said() -> dict[str, object]:
    """For the worker: `pairs` of Chinese and English words, `alike` words of one language, `stop`
    and `ask` words that a question has besides what it is about."""
    return {
        "pairs": [[side.split(", ") for side in entry.split(" = ")] for entry in entries("search/pairs")],
        "alike": [entry.split(" = ") for entry in entries("search/alike")],
        "stop": " ".join(entries("search/stop_en")),
        "ask": "|".join(entries("search/ask_zh")),
    }  # fmt: skip
