"""Lines -> whether the text breaks off before its end, and what shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bitext.model import CALLED
from bitext.text.marks import CLAUSE_ENDED, CLOSERS, COLONS
from bitext.text.scripts import HAN, WORD, count, language
from bitext.text.sentences import split_sentences
from bitext.text.source import Document, Line, Truncation
from bitext.text.words import whole_finder

#: What a text may end on beside a stop: a bracket or a quotation mark, emphasis, a dash.
ENDING = f"{CLOSERS}*_—–~～．>"
_ANNOUNCING, _COUNTED, _ANNOUNCED = (
    whole_finder(name).pattern
    for name in ("truncation/announcing", "truncation/counted", "truncation/announced")
)
#: A sentence that says of several things that they follow: `提出以下三点建议：`, `There are two ways.`
ANNOUNCES = re.compile(
    f"{_ANNOUNCING}[^，。；.;]{{0,30}}{_COUNTED}[^，。；：.;,]{{0,50}}{_ANNOUNCED}\\s*[。.：:]\\s*$",
    re.I,
)


def find_truncation(document: Document, lines: Sequence[Line]) -> Truncation | None:
    """Where the text seems to be cut off, and what shows it; None where nothing does."""
    if document.format in ("srt", "vtt", "csv", "tsv"):
        return None
    last = _last_paragraphs(document, lines)
    for lang, (line, text) in last.items():
        if why := _breaks_off(document, lines, lang, text):
            return Truncation(line.number, f"the last {CALLED[lang]} paragraph {why}")
    # A full sentence that announces a list is proof only where no language goes on to give it.
    announced = {lang: line for lang, (line, text) in last.items() if _announces(lang, text)}
    if announced and len(announced) == len(last):
        line = max(announced.values(), key=lambda ln: ln.start)
        return Truncation(line.number, "the last sentence announces a list that does not follow")
    return None


def _last_paragraphs(document: Document, lines: Sequence[Line]) -> dict[str, tuple[Line, str]]:
    """The last line of running text in each language, while nothing but notes follows it."""
    found: dict[str, tuple[Line, str]] = {}
    for line in reversed(lines):
        text = document.text[line.start : line.end].strip()
        if not text or line.kind == "footnote" or "://" in text[-200:] or text[0] in "*※[【":
            continue
        lang = line.lang or language(text)
        if line.kind in ("heading", "cell", "code", "cue", "list"):
            # What stands before a list or a listing goes on in it.
            for each in ("zh", "en") if line.kind == "code" or not lang else (lang,):
                found.setdefault(each, (line, ""))
            continue
        if lang:
            # A short last line (a signature, a list item) says nothing; what stands before it ends well.
            found.setdefault(lang, (line, text if _is_long(text, lang) else ""))
        if len(found) == 2:
            break
    return {lang: (line, text) for lang, (line, text) in found.items() if text}


def _is_long(text: str, lang: str) -> bool:
    return count(HAN, text) >= 15 if lang == "zh" else len(WORD.findall(text)) >= 8


def _is_ended(text: str) -> bool:
    return text[-1:] in ENDING or CLAUSE_ENDED.search(text) is not None


def _breaks_off(document: Document, lines: Sequence[Line], lang: str, text: str) -> str:
    """How a paragraph ends without an end, in a text whose other paragraphs have one."""
    if text[-1] in COLONS:
        return "ends with a colon and nothing follows"
    if _is_ended(text):
        return ""
    said = (ln for ln in lines if ln.kind in ("", "list", "quote"))
    ends = [
        _is_ended(part)
        for part in (document.slice((ln.start, ln.end)).strip() for ln in said)
        if _is_long(part, lang) and language(part) == lang
    ]
    # The text's own habit decides: hard wraps and poems end their lines without a stop.
    if len(ends) < 2 or sum(ends[:-1]) < 0.9 * (len(ends) - 1):
        return ""
    if lang == "en":
        word = (WORD.findall(text) or [""])[-1]
        seen = Counter(w.lower() for w in WORD.findall(document.text))
        begun = [w for w in seen if w.startswith(word.lower()) and len(w) > len(word) + 1]
        if text.endswith(word) and len(word) >= 3 and begun and seen[word.lower()] == 1:
            return f"ends inside a word (“{word}”)"
    return f"ends without a full stop (“…{text[-24:]}”)"


def _announces(lang: str, text: str) -> bool:
    """Whether the last sentence says that two or more things follow."""
    tail = text[-400:]
    last = split_sentences(tail, lang)[-1]
    return ANNOUNCES.search(tail[last.start : last.end]) is not None
