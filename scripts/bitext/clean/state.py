"""Working state of the clean stage: what is left of each line, the cuts made, where the text is."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace

from bitext.text.marks import CLOSERS, PARTED, SENTENCE_WITHIN, STOPS
from bitext.text.scripts import HAN, UNSEEN, WORD, count, language
from bitext.text.source import Cut, Document, Line, Span, is_blank
from bitext.text.spans import trim, without

#: What comes so often, in the same words or the same form, is a habit of the page or the recording.
OFTEN = 3
#: Characters of what a page or an editor puts beside a text, such as a watermark or a language's name.
LONGEST = 120


@dataclass(slots=True)
class State:
    """Working state of the clean stage: for each line the spans not cut yet, and the cuts made."""

    document: Document
    kept: list[list[Span]]  # of each line
    cuts: dict[int, list[Cut]] = field(default_factory=dict)  # of each line that was cut
    metadata: dict[str, str] = field(default_factory=dict)
    full: list[int] = field(default_factory=list)  # indexes of lines that hold text
    prose: list[bool] = field(default_factory=list)
    langs: list[str] = field(default_factory=list)
    gone: set[int] = field(default_factory=set)
    scraps: bool = False  # most lines of the text are a word or two
    changed: dict[int, Line] = field(default_factory=dict)
    title: Cut | None = None  # a title whose answer in the other language is to be seen

    def text(self, index: int) -> str:
        """What is left of a line, without its markup and what shows nothing."""
        return "".join(self.document.text[a:b] for a, b in self.kept[index])

    def said(self, index: int) -> str:
        """The same, without the blanks around it."""
        return self.text(index).strip()

    def line(self, index: int) -> Line:
        return self.document.lines[index]

    def kind(self, index: int) -> str:
        return self.document.lines[index].kind

    def beside(self, index: int, step: int) -> int | None:
        """The line that holds text and stands so many behind this one, or before it."""
        at = bisect_left(self.full, index) + step
        return self.full[at] if 0 <= at < len(self.full) else None

    def make_heading(self, index: int, level: int) -> None:
        line = self.line(index)
        self.changed[index] = replace(line, kind="heading", level=line.level or level)

    def cut(self, index: int, reason: str, key: str = "", span: Span | None = None) -> None:
        """Cut a line, or a span of it; what was cut before stays as it was."""
        line = self.document.lines[index]
        span = span or (line.start, line.end)
        made = self.cuts.setdefault(index, [])
        pieces = without(span, [cut.span for cut in made])
        for a, b in (trim(self.document.text, piece) for piece in pieces):
            if a < b:
                made.append(Cut((a, b), reason, key))
        self.kept[index] = [p for held in self.kept[index] for p in without(held, [span])]
        if all(map(is_blank, self.text(index))):
            self.gone.add(index)

    def cut_each(self, indexes: Iterable[int], reason: str) -> None:
        for index in indexes:
            self.cut(index, reason)

    def read(self, index: int, *said: tuple[str, str], span: Span | None = None) -> None:
        """Cut a line, or a span of it, as the metadata that it gives: keys, each with its value."""
        self.cut(index, f"metadata: {said[0][0]}", said[0][0], span)
        for key, value in said:
            self.learn(key, value)

    def whole(self, index: int) -> str:
        """A line as it stands in the document, whatever was cut of it."""
        line = self.document.lines[index]
        return self.document.text[line.start : line.end]

    def review(self, index: int) -> None:
        """Judge anew what is left of a line: its language, and whether it is running text."""
        part = self.text(index)
        self.langs[index] = self.document.lines[index].lang or language(part)
        self.prose[index] = is_prose(part)

    def learn(self, key: str, value: str) -> None:
        """Remember metadata; the first value holds, another language's stands beside it."""
        if not key or not value:  # what stands beside a label or a date has no key
            return
        if key not in self.metadata:
            self.metadata[key] = value
        elif self.metadata[key] != value and key in ("author", "editor", "source", "translator"):
            lang = language(value)
            if lang and lang != language(self.metadata[key]):
                self.metadata.setdefault(f"{key}_{lang}", value)

    def has(self, index: int, *, reason: str = "", keys: Set[str] = frozenset()) -> bool:
        """Whether a cut with this reason or one of these keys was made in the line."""
        return any(c.reason == reason or c.key in keys for c in self.cuts.get(index, ()))

    def is_link(self, index: int) -> bool:
        """Whether a paragraph of Markdown is a link and nothing else, or a row of them between bars."""
        line = self.document.lines[index]
        parts = [part.strip("*_ \t") for part in PARTED.split(self.whole(index))]
        link = all(p[:1] == "[" and p[-1:] == ")" and p.count("](") == 1 for p in parts)
        return link and not line.kind and len(line.markup) > 1

    def is_scrap(self, index: int) -> bool:
        """Whether a line is a word or two of a text that comes in such scraps, as captions do."""
        return self.scraps and len(self.text(index).split()) <= 2

    @property
    def open(self) -> list[int]:
        """The same without code, cells and cues: their words are nobody's but the text's."""
        return [i for i in self.left if self.kind(i) not in ("code", "cell", "cue")]

    @property
    def left(self) -> list[int]:
        """Indexes of the lines that still hold text, in order."""
        return [i for i in self.full if i not in self.gone]


def open_state(document: Document) -> State:
    text = document.text
    state = State(document, [[(ln.start, ln.end)] for ln in document.lines])
    for index, line in enumerate(document.lines):
        unseen = (m.span() for m in UNSEEN.finditer(text, line.start, line.end))
        state.kept[index] = without((line.start, line.end), [*line.markup, *unseen])
        state.langs.append("")
        state.prose.append(False)
        part = state.text(index)
        if not all(map(is_blank, part)):
            state.full.append(index)
            state.langs[index] = line.lang or language(part)
            state.prose[index] = is_prose(part) and not state.is_link(index)
        elif not all(map(is_blank, text[line.start : line.end])):
            state.cut(index, "markup")
            state.gone.add(index)
    short = sum(len(state.text(i).split()) <= 2 and len(state.text(i)) <= 20 for i in state.full)
    state.scraps = len(state.full) >= 40 and short > 0.7 * len(state.full) and not any(state.prose)
    return state


def is_prose(part: str) -> bool:
    """Whether a line is running text: it has a sentence's end and a sentence's length."""
    if not SENTENCE_WITHIN.search(part) or (len(part) < 60 and _is_lone_question(part)):
        return len(part) > 60 and (count(HAN, part) >= 40 or len(WORD.findall(part)) >= 20)
    return count(HAN, part[:2000]) >= 12 or len(WORD.findall(part[:2000])) >= 7


def _is_lone_question(part: str) -> bool:
    """Whether a line is one question or exclamation, as titles are."""
    ended = part.rstrip().rstrip(CLOSERS)
    said = ended.rstrip("！？!?")
    return len(said) < len(ended) and not any(c in STOPS for c in said)


def edges_of(state: State) -> set[int]:
    """Lines before the text, after it, and between its halves where the language changes for good."""
    left = state.left
    prose = [i for i in left if state.prose[i]]
    if state.document.format in ("srt", "vtt"):
        return set(left[:4] + left[-4:])
    if not prose:
        return set(left[:3] + left[-3:])
    edges = {i for i in left if i < prose[0] or i > prose[-1]}
    seams = [(a, b) for a, b in itertools.pairwise(prose) if state.langs[a] != state.langs[b]]
    if len(seams) <= 2:
        for a, b in seams:
            edges |= {i for i in left if a < i < b}
    return edges
