"""The labels of paired turns -> speakers, one a person, however a name is spelled."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bitext.forms import LONGEST_ID, is_id
from bitext.model import LANGS, Speaker
from bitext.segment.records import Label
from bitext.segment.speakers import EN_ROLE, ZH_ROLE, key_of
from bitext.text.habits import MOSTLY
from bitext.text.names import is_personal, sounds_alike
from bitext.text.scripts import HAN

#: `zh 薛澜`: a name's key, and the language of the text that it stands in.
Node = str


@dataclass(slots=True)
class _People:
    """The names of a document: how each is spelled, which stand over one turn, and which are one person."""

    seen: dict[Node, list[str]] = field(default_factory=dict)  # its spellings, in order
    roles: dict[Node, str] = field(default_factory=dict)
    met: dict[Node, Counter[Node]] = field(default_factory=dict)
    one: dict[Node, Node] = field(default_factory=dict)

    def root(self, node: Node) -> Node:
        while self.one[node] != node:
            node = self.one[node]
        return node

    def join(self, node: Node, other: Node) -> None:
        self.one[self.root(node)] = self.root(other)

    def name(self, node: Node) -> str:
        return self.seen[node][0]

    def of(self, lang: str) -> list[Node]:
        return [n for n in self.seen if n[:2] == lang]

    def add(self, pair: tuple[Label | None, Label | None]) -> None:
        """Take up the labels of one turn, (zh, en)."""
        labels = [x for x in pair if x]
        zh = next((x.zh for x in labels if x.zh), pair[0].en if pair[0] else None)
        en = next((x.en for x in labels[::-1] if x.en), None)
        turn = [self._spelled(lang, n) for lang, n in (("zh", zh), ("en", en)) if n]
        # A Chinese text may name its speaker in Latin letters: the same key, the other language.
        keys = {node[3:] for node in turn}
        for label in labels:
            names = [(lang, n) for lang, n in (("zh", label.zh), ("en", label.en)) if n]
            for lang, n in names:
                if label.role:
                    self.roles.setdefault(f"{lang} {key_of(n)}", label.role)
            if names and keys.isdisjoint(key_of(n) for _, n in names):
                turn.append(self._spelled(*names[0]))  # both labels are in one language, and differ
        for other in turn[1:]:
            self.met[turn[0]][other] += 1
            self.met[other][turn[0]] += 1

    def _spelled(self, lang: str, name: str) -> Node:
        node = f"{lang} {key_of(name)}"
        self.seen.setdefault(node, []).append(name)
        self.met.setdefault(node, Counter())
        self.one.setdefault(node, node)
        return node

    def join_partners(self) -> None:
        """Names that mostly stand over the same turns are one person's."""
        for node, partners in self.met.items():
            for best, n in partners.most_common(1):
                if n >= MOSTLY * partners.total():
                    self.join(node, best)

    def join_forms(self) -> None:
        """A longer or a shorter form is the same person's, where it fits one only: `Dr. Chen` of two Chens does not."""
        for lang in LANGS:
            for a in self.of(lang):
                people = {self.root(b) for b in self.of(lang) if self._is_other_form(a, b)}
                if len(people) == 1:
                    self.one[self.root(a)] = people.pop()

    def _is_other_form(self, a: Node, b: Node) -> bool:
        """Whether two names are forms of one, and the other language does not tell them apart: 王委员 and 汪委员."""
        if self.root(a) == self.root(b) or not is_form_of(self.name(a), self.name(b)):
            return False
        one, two = self.met[a], self.met[b]
        apart = one and two and not any(self._alike(x, y) for x in one for y in two)
        return not apart

    def _alike(self, x: Node, y: Node) -> bool:
        return x == y or is_form_of(self.name(x), self.name(y))

    def join_sounds(self) -> None:
        """A name without a partner is that of the other language which spells it."""
        for a in self.of("zh"):
            for b in self.of("en"):
                apart = self.root(a) != self.root(b) and not (self.met[a] and self.met[b])
                if apart and sounds_alike(own_name(self.name(a)), self.name(b)):
                    self.join(b, a)

    def speakers(self) -> Iterator[tuple[Speaker, list[Node]]]:
        """Each person, with all names of theirs."""
        groups: dict[Node, list[Node]] = {}
        for node in self.seen:
            groups.setdefault(self.root(node), []).append(node)
        taken: set[str] = set()
        for members in groups.values():
            spelled = {
                lang: [n for m in members if m[:2] == lang for n in self.seen[m]] for lang in LANGS
            }
            best = {lang: _commonest(names) for lang, names in spelled.items()}
            id = _free(slug_of(best["en"] or best["zh"] or "speaker"), taken)
            taken.add(id)
            role = {lang: _commonest(self._offices(members, lang)) for lang in LANGS}
            labels = {lang: tuple(dict.fromkeys(names)) for lang, names in spelled.items()}
            speaker = Speaker(
                id, best["zh"], best["en"], labels["zh"], labels["en"],
                role_zh=role["zh"], role_en=role["en"],
            )  # fmt: skip
            yield speaker, members

    def _offices(self, members: Sequence[Node], lang: str) -> list[str]:
        """The office of the first name that has one."""
        return [self.roles[m] for m in members if m[:2] == lang and m in self.roles][:1]


def gather(
    pairs: Sequence[tuple[Label | None, Label | None]],
) -> tuple[tuple[Speaker, ...], dict[str, str]]:
    """The speakers, one a person, and for each label's key the id of its speaker.

    `pairs` are the labels of paired turns in order, (zh, en), either of them missing. Spellings
    that answer the same label on the other side are one person.
    """
    people = _People()
    for pair in pairs:
        people.add(pair)
    people.join_partners()
    people.join_forms()
    people.join_sounds()
    found = list(people.speakers())
    of = {node[3:]: speaker.id for speaker, members in found for node in members}
    return tuple(speaker for speaker, _ in found), of


def _commonest(names: Sequence[str]) -> str | None:
    return Counter(names).most_common(1)[0][0] if names else None


def _free(id: str, taken: set[str]) -> str:
    """The id, or with the first number behind it that is free."""
    forms = (f"{id}-{n}" if n > 1 else id for n in range(1, len(taken) + 2))
    return next(form for form in forms if form not in taken)


def is_form_of(a: str, b: str) -> bool:
    """Whether `a` can be a shorter or a longer form, or another order, of the name `b`.

    >>> is_form_of("薛教授", "薛澜"), is_form_of("Lan Xue", "Xue Lan"), is_form_of("王丽", "王立")
    (True, True, False)
    """
    if bool(HAN.search(a)) != bool(HAN.search(b)):
        return False
    if has_title_before(a, b) or has_title_before(b, a):
        return True
    if HAN.search(a):
        one, two = _without_title(a), _without_title(b)
        short, long = sorted((one, two), key=len)
        part = "·" in long and short in long.split("·")
        shorter = ((one, two) != (a, b) or len(short) == 1) and long.startswith(short)
        return bool(short) and (part or shorter)
    these, those = (
        {w.strip(".").casefold() for w in n.split() if not EN_ROLE.match(w)} - {"the"}
        for n in (a, b)
    )
    return bool(these and those) and (these <= those or those <= these)


def has_title_before(name: str, short: str) -> bool:
    """Whether a name is the short one with an office before it, as at its first mention.

    >>> has_title_before("商务部新闻发言人何平", "何平"), has_title_before("Ministry Spokesperson He Ping", "He Ping")
    (True, True)
    """
    head = name.removesuffix(short)
    if head in (name, "") or len(short) < 2:
        return False
    if HAN.search(name):
        return bool(ZH_ROLE.search(head.rstrip("、，, ")))
    words = head.split()
    small = all(w[0].isupper() or w in ("of", "the", "for", "and") for w in words)
    return head.endswith(" ") and len(words) <= 5 and small


def own_name(name: str) -> str:
    """The name behind its office: 外交部部长 王毅 is 王毅; what has none is as it was."""
    head, _, own = name.rpartition(" ")
    return own if is_personal(own) and ZH_ROLE.search(head) else name


def _without_title(name: str) -> str:
    """The Chinese name without 教授, 参议员 and the like behind it."""
    bare = "".join(name.split())
    while title := ZH_ROLE.search(bare):
        bare = bare[: title.start()]
    return bare


def slug_of(name: str) -> str:
    """The id that a speaker's name suggests.

    >>> slug_of("Lan Xue"), slug_of("薛澜"), slug_of("3号"), slug_of("Con"), slug_of("Ωμέγα")
    ('lan-xue', 'xue-lan', 'speaker-3-hao', 'speaker-con', 'speaker')
    """
    if HAN.search(name):
        from pypinyin import lazy_pinyin

        name = " ".join(lazy_pinyin(name))
    id = re.sub(r"[^a-z0-9]+", "-", name.casefold())[: LONGEST_ID - 12].strip("-")
    return id if is_id(id) else f"speaker-{id}".rstrip("-")
