"""Lines -> who speaks in them: labels found, sentences that look like labels left alone.

A label is judged by the whole document: a name that stands before a colon again and again is a
speaker, `需要强调的是：` is not, however often it comes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bitext.forms import LONGEST_ID, is_id
from bitext.model import LANGS, Speaker
from bitext.segment.records import Label
from bitext.text.language import WORD
from bitext.text.marks import STOPS
from bitext.text.names import is_personal, pinyin, sounds_alike
from bitext.text.numbering import TO_TEN
from bitext.text.runs import split_runs
from bitext.text.scripts import HAN, HAN_CLASS, as_seen
from bitext.text.variants import simplify
from bitext.text.words import any_of, words

#: What may stand behind a role: 嘉宾A, 学生三.
_NUMBERED = rf"[A-Za-z\d{TO_TEN}甲乙丙]?\Z"
ZH_ROLE = re.compile(any_of("speakers/roles_zh") + _NUMBERED)
#: News agencies and stations ask questions by their names alone.
ZH_AGENCY = re.compile(
    rf"{any_of('speakers/agencies_zh')}|[\w]{{2,8}}{any_of('speakers/station_ends_zh')}"
)
#: These are labels by themselves, and ordinary words at the end of another: 我问：
ZH_ALONE = re.compile(any_of("speakers/alone_zh") + _NUMBERED)
EN_ROLE = re.compile(rf"{any_of('speakers/roles_en')}\Z", re.I)
#: A paper asks under its own name; without the article it is a field of metadata.
EN_WRITERS = re.compile(any_of("speakers/writers_en"), re.I)
#: `His answer: no.`
OWNER = re.compile(r"(?:his|her|their|its|my|our|your)\b", re.I)
#: What is not spoken: (laughs), （掌声）; nor are the numbers of a list.
REMARK = re.compile(rf".*{any_of('speakers/remarks')}.*|[{TO_TEN}百]+|[上中下完略续]|图|表", re.I)
LANGUAGE_LABEL = re.compile(rf"{any_of('speakers/languages')}\Z", re.I)
#: Words that a label which is a sentence, a heading or a field of metadata is made of.
ZH_DENY = re.compile(
    rf"{any_of('speakers/denied_zh')}|第[{TO_TEN}\d]|有[两{TO_TEN}几多]|[两{TO_TEN}几]种"
    rf"|{any_of('speakers/denied_ends_zh')}\Z"
)
EN_DENY = re.compile(rf"\b{any_of('speakers/denied_en')}\b", re.I)
SYLLABLE = (
    "(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    "(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uan|uai|[aeo]i|ao|ou|[aeiu]n|i[aeu]|u[aioe]|er|[aeiouv])"
)
#: `He Ping` and `You Xiaogang`, whose surnames are English words.
PINYIN_NAME = re.compile(rf"{SYLLABLE} (?:{SYLLABLE}['’-]?){{1,2}}")
#: `Mr. Li told the paper:` introduces a quotation.
SAYING = re.compile(rf"\b{any_of('speakers/saying_en')}\b", re.I)
ZH_NAME = rf"(?:《[{HAN_CLASS}A-Za-z]{{2,10}}》)?[{HAN_CLASS}A-Za-z][{HAN_CLASS}A-Za-z·•・‧．.'’\- \u00a0\u3000]{{0,24}}?\d{{0,2}}"
#: A full stop only behind an initial or an abbreviation: `Twice.THE COURT` is no name.
_CAP = r"(?:(?:[A-Z]\.){1,4}|[A-Z\u00c0-\u00de][\w'’\-\u00c0-\u024f]*\.?(?![A-Za-z]))"
_ROLE_LOWER = any_of("speakers/small_roles_en")
EN_NAME = rf"(?:From the (?:floor|audience)|{_CAP}|{_ROLE_LOWER})(?:[ \u00a0]+(?:{_CAP}|of|de|van|von|der|la|del|bin|the|for|&|member|\d{{1,2}})){{0,5}}"
ROLE = r"(?:[ \u00a0]*[（(](?P<role>[^()（）:：\n]{1,60})[）)])?"
_TIME = r"(?:[ \u00a0]*[（(\[]?\d{1,2}:\d{2}(?::\d{2})?[）)\]]?)?"
_BULLET = r"(?:[◎○●■◆▲▶►◇□★☆]\s*)?"
_ANY = rf"(?P<name>{ZH_NAME}|{EN_NAME})"
_BOTH = rf"(?P<name>(?:{ZH_NAME})[ /／|·]*(?:{EN_NAME})|(?:{EN_NAME})[ /／|]*(?:{ZH_NAME})|{ZH_NAME}|{EN_NAME})"
START = tuple(
    (form, re.compile(pattern))
    for form, pattern in (
        (
            "colon",
            rf"\s*{_BULLET}[【\[（(「]?{_BOTH}{ROLE}[】\]）)」]?{_TIME}[ \u00a0\u3000]*[:：]\s*",
        ),
        ("bracket", rf"\s*[【\[〔「]{_BOTH}{ROLE}[】\]〕」]\s*[:：]?\s*"),
        ("bar", rf"\s*{_ANY}{ROLE}\s*[|｜┃│]\s*(?=\S)"),
        ("bullet", rf"\s*[◎○●■◆▲▶►◇□★☆]\s*(?P<name>[{HAN_CLASS}]{{1,6}})\s+(?=\S)"),
        ("round", rf"\s*[（(](?P<name>[{HAN_CLASS}]{{1,6}}|{EN_NAME})[）)]\s*(?=\S)"),
        ("dash", rf"\s*{_ANY}{ROLE}[ \u00a0]*(?:——|—|–|--|[ \u00a0]-(?=[ \u00a0]))\s*(?=\S)"),
    )
)
QA = re.compile(r"\s*(?P<name>问|答|Q|A|QUESTION|ANSWER)(?:\d{1,2})?\s*(?:[.．、]|[:：])\s*(?=\S)")
#: No full stop behind a title ends a sentence, so that no label follows it: Mr. Li: …
_NO_TITLE = "".join(rf"(?<!\b{t.capitalize()}\.)" for t in sorted(words("sentences/titles")))
INNER_EN = re.compile(
    rf"(?<=[.?!”\"’)\]…。？！]){_NO_TITLE}\s*(?P<name>{EN_NAME}){ROLE}[ \u00a0]*[:：]\s*(?=\S)"
)
INNER_ZH = re.compile(
    rf"(?<=[{STOPS}”\"』」）)])\s*(?P<name>[{HAN_CLASS}A-Za-z][{HAN_CLASS}A-Za-z·•・. ]{{0,15}}?\d{{0,2}}){ROLE}[ \u00a0]*[:：]\s*(?=\S)"
)


#: `主播：阿宁　嘉宾：秦岚` says who takes part, and nobody speaks.
CAST = re.compile(
    r"(?:\s*[^\s:：。！？.!?][^:：。！？.!?]{0,30}[:：]\s*[^:：。！？.!?]{1,40}(?:\s{2}|\u3000|[|｜;；])){1,6}\s*[^:：。！？.!?]{1,30}[:：][^:：。！？.!?]{1,40}"
)
#: `00:10`, of which a label's colon would take the first half.
CLOCK = re.compile(r"\s\d{1,2}[:：](?=\d\d(?!\d))")


OPENING, CLOSING = re.compile(r"[（(【\[]"), re.compile(r"[）)】\]]")


def key_of(name: str) -> str:
    """The name as it is counted: case, blanks and full stops of abbreviations aside."""
    return re.sub(r"[\s\u00a0.·•・‧]+", " ", name).strip().casefold()


def _label(match: re.Match[str], form: str) -> Label | None:
    if form == "colon" and CLOCK.search(match.string, match.start(), match.end() + 3):
        return None  # the colon is a clock's
    name = re.sub(r"[\s\u00a0]+", " ", match["name"]).strip(" /／|·")
    if re.fullmatch(rf"[{HAN_CLASS}](?: [{HAN_CLASS}])+", name):
        name = name.replace(" ", "")  # 郑　岚, set wide
    if not name:
        return None
    if len(OPENING.findall(match.group())) > len(CLOSING.findall(match.group())):
        return None  # `（观众提问：请大声一点。）` is a remark
    groups = match.groupdict()
    zh, en, role = sides(name, groups.get("role") or "")
    marker = bool(LANGUAGE_LABEL.match(name))
    return Label(match.start(), match.end(), zh, en, role, form, marker)


def sides(name: str, bracketed: str = "") -> tuple[str | None, str | None, str]:
    """The Chinese and the English name of a label, and the office that it gives in brackets.

    >>> sides("陈默", "Chen Mo"), sides("Peter Hansen", "彼得·汉森"), sides("陈默", "主持人")
    (('陈默', 'Chen Mo', ''), ('彼得·汉森', 'Peter Hansen', ''), ('陈默', None, '主持人'))
    """
    zh, en = _sides(name)
    other = bracketed.strip()
    if zh and not en and re.fullmatch(EN_NAME, other) and _is_name_of(zh, other):
        return zh, other, ""
    if en and not zh and re.fullmatch(ZH_NAME, other) and _is_name_of(other, en):
        return other, en, ""
    return zh, en, other


def _is_name_of(zh: str, en: str) -> bool:
    """Whether two names can be one person's: two offices, by sound, or as a name written in Chinese."""
    if not HAN.search(zh) or HAN.search(en):
        return False
    if is_role(zh) or is_role(en):  # 采访者 (Interviewer), but 桑德斯参议员 (Chair) holds two
        return bool(ZH_ROLE.fullmatch(zh)) and all(EN_ROLE.match(w) for w in en.split())
    return sounds_alike(zh, en) or (bool(re.search(r"[·•・‧]", zh)) and is_personal(en))


def _sides(name: str) -> tuple[str | None, str | None]:
    """The Chinese and the English half of a label that gives both; else the name on its side."""
    if not HAN.search(name):
        return None, name
    both = re.fullmatch(rf"([{HAN_CLASS}·•・]+)[ /／|]*({EN_NAME})", name) or None
    if both and len(WORD.findall(both[2])) >= 1 and len(both[1]) >= 2:
        return both[1], both[2].strip()
    other = re.fullmatch(rf"({EN_NAME})[ /／|]*([{HAN_CLASS}·•・]{{2,}})", name)
    if other:
        return other[2], other[1].strip()
    return name, None


def label_at_start(text: str) -> tuple[Label, ...]:
    """Every way to read a label at the start of the text, the likeliest first."""
    head = text[:LABELLED]
    shown, places = as_seen(head)
    if shown == head:
        return _labels(text)
    labels = (x for x in _labels(shown + text[LABELLED:]) if x.end < len(places))
    return tuple(replace(x, start=places[x.start], end=places[x.end]) for x in labels)


#: A label ends within so many characters.
LABELLED = 160


def _labels(text: str) -> tuple[Label, ...]:
    found: list[Label] = []
    for form, pattern in START:
        match = pattern.match(text)
        if match and (label := _label(match, form)) and all(x.names != label.names for x in found):
            found.append(label)
    match = QA.match(text)
    if match and (label := _label(match, "colon")) and all(x.names != label.names for x in found):
        found.append(label)
    return tuple(found)


def bilingual_label_end(text: str) -> int:
    """Where the label ends that a line begins with in both languages; 0 where there is none.

    >>> bilingual_label_end("陈立新 / Chen Lixin：好。Yes."), bilingual_label_end("陈立新：好。")
    (17, 0)
    >>> bilingual_label_end("Lumora最吸引我的地方有两点：")
    0
    """
    label = next((x for x in label_at_start(text[:120]) if x.form != "dash"), None)
    if not (label and label.zh and label.en) or is_denied(label.zh):
        return 0
    return label.end if text[label.end :].strip() else 0


def label_of_two_end(text: str) -> int:
    """Where the label ends behind which a line holds its text in both languages; 0 where there is none.

    >>> label_of_two_end("主持人：Right. 对。"), label_of_two_end("主持人：对。")
    (4, 0)
    """
    label = next((x for x in label_at_start(text[:120]) if x.form == "colon"), None)
    if not label or any(is_denied(n) or not name_like(n) for n in label.names):
        return 0
    return label.end if len(split_runs(text[label.end :])) > 1 else 0


def labels_inside(text: str, lang: str) -> tuple[Label, ...]:
    """What may be a label in mid-line: a name with a colon straight after a full stop."""
    pattern = INNER_ZH if lang == "zh" else INNER_EN
    found = []
    for match in pattern.finditer(text):
        if match.start() == 0:
            continue
        label = _label(match, "colon")
        if label and not label.marker:
            found.append(label)
    return tuple(found)


def is_role(name: str) -> bool:
    """Whether the name says by itself that somebody speaks: 主持人, Senator Sanders, Q."""
    if HAN.search(name):
        if ZH_ALONE.match(name) or ZH_AGENCY.fullmatch(name):
            return True
        return bool(ZH_ROLE.search(name)) and not re.search(r"[的是了我你他她]", name)
    if EN_WRITERS.fullmatch(name):
        return True
    words = name.split()
    if len(words) > 1 and (len(words[0]) == 1 or SAYING.search(name) or OWNER.match(name)):
        return False
    return any(EN_ROLE.match(w) for w in (words[0], words[-1])) and not _lower_sentence(words)


def _lower_sentence(words: Sequence[str]) -> bool:
    return len(words) > 1 and sum(w[:1].islower() for w in words) > len(words) / 2


def is_denied(name: str) -> bool:
    """Whether the words before the colon are a phrase and not a name."""
    if HAN.search(name):
        return (bool(ZH_DENY.search(simplify(name))) and not is_role(name)) or len(name) > 16
    if SAYING.search(name):
        return True
    if (name.istitle() or name.isupper()) and PINYIN_NAME.fullmatch(name.lower()):
        return False
    if EN_DENY.search(name):
        return not (is_role(name) and len(name.split()) <= 4 and not EN_DENY.match(name))
    return False


#: Who speaks is named twice at least, and once more for so many lines: a headline's colon is not.
LINES_A_TIME = 400


def choose(
    start: Iterable[tuple[str, Label]],
    inside: Iterable[tuple[str, Label]],
    lines: Mapping[str, int] | None = None,
) -> frozenset[str]:
    """The names (as keys) that are speakers in this document.

    `start` are the labels read at the starts of lines, `inside` those after a full stop, each with
    the language of its line; `lines` says how many lines each language has.
    """
    counts: Counter[tuple[str, str]] = Counter()
    names: dict[str, str] = {}
    colons: set[str] = set()
    bracketed: set[str] = set()
    leading: set[str] = set()
    start = list(start)
    rounds = Counter(g for g, label in start if label.form == "round")
    for place, labels in ((leading, start), (set(), inside)):
        for lang, label in labels:
            if label.form in ("round", "bracket") and REMARK.fullmatch(label.names[0]):
                continue
            # Names in round brackets are labels where most lines begin so.
            if label.form == "round" and rounds[lang] < max(4, 0.5 * (lines or {}).get(lang, 0)):
                continue
            for name in () if label.marker else label.names:
                key = key_of(name)
                names.setdefault(key, name)
                counts[lang, key] += 1
                place.add(key)
                if label.form == "colon":
                    colons.add(key)
                if label.form == "bracket":
                    bracketed.add(key)
    open_names = {k: n for k, n in names.items() if not is_denied(n)}
    least = {g: 2 + (lines or {}).get(g, 0) // LINES_A_TIME for g in LANGS}
    often = {k for k in open_names if any(counts[g, k] >= least[g] for g in LANGS)}
    accepted = {
        k
        for k, n in open_names.items()
        if (is_role(n) and (k in colons or k in often or k in bracketed))
        or (k in often and name_like(n))
    }
    marked = (colons | bracketed) & leading
    single = [k for k in open_names if k not in accepted and k in marked]
    han = [k for k in single if HAN.search(k) and is_personal(open_names[k])]
    titled = {k: n for k, n in names.items() if k in marked and HAN.search(n) and _own_name(n) != n}
    rest = [k for k in single if not HAN.search(k) and is_personal(open_names[k])]
    latin = [n for n in open_names.values() if not HAN.search(n)]
    with_han = any(HAN.search(k) for k in accepted)
    accepted.update(
        k
        for k in han
        if (with_han and k in colons) or any(sounds_alike(open_names[k], n) for n in latin)
    )
    accepted.update(
        k for k, n in titled.items() if any(sounds_alike(_own_name(n), other) for other in latin)
    )
    # A lone English name needs a lone Chinese one that it can be: `Incident Reporting:` is a title.
    if len(han) == len(rest) and (len(han) >= 2 or accepted):
        accepted.update((*han, *rest))
    for key in marked - accepted:
        if any(_has_title_before(names[key], names[k]) for k in accepted):
            accepted.add(key)
    for key in single:
        name = open_names[key]
        if any(_is_form_of(name, names[k]) for k in accepted if k in open_names):
            accepted.add(key)
        if not HAN.search(name) and any(
            HAN.search(names[k]) and sounds_alike(_own_name(names[k]), name) for k in accepted
        ):
            accepted.add(key)
        if _is_surname(name, [names[k] for k in accepted]):
            accepted.add(key)
    accepted.update(
        k for k, n in names.items()
        if k not in accepted and k in marked and n.istitle() and " " not in n
        and max(counts[g, k] for g in LANGS) >= 2
        and any(HAN.search(names[a]) and pinyin(names[a])[:1] == (n.lower(),) for a in accepted)
    )  # fmt: skip
    if lines and not _somebody_speaks({k: names[k] for k in accepted}, counts, lines):
        return frozenset()
    asking = {k for k in accepted if ASKING.fullmatch(k)}
    # Numbered questions whose answers carry no label: there Q is a number, not a speaker.
    numbered = any(NUMBERED_ASKING.fullmatch(k) for k in names)
    return frozenset(accepted - asking if numbered and asking == accepted else accepted)


def _somebody_speaks(
    accepted: Mapping[str, str], counts: Counter[tuple[str, str]], lines: Mapping[str, int]
) -> bool:
    """Whether labels are speakers': one is an office or a Chinese name, or many lines begin so.

    The entries of a list are labelled too: `TODO:`, `Consequence:`, `处理意见：`.
    """
    if any(is_role(n) or (HAN.search(n) and is_personal(n)) for n in accepted.values()):
        return True
    share = 10 if all(is_personal(n) for n in accepted.values()) else 4
    return any(share * sum(counts[g, k] for k in accepted) >= lines.get(g, 0) > 0 for g in LANGS)


#: Labels that only say that a question follows.
ASKING = re.compile(r"(?:q|question|问|問|提问|提問)\d*")
NUMBERED_ASKING = re.compile(r"(?:q|question|问|問|提问|提問|问题|問題)\s?\d+")


def _is_surname(name: str, others: Sequence[str]) -> bool:
    """Whether a label is one Han character, with which exactly one of the others begins."""
    return len(name) == 1 and bool(HAN.match(name)) and sum(o[:1] == name for o in others) == 1


def name_like(name: str) -> bool:
    """Whether the words have the form of a name: short, or capitalised throughout."""
    if HAN.search(name):
        return len(name) <= 12
    words = name.split()
    return all(
        w[:1].isupper() or not w[:1].isalpha() or w in ("of", "de", "van", "von", "the", "member")
        for w in words
    )


def first_accepted(labels: Sequence[Label], accepted: frozenset[str]) -> Label | None:
    """The first reading that is a speaker of this document, or says the language."""
    for label in labels:
        if label.marker:
            return label
        if any(key_of(name) in accepted for name in label.names):
            return label
    return None


# --- from the labels of paired units to speakers ------------------------------------------------


def _unnamed(pair: Iterable[Label | None], nodes: Sequence[str]) -> Iterator[tuple[str, str]]:
    """A node and a name of each label of a turn that none of its nodes names."""
    for label in filter(None, pair):
        names = [
            (f"{lang} {key_of(n)}", n) for lang, n in (("zh", label.zh), ("en", label.en)) if n
        ]
        # A Chinese text may name its speaker in Latin letters: the same key, the other language.
        if names and not {node[3:] for node, _ in names} & {node[3:] for node in nodes}:
            yield names[0]


def gather(
    pairs: Sequence[tuple[Label | None, Label | None]],
) -> tuple[tuple[Speaker, ...], dict[str, str]]:
    """The speakers, one a person, and for each label's key the id of its speaker.

    `pairs` are the labels of paired turns in order, (zh, en), either of them missing. Spellings
    that answer the same label on the other side are one person.
    """
    seen: dict[str, list[str]] = defaultdict(list)  # 'zh 薛澜' -> its spellings, in order
    together: Counter[tuple[str, str]] = Counter()
    roles: dict[str, str] = {}
    for pair in pairs:
        zh = next((label.zh for label in pair if label and label.zh), None)
        if zh is None and pair[0]:
            zh = pair[0].en  # the Chinese text names the speaker in Latin letters
        en = next((label.en for label in pair[::-1] if label and label.en), None)
        nodes = []
        for lang, name in (("zh", zh), ("en", en)):
            if name:
                node = f"{lang} {key_of(name)}"
                seen[node].append(name)
                nodes.append(node)
        for label in pair:
            if label and label.role:
                for lang, name in (("zh", label.zh), ("en", label.en)):
                    if name:
                        roles.setdefault(f"{lang} {key_of(name)}", label.role)
        if len(nodes) == 2:
            together[nodes[0], nodes[1]] += 1
        for node, name in _unnamed(pair, nodes):  # both labels are in one language, and differ
            seen[node].append(name)
            together[nodes[0], node] += 1
    parent = {node: node for node in seen}

    def root(node: str) -> str:
        while parent[node] != node:
            node = parent[node]
        return node

    for node in seen:
        partners = Counter(
            {(b if a == node else a): n for (a, b), n in together.items() if node in (a, b)}
        )
        if not partners:
            continue
        best, n = partners.most_common(1)[0]
        if n * 10 >= 6 * sum(partners.values()):
            parent[root(node)] = root(best)
    for lang in ("zh", "en"):
        nodes = [n for n in seen if n[:2] == lang]
        for a in nodes:
            fits = [
                b for b in nodes
                if root(b) != root(a) and _is_form_of(seen[a][0], seen[b][0])
                and not _have_other_partners(a, b, seen, together)
            ]  # fmt: skip
            people = {root(b) for b in fits}
            if len(people) == 1:  # `Dr. Chen` where there are two Chens stays a person of its own
                parent[root(a)] = people.pop()
    for a in seen:
        for b in seen:
            if a[:2] == "zh" and b[:2] == "en" and root(a) != root(b):
                lone = not _partners(a, together) or not _partners(b, together)
                if lone and sounds_alike(_own_name(seen[a][0]), seen[b][0]):
                    parent[root(b)] = root(a)
    groups: dict[str, list[str]] = {}
    for node in seen:
        groups.setdefault(root(node), []).append(node)
    speakers, of = [], {}
    taken: set[str] = set()
    for members in groups.values():
        speaker = _speaker(members, seen, roles, taken)
        taken.add(speaker.id)
        speakers.append(speaker)
        for node in members:
            of[node[3:]] = speaker.id
    return tuple(speakers), of


def _have_other_partners(
    a: str, b: str, seen: Mapping[str, Sequence[str]], together: Counter[tuple[str, str]]
) -> bool:
    """Whether the other language tells two names apart: 王委员 and 汪委员, 原告 and 原告代理人."""
    one, two = _partners(a, together), _partners(b, together)
    return bool(one and two) and not any(
        x == y or _is_form_of(seen[x][0], seen[y][0]) for x in one for y in two
    )


def _partners(node: str, together: Counter[tuple[str, str]]) -> list[str]:
    return [b if a == node else a for a, b in together if node in (a, b)]


def _is_form_of(a: str, b: str) -> bool:
    """Whether `a` can be a shorter or a longer form, or another order, of the name `b`.

    >>> _is_form_of("薛教授", "薛澜"), _is_form_of("Lan Xue", "Xue Lan"), _is_form_of("王丽", "王立")
    (True, True, False)
    """
    if bool(HAN.search(a)) != bool(HAN.search(b)):
        return False
    if _has_title_before(a, b) or _has_title_before(b, a):
        return True
    if HAN.search(a):
        one, two = _without_title(a), _without_title(b)
        if not one or not two:
            return False
        short, long = sorted((one, two), key=len)
        if "·" in long and short in long.split("·"):
            return True
        return ((one, two) != (a, b) or len(short) == 1) and long.startswith(short)
    these, those = (
        {
            w.strip(".").casefold()
            for w in n.split()
            if not EN_ROLE.match(w) and w.casefold() != "the"
        }
        for n in (a, b)
    )
    return bool(these and those) and (these <= those or those <= these)


def _has_title_before(name: str, short: str) -> bool:
    """Whether a name is the short one with an office before it, as at its first mention.

    >>> _has_title_before("商务部新闻发言人何平", "何平"), _has_title_before("Ministry Spokesperson He Ping", "He Ping")
    (True, True)
    """
    head = name.removesuffix(short)
    if head == name or not head or len(short) < 2:
        return False
    if HAN.search(name):
        return bool(ZH_ROLE.search(head.rstrip("、，, ")))
    words = head.split()
    return (
        head.endswith(" ")
        and len(words) <= 5
        and all(w[:1].isupper() or w in ("of", "the", "for", "and") for w in words)
    )


def _own_name(name: str) -> str:
    """The name behind its office: 外交部部长 王毅 is 王毅; what has none is as it was."""
    head, _, own = name.rpartition(" ")
    return own if is_personal(own) and ZH_ROLE.search(head) else name


def _without_title(name: str) -> str:
    """The Chinese name without 教授, 参议员 and the like behind it."""
    bare = re.sub(r"[\s\u00a0]", "", name)
    return re.sub(rf"(?:{ZH_ROLE.pattern.removesuffix(chr(92) + 'Z')})+\Z", "", bare)


def _speaker(
    members: Sequence[str], seen: dict[str, list[str]], roles: dict[str, str], taken: set[str]
) -> Speaker:
    spelled: dict[str, list[str]] = {"zh": [], "en": []}
    for node in members:
        spelled[node[:2]].extend(seen[node])
    best = {
        lang: Counter(names).most_common(1)[0][0] if names else None
        for lang, names in spelled.items()
    }
    stem = _slug(best["en"] or best["zh"] or "speaker")
    id, n = stem, 2
    while id in taken:
        id, n = f"{stem}-{n}", n + 1
    role = {
        lang: next((roles[m] for m in members if m[:2] == lang and m in roles), None)
        for lang in spelled
    }
    return Speaker(
        id, best["zh"], best["en"],
        tuple(dict.fromkeys(spelled["zh"])), tuple(dict.fromkeys(spelled["en"])),
        role_zh=role["zh"], role_en=role["en"],
    )  # fmt: skip


def _slug(name: str) -> str:
    """The id that a speaker's name suggests.

    >>> _slug("Lan Xue"), _slug("薛澜"), _slug("3号"), _slug("Con"), _slug("Ωμέγα")
    ('lan-xue', 'xue-lan', 'speaker-3-hao', 'speaker-con', 'speaker')
    """
    if HAN.search(name):
        from pypinyin import lazy_pinyin

        name = " ".join(lazy_pinyin(name))
    id = re.sub(r"[^a-z0-9]+", "-", name.casefold())[: LONGEST_ID - 12].strip("-")
    return id if is_id(id) else f"speaker-{id}".rstrip("-")
