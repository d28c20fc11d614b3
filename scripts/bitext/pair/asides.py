"""Lifted texts -> asides: notes and listings, their two languages together, at their place among the pairs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bitext.model import LANGS
from bitext.pair.records import Aside, Pair
from bitext.read.listing import is_verse
from bitext.segment.notes import is_open, rest_of
from bitext.segment.records import Block, Lifted
from bitext.text.numbering import number_of


def asides(lifted: Sequence[Lifted], pairs: Sequence[Pair]) -> Iterator[Aside]:
    """The lifted texts, the two languages of one together, each after the pair it follows."""
    where = {b.order: k for k, p in enumerate(pairs) for b in p.blocks}
    orders = sorted(where)
    follows: Callable[[Lifted], int] = lambda item: _last_before(orders, where, item)  # noqa: E731
    rest = list(lifted)
    while rest:
        item = rest.pop(0)
        partner = _partner(item, rest, follows)
        if partner:
            rest.remove(partner)
        both = {x.lang: x for x in (item, partner) if x}
        after = min(map(follows, both.values()))
        yield Aside(item.kind, both.get("zh"), both.get("en"), after)


def absorb(pairs: Sequence[Pair], lifted: Sequence[Lifted]) -> tuple[list[Pair], list[Lifted]]:
    """Notes given what belongs to them and found no partner in the text."""
    alone = {p.blocks[0].order: p for p in pairs if len(p.blocks) == 1}
    gone: set[int] = set()
    out = []
    for item in lifted:
        following: list[Block] = []
        while is_open(item) and (pair := alone.get(item.last + 1 + len(following))):
            block = pair.blocks[0]
            if block.lang != item.lang or block.label or block.group >= 0:
                break
            following.append(block)
        taken = following[: rest_of(item, following)]
        gone.update(b.order for b in taken)
        out.append(replace(item, blocks=(*item.blocks, *taken)))
    return [p for p in pairs if p.blocks[0].order not in gone], out


def _last_before(orders: Sequence[int], where: dict[int, int], item: Lifted) -> int:
    before = [o for o in orders if o < item.order]
    return where[before[-1]] if before else -1


def _partner(
    item: Lifted, rest: Sequence[Lifted], follows: Callable[[Lifted], int]
) -> Lifted | None:
    """The same note in the other language: next to it, or at the same place of the text."""
    others = [x for x in rest if x.kind == item.kind and x.lang != item.lang]
    if not others or item.kind == "vocab":
        return None
    number = number_of(item.blocks[0].text)
    if item.kind == "footnote" and number:
        return next((x for x in others if number_of(x.blocks[0].text) == number), None)
    if item.kind == "code":
        same = (x for x in others if _is_same_code(item, x))
        return next(same, None) or _at_its_place(
            item, [x for x in others if _are_verses(item, x)], follows
        )
    return _at_its_place(item, others, follows)


def _at_its_place(
    item: Lifted, others: Sequence[Lifted], follows: Callable[[Lifted], int]
) -> Lifted | None:
    """The one next to it, or at the same place of the text."""
    if others and others[0].order == item.last + 1:
        return others[0]
    return next((x for x in others if follows(x) == follows(item)), None)


def listings_of_halves(body: Sequence[Block], lifted: Sequence[Lifted]) -> list[Lifted]:
    """The lifted texts, a listing that stands in both halves with each half's language.

    Code has no language of its own: `tail -n 20` in the Chinese half is the Chinese text's.
    """
    where = {b.order: b.lang for b in body}
    orders = sorted(where)

    def before(item: Lifted) -> str:
        """The language of the text that it follows; at the document's head, of what follows it."""
        at = bisect_left(orders, item.order)
        return where[orders[max(0, at - 1)]] if orders else ""

    copies: dict[str, list[int]] = {}
    for k, item in enumerate(lifted):
        if item.kind == "code":
            copies.setdefault("\n".join(b.text for b in item.blocks), []).append(k)
    out = list(lifted)
    for places in copies.values():
        langs = [before(lifted[k]) for k in places]
        if sorted(langs) == sorted(LANGS):
            for k, lang in zip(places, langs, strict=True):
                blocks = tuple(replace(b, lang=lang) for b in lifted[k].blocks)
                out[k] = replace(lifted[k], blocks=blocks)
    return out


def _are_verses(item: Lifted, other: Lifted) -> bool:
    """Whether two listings are as many lines of words alone: a poem, set line for line."""
    some, others = (x.blocks[0].text.split("\n") for x in (item, other))
    return len(some) == len(others) and is_verse(some) and is_verse(others)


def _is_same_code(item: Lifted, other: Lifted) -> bool:
    """Whether two listings stand in one row, or are one but for their words: most tokens are the same."""
    a, b = item.blocks[0], other.blocks[0]
    if a.group >= 0 and a.group == b.group:
        return True
    some, others = (Counter(x.text.split()) for x in (a, b))
    return 2 * sum((some & others).values()) > max(some.total(), others.total())
