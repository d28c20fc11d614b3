"""Bytes -> text and the name of its encoding, or a refusal that names the place."""

from __future__ import annotations

import codecs
from collections import Counter

from bitext.model import Refusal
from bitext.text.scripts import HAN, count
from bitext.text.words import words

#: What a file is by its first bytes, where it is nothing that holds plain text.
MAGIC = (
    (b"%PDF-", "a PDF", "save its text (or the web page it came from) and import that"),
    (b"\x89PNG", "a PNG image", "an image holds no text; import the text itself"),
    (b"\xff\xd8\xff", "a JPEG image", "an image holds no text; import the text itself"),
    (b"GIF8", "a GIF image", "an image holds no text; import the text itself"),
    (b"BM", "a BMP image", "an image holds no text; import the text itself"),
    (b"II*\x00", "a TIFF image", "an image holds no text; import the text itself"),
    (b"MM\x00*", "a TIFF image", "an image holds no text; import the text itself"),
    (b"PK\x03\x04", "a zip archive", "unpack it and import the file inside"),
    (b"PK\x05\x06", "an empty zip archive", "import the text itself"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and import the file inside"),
    (b"BZh", "a bzip2 archive", "unpack it and import the file inside"),
    (b"\xfd7zXZ", "an xz archive", "unpack it and import the file inside"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it and import the file inside"),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it and import the file inside"),
    (b"Rar!", "a RAR archive", "unpack it and import the file inside"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file", "save it as .docx or as text"),
    (b"{\\rtf", "an RTF file", "save it as .docx or as text"),
    (b"%!PS", "a PostScript file", "import the text itself"),
    (b"\x7fELF", "a program", "import the text itself"),
    (b"MZ\x90", "a program", "import the text itself"),
    (b"OggS", "a sound file", "import its transcript"),
    (b"ID3\x03", "a sound file", "import its transcript"),
    (b"ID3\x04", "a sound file", "import its transcript"),
    (b"RIFF", "a sound, film or image file", "import its transcript"),
    (b"SQLite format 3", "a database", "export its text and import that"),
)  # fmt: skip
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: The characters that make up about a fifth of any modern Chinese prose, in both script forms.
FREQUENT = words("languages/chinese")
WESTERN = (b"iso-8859-1", b"windows-1252", b"latin1", b"latin-1")
CONTROLS = bytes(i for i in range(128) if (i < 32 and i not in (9, 10, 11, 12, 13)) or i == 127)
NO_TEXT = CONTROLS.decode()
#: What is said of a file without a text, and what to do.
NO_TEXT_IN_IT = "the file holds no text", "check that it was saved or fetched whole"


def sniff(data: bytes, path: str) -> None:
    """Refuse what is known by its first bytes to be no text."""
    for magic, name, todo in MAGIC:
        if data.startswith(magic):
            if magic == b"BM" and b"\x00" not in data[:64]:
                continue  # a text may well start with these two letters
            raise Refusal("E-FORMAT", path, 1, f"this is {name}", todo)
    if data[4:8] == b"ftyp":
        raise Refusal("E-FORMAT", path, 1, "this is a film or sound file", "import its transcript")


def decode(data: bytes, path: str) -> tuple[str, str]:
    """The text without its byte order mark, and the encoding's name; every byte was understood."""
    if not data.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x0b\x0c"):
        raise Refusal("E-EMPTY", path, 1, *NO_TEXT_IN_IT)
    sniff(data, path)
    for bom, name in BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], name, path), f"{name} with BOM"
    if name := _utf16_without_bom(data):
        return _strict(data, name, path), name
    _refuse_binary(data, path)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _legacy(data, path, error)


def _strict(data: bytes, name: str, path: str) -> str:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        line = 1 + data[: error.start].decode(name, "ignore").count("\n")
        if error.end >= len(data):
            raise _cut_off(path, line, name) from None
        if name == "utf-8":
            return _legacy(data, path, error)[0]
        raise Refusal(
            "E-ENCODING", path, line, f"bytes that are not {name.upper()}", "save it as UTF-8"
        ) from None
    if not text.strip("\ufeff\u200b \t\r\n\x0b\x0c\x00"):
        raise Refusal("E-EMPTY", path, 1, *NO_TEXT_IN_IT)
    return text


def _cut_off(path: str, line: int, name: str) -> Refusal:
    found = f"the {name.upper()} text ends inside a character, so the file was cut off"
    todo = "fetch the whole file again, or delete the broken last character"
    return Refusal("E-ENCODING", path, line, found, todo)


def _utf16_without_bom(data: bytes) -> str:
    """The byte order of UTF-16 that lacks its mark: blanks and Latin letters leave NULs on one side."""
    sample = data[: 1 << 16]
    half = len(sample) // 2
    if half < 2 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    low, high = min(even, odd), max(even, odd)
    if high < 0.02 * half or high < 2 or low > 0.1 * high:
        return ""
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: half * 2].decode(name, "ignore")
    known = sum(c < "\u0250" or "\u2000" <= c <= "\u206f" or "\u3000" <= c <= "\u9fff" or "\uff00" <= c <= "\uffef" for c in text)  # fmt: skip
    bad = sum(c in NO_TEXT for c in text)
    return name if known >= 0.97 * len(text) and bad <= 0.01 * len(text) else ""


def _refuse_binary(data: bytes, path: str) -> None:
    """A handful of stray control characters is dirt; more of them is no text."""
    controls = len(data) - len(data.translate(None, CONTROLS))
    if controls > 2 and controls > 0.005 * len(data):
        line = 1 + data.count(b"\n", 0, next(i for i, byte in enumerate(data) if byte in CONTROLS))
        share = round(100 * controls / len(data), 1)
        found = f"not a text: {share} % of its bytes are control characters"
        todo = "import a text, web page, subtitle, table or .docx file"
        raise Refusal("E-BINARY", path, line, found, todo)


def plausible(text: str) -> float:
    """How like modern Chinese prose the Han part of a text is: the share of very frequent characters."""
    han = HAN.findall(text)
    return sum(c in FREQUENT for c in han) / len(han) if han else 0.0


def _legacy(data: bytes, path: str, error: UnicodeDecodeError) -> tuple[str, str]:
    """Text that is not UTF-8: GB18030 or Big5, by strict trial; a file of two encodings is refused."""
    start = error.start
    line = 1 + data.count(b"\n", 0, start)
    wide = sum(b >= 0x80 for b in data[:start])
    tail = data[start:]
    if len(tail) <= 3 and wide >= 3 and _is_utf8_prefix(tail):
        raise _cut_off(path, line, "utf-8")
    candidates = []
    for name in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError as failure:
            at_end = failure.end >= len(data) and not wide
            if at_end and plausible(data[: failure.start].decode(name)) > 0.08:
                raise _cut_off(path, 1 + data.count(b"\n"), name.replace("hkscs", "")) from None
            continue
        candidates.append((plausible(text), text, name.replace("hkscs", "")))
    _refuse_joined(data, path)
    score, text, name = max(candidates, default=(0.0, "", ""), key=lambda c: c[0])
    if score >= 0.08:
        return text, name
    _refuse_foreign(data, path)
    # A Western page names its encoding; in it the Chinese stands as character references.
    head = data[:4096].lower().translate(None, b"\"'")
    if any(b"charset=" + western in head for western in WESTERN):
        return data.decode("cp1252", "replace").replace("\ufffd", ""), "windows-1252"
    found = f"byte 0x{data[start]:02X} is neither UTF-8, UTF-16, GB18030 nor Big5"
    raise Refusal("E-ENCODING", path, line, found, "save the file as UTF-8")


def _is_utf8_prefix(tail: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return decoder.decode(tail) == ""
    except UnicodeDecodeError:
        return False


def _encoding_of(line: bytes) -> str:
    """The encoding of a line that holds Han: one accented letter or two chance bytes are no proof."""
    for name in ("UTF-8", "GB18030"):
        try:
            return name if HAN.search(line.decode(name)) else ""
        except UnicodeDecodeError:
            continue
    return "other"


def _refuse_joined(data: bytes, path: str) -> None:
    """Lines of one encoding and lines of another in one file: nobody can tell what was meant."""
    first: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for number, raw in enumerate(data.split(b"\n"), 1):
        if name := _encoding_of(raw):
            first.setdefault(name, number)
            counts[name] += 1
    if "UTF-8" not in first or len(first) < 2:
        return
    if counts["UTF-8"] < 0.05 * counts.total():
        return  # a GB18030 line that happens to be valid UTF-8
    other = min((n for n in first if n != "UTF-8"), key=first.__getitem__)
    what = "that are GB18030" if other == "GB18030" else "in no known encoding"
    if first["UTF-8"] < first[other]:
        found = f"UTF-8 until line {first[other] - 1}, then bytes {what}"
    else:
        found = f"bytes {what} until line {first['UTF-8'] - 1}, then UTF-8"
    todo = "the file was joined from two; convert one part to UTF-8"
    raise Refusal("E-ENCODING", path, max(first["UTF-8"], first[other]), found, todo)


def _refuse_foreign(data: bytes, path: str) -> None:
    """Japanese or Korean in an encoding of its own."""
    from bitext.text.scripts import HANGUL, KANA

    japanese, korean = (KANA, "Japanese"), (HANGUL, "Korean")
    for name, (letters, language) in zip(
        ("shift_jis", "euc_jp", "euc_kr"), (japanese, japanese, korean), strict=True
    ):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if count(letters, text) >= 0.3 * max(1, sum(c > "\x7f" for c in text)):
            found = f"{language} text ({name})"
            raise Refusal("E-LANGUAGE", path, 1, found, "only Chinese and English are paired here")
