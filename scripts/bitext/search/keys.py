"""Keys of blocks -> the files in which the worker looks up which blocks hold a key."""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from bitext.search.blocks import FACT, FORM

#: Bytes of one file of keys, about, before compression: with smaller ones the list of all files,
#: which every search fetches, would weigh more than what they save. Measured at 2,000 transcripts.
SHARD = 6_000
#: Bytes of one file of neighbours, about, before compression: no list says where a pair stands, so that
#: only the number of files speaks against smaller ones.
PAIRS = 4_500
#: A file may be so much smaller or larger, if a shorter key then tells it from the one before.
LEAST, MOST = 0.6, 1.4
LONG_WORD = 3  # letters of a key: shorter words are not looked for when one letter is wrong
DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
#: A character beyond the first plane: JavaScript has it as two.
BEYOND = re.compile("[\U00010000-\U0010ffff]")
#: Parts the keys of a file from what belongs to them.
APART = "\n\n"
#: From so many times on a key weighs 1, 2, 3 in its block, as search-source.js reads it. Hand-set:
#: each step doubles, as the worth of another occurrence falls.
OFTEN = (2, 4, 8)
#: A number is written in base 64: the lower half of the digits end it, of the upper half each holds
#: five more bits.
BITS = 5
HALF = 1 << BITS
#: Bytes of a pair's second part that tell its file: a space and two letters.
ALIKE = 6


#: Where a key stands: the number of its first block, how often that one has it, as a step; its other
#: blocks, as `written`; and the number of the last.
Stands = tuple[int, int, str, int]


def standing(counts: Sequence[Mapping[str, int]]) -> dict[str, Stands]:
    """The keys of these blocks: where each stands.

    >>> standing([{"a": 1}, {"b": 1, "a": 9}])
    {'a': (0, 0, 'H', 1), 'b': (1, 0, '', 1)}
    """
    out: dict[str, Stands] = {}
    for n, block in enumerate(counts):
        for key, times in block.items():
            step = bisect_right(OFTEN, times)
            if key in out:
                first, weight, text, last = out[key]
                out[key] = (first, weight, text + _number(n - last, step), n)
            else:
                out[key] = (n, step, "", n)
    return out


def joined(tables: Iterable[tuple[int, Mapping[str, Stands]]]) -> dict[str, Stands]:
    """The keys of several tables, each of blocks from a number on, in order."""
    out: dict[str, Stands] = {}
    for start, table in tables:
        for key, (first, weight, text, last) in table.items():
            if key in out:
                head, step, texts, end = out[key]
                texts += _number(start + first - end, weight) + text
                out[key] = (head, step, texts, start + last)
            else:
                out[key] = (start + first, weight, text, start + last)
    return out


def written(place: Stands) -> str:
    """The blocks of a key in order, each as one number: the step from the one before, and how often.

    >>> written(standing([{"a": 1}, {}, {}, {"a": 9}])["a"])
    'EP'
    """
    first, weight, text, _ = place
    return _number(first + 1, weight) + text


@cache
def _number(step: int, weight: int) -> str:
    """So many blocks further, and how often that block has the key."""
    out, number = bytearray(), step * (len(OFTEN) + 1) + weight
    while number >= HALF:
        out.append(DIGITS[HALF + (number & (HALF - 1))])
        number >>= BITS
    out.append(DIGITS[number])
    return out.decode("ascii")


def words_both_ways(table: Mapping[str, str]) -> dict[str, str]:
    """The long words by their heads and by their tails: of a word with one letter wrong, the one or
    the other is right."""
    words = [key for key in table if is_long(key)]
    return dict.fromkeys([*("<" + key for key in words), *(">" + key[::-1] for key in words)], "")


def is_long(key: str) -> bool:
    """Whether a key is a word that is looked for with a letter wrong."""
    return len(key) >= LONG_WORD and key.isascii() and FORM not in key and FACT not in key


#: A form as good as always there, measured in the bytes of its blocks and of the word's: such a share.
ONLY_FORM = 0.9


def drop_only_forms(table: dict[str, str]) -> None:
    """Leaves the forms of those words that have several: of others the word itself tells as much."""
    for key in [key for key in table if FORM in key]:
        if len(table[key]) >= ONLY_FORM * len(table[key.split(FORM)[0]]):
            del table[key]


def separator(before: str, key: str) -> str:
    """The shortest beginning of `key` that sorts after `before`.

    >>> separator("agile future", "agile governance")
    'agile g'
    """
    pairs = zip(before, key, strict=False)
    alike = next((n for n, (a, b) in enumerate(pairs) if a != b), len(before))
    return key[: alike + 1]


def sort_key(text: str) -> bytes:
    """JavaScript sorts by UTF-16 code units."""
    return text.encode("utf-16-be")


def in_order(keys: Iterable[str]) -> list[str]:
    """The keys sorted by `sort_key`; Python's own order is the same, and quicker, where it may be."""
    found = list(keys)
    return sorted(found, key=sort_key if BEYOND.search("".join(found)) else None)


def shards(table: Mapping[str, str], most: int = SHARD) -> Iterator[dict[str, str]]:
    """The table in order, cut into files of about `most` bytes, where a short key tells them apart:
    every search fetches the list of these."""
    keys = in_order(table)
    start = size = 0
    best = (0, 0, 0)  # how long the key is, how far from the size, and where the file would end
    for n, key in enumerate(keys):
        if n > start and size > most * LEAST:
            this = (len(separator(keys[n - 1], key).encode()), int(abs(size - most)), n)
            best = min(best, this) if best[2] else this
        cost = len(key.encode()) + len(table[key].encode()) + 2
        if best[2] and size + cost > most * MOST:
            yield {k: table[k] for k in keys[start : best[2]]}
            start, best = best[2], (0, 0, 0)
            size = sum(len(k.encode()) + len(table[k].encode()) + 2 for k in keys[start:n])
        size += cost
    if start < len(keys):
        yield {k: table[k] for k in keys[start:]}


def bucket(pair: str, count: int) -> int:
    """In which of `count` files a pair of neighbours stands, told by the pair itself: as many as begin
    alike, up to the second letter of the second word, stand together, since a reader may be at the
    beginning of a word. search-source.js reckons it the same way.

    >>> [bucket(pair, 1000) for pair in ("agile governance", "agile go", "agile g", "敏捷")]
    [862, 862, 486, 359]
    """
    first, space, second = pair.partition(" ")
    alike = first.encode("utf-16-le") + (space + second).encode("utf-16-le")[:ALIKE]
    return zlib.crc32(alike) % count


def bucket_files(table: Mapping[str, str], most: int = PAIRS) -> list[str]:
    """The files of a table of neighbours, by their number."""
    size = sum(len(key.encode()) + len(value) + 2 for key, value in table.items())
    count = size // most + 1
    found: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for key in in_order(table):
        found[bucket(key, count)][key] = table[key]
    return [as_text(found[n]) for n in range(count)]


def as_text(shard: Mapping[str, str]) -> str:
    """A file of keys: all keys, then what belongs to each, a line each."""
    return "\n".join(shard) + APART + "\n".join(shard.values())


def table_files(table: Mapping[str, str], most: int = SHARD) -> tuple[list[str], str]:
    """The files of a table, and where each of them begins, a line a file."""
    texts, starts, last = [], [], ""
    for shard in shards(table, most):
        keys = list(shard)
        starts.append(separator(last, keys[0]))
        last = keys[-1]
        texts.append(as_text(shard))
    return texts, "\n".join(starts)
