"""Text -> whether it names people, desks, papers or places."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from bitext.text.dates import SEPARATOR, date_pattern
from bitext.text.scripts import HAN, HAN_CLASS, WORD
from bitext.text.words import any_of, whole_finder, words

#: Offices that stand behind a name.
OFFICES = words("names/offices_zh")
#: The Chinese surnames of one character.
SURNAMES = words("names/surnames")
#: A full stop, but for the one behind a name's initial.
SENTENCE = re.compile("[。！？；!?…]|(?<!\\b[A-Z])[.](?=\\s+[A-Z]|\\s*$)")
#: Words that no name contains: what follows the label is then said, not named.
NOT_A_NAME = re.compile(any_of("names/never_zh"))
ORGANISATION = re.compile(f"{any_of('names/organisation_ends')}$")
#: Where a speech or a post is dated from.
PLACE = re.compile(f"[{HAN_CLASS}]{{1,6}}{any_of('names/place_ends')}|{any_of('names/places')}")
LATIN_NAME = re.compile(
    f"(?:{any_of('names/courtesy_en')}\\.?\\s+)?"
    f"[A-ZÀ-Þ][\\w'’.\\-]*(?:\\s+(?:{any_of('names/particles_en')}\\s+){{0,2}}[A-ZÀ-Þ&][\\w'’.\\-]*){{0,5}}"
)
#: What an editor of a public account signs with: 小满, 老周, 阿珍.
NICKNAME = re.compile(
    f"(?!小[时组学说孩心事区型的]|老[师人板年百家实是]|大[家会学小的])[小老阿][{HAN_CLASS}]{{1,2}}"
)
#: `2023年5月3日 某甲、某乙 与 某丙`, `May 3, 2023 by …`; `2011年9月19日 印度新德里`.
_DATED = re.compile(
    f"\\s*(?:{date_pattern()})\\s*(?P<gap>[\\s,，·|｜]|by\\s)\\s*(?P<rest>\\S.*?)\\s*", re.I
)
#: What ends a title that begins with a date: `2026年3月4日 例行记者会`.
_TITLE_END = re.compile(f"{any_of('names/title_ends_zh')}$")

_ZH, _EN, _GAP = f"[{HAN_CLASS}·]{{1,16}}", "[A-Za-zÀ-ž][\\w.’' -]{0,40}", "\\s*[/|｜(（,，\\s]\\s*"
_TWICE = re.compile(
    f"(?P<zh>{_ZH}){_GAP}(?P<en>{_EN})[)）]?|(?P<en2>{_EN}?){_GAP}(?P<zh2>{_ZH})[)）]?"
)


_COURTESY = re.compile(f"(?:{any_of('names/courtesy_en')}\\.?|Professor)\\s+")
#: What parts the names of a line.
_JOINED = re.compile(
    f"\\s*[、，,;；/|｜&]\\s*(?:and\\s+)?|\\s+and\\s+|\\s*[与和及與]\\s*|(?<=[{HAN_CLASS}])\\s+(?=[{HAN_CLASS}])"
)
_NO_PEOPLE = whole_finder("names/no_people", "search/stop_en")


#: Characters of a value that is names, and the names in it, in Latin letters and in Chinese; hand-set.
LONGEST_VALUE, MOST_LATIN, MOST_CHINESE = 60, 6, 8
#: Characters of an account's name in small letters, of a person's name in Chinese, of one with a dot
#: in it, and of an organisation's. Hand-set but for the second, which is what names have.
LONGEST_HANDLE, LONGEST_PERSON, LONGEST_DOTTED, LONGEST_ORGANISATION = 20, 4, 16, 20
#: Characters of a Chinese person's name, words of a Latin one, and names of a list: none has fewer.
LEAST = 2
#: Words of a Latin person's name, hand-set, and letters of one that is written small: `de`, `J.`.
MOST_WORDS, PARTICLE = 4, 2
#: Characters of a line that is a date and names, and of one that is a date and a place; hand-set.
LONGEST_DATED_NAMES, LONGEST_DATED_PLACE = 240, 60


def is_name(value: str) -> bool:
    """Whether a value is a list of people's names, or of a desk's: `张三、李四`, `Jane Doe and Li Si`."""
    value = re.sub("[(（][^()（）]{0,16}[)）]", "", value).strip(SEPARATOR + ".")
    if not value or len(value) > LONGEST_VALUE or SENTENCE.search(value):
        return False
    if not HAN.search(value):
        parts = re.split("\\s*[,;/、|&]\\s*|\\s+and\\s+", value)
        return len(parts) <= MOST_LATIN and all(
            LATIN_NAME.fullmatch(re.sub("^[^\\w\\s]\\s+", "", p))
            or (p.islower() and len(p) <= LONGEST_HANDLE and " " not in p)
            for p in parts
            if p
        )
    parts = [p for p in re.split("[、，,/／|｜\\s&和与及]+", value) if p]
    if not parts or len(parts) > MOST_CHINESE or NOT_A_NAME.search(value):
        return False
    return all(
        len(p) <= LONGEST_PERSON
        or ("·" in p and len(p) <= LONGEST_DOTTED)
        or (ORGANISATION.search(p) and len(p) <= LONGEST_ORGANISATION)
        or not HAN.search(p)
        for p in parts
    )


def is_person(value: str) -> bool:
    """Whether a value names people or desks for sure: surnames, two Latin words, an organisation.

    >>> is_person("王小明、李四"), is_person("发展与安全"), is_person("Jane Doe"), is_person("Yes")
    (True, False, True, False)
    >>> is_person("王小明 教授"), is_person("教授")
    (True, False)
    """
    value = re.sub("[(（][^()（）]{0,16}[)）]", "", value).strip(SEPARATOR + ".")
    if not HAN.search(value):
        return len(WORD.findall(value)) >= LEAST and is_name(value)
    parts = [p for p in re.split("[、，,/／|｜\\s&]+", value) if p]
    return (
        bool(parts)
        and is_name(value)
        and parts[0] not in OFFICES
        and all(
            (LEAST <= len(p) <= LONGEST_PERSON and p[0] in SURNAMES)
            or p in OFFICES
            or NICKNAME.fullmatch(p) is not None
            or "·" in p
            or ORGANISATION.search(p) is not None
            or not HAN.search(p)
            for p in parts
        )
    )


def both_names(text: str) -> tuple[str, str] | None:
    """The Chinese and the English one of a text that is one name in both languages.

    >>> both_names("玛尔塔·奥赛 Marta Osei"), both_names("Lin Yuan（林远）"), both_names("Lin Yuan")
    (('玛尔塔·奥赛', 'Marta Osei'), ('林远', 'Lin Yuan'), None)
    """
    match = _TWICE.fullmatch(text)
    return (match["zh"] or match["zh2"], (match["en"] or match["en2"]).strip()) if match else None


def is_personal(name: str) -> bool:
    """Whether a label has the form of one person's name: a surname and one or two characters, or Two Words.

    >>> is_personal("薛澜"), is_personal("人民网"), is_personal("Lan Xue"), is_personal("Yes")
    (True, False, True, False)
    """
    if HAN.search(name):
        bare = name.replace(" ", "")
        if re.search(r"[·•・‧]", bare):
            return True
        return len(bare) in (2, 3) and bare[0] in SURNAMES
    parts = name.split()
    return LEAST <= len(parts) <= MOST_WORDS and all(
        (p[:1].isupper() and p[1:2].islower()) or len(p) <= PARTICLE for p in parts
    )


def are_people(text: str) -> bool:
    """Whether a line is people's names and nothing else, by their form and by no word that names do not have.

    >>> are_people("Dr. Ada Lund, Chen Li and Bo Ruiz"), are_people("陈立、林晓 教授")
    (True, True)
    >>> are_people("Power by the Hour"), are_people("Climate Desk"), are_people("要同伴，不要电脑")
    (False, False, False)
    """
    parts = [_COURTESY.sub("", p).strip() for p in _JOINED.split(text.strip(SEPARATOR))]
    bare = [p for p in parts if p not in OFFICES]
    return 0 < len(text) <= LONGEST_VALUE and bool(bare) and all(map(_is_of_person, bare))


def _is_of_person(name: str) -> bool:
    known = _NO_PEOPLE.search(name) or ORGANISATION.search(name) or PLACE.fullmatch(name)
    return is_personal(name) and is_name(name) and not known


def sounds_alike(zh: str, en: str) -> bool:
    """Whether the English name spells the Chinese one: 薛澜 is Xue Lan and Lan Xue."""
    spelled = pinyin(zh)
    parts = frozenset(w.casefold().replace("'", "").replace("-", "") for w in WORD.findall(en))
    if not spelled or not parts:
        return False
    surname, given = spelled[0], "".join(spelled[1:])
    if given:
        return {surname, given} <= parts or surname + given in parts
    return surname in parts


def is_pinyin_name(name: str) -> bool:
    """Whether a name is a Chinese one in Latin letters, its surname first and alone.

    >>> is_pinyin_name("You Xiaogang"), is_pinyin_name("You Agree"), is_pinyin_name("he ping")
    (True, False, False)
    """
    surname, _, given = name.lower().partition(" ")
    syllables, bare = words("names/syllables"), re.sub("['’-]", "", given)
    halves = ((bare[:k], bare[k:]) for k in range(1, len(bare) + 1))
    spelled = any(a in syllables and (not b or b in syllables) for a, b in halves)
    return (name.istitle() or name.isupper()) and surname in syllables and spelled


#: Consonants that Chinese does not tell apart when it spells a foreign name; `y`, `w`, vowels and a
#: syllable's `n` before another consonant come and go.
ALIKE = str.maketrans(
    {**dict.fromkeys("bpfv", "b"), **dict.fromkeys("dt", "d"), **dict.fromkeys("gkc", "g")}
    | {**dict.fromkeys("lr", "l"), **dict.fromkeys("jqxzs", "s"), **dict.fromkeys("aeiouywh", "")}
)
#: So great a part of the consonants of both names is alike, and two at least.
SPELLED = 0.6


@lru_cache(4096)
def spells(zh: str, en: str) -> bool:
    """Whether the Chinese name can be the foreign one by its sound: 布莱克 is Black, and 原因 is not Reason.

    >>> spells("布莱克", "Black"), spells("伦德", "Mara Lund"), spells("原因", "Reason")
    (True, True, False)
    """
    from pypinyin import lazy_pinyin

    parts = [p for p in re.split("[·•・‧ ]", zh) if HAN.search(p)]
    said = [_consonants("".join(lazy_pinyin(p))) for p in (*parts, "".join(parts))]
    written = [_consonants(w.casefold()) for w in (*WORD.findall(en), en) if w[:1].isupper()]
    return any(_alike(a, b) for a in said for b in written)


def _consonants(word: str) -> str:
    word = re.sub("[zcs]h|ch|[^a-z]", lambda m: "s" if len(m[0]) > 1 else "", word)
    return re.sub(r"(.)\1+", r"\1", word.replace("ng", "n").translate(ALIKE))


def _alike(a: str, b: str) -> bool:
    """Whether the greater part of two rows of consonants is the same, in order."""
    same = sum(m.size for m in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return same >= LEAST and same >= SPELLED * max(len(a), len(b)) and a[:1] == b[:1]


@lru_cache(4096)
def pinyin(name: str) -> tuple[str, ...]:
    """The syllables of a Chinese name of up to four characters; none of a longer one."""
    bare = "".join(HAN.findall(name))
    if not 1 <= len(bare) <= LONGEST_PERSON:
        return ()
    from pypinyin import lazy_pinyin

    return tuple(s.replace("ü", "v") for s in lazy_pinyin(bare))


def dated_names(text: str) -> str:
    """The names of people that are all a line has beside its date; '' where it has more or none.

    >>> dated_names("2023年5月3日 Ann Lee、Bo Ruiz 与 Cy Marsh"), dated_names("May 3, 2023 by Ann Lee, and Bo Ruiz")
    ('Ann Lee、Bo Ruiz 与 Cy Marsh', 'Ann Lee, and Bo Ruiz')
    >>> dated_names("May 3, 2023, Spring Report"), dated_names("2023年5月3日 记者会")
    ('', '')
    """
    match = _DATED.fullmatch(text) if len(text) <= LONGEST_DATED_NAMES else None
    if not match:
        return ""
    rest = re.sub("^[Bb]y\\s+", "", match["rest"])
    parts = re.split("\\s*[、，,;；&]\\s*(?:and\\s+)?|\\s+and\\s+|\\s*[与和及與]\\s*", rest)
    return rest if len(parts) >= LEAST and all(p and is_person(p) for p in parts) else ""


def is_dated_place(text: str) -> bool:
    """Whether a line is a date and a place: `2011年9月19日 印度新德里`, and no title with its date.

    >>> is_dated_place("2011年9月19日 印度新德里"), is_dated_place("2011年9月19日 例行记者会")
    (True, False)
    """
    match = _DATED.fullmatch(text) if len(text) <= LONGEST_DATED_PLACE else None
    rest = match["rest"] if match else ""
    return re.fullmatch(f"[{HAN_CLASS}·]{{2,8}}", rest) is not None and not _TITLE_END.search(rest)
