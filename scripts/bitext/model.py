"""The records that pass from stage to stage. Every record is frozen; a stage returns new ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGS = ("zh", "en")
OTHER = {"zh": "en", "en": "zh"}
#: What a language is called where an editor reads it.
CALLED = {"zh": "Chinese", "en": "English"}
#: The version of the bitext.yml schema. It grows by adding keys; a change of meaning raises it.
BITEXT_VERSION = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """What an editor should mend, at `path:line`; the message says what is wrong and what to do."""

    path: str
    line: int
    message: str
    code: str = ""
    paste: str = ""  # lines for the file, ready but for what only a person knows
    about: tuple[str, ...] = field(default=(), compare=False)  # ids of the entries it is about

    @property
    def said(self) -> str:
        """The problem in one line, without what is to be pasted."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{self.code} {place}: {self.message}" if self.code else f"{place}: {self.message}"

    def __str__(self) -> str:
        # At the margin, as it has to stand in the file.
        return f"{self.said}\n{self.paste}" if self.paste else self.said


class Refusal(Exception):
    """An input that cannot be used at all: E-CODE, its path and line, what was found, what to do."""

    def __init__(self, code: str, path: str, line: int, found: str, todo: str):
        super().__init__(f"{code} {path}:{line}: {found} — {todo}")
        self.code, self.path, self.line, self.found, self.todo = code, path, line, found, todo


class Overridable(Refusal):
    """A refusal by rule of thumb: what to do is what would change its mind, and `--anyway` overrides it."""

    def __init__(self, code: str, path: str, line: int, found: str, todo: str):
        super().__init__(code, path, line, found, f"{todo}; --anyway imports it all the same")


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments that translate each other: zh[a:b] and en[c:d], half-open; one side may be empty."""

    zh: tuple[int, int]
    en: tuple[int, int]
    posterior: float  # how sure it is, 0..1: see align/confidence.py

    @property
    def kind(self) -> str:
        """The bead's shape: '1-1', '2-1', '0-1' …"""
        return f"{self.zh[1] - self.zh[0]}-{self.en[1] - self.en[0]}"


@dataclass(frozen=True, slots=True)
class SentenceBead:
    """A bead inside a unit, by the offsets at which it ends in each of the unit's texts."""

    zh_end: int
    en_end: int
    posterior: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as this source writes the name; `person` points into data/people.yml."""

    id: str
    zh: str | None
    en: str | None
    labels_zh: tuple[str, ...] = ()  # every spelling of the label in the source
    labels_en: tuple[str, ...] = ()
    person: str | None = None
    role_zh: str | None = None  # the role at that time
    role_en: str | None = None
    line: int = 0  # in bitext.yml


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a unit should be looked at: a code, and what was measured. Its words: `bitext/doubts.py`."""

    code: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """What is paired and cited. `zh` or `en` is None where that language has nothing.

    Text is verbatim but for white space. Paragraphs within one text are parted by a blank line;
    a note's lines by a line feed. `zh_span` and `en_span` are the source lines it came from.
    """

    id: str
    kind: str  # one of kinds.KINDS
    zh: str | None
    en: str | None
    speaker: str | None = None  # Speaker.id
    turn: str | None = None  # 's4'; None outside turns
    level: int = 0  # of a heading, from 2; of a list item, its depth from 1
    after: str | None = None  # a note's unit: the one it follows
    formerly: tuple[str, ...] = ()  # ids under which it was published before; they keep working
    original: str | None = None  # 'zh' or 'en' where the bitext says which was spoken
    confidence: float | None = None  # that the two texts are a pair, 0..1
    review: tuple[Doubt, ...] = ()  # what is doubtful and nobody has settled
    beads: tuple[SentenceBead, ...] = ()
    zh_span: tuple[int, int] | None = None  # source lines, first and last, from 1
    en_span: tuple[int, int] | None = None
    lines: tuple[int, int] = (0, 0)  # beads as written in bitext.yml, in zh and in en
    line: int = 0  # in bitext.yml

    def text(self, lang: str) -> str | None:
        return self.zh if lang == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Dropped:
    """Source text that is not published, and why; `line` is its line in the source."""

    text: str
    reason: str
    line: int
    reason_zh: str = ""  # where a person said why, in Chinese too


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's note (ours): on the unit `at`, about the quoted words, in both languages."""

    id: str
    at: str
    kind: str  # one of shapes.NOTE_KINDS
    zh: str
    en: str
    quote_zh: str | None = None
    quote_en: str | None = None
    sources: tuple[tuple[str, str], ...] = ()  # (title, url)
    line: int = 0


#: What a correction may say of the other language: its text is the same, was corrected too, or
#: nobody has compared it yet.
TWINS = ("same", "corrected", "open")
#: What a correction may change: a unit's text, who speaks, or what the source says of itself.
CORRECTABLE = ("text", "speaker", "metadata")


@dataclass(frozen=True, slots=True)
class Correction:
    """A change of the source's words that a person listed: at unit `at`, `was` became `now`.

    `what` is `text`, `speaker` (then `was` and `now` are speakers' ids) or `metadata` (then `at` is its key).
    """

    at: str
    was: str
    now: str  # `is` in the file
    date: str
    why_zh: str
    why_en: str
    twin: str  # one of TWINS
    lang: str = ""  # of the text; '' where only one of the two has the words
    what: str = "text"
    by: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Source text that a person took out of the units, and why."""

    was: str
    why_zh: str
    why_en: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class WithdrawnId:
    """An address on the page that was published and leads to no text any more, and why."""

    id: str
    date: str
    why_zh: str
    why_en: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where every non-white-space character of the source went; the parts add up to `total`."""

    total: int
    units: int
    labels: int  # speakers' labels, published as the turn's speaker
    notes: int
    metadata: int
    dropped: int

    @property
    def accounted(self) -> int:
        return self.units + self.labels + self.notes + self.metadata + self.dropped

    @property
    def complete(self) -> bool:
        return self.accounted == self.total


@dataclass(frozen=True, slots=True)
class Proof:
    """What reading the source again says of a bitext; the three counts are of source characters.

    What cannot be checked (a reader that is not here, white space across too many cuts) is neither
    proved nor contradicted, and is named in `unchecked`.
    """

    proved: int
    contradicted: int
    unknown: int
    ledger: Ledger | None
    unchecked: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def verdict(self) -> str:
        """'proved', 'contradicted' or 'unchecked'."""
        if self.contradicted or self.problems:
            return "contradicted"
        return "unchecked" if self.unknown or self.unchecked else "proved"


@dataclass(frozen=True, slots=True)
class Bitext:
    """A transcript and its translation, aligned: what data/transcripts/<slug>/bitext.yml holds.

    `ledger`, `dropped`, `repairs`, `layout`, `truncated`, and the units' confidence, beads and lines
    come from import.json and the source; they are not in bitext.yml.

    `metadata` is what was read out of the source (keys: title_zh, title_en, date, time, source,
    author, editor, byline_zh, …; never invented). `record` is what only an editor can say (kind of
    record, place, dates, translator; see shapes.RECORD). `source` is the evidence: file,
    sha256, encoding, found_at, retrieved, rights.
    """

    slug: str
    metadata: Mapping[str, str]
    units: tuple[Unit, ...]
    speakers: tuple[Speaker, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[Note, ...] = ()
    corrections: tuple[Correction, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    settled: tuple[str, ...] = ()  # units whose doubts a person has settled
    formerly: tuple[str, ...] = ()  # slugs under which it was published before
    withdrawn: tuple[WithdrawnId, ...] = ()
    record: Mapping[str, object] = field(default_factory=dict)
    source: Mapping[str, object] = field(default_factory=dict)
    ledger: Ledger | None = None
    repairs: Mapping[str, int] = field(default_factory=dict)  # kind of repair -> how many
    truncated: bool = False
    layout: str = ""  # as measured at import
    proof: Proof | None = None
    path: str = ""  # of the bitext.yml, for problems

    def speaker(self, id: str | None) -> Speaker | None:
        return next((s for s in self.speakers if s.id == id), None)
