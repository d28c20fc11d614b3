"""What refuses a document that reads well but cannot become a bitext."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bitext.model import Overridable, Refusal
from bitext.read.decode import plausible
from bitext.text.marks import (
    COLONS,
    COMMAS,
    SEMICOLONS,
    SENTENCE_ENDED,
    SENTENCE_WITHIN,
    WIDE_MARKS,
    WIDE_STOPS,
)
from bitext.text.scripts import HAN, HAN_CLASS, HANGUL, KANA, OTHER, WORD, count, language
from bitext.text.source import Document
from bitext.text.spans import without
from bitext.text.words import words

ENGLISH = words("languages/english")
#: What a word list says behind a word, with a full stop that ends no sentence: `n.`, `adj.`
WORD_CLASSES = words("notes/parts_of_speech")
#: The small words of the languages most often met beside Chinese on the web, but for those English shares.
FOREIGN = words("languages/foreign")
#: English words that no Han character and no line end interrupts.
ENGLISH_RUN = re.compile(f"[^\n\r{HAN_CLASS}]+")
#: Han characters and what stands between them in a sentence.
CHINESE_RUN = re.compile(f"[{HAN_CLASS}][{HAN_CLASS}{WIDE_MARKS}“”‘’（）《》—…·0-9%,.:;]*")


def refuse_unusable(document: Document, *, anyway: bool = False) -> tuple[Overridable, ...]:
    """Raise the Refusal that says why no bitext can be made of this document, if there is one.

    With `anyway` refusals by rule of thumb are not raised, and come back.
    """
    text = "\n".join(document.slice((line.start, line.end)) for line in document.lines)
    if not any(c.isalpha() for c in text):
        raise Refusal("E-EMPTY", document.path, 1, "no word in any language", "check that the text was saved")  # fmt: skip
    doubts: list[Overridable] = []
    for look in (_mojibake, _language, _vocabulary, _monolingual):
        if doubt := look(document, text):
            code, line, found, todo = doubt
            doubts.append(Overridable(code, document.path, line, found, todo))
            if not anyway:
                raise doubts[0]
    return tuple(doubts)


#: A code, a line, what was found and what would change that.
Doubt = tuple[str, int, str, str]
SAVE_AGAIN = "fetch the source again and save it as UTF-8"
ONLY_TWO = "only Chinese and English are paired here; take the other language out"
# --- mojibake ---------------------------------------------------------------------------------

HIGH_LATIN = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{6,}"
)
HAN_RUN = re.compile(f"[{HAN_CLASS}€？?]{{6,}}")


def _bytes_of(text: str) -> bytes:
    """The bytes that were shown as Windows-1252, its five holes included."""
    return b"".join(c.encode("cp1252" if c > "\xff" else "latin-1") for c in text)


def _as_read_twice(text: str) -> str:
    """What a run of letters was before a wrong decoding, or '' where it reads well as it is."""
    if match := HIGH_LATIN.search(text):
        try:
            raw = _bytes_of(match.group())
        except UnicodeEncodeError:
            raw = b""
        for name, least in (("utf-8", 0.0), ("gb18030", 0.2)):
            seen = raw.decode(name, "ignore")
            long = count(HAN, seen) >= 2 and 3 * len(seen) >= len(raw) * 0.7
            if long and plausible(seen) >= least:
                return seen
    if match := HAN_RUN.search(text):
        raw = match.group().replace("€", "").encode("gb18030")
        seen = raw.decode("utf-8", "replace")
        good = count(HAN, seen)
        if good >= 3 and seen.count("\ufffd") <= 0.25 * len(seen) and 3 * good >= 0.5 * len(raw):
            return seen.replace("\ufffd", "?")
    return ""


def _mojibake(document: Document, text: str) -> Doubt | None:
    """Text that was decoded with the wrong encoding before it was saved."""
    parts = [(ln.number, document.slice((ln.start, ln.end))) for ln in document.lines]
    wide = [(number, part) for number, part in parts if len(part) >= 6 and not part.isascii()]
    bad = [(number, was) for number, part in wide if (was := _as_read_twice(part[:20_000]))]
    if bad and len(bad) >= 0.1 * len(wide):
        number, was = bad[0]
        found = f"text decoded with the wrong encoding; this should read “{was[:12]}”"
        return "E-MOJIBAKE", number, found, SAVE_AGAIN
    lost = text.count("\ufffd") + 3 * text.count("锟斤拷")
    if lost >= 3 and lost > 0.005 * len(text):
        number = next((n for n, part in parts if "\ufffd" in part or "锟斤拷" in part), 1)
        found = f"{lost} characters were lost in an earlier conversion (�)"
        return "E-MOJIBAKE", number, found, SAVE_AGAIN
    return None


# --- languages --------------------------------------------------------------------------------


def _first_line(document: Document, pattern: re.Pattern[str]) -> int:
    return next(
        (ln.number for ln in document.lines if pattern.search(document.text, ln.start, ln.end)), 1
    )


def _language(document: Document, text: str) -> Doubt | None:
    """Text a real share of which is in a language that is neither Chinese nor English."""
    han, words = count(HAN, text), len(WORD.findall(text))
    for letters, name, share in ((KANA, "Japanese", 0.15), (HANGUL, "Korean", 0.15), (OTHER, "", 0.2)):  # fmt: skip
        found = count(letters, text)
        if found >= 20 and found > share * (found + han + (0 if name else 5 * words)):
            said = f"{name} text ({found} of its letters)" if name else f"{found} letters that are neither Han nor Latin"  # fmt: skip
            return "E-LANGUAGE", _first_line(document, letters), said, ONLY_TWO
    latin = [w.lower() for w in WORD.findall(text[:2_000_000])]
    english, foreign = sum(w in ENGLISH for w in latin), sum(w in FOREIGN for w in latin)
    several = len(latin) >= 40 and len(FOREIGN.intersection(latin)) >= 4
    if several and foreign > 0.12 * len(latin) and foreign > 1.5 * english:
        lines = (ln.number for ln in document.lines if language(document.slice((ln.start, ln.end))) == "en")  # fmt: skip
        return "E-LANGUAGE", next(lines, 1), "the text in Latin letters is not English", ONLY_TWO
    return None


def prose(text: str) -> tuple[int, int]:
    """Han characters in runs of five or more, and English words in runs of four or more: no names."""
    english = (len(WORD.findall(match.group())) for match in ENGLISH_RUN.finditer(text))
    chinese = (count(HAN, match.group()) for match in CHINESE_RUN.finditer(text))
    return sum(n for n in chinese if n >= 5), sum(n for n in english if n >= 4)


def _in_both(document: Document) -> bool:
    """Whether lines of each language make up a third of the text, however short they are."""
    parts = (document.slice((line.start, line.end))[:2000] for line in document.lines)
    langs = [lang for part in parts if (lang := language(part))]
    return min(langs.count("zh"), langs.count("en")) >= max(1, len(langs) / 3)


def _monolingual(document: Document, text: str) -> Doubt | None:
    """Text of which one language is missing, or no more than names and quotations."""
    han: float
    words: float
    han, words = prose(text)
    if not han and not words:  # scraps of both: by the letters, then
        han, words = count(HAN, text) / 1000, len(WORD.findall(text)) / 1000
    enough = min(han, words) >= 4 and 0.04 * words <= han and 0.012 * han <= words
    if enough or _in_both(document):
        return None
    chinese = han > 1.6 * words
    found, todo = ("Chinese", "English") if chinese else ("English", "Chinese")
    least, unit = (int(words), "words of English") if chinese else (int(han), "Han characters")
    counted = f"; {least} {unit}" if least else ""
    there = (WORD if chinese else HAN).search(text)
    said = f"the text is in {found} only ({len(document.lines)} lines{counted})"
    change = f"add the {todo}, or give two files: --zh A --en B"
    if not there:  # no letter of the other language: nothing overrides that
        raise Refusal("E-MONOLINGUAL", document.path, 1, said, change)
    return "E-MONOLINGUAL", 1, said, change


#: Marks that join the parts of a phrase; a term has none.
CLAUSE = frozenset(f"{COMMAS}{SEMICOLONS}{COLONS}{WIDE_STOPS}!?…")
#: So long is a term, in Han characters and in English words.
TERM_HAN, TERM_WORDS = 8, 4
#: Words of English sentences, which hardly any term has: anywhere, and behind another word.
ANYWHERE, WITHIN = words("languages/english_of_sentences"), words("languages/english_within")


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a text without sentences: its kind, what it holds, and whether that can be a term."""

    kind: tuple[str, int]
    lang: str  # 'zh' | 'en'; 'both' where it is a word with its translation
    words: int  # in its longest run of English
    term: bool
    says: bool  # has words of a sentence, however short: `It can be stopped`


def _longest_english(part: str) -> int:
    """How many words the longest run of English has."""
    return max((len(WORD.findall(run)) for run in ENGLISH_RUN.findall(part)), default=0)


def _entries(document: Document) -> Iterator[_Entry]:
    for line in document.lines:
        part = "".join(document.text[a:b] for a, b in without((line.start, line.end), line.markup))
        runs = CHINESE_RUN.findall(part)
        han = max((count(HAN, run) for run in runs), default=0)
        words = _longest_english(part)
        lang = "both" if han and words else "zh" if han else "en" if words else ""
        short = han <= TERM_HAN and words <= TERM_WORDS
        whole = lang == "both" or (CLAUSE.isdisjoint(part) and ". " not in f"{part.strip()} ")
        if lang:
            said = [word.lower() for word in WORD.findall(part)]
            says = not (ANYWHERE.isdisjoint(said) and WITHIN.isdisjoint(said[1:]))
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


def _vocabulary(document: Document, text: str) -> Doubt | None:
    """A list of words with their translations: nothing in it is a sentence."""
    if document.format in ("srt", "vtt") or count(HAN, text) < 8 or len(WORD.findall(text)) < 8:
        return None
    parts = [p for ln in document.lines if (p := document.slice((ln.start, ln.end)).strip())]
    longest = [_longest_english(p) for p in parts]
    sentences = sum(
        (n >= 6 or count(HAN, p) >= 12) and (n >= 12 or SENTENCE_WITHIN.search(p) is not None)
        for p, n in zip(parts, longest, strict=True)
    )
    ended = [p for p in parts if SENTENCE_ENDED.search(p)]
    said = [p for p in ended if p.split()[-1].strip(".").lower() not in WORD_CLASSES]
    if 2 * len(said) >= len(parts):
        return None  # short, but sentences: `第1段。`, `Paragraph 1.`
    typical = sorted(longest)[len(longest) * 9 // 10]
    if len(parts) < 8 or sentences > 0.04 * len(parts) or typical > 5:
        return None
    if not _is_vocabulary(list(_entries(document))):
        return None
    found = f"{len(parts)} entries and no sentence: this is a vocabulary list"
    todo = "put terms into data/glossary.yml; a bitext needs sentences, or headings and lists that both languages have"
    return "E-NO-PROSE", 1, found, todo
