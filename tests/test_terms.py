"""Terms as words of the sentence: the sentences are in tests/cases/terms_zh.toml and terms_en.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.glossary.cuts import LOOSE, NOTHING, WORD, Cuts, Lexicon, Runs, dictionary, single_costs
from bitext.glossary.listed import parse_words, words_of
from bitext.glossary.occurrences import Matcher
from bitext.glossary.people import People, Person
from bitext.glossary.records import Both, Forms, Glossary, Term
from bitext.glossary.tokens import tokenize
from bitext.model import LANGS
from bitext.project.project import load_project

CASES = {
    lang: tomllib.loads((Path(__file__).parent / f"cases/terms_{lang}.toml").read_text("utf-8"))
    for lang in LANGS
}
MARK = re.compile("[【】]")


def glossary_of(lang: str, *groups: str, words: Forms = Forms()) -> Glossary:
    """A concept for each group of forms, in one language."""

    def term(n: int, forms: list[str]) -> Term:
        name, more = (Both(*((f, "zzzz") if lang == "zh" else ("某某某某", f))) for f in (forms[0], "x"))  # fmt: skip
        others = Forms(tuple(forms[1:])) if lang == "zh" else Forms((), tuple(forms[1:]))
        return Term(f"t{n}", "s", name, more, others)

    return Glossary(tuple(term(n, g.split(" = ")) for n, g in enumerate(groups)), words=words)


@cache
def matcher_of(lang: str) -> Matcher:
    forms = CASES[lang]["forms"]
    return Matcher(glossary_of(lang, *(forms.split() if isinstance(forms, str) else forms)), lang)


def marked(matcher: Matcher, text: str) -> str:
    """The text with 【】 round its terms."""
    at, parts = 0, []
    for o in matcher.find(text):
        parts += [text[at : o.start], "【", text[o.start : o.end], "】"]
        at = o.end
    return "".join(parts) + text[at:]


def sentences(half: str) -> Iterator[tuple[str, str]]:
    for lang in LANGS:
        for kind in ("innocent", "meant"):
            yield from (
                (lang, line) for line in CASES[lang][kind].get(half, "").split("\n") if line
            )


@pytest.mark.parametrize(("lang", "sentence"), [*sentences("seen")])
def test_a_term_is_marked_where_it_is_words_of_the_sentence(lang, sentence):
    assert marked(matcher_of(lang), MARK.sub("", sentence)) == sentence


@pytest.mark.parametrize("half", ["aside", "fresh"])
@pytest.mark.parametrize("lang", LANGS)
def test_of_the_sentences_kept_aside_one_in_twenty_may_be_wrong(lang, half):
    kept = [sentence for other, sentence in sentences(half) if other == lang]
    wrong = [s for s in kept if marked(matcher_of(lang), MARK.sub("", s)) != s]
    assert len(kept) >= 40
    assert len(wrong) * 20 <= len(kept), wrong


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.xfail(reason="both readings are as good; data/words.txt is the remedy", strict=True)
def test_what_the_rule_cannot_tell(lang):
    for sentence in CASES[lang]["known_failures"]["innocent"].strip().split("\n"):
        assert marked(matcher_of(lang), sentence) == sentence


def test_every_innocent_sentence_has_the_letters_of_a_term():
    """So that no sentence is right for want of anything to find."""
    loose = Matcher(glossary_of("zh", *CASES["zh"]["forms"].split()), "zh", lexicon=lambda _: NOTHING)  # fmt: skip
    for half in ("seen", "aside", "fresh"):
        for sentence in CASES["zh"]["innocent"].get(half, "").split():
            assert loose.find(sentence), sentence


# --- cuts ----------------------------------------------------------------------------------------

WORDS = frozenset(("甲乙", "乙丙", "丙丁", "甲乙丙", "乙丙丁戊", "丁戊", "戊甲"))
SMALL = Lexicon.of(WORDS)
LETTERS = st.text("甲乙丙丁戊的", min_size=1, max_size=9)


def every_cut(run: str) -> Iterator[list[str]]:
    """All ways to cut a run into words and characters."""
    if not run:
        yield []
    for end in range(1, len(run) + 1):
        if end == 1 or run[:end] in WORDS:
            yield from ([run[:end], *rest] for rest in every_cut(run[end:]))


def price(cut: list[str]) -> int:
    return sum(WORD if len(w) > 1 else single_costs().get(w, LOOSE) for w in cut)


@given(LETTERS)
def test_costs_are_those_of_the_cheapest_of_all_cuts(run):
    before, behind = Cuts(run, SMALL).costs()
    for place in range(len(run) + 1):
        assert before[place] == min(map(price, every_cut(run[:place])))
        assert behind[place] == min(map(price, every_cut(run[place:])))


@given(LETTERS, st.data())
def test_a_term_is_a_piece_if_no_cut_across_its_edge_costs_as_little(run, data):
    start = data.draw(st.integers(0, len(run) - 1))
    end = data.draw(st.integers(start + 1, len(run)))
    across = [
        price(cut)
        for cut in every_cut(run)
        for edges in [{sum(map(len, cut[:n])) for n in range(len(cut) + 1)}]
        if any(
            (a < start < b or a < end < b) and not (a <= start and end <= b and SMALL.is_made_of(run[a:b], start - a, end - a))
            for a, b in pairwise(sorted(edges))
        )
    ]  # fmt: skip
    with_it = min(map(price, every_cut(run[:start]))) + WORD + min(map(price, every_cut(run[end:])))
    assert Cuts(run, SMALL).has_piece(start, end, WORD) == all(with_it < p for p in across)


class Counted(frozenset):
    """Words that count how often they are asked."""

    asked = 0

    def __contains__(self, word: object) -> bool:
        Counted.asked += 1
        return super().__contains__(word)


@pytest.mark.parametrize("text", ["预算力度", "国际社会主义", "算力", "总算力争", "甲乙丙丁"])
def test_the_steps_grow_as_the_text(text):
    """Counted, not timed: the words that are asked for in a run of four times the length."""
    known = dictionary()
    asked = []
    for times in (250, 1000):
        lexicon = Lexicon(Counted(known.words), known.lengths)
        matcher = Matcher(glossary_of("zh", "算力", "国际社会"), "zh", lexicon=lambda _, x=lexicon: x)  # fmt: skip
        Counted.asked = 0
        matcher.find(text * times)
        asked.append(Counted.asked + times)
    assert asked[1] <= 4.1 * asked[0]


PIECES = ["算力", "预算", "力度", "国际", "社会", "主义", "AI", "安全", "，", " ", "\n", "的", "总", "１", "\u20dd", "二軌"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_marks_stand_apart_in_order_and_are_forms(text):
    matcher = Matcher(glossary_of("zh", "算力", "国际社会", "AI安全", "二轨", "安全"), "zh")
    at = 0
    for found in matcher.find(text):
        assert at <= found.start < found.end <= len(text)
        at = found.end
    assert MARK.sub("", marked(matcher, text)) == text


def test_a_term_of_letters_and_characters_has_its_edges_in_two_runs():
    lexicon = Lexicon.of(frozenset(("安全感", "用人")))
    for text, words in (("AI安全", True), ("AI安全感", False), ("用AI安全", True)):
        tokens = tokenize(text)
        i = next(n for n, t in enumerate(tokens) if t.key == "ai")
        assert Runs(tokens, lexicon).are_words(i, i + 2) is words


# --- data/words.txt and people.yml ---------------------------------------------------------------


def test_listed_words_are_read_with_their_faults():
    words, problems = parse_words("# head\n\n助推器  # a rocket's\n总|算力\n|x算  # y\nLLM degree  # law\na|b  # z\n", "w.txt")  # fmt: skip
    assert words == Forms(("助推器", "总|算力"), ("LLM degree",))
    assert [(p.line, p.code) for p in problems] == [(4, "W-REASON"), (5, "W-EDGE"), (7, "W-EDGE")]


def test_listed_words_have_the_last_word():
    forms = ("算力", "助推", "LLM")
    for lang, listed, text in (
        ("zh", "助推器", "火箭助推器"),
        ("zh", "合算|力", "合算力"),
        ("zh", "总算|力", "总算力争上游"),
        ("en", "LLM degree", "an LLM degree, 【LLMs】"),
    ):
        words = Forms((listed,)) if lang == "zh" else Forms((), (listed,))
        matcher = Matcher(glossary_of(lang, *forms, words=words), lang)
        assert marked(matcher, MARK.sub("", text)) == text
    words = Forms(("预|算力|度",))
    assert (
        marked(Matcher(glossary_of("zh", "算力", words=words), "zh"), "预算力度") == "预【算力】度"
    )


def test_no_term_is_marked_in_a_name_but_it_is_present_there():
    person = Person("a", Both("甲人工智能安全研究院", "A Institute of AI Safety"))
    words = words_of(People(persons=(person,)), Forms())
    zh = Matcher(glossary_of("zh", "人工智能安全", words=words), "zh")
    en = Matcher(glossary_of("en", "AI safety", words=words), "en")
    assert marked(zh, "甲人工智能安全研究院谈人工智能安全") == "甲人工智能安全研究院谈【人工智能安全】"  # fmt: skip
    assert marked(en, "The A Institute of AI Safety on AI safety") == "The A Institute of AI Safety on 【AI safety】"  # fmt: skip
    assert zh.present("甲人工智能安全研究院") == {"t0"} == en.present("A Institute of AI Safety")


def test_a_name_that_is_a_term_is_the_term():
    words = Forms(("世界人工智能大会",))
    matcher = Matcher(glossary_of("zh", "世界人工智能大会", words=words), "zh")
    assert marked(matcher, "世界人工智能大会") == "【世界人工智能大会】"


def test_the_projects_list_is_sound(root):
    project = load_project(root)
    assert [p for p in project.problems if p.code.startswith("W-")] == []
    assert "总|算力" in project.glossary.words.zh
    assert "桑德斯" in project.glossary.words.zh
