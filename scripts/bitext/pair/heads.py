"""Pairs -> the title among those at the head of the text, and the author who stands below it.

What cleaning took for the title is a proposal. Each pair, each heading without a partner and each
proposal is weighed by what speaks for it; a pair has its translation beside it, which no line alone has.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from bitext.clean.state import is_prose
from bitext.clean.titles import DASHES, is_no_title
from bitext.kinds import CUTTABLE
from bitext.model import LANGS
from bitext.pair.furniture import UNSAID, read_so
from bitext.pair.records import LONG, Pair, Pairing, without
from bitext.segment.records import Block
from bitext.text.dates import DATE
from bitext.text.furniture import odds
from bitext.text.habits import EDGE
from bitext.text.marks import CLAUSE_ENDED, LINE_ENDED, QUESTION_ENDED
from bitext.text.names import are_people
from bitext.text.numbering import ASKED, PARTS, number_at
from bitext.text.scripts import HAN, WORD, count, folded
from bitext.text.source import Cleaned, Cut, Span

#: Marks around what a page says of its text, and no title: `[Transcript lightly edited]`.
BRACKETS = ("()", "（）", "[]", "【】")
#: What a line may be: a title or something beside it, the text, a name, what was read of the text.
TITLE, TEXT, NAME, KNOWN = "title", "text", "name", "known"
TITLES = ("title_zh", "title_en")
#: The place of a title that cleaning left out.
LEFT_OUT = -1
#: What a line is called that was left out as the title and is none.
ABOVE = "page header"


@dataclass(frozen=True, slots=True)
class _Title:
    """A title by language, the pair where it stands (-1: it is left out), and what speaks for it and against it."""

    said: Mapping[str, str]
    at: int
    votes: int
    against: int
    again: bool  # the text says its words again
    is_sure: bool  # two lines above the text, which need no mark of a heading


@dataclass(frozen=True, slots=True)
class _Head:
    """The pairs before the text begins, and what a line among them is compared with."""

    pairs: Sequence[Pair]
    cleaned: Cleaned
    body: str  # the text's first words, folded
    asks: bool  # somebody asks in it, on lines of their own
    has_ends: bool  # its sentences end in marks, as a title does not
    lines: Sequence[tuple[int, str]]  # where each begins, and what it is
    speakers: Set[str]

    def __iter__(self) -> Iterator[_Title]:
        """Whatever may be the title."""
        found: list[_Title] = []
        for at, item in enumerate(self.pairs):
            said = {lang: _said(b) for lang in LANGS for b in item.side(lang)}
            if len(said) < len(item.blocks) or any(map(_is_of_a_part, said.values())):
                continue
            heads = [b for b in item.blocks if b.kind == "heading"]
            first = any(b.level == 1 for b in heads)
            title = self._weigh(said, at, [b.passage.spans[-1] for b in item.blocks], first)
            ended = any(map(self._is_ended, said.values()))
            sure = title.is_sure and self.has_ends and not (ended or (found and not title.again))
            if len(heads) == len(said) or (heads and not ended) or sure:
                yield replace(title, votes=title.votes + bool(heads))
            found += (title,) if len(said) == 2 and not title.against else ()
        for cut in self.cleaned.cuts:
            if cut.key in TITLES:
                said = {cut.key[-2:]: self.cleaned.metadata[cut.key]}
                title = self._weigh(said, LEFT_OUT, [cut.span], False)
                yield replace(title, votes=title.votes + 2)

    def _weigh(
        self, said: Mapping[str, str], at: int, spans: Iterable[Span], first: bool
    ) -> _Title:
        """A line or two with what speaks for them as the title, and what against."""
        texts = said.values()
        again = any(map(self._comes_again, texts))
        needed = (
            3 * (len(said) == 2),
            all(count(HAN, t) >= 4 or len(WORD.findall(t)) >= 3 for t in texts),
            any(map(self._is_above_text, spans)),
        )
        known = (
            _agree(said, self.cleaned.metadata, first),
            _agree(said, self.cleaned.document.metadata, False),
        )
        against = (
            any(t.startswith(DASHES) for t in texts),
            any(t[:1] + t[-1:] in BRACKETS for t in texts),
            read_so([odds(t) for t in texts]),
            any(t == self.cleaned.metadata.get("source") for t in texts),
            all(map(are_people, texts)),
            any(map(is_no_title, texts)),
            not all(_words_of(DATE.sub("", t)) for t in texts),
        )
        votes = sum(needed) + again + 2 * sum(known)
        return _Title(said, at, votes, sum(against), again, all(needed) and not any(against))

    def _is_ended(self, text: str) -> bool:
        """Whether a line is a sentence, or a question in a text that has more of them."""
        asked = QUESTION_ENDED.search(text) is not None
        return self.asks if asked else LINE_ENDED.search(text) is not None

    def _comes_again(self, text: str) -> bool:
        """Whether the text says at least half of a title's words again."""
        own = _words_of(text)
        return 2 * sum(word in self.body for word in own) >= len(own) > 0

    def _is_above_text(self, block: Span) -> bool:
        """Whether the next line is the text, or tells its date or its author."""
        at = bisect_left(self.lines, (block[1],))
        return at < len(self.lines) and self.lines[at][1] != TITLE

    def names_author(self, block: Block) -> bool:
        """Whether a line is names of people who do not speak in the text, beside its date or its source."""
        at = bisect_left(self.lines, (block.passage.spans[0][0],))
        beside = {
            kind for _, kind in (*self.lines[max(0, at - 1) : at], *self.lines[at + 1 : at + 2])
        }
        return KNOWN in beside and are_people(block.text) and block.text not in self.speakers


def read_head(pairing: Pairing, cleaned: Cleaned) -> tuple[Pairing, Cleaned]:
    """The pairing and what is left out of it, with the title and the author that stand at the text's head."""
    head = _head_of(pairing, cleaned)
    titles: dict[str, _Title] = {}
    for title in sorted(head, key=lambda t: (t.against, -t.votes, t.at)):
        if titles.keys().isdisjoint(title.said):
            titles |= dict.fromkeys(title.said, title)
    if not titles:
        return pairing, cleaned
    metadata = {**cleaned.metadata, **{f"title_{k}": t.said[k] for k, t in titles.items()}}
    places = {title.at for title in titles.values()}
    cuts = [
        replace(c, reason=ABOVE, key="")
        if c.key in TITLES and metadata[c.key] != cleaned.metadata[c.key]
        else c
        for c in cleaned.cuts
    ]
    gone: dict[int, str] = {}
    for at, item in enumerate(head.pairs):
        blocks = sorted(item.blocks, key=lambda b: b.passage.spans[0])
        if at in places and item.zh and item.en:
            pairing = _as_headings(pairing, at)
        elif at in places and cleaned.title and _holds(cleaned.title, item):
            gone[at] = cleaned.title.key
        elif at > min(places) and all(map(head.names_author, blocks)):
            gone[at] = "author"
            for b in blocks:
                key = "author" if "author" not in metadata else f"author_{b.lang}"
                metadata.setdefault(key, _said(b))
    for at, key in gone.items():
        spans = (s for b in pairing.pairs[at].blocks for s in (*b.label_spans, *b.passage.spans))
        cuts += [Cut(span, f"metadata: {key}", key) for span in spans]
    return without(pairing, gone.keys()), replace(cleaned, metadata=metadata, cuts=tuple(cuts))


def _head_of(pairing: Pairing, cleaned: Cleaned) -> _Head:
    pairs = list(takewhile(lambda p: not _begins_text(p), pairing.pairs[: 4 * EDGE]))
    rest = [b for p in pairing.pairs[len(pairs) :] for b in p.blocks]
    lines = [(b.passage.spans[0][0], TEXT) for b in rest]
    lines += [(b.passage.spans[0][0], _kind_of(b, p)) for p in pairs for b in p.blocks]
    lines += [
        (c.span[0], KNOWN if c.key and c.key not in TITLES else TITLE)
        for c in cleaned.cuts
        if c.reason not in UNSAID
    ]
    body = folded("\n".join(b.text[:LONG] for b in rest[: 8 * EDGE])).casefold()
    speakers = {n for labels in pairing.labels for label in labels if label for n in label.names}
    has_ends = any(CLAUSE_ENDED.search(b.text) for b in rest[: 2 * EDGE])
    asks = any(QUESTION_ENDED.search(b.text) and not is_prose(b.text) for b in rest)
    return _Head(pairs, cleaned, body, asks, has_ends, sorted(lines), speakers)


def _begins_text(item: Pair) -> bool:
    """Whether somebody speaks here, or the text runs in both languages."""
    lines = [b for b in item.blocks if b.kind != "heading"]
    runs = bool(item.zh and item.en) and any(is_prose(b.text) for b in lines)
    return runs or any(b.label or b.kind not in CUTTABLE for b in lines)


def _kind_of(block: Block, item: Pair) -> str:
    """What a line at the head may be by its words and those of its partner."""
    if all(are_people(b.text) for b in item.blocks):
        return NAME
    return TEXT if is_no_title(block.text) else TITLE


def _said(block: Block) -> str:
    """A line without the colon behind a heading; a name keeps it, for then it is a label."""
    said = " ".join(block.text.split())
    bare = said.rstrip("：: ")
    return bare if block.kind == "heading" and not are_people(bare) else said


def _is_of_a_part(text: str) -> bool:
    """Whether a heading is numbered or asks: then it is that of a section."""
    bare = text.lstrip("> ")
    return bool(number_at(bare, PARTS) or ASKED.match(bare))


def _agree(said: Mapping[str, str], known: Mapping[str, str], otherwise: bool) -> bool:
    """Whether a title is known in one language at least and another in none; else what holds where none is known."""
    titles = {lang: known[key] for lang in said if (key := f"title_{lang}") in known}
    return (
        all(folded(said[lang]) == folded(t) for lang, t in titles.items()) if titles else otherwise
    )


def _words_of(text: str) -> set[str]:
    """Words of a title as they may come again: two Chinese characters, a Latin word of four letters or more."""
    return {a + b for a, b in pairwise(text) if HAN.match(a) and HAN.match(b)} | {
        word.casefold() for word in WORD.findall(text) if len(word) > 3
    }


def _holds(title: Cut, item: Pair) -> bool:
    """Whether a text without a partner is this title and nothing else."""
    held = [s for b in item.blocks for s in (*b.label_spans, *b.passage.spans)]
    return all(title.span[0] <= a and b <= title.span[1] for a, b in held)


def _as_headings(pairing: Pairing, at: int) -> Pairing:
    """The pairing, the two blocks of one pair being headings."""
    item = pairing.pairs[at]
    zh, en = (
        tuple(replace(b, kind="heading", level=b.level or 1) for b in side)
        for side in (item.zh, item.en)
    )
    pairs = (*pairing.pairs[:at], replace(item, zh=zh, en=en), *pairing.pairs[at + 1 :])
    return replace(pairing, pairs=pairs)
