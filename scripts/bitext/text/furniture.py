"""Text -> how much it reads like what a page says of itself: a weight for each of its words, added up.

The weights are fitted on lines of pages and lines of texts (scripts/bench/fit_furniture.py, which also
says how well they do on documents that are left out). A form that is missed costs a line there.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from bitext.text.scripts import HAN_CLASS
from bitext.text.variants import simplify

TABLE = Path(__file__).parent / "furniture.tsv"
#: Weighed whole; of no interest is which address it is.
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b[\w-]+\.(?:com|org|net|ai|io|cn|gov|edu)\b",
    re.IGNORECASE,
)
#: No marks and no numbers: a list, a table and a damaged source have them as a page has.
TOKEN = re.compile(rf"[a-z]+(?:'[a-z]+)?|[{HAN_CLASS}]+|©")
#: What ends a sentence, or goes on behind one.
ENDED = tuple('。.!?…;"”')


def features(text: str) -> frozenset[str]:
    """What of a text is weighed: its words, two English ones and two Chinese characters that stand together,
    whether it has an address, and whether it ends as a sentence does; nothing, if it has no words.

    >>> sorted(features("关注我们！Share it")), features("3/12")
    (['it', 'share', 'share it', '§open', '关注', '我们', '注我'], frozenset())
    """
    folded = simplify(unicodedata.normalize("NFKC", text)).strip().lower().replace("’", "'")
    rest = ADDRESS.sub(" ", folded)
    tokens = TOKEN.findall(rest)
    found = {each for token in tokens for each in _parts(token)}
    found |= {f"{a} {b}" for a, b in pairwise(tokens) if (a + b).isascii()}
    found |= {"§address"} if rest != folded else set()
    return frozenset(found | {"§ended" if folded.endswith(ENDED) else "§open"} if found else ())


def _parts(token: str) -> Iterator[str]:
    if len(token) == 1 or token.isascii():
        yield token
    else:
        yield from (a + b for a, b in pairwise(token))


@lru_cache(4096)
def odds(text: str) -> float:
    """The log-odds that a line is a page's own, in nats, if half of all lines were; without words, -inf.

    >>> odds("Subscribe to our newsletter") > 0 > odds("She read about water in a newsletter.")
    True
    """
    weights, found = _weights(), features(text)
    if not found:
        return -math.inf
    return weights[""] + sum(weights.get(each, 0.0) for each in found) / math.sqrt(len(found))


@cache
def _weights() -> Mapping[str, float]:
    """Each feature's weight; under '' what is added to all."""
    lines = TABLE.read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("# "))
    return {feature: float(weight) for weight, feature in rows}
