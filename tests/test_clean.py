"""Chrome goes with a reason, metadata is read, and no sentence of a text is ever cut."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.clean.clean import clean
from bitext.clean.state import State
from bitext.read import read_bytes
from bitext.text.fields import parse_fields
from bitext.text.source import Cleaned, Document, is_blank

CASES = Path(__file__).parent / "cases"
LINES = tomllib.loads((CASES / "clean_lines.toml").read_text("utf-8"))
DOCUMENTS = tomllib.loads((CASES / "clean.toml").read_text("utf-8"))["case"]
ZH = "人工智能的治理需要各国共同努力，任何一个国家都无法独自应对。"
EN = "Governing AI takes the effort of every country; none can do it alone."


def parse(text: str, name: str = "talk.txt") -> Cleaned:
    return clean(read_bytes(text.encode("utf-8", "surrogatepass"), name))


def framed(line: str, place: str) -> str:
    """The line before, within or behind a small bilingual text."""
    body = [ZH, EN, ZH.replace("人工智能", "风险"), EN.replace("AI", "risk")]
    at = {"head": 0, "middle": 2, "tail": 4}[place]
    return "\n\n".join([*body[:at], line, *body[at:]])


def cut_texts(cleaned: Cleaned) -> list[str]:
    return [cleaned.document.slice(cut.span) for cut in cleaned.cuts]


def squeeze(text: str) -> str:
    return "".join(c for c in text if not is_blank(c))


def kept(cleaned: Cleaned) -> str:
    return squeeze("".join(cleaned.document.text[ln.start : ln.end] for ln in cleaned.lines))


def _each(section: str) -> list[tuple[str, str]]:
    return [(reason, line) for reason, lines in LINES[section].items() for line in lines]


@pytest.mark.parametrize(("reason", "line"), _each("chrome"))
@pytest.mark.parametrize("place", ["head", "middle", "tail"])
def test_chrome_is_cut_wherever_it_stands(reason: str, line: str, place: str):
    cleaned = parse(framed(line, place))
    assert squeeze("".join(cut_texts(cleaned))) == squeeze(line)
    if reason == "metadata":
        assert all(c.reason.startswith("metadata") for c in cleaned.cuts)
    else:
        assert {c.reason for c in cleaned.cuts} == {reason}


@pytest.mark.parametrize(("reason", "line"), _each("edge"))
def test_chrome_words_are_cut_at_the_edges(reason: str, line: str):
    for place in ("head", "tail"):
        cleaned = parse(framed(line, place))
        if place == "head" or not line.startswith(("By ", "文/")):
            assert squeeze("".join(cut_texts(cleaned))) == squeeze(line), place


@pytest.mark.parametrize("line", LINES["text"]["lines"])
@pytest.mark.parametrize("place", ["head", "middle", "tail"])
def test_a_sentence_is_never_cut(line: str, place: str):
    assert cut_texts(parse(framed(line, place))) == []


@pytest.mark.parametrize("line", LINES["text"]["lines"])
def test_a_sentence_within_a_paragraph_is_never_cut(line: str):
    assert cut_texts(parse(f"{ZH}{line}\n\n{EN} {line}\n\n{line}{ZH}\n\n{line} {EN}")) == []


@pytest.mark.parametrize("case", DOCUMENTS, ids=lambda c: c["label"])
def test_documents(case: dict):
    cleaned = parse(case["text"], case.get("file", "talk.txt"))
    found = {cleaned.document.slice(c.span): c.reason for c in cleaned.cuts}
    assert found == case.get("cut", {})
    assert {k: v for k, v in cleaned.metadata.items() if not k.startswith("_")} == case.get(
        "metadata", {}
    )
    cut_off = cleaned.truncation
    assert bool(cut_off) == bool(case.get("truncated", ""))
    assert not cut_off or case["truncated"] in f"line {cut_off.line}: {cut_off.why}"


@pytest.mark.parametrize("case", DOCUMENTS, ids=lambda c: c["label"])
def test_documents_lose_nothing(case: dict):
    assert_complete(parse(case["text"], case.get("file", "talk.txt")))


def assert_complete(cleaned: Cleaned) -> None:
    """Lines and cuts cover what is not blank once, and only once."""
    document = cleaned.document
    seen = bytearray(len(document.text))
    for start, end in [
        *(c.span for c in cleaned.cuts),
        *((ln.start, ln.end) for ln in cleaned.lines),
    ]:
        for at in range(start, end):
            seen[at] += 1
    for at, char in enumerate(document.text):
        assert is_blank(char) or seen[at] == 1, (at, char)
    for line in cleaned.lines:
        assert all(line.start <= a <= b <= line.end for a, b in line.markup)
    assert [ln.start for ln in cleaned.lines] == sorted(ln.start for ln in cleaned.lines)


PIECES = st.sampled_from(
    [line for _, line in _each("chrome") + _each("edge")]
    + LINES["text"]["lines"]
    + [ZH, EN, "", "**", "#", "*x*", "编辑:", "[广告]", "\u200b"]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", "", " "])), max_size=14),
    st.sampled_from(["a.txt", "a.md"]),
)
def test_nothing_is_lost_in_any_mixture(pieces: list[tuple[str, str]], name: str):
    text = "".join(a + b for a, b in pieces)
    if text.strip("\u200b \n"):
        assert_complete(parse(text, name))


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1))
def test_nothing_is_lost_of_any_text(text: str):
    from bitext.read.text import read_text

    assert_complete(clean(read_text(text, "a.txt", "utf-8")))


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_fields_cover_their_line_or_are_none(line: str):
    fields = parse_fields(line)
    assert all(a.end <= b.start for a, b in itertools.pairwise(fields))


def test_many_blocks_are_cleaned():
    """Quadratic cleaning would not come to an end here; `make bench` shows the speed."""
    blocks = ["点击上方蓝字关注我们", ZH, EN] * 4_000
    cleaned = parse("\n\n".join(blocks))
    assert kept(cleaned).count(ZH) == 4_000


def test_cues_keep_their_short_words():
    text = "1\n00:00:01,000 --> 00:00:02,000\n" + "\n\n2\n00:00:03,000 --> 00:00:04,000\n".join(
        [ZH + "\n" + EN, "评论\nComments", ZH + "\n" + EN, ZH + "\n" + EN]
    )
    cleaned = parse(text, "a.srt")
    assert "评论" in kept(cleaned)
    assert isinstance(cleaned.document, Document)


def test_a_transcript_of_single_words_keeps_them_all():
    words = "we have to talk about the ad and the translation 我们 要 谈谈 这个 广告 loading original".split()
    assert cut_texts(parse("\n".join(words * 4))) == []


#: Lines of which a source may have tens of thousands, each with what stands below it.
MANY = {
    "markers": ("中文：", "English:"),
    "dates": ("2026年4月30日", "April 30, 2026"),
    "times": ("12:03", "0:01"),
    "labels": ("王明：好", "Wang Ming: yes"),
    "publications": ("Example is a reader-supported publication. To receive new posts", "关注"),
    "names": ("王明", "John Smith"),
    "addresses": ("https://example.org/a", "https://example.org/b"),
    "notes": ("[1] 注", "[1] note"),
    "fields": ("作者：王明 | 来源：新华网", "Author: John Smith | Source: Example"),
    "rights": ("© 2026 Example", "版权所有"),
    "numbers": ("1", "2"),
    "sentences": (ZH, EN),
}


@pytest.mark.parametrize("name", MANY)
def test_all_lines_are_looked_through_as_often_however_many_there_are(name, monkeypatch):
    looks: list[int] = []
    left = State.left.fget

    def counted(state: State) -> list[int]:
        looks.append(1)
        return left(state)

    monkeypatch.setattr(State, "left", property(counted))
    found = []
    for times in (50, 200):
        looks.clear()
        parse("\n".join(MANY[name] * times))
        found.append(len(looks))
    assert found[0] == found[1]
