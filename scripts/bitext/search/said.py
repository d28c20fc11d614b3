"""What is said in other words: pairs across the languages, other spellings, words that only ask.

All of it is data, in bitext/text/words/search.
"""

from __future__ import annotations

from functools import cache

from bitext.text.words import entries, forms


@cache
def said() -> dict[str, object]:
    """What the worker has from the beginning: `stop` words of English, without which a query is met too, and
    `titles` beside the name of a person."""
    return {
        "stop": " ".join(entries("search/stop_en")),
        "titles": " ".join(entries("search/titles")),
    }


@cache
def general() -> dict[str, object]:
    """What the worker fetches when a query has few hits, or crosses the languages: `pairs` of Chinese
    and English words, `alike` words of one language, `ask` and `asking` words that a question has
    besides what it is about, and the names of the `months`, a list each."""
    return {
        "pairs": [[side.split(", ") for side in entry.split(" = ")] for entry in entries("search/pairs")],
        "alike": [entry.split(" = ") for entry in entries("search/alike")],
        "ask": "|".join(entries("search/ask_zh")),
        "asking": "|".join(entries("search/ask_en")),
        "months": [sorted(map(str.lower, forms(entry)), key=len) for entry in entries("dates/months")],
    }  # fmt: skip
