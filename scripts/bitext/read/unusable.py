"""What refuses a document that reads well but cannot become a bitext."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bitext.model import Overridable, Refusal
from bitext.read.decode import plausible
from bitext.text.marks import (
    CLOSING,
    COLONS,
    COMMAS,
    SEMICOLONS,
    SENTENCE_WITHIN,
    WIDE_MARKS,
    WIDE_STOPS,
)
from bitext.text.scripts import HAN, HAN_CLASS, HANGUL, KANA, OTHER, WORD, count, language
from bitext.text.source import Document
from bitext.text.spans import without
from bitext.text.words import any_of, words

ENGLISH = words("languages/english")
#: The small words of the languages most often met beside Chinese on the web, but for those English shares.
FOREIGN = words("languages/foreign")
ADDRESS = re.compile(
    "(?:https?://|www\\.)[^\\s<>()）】」]+|(?<![\\w.+-])[\\w.+-]{1,64}@[\\w-]{1,64}\\.[\\w.]{1,64}"
)
#: A line that ends as a sentence does, and not with a word's class: `n.`, `adj.`
ENDED = re.compile(rf"(?:[{WIDE_STOPS}!?…]|(?:[A-Za-z]{{5,}}|\d)[.])[{CLOSING}]*\Z")
#: English words that no Han character and no line end interrupts.
ENGLISH_RUN = re.compile(f"[^\n\r{HAN_CLASS}]+")


#: Han characters and what stands between them in a sentence.
CHINESE_RUN = re.compile(f"[{HAN_CLASS}][{HAN_CLASS}{WIDE_MARKS}“”‘’（）《》—…·0-9%,.:;]*")


def refuse_unusable(document: Document, *, anyway: bool = False) -> tuple[Overridable, ...]:
    """Raise the Refusal that says why no bitext can be made of this document, if there is one.

    With `anyway` refusals by rule of thumb are not raised, and come back.
    """
    text = _content(document)
    if not any(c.isalpha() for c in text):
        raise Refusal(
            "E-EMPTY", document.path, 1, "no word in any language", "check that the text was saved"
        )
    doubts: list[Overridable] = []
    for refuse in (refuse_mojibake, refuse_language, refuse_vocabulary, refuse_monolingual):
        try:
            refuse(document, text)
        except Overridable as doubt:
            if not anyway:
                raise
            doubts.append(doubt)
    return tuple(doubts)


def _content(document: Document) -> str:
    return "\n".join(document.text[line.start : line.end] for line in document.lines)


# --- mojibake ---------------------------------------------------------------------------------

HIGH_LATIN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{6,}"
)
HAN_RUN = re.compile(f"[{HAN_CLASS}€？?]{{6,}}")


def _bytes_of(text: str) -> bytes:
    """The bytes that were shown as Windows-1252, its five holes included."""
    return b"".join(
        c.encode("cp1252") if c not in _HOLES and c > "\xff" else c.encode("latin-1", "ignore")
        for c in text
    )


_HOLES = "\x81\x8d\x8f\x90\x9d"


def _as_read_twice(text: str) -> str:
    """What a run of letters was before a wrong decoding, or '' where it reads well as it is."""
    if match := HIGH_LATIN.search(text):
        try:
            raw = _bytes_of(match.group())
        except UnicodeEncodeError:
            raw = b""
        for name, least in (("utf-8", 0.0), ("gb18030", 0.2)):
            seen = raw.decode(name, "ignore")
            if (
                count(HAN, seen) >= 2
                and 3 * len(seen) >= len(raw) * 0.7
                and plausible(seen) >= least
            ):
                return seen
    if match := HAN_RUN.search(text):
        raw = match.group().replace("€", "").encode("gb18030")
        seen = raw.decode("utf-8", "replace")
        good = count(HAN, seen)
        if good >= 3 and seen.count("\ufffd") <= 0.25 * len(seen) and 3 * good >= 0.5 * len(raw):
            return seen.replace("\ufffd", "?")
    return ""


def refuse_mojibake(document: Document, text: str) -> None:
    """Text that was decoded with the wrong encoding before it was saved."""
    lost = text.count("\ufffd") + 3 * text.count("锟斤拷")
    bad, first, seen = 0, 0, ""
    total = 0
    for line in document.lines:
        part = document.text[line.start : line.end]
        if len(part) < 6 or part.isascii():
            continue
        total += 1
        if was := _as_read_twice(part[:20_000]):
            bad += 1
            if not first:
                first, seen = line.number, was
    if bad and bad >= 0.1 * total:
        raise Overridable(
            "E-MOJIBAKE",
            document.path,
            first,
            f"text decoded with the wrong encoding; this should read “{seen[:12]}”",
            "fetch the source again and save it as UTF-8",
        )
    if lost >= 3 and lost > 0.005 * len(text):
        where = next((ln.number for ln in document.lines if "\ufffd" in document.text[ln.start : ln.end] or "锟斤拷" in document.text[ln.start : ln.end]), 1)  # fmt: skip
        raise Overridable(
            "E-MOJIBAKE",
            document.path,
            where,
            f"{lost} characters were lost in an earlier conversion (�)",
            "fetch the source again and save it as UTF-8",
        )


# --- languages --------------------------------------------------------------------------------


def _first_line(document: Document, pattern: re.Pattern[str]) -> int:
    return next(
        (ln.number for ln in document.lines if pattern.search(document.text, ln.start, ln.end)), 1
    )


def refuse_language(document: Document, text: str) -> None:
    """Text a real share of which is in a language that is neither Chinese nor English."""
    han, words = count(HAN, text), len(WORD.findall(text))
    for letters, name in ((KANA, "Japanese"), (HANGUL, "Korean")):
        found = count(letters, text)
        if found >= 20 and found > 0.15 * (found + han):
            raise Overridable(
                "E-LANGUAGE",
                document.path,
                _first_line(document, letters),
                f"{name} text ({found} of its letters)",
                "only Chinese and English are paired here; take the other language out",
            )
    found = count(OTHER, text)
    if found >= 20 and found > 0.2 * (found + han + 5 * words):
        raise Overridable(
            "E-LANGUAGE",
            document.path,
            _first_line(document, OTHER),
            f"{found} letters that are neither Han nor Latin",
            "only Chinese and English are paired here; take the other language out",
        )
    latin = [w.lower() for w in WORD.findall(ADDRESS.sub(" ", text[:2_000_000]))]
    english, foreign = sum(w in ENGLISH for w in latin), sum(w in FOREIGN for w in latin)
    if (
        len(latin) >= 40
        and len(FOREIGN.intersection(latin)) >= 4
        and foreign > 0.12 * len(latin)
        and foreign > 1.5 * english
    ):
        raise Overridable(
            "E-LANGUAGE",
            document.path,
            next(
                (
                    ln.number
                    for ln in document.lines
                    if language(document.text[ln.start : ln.end]) == "en"
                ),
                1,
            ),
            "the text in Latin letters is not English",
            "only Chinese and English are paired here; take the other language out",
        )


def prose(text: str) -> tuple[int, int]:
    """Han characters in runs of five or more, and English words in runs of four or more: no names."""
    words = 0
    for match in ENGLISH_RUN.finditer(text):
        n = len(WORD.findall(match.group()))
        if n >= 4:
            words += n
    runs = (count(HAN, match.group()) for match in CHINESE_RUN.finditer(text))
    return sum(n for n in runs if n >= 5), words


def _in_both(document: Document) -> bool:
    """Whether lines of each language make up a third of the text, however short they are."""
    langs = [
        lang
        for line in document.lines
        if (lang := language(document.text[line.start : line.end][:2000]))
    ]
    return min(langs.count("zh"), langs.count("en")) >= max(1, len(langs) / 3)


def refuse_monolingual(document: Document, text: str) -> None:
    """Text of which one language is missing, or no more than names and quotations."""
    han: float
    words: float
    han, words = prose(text)
    if not han and not words:  # scraps of both: by the letters, then
        han, words = count(HAN, text) / 1000, len(WORD.findall(text)) / 1000
    if min(han, words) >= 4 and 0.04 * words <= han and 0.012 * han <= words:
        return
    if _in_both(document):
        return
    found, todo = ("Chinese", "English") if han > 1.6 * words else ("English", "Chinese")
    least = int(han if todo == "Chinese" else words)
    counted = (
        f"; {least} {'Han characters' if todo == 'Chinese' else 'words of English'}"
        if least
        else ""
    )
    there = WORD.search(text) if todo == "English" else HAN.search(text)
    raise (Overridable if there else Refusal)(
        "E-MONOLINGUAL",
        document.path,
        1,
        f"the text is in {found} only ({len(document.lines)} lines{counted})",
        f"add the {todo}, or give two files: --zh A --en B",
    )


#: Marks that join the parts of a phrase; a term has none.
CLAUSE = re.compile(rf"[{COMMAS}{SEMICOLONS}{COLONS}{WIDE_STOPS}!?…]|[.](?=\s|$)")
#: So long is a term, in Han characters and in English words.
TERM_HAN, TERM_WORDS = 8, 4
#: Words of English sentences, which hardly any term has.
SAYING = re.compile(rf"\b{any_of('languages/english_of_sentences')}\b", re.I)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a text without sentences: its kind, what it holds, and whether that can be a term."""

    kind: tuple[str, int]
    lang: str  # 'zh' | 'en'; 'both' where it is a word with its translation
    words: int  # in its longest run of English
    term: bool
    says: bool  # has words of a sentence, however short: `It can be stopped`


def _entries(document: Document) -> Iterator[_Entry]:
    for line in document.lines:
        part = "".join(document.text[a:b] for a, b in without((line.start, line.end), line.markup))
        runs = CHINESE_RUN.findall(part)
        han = max((count(HAN, run) for run in runs), default=0)
        words = max((len(WORD.findall(run)) for run in ENGLISH_RUN.findall(part)), default=0)
        lang = "both" if han and words else "zh" if han else "en" if words else ""
        short = han <= TERM_HAN and words <= TERM_WORDS
        whole = lang == "both" or not CLAUSE.search(part.strip())
        if lang:
            says = SAYING.search(part) is not None
            yield _Entry((line.kind, line.level), lang, words, short and whole, says)


def _laid_out_alike(entries: Sequence[_Entry]) -> bool:
    """Whether both languages have the same headings, lists and lines of text in the same order."""
    zh, en = ([e.kind for e in entries if e.lang == lang] for lang in ("zh", "en"))
    if min(len(set(zh)), len(set(en))) < 2:
        return False
    return SequenceMatcher(None, zh, en, autojunk=False).ratio() >= 0.8


def _is_vocabulary(entries: Sequence[_Entry]) -> bool:
    """Whether entries are words with their translations, and no outline, programme or manifesto.

    A term has no comma in it, and says nothing of anything. Two lists of terms are no text laid out alike in both languages, and
    most of their English entries are one word.
    """
    if sum(e.term for e in entries) < 0.8 * len(entries):
        return False
    english = [e.words for e in entries if e.words]
    if 2 * sum(e.says for e in entries) >= len(english) > 0:
        return False
    if 2 * sum(e.lang == "both" for e in entries) >= len(entries):
        return True
    singles = sum(n == 1 for n in english)
    return 2 * singles >= len(english) or not _laid_out_alike(entries)


def refuse_vocabulary(document: Document, text: str) -> None:
    """A list of words with their translations: nothing in it is a sentence."""
    if document.format in ("srt", "vtt"):
        return
    entries = sentences = ended = 0
    longest: list[int] = []
    for line in document.lines:
        part = document.text[line.start : line.end].strip()
        if not part:
            continue
        entries += 1
        ended += ENDED.search(part[-24:]) is not None
        words = max((len(WORD.findall(run)) for run in ENGLISH_RUN.findall(part)), default=0)
        longest.append(words)
        if (words >= 6 or count(HAN, part) >= 12) and (SENTENCE_WITHIN.search(part) or words >= 12):
            sentences += 1
    if count(HAN, text) < 8 or len(WORD.findall(text)) < 8:
        return
    typical = sorted(longest)[len(longest) * 9 // 10] if longest else 0
    if 2 * ended >= entries:
        return  # short, but sentences: `第1段。`, `Paragraph 1.`
    if entries >= 8 and sentences <= 0.04 * entries and typical <= 5:
        if not _is_vocabulary(list(_entries(document))):
            return
        raise Overridable(
            "E-NO-PROSE",
            document.path,
            1,
            f"{entries} entries and no sentence: this is a vocabulary list",
            "put terms into data/glossary.yml; a bitext needs sentences, or headings and lists that "
            "both languages have",
        )
