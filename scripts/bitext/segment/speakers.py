"""Text -> the labels that may stand in it, and what a label's name says by itself.

Which of them are speakers is weighed in voices.py, by the whole document.
"""

from __future__ import annotations

import re
from dataclasses import replace
from string import digits

from bitext.segment.records import Label
from bitext.text.marks import CLOSING, STOPS
from bitext.text.names import is_personal, is_pinyin_name, sounds_alike
from bitext.text.numbering import TO_TEN
from bitext.text.runs import split_runs
from bitext.text.scripts import HAN, HAN_CLASS, as_seen
from bitext.text.variants import simplify
from bitext.text.words import any_of, finder, words

#: What may stand behind a role: 嘉宾A, 学生三.
_NUMBERED = rf"[A-Za-z\d{TO_TEN}甲乙丙]?\Z"
ZH_ROLE = re.compile(any_of("speakers/roles_zh") + _NUMBERED)
#: These are labels by themselves, and ordinary words at the end of another: 我问：; and news agencies
#: and stations ask questions by their names alone.
ZH_ALONE = re.compile(
    rf"{any_of('speakers/alone_zh')}{_NUMBERED}|{any_of('speakers/agencies_zh')}"
    rf"|\w{{2,8}}{any_of('speakers/station_ends_zh')}"
)
#: No office has one of these in it: 他的教授, 李先生告诉记者.
OF_SENTENCES = words("speakers/of_sentences_zh")
SAYING = words("speakers/of_sentences_en")
EN_ROLE = re.compile(rf"{any_of('speakers/roles_en')}\Z", re.I)
#: A paper asks under its own name; without the article it is a field of metadata.
EN_WRITERS = finder("speakers/writers_en")
OWNERS = words("speakers/owners_en")
#: What in brackets is not spoken: (laughs), （掌声）; nor are the numbers of a list, and of parts.
REMARK = finder("speakers/remarks")
COUNTING = frozenset(f"{TO_TEN}百上中下完略续图表")
#: `English:`, `译文：`: what follows is in that language, and nobody speaks.
LANGUAGES = words("speakers/languages")
#: What opens a note speaks for the page's makers.
_NOTE = rf"\A{any_of('notes/openings', 'notes/short_openings')}\s?\d{{0,2}}\Z"
#: Words that a label which is a sentence, a heading or a field of metadata is made of.
ZH_DENY = re.compile(
    rf"{any_of('speakers/denied_zh')}|第[{TO_TEN}\d]|有[两{TO_TEN}几多]|[两{TO_TEN}几]种"
    rf"|{any_of('speakers/denied_ends_zh')}\Z|{_NOTE}"
)
EN_DENY = re.compile(rf"\b{any_of('speakers/denied_en')}\b|{_NOTE}", re.I)
ZH_NAME = rf"(?:《[{HAN_CLASS}A-Za-z]{{2,10}}》)?[{HAN_CLASS}A-Za-z][{HAN_CLASS}A-Za-z·•・‧．.'’\- \u00a0\u3000]{{0,24}}?\d{{0,2}}|《[{HAN_CLASS}A-Za-z]{{2,10}}》"
#: A full stop only behind an initial or an abbreviation: `Twice.THE COURT` is no name.
_CAP = r"(?:(?:[A-Z]\.){1,4}|[A-Z\u00c0-\u00de][\w'’\-\u00c0-\u024f]*\.?(?![A-Za-z]))"
_ROLE_LOWER = any_of("speakers/small_roles_en")
EN_NAME = rf"(?:From the (?:floor|audience)|{_CAP}|{_ROLE_LOWER})(?:[ \u00a0]+(?:{_CAP}|of|de|van|von|der|la|del|bin|the|for|&|member|\d{{1,2}})){{0,5}}"
ROLE = r"(?:[ \u00a0]*[（(](?P<role>[^()（）:：\n]{1,60})[）)])?"
_TIME = r"(?:[ \u00a0]*[（(\[]?(?<!\d)\d{1,2}:\d{2}(?::\d{2})?[）)\]]?)?"
#: Not the one of a clock, of which a label would take the first half: `00:10`.
_COLON = r"(?:(?<!\d)[:：]|[:：](?!\d\d(?!\d)))"
_BULLET = r"(?:[◎○●■◆▲▶►◇□★☆]\s*)?"
_ANY = rf"(?P<name>{ZH_NAME}|{EN_NAME})"
_BOTH = rf"(?P<name>(?:{ZH_NAME})[ /／|·]*(?:{EN_NAME})|(?:{EN_NAME})[ /／|]*(?:{ZH_NAME})|{ZH_NAME}|{EN_NAME})"
START = tuple(
    (form, re.compile(pattern))
    for form, pattern in (
        (
            "colon",
            rf"\s*{_BULLET}[【\[（(「]?{_BOTH}{ROLE}[】\]）)」]?{_TIME}[ \u00a0\u3000]*{_COLON}\s*",
        ),
        ("bracket", rf"\s*[【\[〔「]{_BOTH}{ROLE}[】\]〕」]\s*[:：]?\s*"),
        ("bar", rf"\s*{_ANY}{ROLE}\s*[|｜┃│]\s*(?=\S)"),
        ("bullet", rf"\s*[◎○●■◆▲▶►◇□★☆]\s*(?P<name>[{HAN_CLASS}]{{1,6}})\s+(?=\S)"),
        ("round", rf"\s*[（(](?P<name>[{HAN_CLASS}]{{1,6}}|{EN_NAME})[）)]\s*(?=\S)"),
        ("dash", rf"\s*{_ANY}{ROLE}[ \u00a0]*(?:——|—|–|--|[ \u00a0]-(?=[ \u00a0]))\s*(?=\S)"),
        ("colon", r"\s*(?P<name>问|答|Q|A|QUESTION|ANSWER)(?:\d{1,2})?\s*[.．、:：]\s*(?=\S)"),
    )
)
#: No full stop behind a title ends a sentence, so that no label follows it: Mr. Li: …
_NO_TITLE = "".join(rf"(?<!\b{t.capitalize()}\.)" for t in sorted(words("sentences/titles")))
INSIDE = re.compile(
    rf"(?<=[{STOPS}{CLOSING}]){_NO_TITLE}\s*(?P<name>(?=[A-Za-z]*[{HAN_CLASS}]){ZH_NAME}|{EN_NAME}){ROLE}[ \u00a0]*[:：]\s*(?=\S)"
)
#: A Chinese name at one end of a label that gives two.
HAN_PART = re.compile(rf"\A[{HAN_CLASS}·•・‧]{{2,}}|[{HAN_CLASS}·•・‧]{{2,}}\Z")
#: Dots between the parts of a name, and full stops of abbreviations.
DOTS = "·•・‧"
_BLANKS = str.maketrans(dict.fromkeys(f".{DOTS}", " "))
#: What parts the two names of a label.
_PARTING = " /／|·"


def key_of(name: str) -> str:
    """The name as it is counted: case, blanks and full stops of abbreviations aside."""
    return " ".join(name.translate(_BLANKS).split()).casefold()


def has_name(label: Label, names: frozenset[str]) -> bool:
    """Whether one of a label's names is among these keys."""
    return any(key_of(n) in names for n in label.names)


def _label(match: re.Match[str], form: str) -> Label | None:
    parts = match["name"].split()
    wide = len(parts) > 1 and all(len(p) == 1 and HAN.match(p) for p in parts)  # 郑　岚
    name = ("" if wide else " ").join(parts).strip(_PARTING)
    if not name or _depth(match.group()) > 0:
        return None  # `（观众提问：请大声一点。）` is a remark
    groups = match.groupdict()
    zh, en, role = sides(name, groups.get("role") or "")
    return Label(match.start(), match.end(), zh, en, role, form)


def _depth(text: str) -> int:
    """How many brackets are open at the end of a text."""
    return sum((c in "（(【[") - (c in "）)】]") for c in text)


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
    return sounds_alike(zh, en) or (not set(zh).isdisjoint(DOTS) and is_personal(en))


def _sides(name: str) -> tuple[str | None, str | None]:
    """The Chinese and the English half of a label that gives both; else the name on its side."""
    if not HAN.search(name):
        return None, name
    part = HAN_PART.search(name)
    other = (name[: part.start()] + name[part.end() :]).strip(_PARTING) if part else ""
    return (part[0], other) if part and re.fullmatch(EN_NAME, other) else (name, None)


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
    found: dict[tuple[str, ...], Label] = {}
    for form, pattern in START:
        if (match := pattern.match(text)) and (label := _label(match, form)):
            found.setdefault(label.names, label)
    return tuple(found.values())


def label_of_both_end(text: str) -> int:
    """Where the label ends that a line gives in both languages, or behind which it has its text in both; else 0.

    >>> label_of_both_end("陈立新 / Chen Lixin：好。Yes."), label_of_both_end("陈立新：好。")
    (17, 0)
    >>> label_of_both_end("主持人：Right. 对。"), label_of_both_end("Lumora最吸引我的地方有两点：")
    (4, 0)
    """
    labels = [x for x in label_at_start(text) if x.form != "dash"]
    both = next((x for x in labels[:1] if x.zh and x.en and not is_denied(x.zh)), None)
    if both and text[both.end :].strip():
        return both.end
    label = next((x for x in labels if x.form == "colon"), None)
    if not label or any(is_denied(n) or not name_like(n) for n in label.names):
        return 0
    return label.end if len(split_runs(text[label.end :])) > 1 else 0


def labels_inside(text: str) -> tuple[Label, ...]:
    """What may be a label in mid-line: a name with a colon straight after a full stop."""
    found = (_label(m, "colon") for m in INSIDE.finditer(text) if m.start())
    return tuple(x for x in found if x)


def is_role(name: str) -> bool:
    """Whether the name says by itself that somebody speaks: 主持人, Senator Sanders, Q."""
    if HAN.search(name):
        office = ZH_ROLE.search(name) and not any(word in name for word in OF_SENTENCES)
        return bool(ZH_ALONE.fullmatch(name) or office)
    if EN_WRITERS.fullmatch(name):
        return True
    first, *_, last = parts = name.split() * (1 + (" " not in name))
    if " " in name and (len(first) == 1 or first.lower() in OWNERS or _says(name)):
        return False
    small = " " in name and sum(w[:1].islower() for w in parts) > len(parts) / 2
    return not small and any(EN_ROLE.match(w) for w in (first, last))


def _says(name: str) -> bool:
    return not SAYING.isdisjoint(name.lower().split())


def is_denied(name: str) -> bool:
    """Whether the words before the colon are a phrase and not a name."""
    if name.lower() in LANGUAGES:
        return True
    if HAN.search(name):
        return (bool(ZH_DENY.search(simplify(name))) and not is_role(name)) or len(name) > 16
    if _says(name):
        return True
    if is_pinyin_name(name):  # `He Ping`: its surname is an English word
        return False
    if EN_DENY.search(name):
        return not (is_role(name) and len(name.split()) <= 4 and not EN_DENY.match(name))
    return False


#: Labels that only say that a question follows, with its number or without.
ASKING = words("speakers/asking")
#: The same, only with a number.
QUESTION = ("问题", "問題")


def is_remark(name: str) -> bool:
    """Whether what stands in brackets is no name."""
    return COUNTING.issuperset(name) or REMARK.search(name) is not None


def asks(key: str) -> bool:
    """Whether a label says that somebody asks, and not who: Q, 问, Question."""
    return key.rstrip(digits).strip() in ASKING


def numbers_question(key: str) -> bool:
    """Whether a label is a question's number: Q1, 问题 3."""
    word = key.rstrip(digits)
    return word != key and word.strip() in (*ASKING, *QUESTION)


#: Words of a name that are written small.
PARTICLES = frozenset(("of", "de", "van", "von", "the", "member"))


def name_like(name: str) -> bool:
    """Whether the words have the form of a name: short, or capitalised throughout."""
    if HAN.search(name):
        return len(name) <= 12
    return all(w[0].isupper() or not w[0].isalpha() or w in PARTICLES for w in name.split())
