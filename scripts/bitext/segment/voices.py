"""Lines -> who speaks in them: every name that may be a label, weighed by all that is known of it.

No sign decides alone: a name that comes again, an office, a place where everybody else is named, a
partner in the other language are each worth something (SIGNS), and a name that is worth ENOUGH is a
speaker. What one name is worth depends on who else speaks, so that all are weighed again until
nobody is found. The weights are set by hand so that tests/cases/speakers.toml and tests/cases/kinds
come right; they were checked on conversations that nobody had looked at when they were set.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from bitext.model import LANGS
from bitext.segment import speakers
from bitext.segment.people import has_title_before, is_form_of, own_name
from bitext.segment.records import Label
from bitext.segment.speakers import has_name, is_denied, is_role, key_of, name_like
from bitext.text.habits import MOSTLY
from bitext.text.names import is_personal, pinyin, sounds_alike, spells
from bitext.text.paths import in_order
from bitext.text.scripts import HAN


@dataclass(frozen=True, slots=True)
class Row:
    """A line or a part of one, with the labels that may be read in it, in order of likelihood."""

    lang: str
    labels: tuple[Label, ...]
    place: str  # start: of a line | middle: of one, where its language changes | inside: behind a
    # sentence | alone: it is all the line
    turn: bool = False  # a mark before it says that another speaks
    marked_up: bool = False  # the label is set off: **Li Wei:**


@dataclass(slots=True)
class _Name:
    """A name and where it stands as a label."""

    key: str
    name: str
    counts: Counter[str] = field(default_factory=Counter)  # by language
    forms: set[str] = field(default_factory=set)
    leads: bool = False
    marked_up: bool = False

    @property
    def is_han(self) -> bool:
        return bool(HAN.search(self.name))

    @property
    def clear(self) -> bool:
        """Whether a colon or brackets show that it is a label."""
        return not self.forms.isdisjoint(("colon", "bracket"))


#: Who speaks is named twice at least, and once more for so many lines: a headline's colon is not.
LINES_A_TIME = 400
#: A text has a speaker a line where so many lines at least begin with one, and most of them.
LINES = 3
#: Longer conversations are read as they are: their names come more than once.
MOST_CELLS = 1_000_000


@dataclass(frozen=True)
class _Found:
    """What is known when the names are weighed: who speaks so far, and what follows from that."""

    rows: Sequence[Row]
    names: Mapping[str, _Name]
    lines: Mapping[str, int]
    accepted: frozenset[str]

    @cached_property
    def speaking(self) -> list[_Name]:
        return [n for k, n in self.names.items() if k in self.accepted]

    @cached_property
    def lone(self) -> list[_Name]:
        """Names of persons that are labels, and no speakers yet."""
        return [
            n for n in self.names.values()
            if n.key not in self.accepted and n.leads and n.clear
            if is_personal(n.name) and not is_denied(n.name) and not _comes_often(n, self)
        ]  # fmt: skip

    @cached_property
    def latin(self) -> list[str]:
        return [n.name for n in self.names.values() if not n.is_han and not is_denied(n.name)]

    @cached_property
    def places(self) -> Mapping[str, float]:
        """For names that begin a line how surely a speaker begins it, as one begins those around it."""
        found: dict[str, float] = {}
        for lang in LANGS:
            lines = [r for r in self.rows if r.lang == lang and r.place == "start"]
            self._place(found, lines)
            self._place(found, [r for r in lines if r.turn])
        return found

    def _place(self, found: dict[str, float], lines: list[Row]) -> None:
        said = [bool(first_of(row.labels, self.accepted)) for row in lines]
        if True not in said:
            return
        part = min(1.0, sum(said) / LINES) * min(1.0, sum(said) / (MOSTLY * len(lines))) ** 2
        # What stands above the first of them is a title.
        first = said.index(True)
        for row in (r for r, known in zip(lines[first:], said[first:], strict=True) if not known):
            if name := next(filter(None, map(_candidate, row.labels)), None):
                found[key_of(name)] = max(part, found.get(key_of(name), 0.0))

    @cached_property
    def partners(self) -> Mapping[str, list[_Name]]:
        """Who answers a name at the same place of the conversation in the other language."""
        found: dict[str, list[_Name]] = defaultdict(list)
        zh, en = ([*self._conversation(lang)] for lang in LANGS)
        if self.accepted.issuperset((*zh, *en)) or not 0 < len(zh) * len(en) <= MOST_CELLS:
            return found
        keys = [[*dict.fromkeys(side)] for side in (zh, en)]
        places = np.ix_(
            *([each.index(k) for k in side] for each, side in zip(keys, (zh, en), strict=True))
        )
        met: Counter[tuple[str, str]] = Counter()
        pairs: list[tuple[str, str]] = []
        for _ in range(2):  # the second time with what was met the first time
            worth = np.array([[self._worth(a, b, met) for b in keys[1]] for a in keys[0]])[places]
            pairs = [(zh[i], en[j]) for i, j in in_order(worth)[1] if worth[i, j]]
            met = Counter(p for p in pairs if self.accepted.issuperset(p))
        known = Counter(
            self.accepted.issuperset(p) for p in pairs if not self.accepted.isdisjoint(p)
        )
        # Names are taken on the word of labels that meet: a text that lost its labels has none.
        trusted = known[False] <= 2 * known[True]
        for a, b in pairs:
            for one, other in ((a, b), (b, a)):
                if trusted or other not in self.accepted:
                    found[one].append(self.names[other])
        return found

    def _conversation(self, lang: str) -> Iterator[str]:
        """The keys of one language's labels in order, accepted ones and those that might be."""
        for row in self.rows:
            if row.lang != lang:
                continue
            label = first_of(row.labels, self.accepted)
            names = label.names if label else filter(None, map(_candidate, row.labels))
            keys = [k for k in map(key_of, names) if k in self.names]
            yield from [k for k in keys if not label or k in self.accepted][:1]

    def _worth(self, a: str, b: str, met: Mapping[tuple[str, str], int]) -> float:
        """What two labels are worth as a pair: one person by sound, met before, speakers, a speaker
        with somebody who may be one, two strangers who sound alike."""
        zh, en = self.names[a].name, self.names[b].name
        if {a, b} <= self.accepted:
            return 3.0 if sounds_alike(zh, en) else 1.5 if met.get((a, b), 0) > 1 else 1.0
        return 0.5 if {a, b} & self.accepted else 0.75 if spells(zh, en) else 0.0


def _candidate(label: Label) -> str | None:
    """The label's name if it can be that of somebody who speaks once."""
    if label.form not in ("colon", "bracket") or len(label.names) != 1:
        return None
    (name,) = label.names
    if is_denied(name) or not name_like(name):
        return None
    if HAN.search(name):
        return name if 2 <= len(name) <= 10 else None
    words = name.split()
    long = any(len(w.strip(".")) > 1 for w in words)
    return name if name[:1].isupper() and len(words) <= 5 and long else None


# --- signs: what each is worth of what a name has of it, from 0 to 1 --------------------------------


def _comes_often(name: _Name, found: _Found) -> float:
    return _times(name, found.lines) >= 1


def _times(name: _Name, lines: Mapping[str, int]) -> float:
    """How many times as often as it must a speaker's name comes, in a text of so many lines."""
    return max(name.counts[g] / (2 + lines.get(g, 0) // LINES_A_TIME) for g in LANGS)


def _is_office(name: _Name, found: _Found) -> float:
    return is_role(name.name)


def _is_clear(name: _Name, found: _Found) -> float:
    return name.clear


def _is_person(name: _Name, found: _Found) -> float:
    return name.leads and is_personal(name.name)


def _is_no_name(name: _Name, found: _Found) -> float:
    return not name_like(name.name) and not is_role(name.name)


def _is_phrase(name: _Name, found: _Found) -> float:
    """A phrase before a colon, unless it is an office and somebody's name."""
    return is_denied(name.name) and not _is_form(name, found)


def _is_in_midline(name: _Name, found: _Found) -> float:
    return not name.leads and not is_role(name.name)


def _has_company(name: _Name, found: _Found) -> float:
    """A person among others: of a Chinese text in which others speak, or one of as many in both.

    A lone English name needs a lone Chinese one that it can be: `Incident Reporting:` is a title.
    """
    if not name.leads or not is_personal(name.name):
        return 0.0
    if name.is_han and "colon" in name.forms and any(n.is_han for n in found.speaking):
        return 1.0
    han = sum(n.is_han for n in found.lone)
    even = han * 2 == len(found.lone) > 0
    return even and (han >= 2 or bool(found.speaking))


def _is_form(name: _Name, found: _Found) -> float:
    """Another form of a speaker's name: longer, shorter, with an office, in the other language."""
    if not (name.leads and name.clear):
        return 0.0
    own = own_name(name.name)
    if name.is_han and own != name.name and any(sounds_alike(own, x) for x in found.latin):
        return 1.0
    denied = is_denied(name.name)
    surname = not denied and _is_surname(name, found.speaking)
    return surname or any(_is_form_of(name, other, denied) for other in found.speaking)


def _is_form_of(name: _Name, other: _Name, denied: bool) -> bool:
    if has_title_before(name.name, other.name):
        return True
    if not name.is_han and other.is_han:
        if not denied and sounds_alike(own_name(other.name), name.name):
            return True
        # `He: …`, a surname that is an English word
        again = max(name.counts.values()) >= 2 and name.name.istitle()
        return again and pinyin(other.name)[:1] == (name.name.lower(),)
    return not denied and is_form_of(name.name, other.name)


def _is_surname(name: _Name, others: Sequence[_Name]) -> bool:
    """Whether a label is one Han character, with which exactly one of the others begins."""
    return len(name.name) == 1 and name.is_han and sum(o.name[0] == name.name for o in others) == 1


def _is_spelled(name: _Name, found: _Found) -> float:
    """A Chinese person whom a label of the other language spells."""
    own = name.leads and name.is_han and is_personal(name.name)
    return own and any(sounds_alike(name.name, other) for other in found.latin)


def _answers(name: _Name, found: _Found) -> float:
    """A speaker of the other language stands at its place."""
    return any(n.key in found.accepted for n in found.partners.get(name.key, ()))


def _sounds(name: _Name, found: _Found) -> float:
    """What stands at its place in the other language sounds alike; the more if both are set off."""
    best = 0.0
    for other in found.partners.get(name.key, ()):
        zh, en = (name, other) if name.is_han else (other, name)
        if spells(zh.name, en.name):
            best = max(best, 1.0 if name.marked_up and other.marked_up else 0.7)
    return best


def _is_where_speakers_are(name: _Name, found: _Found) -> float:
    return found.places.get(name.key, 0.0)


ENOUGH = 2.25
SIGNS: tuple[tuple[Callable[[_Name, _Found], float], float], ...] = (
    (_comes_often, 2.25), (_is_office, 2.0), (_is_clear, 1.0), (_is_person, 0.5),
    (_is_no_name, -1.75), (_is_phrase, -9.0), (_is_in_midline, -1.0), (_has_company, 0.75),
    (_is_form, 1.25), (_is_spelled, 0.75), (_answers, 2.25), (_sounds, 1.5),
    (_is_where_speakers_are, 1.25),
)  # fmt: skip


def voices(rows: Sequence[Row], sure: frozenset[str], lines: Mapping[str, int]) -> frozenset[str]:
    """The names (as keys) that are speakers in this document, `sure` among them.

    `lines` says how many lines each language has.
    """
    names = _names(rows, lines)
    accepted = sure
    while True:
        found = _Found(rows, names, lines, accepted)
        more = {k for k, n in names.items() if k not in accepted and _worth_of(n, found) >= ENOUGH}
        if not more:
            break
        accepted |= more
    speaking = {k: n for k, n in names.items() if k in accepted}
    if not _somebody_speaks([*speaking.values()], lines):
        return sure
    asking = {k for k in accepted if speakers.asks(k)}
    # Numbered questions whose answers carry no label: there Q is a number, not a speaker.
    numbered = any(map(speakers.numbers_question, names))
    return frozenset(accepted - asking if numbered and asking == accepted else accepted)


def _worth_of(name: _Name, found: _Found) -> float:
    return sum(weight * sign(name, found) for sign, weight in SIGNS)


def _names(rows: Iterable[Row], lines: Mapping[str, int]) -> dict[str, _Name]:
    """All names that may be labels, with what is seen of them."""
    rows = list(rows)
    rounds = Counter(r.lang for r in rows for x in r.labels if x.form == "round")
    # Names in round brackets are labels where most lines begin so.
    around = {g for g in LANGS if rounds[g] >= max(4, 0.5 * lines.get(g, 0))}
    names: dict[str, _Name] = {}
    for row in rows:
        for label in row.labels:
            if label.form == "round" and row.lang not in around:
                continue
            if label.form in ("round", "bracket") and speakers.is_remark(label.names[0]):
                continue
            for each in label.names:
                name = names.setdefault(key_of(each), _Name(key_of(each), each))
                name.counts[row.lang] += 1
                name.forms.add(label.form)
                name.leads |= row.place != "inside"
                name.marked_up |= row.marked_up
    return names


def _somebody_speaks(speaking: Sequence[_Name], lines: Mapping[str, int]) -> bool:
    """Whether labels are speakers': one is an office or a Chinese name, or many lines begin so, or two
    persons come again and again, whose turns may be long.

    The entries of a list are labelled too: `TODO:`, `Consequence:`, `处理意见：`.
    """
    if any(is_role(n.name) or (n.is_han and is_personal(n.name)) for n in speaking):
        return True
    persons = [n for n in speaking if is_personal(n.name)]
    if sum(_times(n, lines) >= 2 for n in persons) >= 2:
        return True
    share = 10 if len(persons) == len(speaking) else 4
    return any(share * sum(n.counts[g] for n in speaking) >= lines.get(g, 0) > 0 for g in LANGS)


def first_of(labels: Sequence[Label], accepted: frozenset[str]) -> Label | None:
    """The first reading that is a speaker of this document."""
    return next((x for x in labels if has_name(x, accepted)), None)
