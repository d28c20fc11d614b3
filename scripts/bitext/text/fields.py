"""A line -> the metadata fields it consists of: `发布时间:2026-06-07 18:39来源:微信阅读:2` is three.

A line is metadata only as a whole: every label on it has a value of the label's own type (a date, a
number, a name). A sentence that merely begins with such a word has no such value and stays text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bitext.text.dates import DATE, JOINT, SEPARATOR, TIME, date_pattern, iso_date, parse_date
from bitext.text.names import LATIN_NAME, ORGANISATION, PLACE, SENTENCE, is_name
from bitext.text.scripts import HAN, HAN_CASED, HAN_CLASS, WORD
from bitext.text.variants import simplify
from bitext.text.words import any_of


@dataclass(frozen=True, slots=True)
class Field:
    """text[start:end] says `value` of `key`; the spans of a line's fields follow each other."""

    key: str
    value: str
    start: int
    end: int
    labelled: bool = True


_NUMBER = "(?:约|近|超)?\\d[\\d,.]{0,12}\\s?(?:万|亿|千|[kKwWmM])?\\+?"
COUNT = re.compile(
    f"[(（\\[]?{_NUMBER}\\s?(?:次|人|条|个|篇|字|views?|reads?|times?|words?)?[)）\\]]?|[-—–]|暂无|无"
)
DURATION = re.compile(
    "(?:约|大约|需|预计)*\\s?\\d{1,3}\\s?(?:分钟|分|秒|小时|mins?|minutes?|hours?)(?:\\s(?:read|to read))?",
    re.I,
)

#: Each key and the type of its value; its labels are the list labels/KEY.
TYPES = {
    "date": "date",
    "received": "date",
    "updated": "date",
    "source": "source",
    "author": "name",
    "editor": "name",
    "proofreader": "name",
    "layout": "name",
    "translator": "name",
    "photographer": "name",
    "image_source": "source",
    "read_count": "count",
    "like_count": "count",
    "wow_count": "count",
    "comment_count": "count",
    "share_count": "count",
    "word_count": "count",
    "reading_time": "duration",
    "keywords": "tags",
    "column": "tags",
    "recommended_by": "name",
    "place": "place",
    "link": "link",
    "document": "code",
}
_LABELS = {key: any_of(f"labels/{key}") for key in TYPES}
#: A label with what parts it from its value; the name of the group is the key. The keys are tried in
#: order; the colon that follows makes the shorter of two labels fail where the longer is meant.
LABEL = re.compile(
    f"(?:{'|'.join(f'(?P<{key}>{labels})' for key, labels in _LABELS.items())})"
    "(?:\\s{0,3}[:：]|\\s?[|｜/／](?=\\s?\\S))",
    re.IGNORECASE,
)


def _bare(key: str, before: str) -> str:
    """The pattern of the labels of a key that need no colon `before` such a value."""
    return f"(?P<{key}>{any_of('labels/bare/' + key)}){before}"


_COUNTED = f"\\s{{0,3}}(?=[(（]?{_NUMBER}(?!\\w))"
#: Labels that need no colon before a date, a number or a name.
BARE = re.compile(
    "|".join((
        _bare("updated", f"\\s*(?={date_pattern('a_')})"),
        _bare("date", f"\\s*(?={date_pattern('b_')})"),
        *(_bare(f"{key}_count", _COUNTED) for key in ("read", "like", "wow", "comment")),
        *(
            f"(?-i:{_bare(key, '')}\\s+(?=[A-Z]))"
            for key in ("editor", "translator", "author", "proofreader", "photographer")
        ),
        f"(?P<place>IP\\s?属地)\\s?(?={HAN_CASED}{{2,8}}\\s*$)",
        "(?<![\\w])" + _bare("editor_zh", f"[ \\u3000]{{1,3}}(?={HAN_CASED}{{2,4}}\\s*[)）\\]】]?\\s*$)"),
        _bare("share_count", _COUNTED),
    )),
    re.IGNORECASE,
)  # fmt: skip
_BARE_KEYS = tuple(name for name in BARE.groupindex if not name.startswith(("a_", "b_")))


#: Characters of the longest value of each type, hand-set, and of one in Chinese that names a source:
#: what is longer is said. LONGEST_REST stands behind a date, LONGEST_BEFORE before it.
LONGEST_SOURCE, LONGEST_SOURCE_ZH, LONGEST_TAGS, LONGEST_PLACE = 60, 30, 160, 40
LONGEST_REST, LONGEST_BEFORE = 24, 20
#: English words of a source and tags of a text, hand-set: more of them are a sentence.
MOST_WORDS, MOST_TAGS = 9, 24
#: Characters of a line, hand-set: no longer one is nothing but metadata.
LONGEST_LINE = 300


def is_source(value: str) -> bool:
    """Whether a value names where a text comes from: a paper, a site, an address."""
    value = value.strip(SEPARATOR)
    if not value or len(value) > LONGEST_SOURCE or SENTENCE.search(value):
        return False
    if re.search("https?://\\S+$", value) or value.startswith("www."):
        return True
    if HAN.search(value):
        return len(value) <= LONGEST_SOURCE_ZH and not re.search(
            "[，,].*[，,]|[了吗呢]|我们|他们|认为|表示|指出|显示", value
        )
    words = WORD.findall(value)
    return 0 < len(words) <= MOST_WORDS and value[:1].isupper()


def _value(kind: str, value: str) -> bool:
    """Whether `value` is of the type its label asks for."""
    if kind == "date":
        parsed = parse_date(value)
        return parsed is not None and _is_residue(parsed[2])
    if kind == "count":
        return COUNT.fullmatch(value) is not None
    if kind == "duration":
        return DURATION.fullmatch(value) is not None
    if kind == "name":
        return is_name(value)
    if kind == "source":
        return is_source(value)
    if kind == "tags":
        return (
            0 < len(value) <= LONGEST_TAGS
            and not re.search("[。！？!?]|[.]\\s", value)
            and len(re.split("[,，、;；|/\\s]+", value)) <= MOST_TAGS
        )
    if kind == "place":
        return 0 < len(value) <= LONGEST_PLACE and not SENTENCE.search(value)
    if kind == "link":
        return re.fullmatch("(?:https?://|www\\.)\\S+", value) is not None
    return re.fullmatch("[\\w\\-./〔〕\\[\\]()（）:：]{3,60}", value) is not None


def _is_residue(rest: str) -> bool:
    """What may stand after a date, unlabelled: nothing, or the name of a paper or a place."""
    rest = rest.strip(".。")
    if not rest or re.fullmatch(f"(?:发表|发布)于\\s?[{HAN_CLASS}]{{2,8}}", rest):
        return True
    if len(rest) > LONGEST_REST or SENTENCE.search(rest):
        return False
    if HAN.search(rest):
        return bool(ORGANISATION.search(rest) or PLACE.fullmatch(rest))
    return LATIN_NAME.fullmatch(rest) is not None


def _labels(text: str) -> list[tuple[int, int, str]]:
    """(start, end, key) of every label on the line, in order and without overlap."""
    # Each key is a group of its own, so that one is always named.
    found = [(m.start(), m.end(), m.lastgroup or "") for m in LABEL.finditer(text)]
    found += [
        (m.start(), m.end(), next(k for k in _BARE_KEYS if m[k] is not None).removesuffix("_zh"))
        for m in BARE.finditer(text)
    ]
    found.sort()
    labels: list[tuple[int, int, str]] = []
    for start, end, key in found:
        before = text[start - 1] if start else " "
        # A Latin label is a word of its own; a Chinese one may be glued to the value before it.
        if (
            text[start].isascii()
            and text[start].isalpha()
            and before.isalpha()
            and before.isascii()
        ):
            continue
        if labels and start < labels[-1][1]:
            continue
        labels.append((start, end, key))
    return labels


def parse_fields(text: str) -> list[Field]:
    """The fields a whole line consists of, in order; [] where any part of it is something else.

    >>> [(f.key, f.value) for f in parse_fields("发布时间:2026-06-07 18:39来源:微信阅读:2")]
    [('date', '2026-06-07'), ('time', '18:39'), ('source', '微信'), ('read_count', '2')]
    >>> parse_fields("责任编辑制度是一项改革:它要求每篇文章有人负责。")
    []
    """
    if len(text) > LONGEST_LINE:
        return []
    folded = simplify(text)
    fields = _parse(folded)
    return [_as_written(f, text, folded) for f in fields] if folded != text else fields


def _as_written(field: Field, text: str, folded: str) -> Field:
    """The field with its value in the characters of the line."""
    at = folded.find(field.value, field.start, field.end)
    return replace(field, value=text[at : at + len(field.value)]) if at >= 0 else field


def _parse(text: str) -> list[Field]:
    head = len(text) - len(text.lstrip(SEPARATOR))
    # Most lines are text: a look at their first words spares the search for labels in all of them.
    if not (
        LABEL.match(text, head) or BARE.match(text, head) or DATE.search(text, head, head + 60)
    ):
        return []
    labels = _labels(text)
    fields: list[Field] = []
    first = labels[0][0] if labels else len(text)
    if first > head:
        lead = _unlabelled(text, head, first)
        if not lead:
            return []
        fields += lead
    for index, (start, end, key) in enumerate(labels):
        stop = labels[index + 1][0] if index + 1 < len(labels) else len(text)
        kind = TYPES[key]
        dated = _date_behind(text, end, stop) if kind in ("source", "name") else 0
        value = text[end : dated or stop].strip(SEPARATOR)
        if value.count("》") > value.count("《"):  # 《乡读》2024年第11期
            value = "《" + value
        if not value and kind in ("count", "name", "source", "tags") and len(labels) > 1:
            fields.append(Field("", "", start, stop))  # a label whose value is empty
        elif not _value(kind, value):
            return []
        elif kind == "date":
            fields += _date_fields(text, start, end, stop, key)
        elif dated:
            fields.append(Field(key, value, start, dated))
            fields += _date_fields(text, dated, dated, stop, "date", False)
        else:
            fields.append(Field(key, value, start, stop))
    return fields


def _date_behind(text: str, start: int, stop: int) -> int:
    """Where the date begins that stands behind a name, and closes the field; else 0."""
    match = DATE.search(text, start, stop)
    named = (
        match and text[match.start() - 1].isspace() and text[start : match.start()].strip(SEPARATOR)
    )
    parsed = parse_date(text[match.start() : stop]) if match and named else None
    return match.start() if match and parsed and not parsed[2].strip(SEPARATOR) else 0


def _unlabelled(text: str, start: int, end: int) -> list[Field]:
    """Fields before the first label: `2026-06-07 18:39 来源：…`, `新华网 2026-06-07`."""
    part = text[start:end]
    match = DATE.search(part)
    if not match:
        return []
    before = part[: match.start()].strip(SEPARATOR)
    if before.startswith("原创"):
        return []  # the head of an article on a public account, read as a whole
    if COUNT.fullmatch(before):  # `308,578 views ・ 2023-05-15`
        counted = [Field("read_count", before, start, start + match.start(), False)]
        after = start + match.start()
        return counted + _date_fields(text, after, after, end, "date", False)
    if before and not (
        len(before) <= LONGEST_BEFORE
        and (ORGANISATION.search(before) or (not HAN.search(before) and is_name(before)))
    ):
        return []
    parsed = parse_date(part[match.start() :])
    if parsed is None or not _is_residue(parsed[2]):
        return []
    fields = []
    if by := re.match("(?:By|Written by|Text by)\\s+(?=\\S)", before, re.IGNORECASE):
        fields.append(Field("author", before[by.end() :], start, start + match.start(), False))
    elif before:
        # `San Francisco, June 7, 2026` and `Jane Doe, June 7`: a name before a date may be either.
        known = ORGANISATION.search(before)
        fields.append(Field("source" if known else "", before, start, start + match.start(), False))
    return fields + _date_fields(
        text, start + match.start(), start + match.start(), end, "date", False
    )


def _date_fields(
    text: str, start: int, value: int, stop: int, key: str, labelled: bool = True
) -> list[Field]:
    """A date, its time where there is one, and the name that stands behind them."""
    while text[value].isspace() or text[value] in SEPARATOR:
        value += 1
    match = DATE.match(text, value, stop)
    assert match  # _value has seen it
    time = TIME.search(text, match.end(), stop)
    if time and text[match.end() : time.start()].strip(JOINT):
        time = None
    after = time.end() if time else match.end()
    rest = text[after:stop].strip(SEPARATOR)
    ends = [time.start() if time else after if rest else stop, after if rest else stop]
    fields = [Field(key, iso_date(match), start, ends[0], labelled)]
    if time:
        fields.append(
            Field(
                "time" if key == "date" else f"{key}_time",
                time.group().strip(),
                ends[0],
                ends[1],
                labelled,
            )
        )
    if rest:
        # What stands unlabelled beside a date may be a place, a person, a count: only a paper is known.
        fields.append(
            Field("source" if ORGANISATION.search(rest) else "", rest, after, stop, False)
        )
    return fields
