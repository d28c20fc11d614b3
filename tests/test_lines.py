"""A unit's texts as lines of bitext.yml: any text comes back, and a bead is a line."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.library import lines
from bitext.model import SentenceBead, Unit

CHARS = st.characters(blacklist_categories=("Cs",))
WORDS = st.sampled_from(
    ["你好。", "Hello there.", "∅", "¶", "\\∅", "\\\\¶", "“引”", "AI", "，", "…", "𠀀", "Ａ"]
)
PIECE = st.one_of(WORDS, st.text(CHARS, min_size=1, max_size=8)).map(lambda t: " ".join(t.split()))
PARAGRAPH = st.lists(PIECE, min_size=1, max_size=5).map(lambda p: " ".join(" ".join(p).split()))
TIDY = st.lists(PARAGRAPH.filter(bool), min_size=1, max_size=3).map("\n\n".join)
OWN = st.text(CHARS, min_size=1, max_size=40)


def joined(text: str | None) -> str:
    """The text without its white space: that of a Chinese cut may go, and is counted."""
    return "".join((text or "").split())


@st.composite
def units(draw) -> Unit:
    zh, en = draw(TIDY), draw(TIDY)
    count = draw(st.integers(0, 4))
    cuts = [
        sorted(draw(st.lists(st.integers(0, len(text)), min_size=count, max_size=count)))
        for text in (zh, en)
    ]
    ends = [*zip(*cuts, strict=True), (len(zh), len(en))]
    return Unit("p1", "para", zh, en, beads=tuple(SentenceBead(a, b, 0.5) for a, b in ends))


@settings(max_examples=300, deadline=None)
@given(units())
def test_a_text_comes_back_from_its_lines(unit):
    written = lines.write(unit)
    zh, zh_ends = lines.text_of(written.lines.zh, "para", "zh")
    en, en_ends = lines.text_of(written.lines.en, "para", "en")
    assert (zh, en) == (written.zh, written.en)
    assert en == unit.en and joined(zh) == joined(unit.zh)
    assert len(zh) == len(unit.zh) - written.removed
    assert len(zh_ends) == len(en_ends) == len(written.posteriors)
    assert zh_ends[-1] == len(zh) and en_ends[-1] == len(en)


@settings(max_examples=200, deadline=None)
@given(TIDY, st.sampled_from(["zh", "en"]))
def test_a_text_without_a_twin_comes_back_too(text, lang):
    unit = Unit(
        "p1", "para", **({"zh": text, "en": None} if lang == "zh" else {"zh": None, "en": text})
    )
    side = getattr(lines.write(unit).lines, lang)
    assert lines.text_of(side, "para", lang)[0] == text


@given(OWN, st.sampled_from(lines.OWN_LINES))
def test_a_text_with_lines_of_its_own_keeps_them(text, kind):
    side = lines.write(Unit("n1", kind, text, None)).lines.zh
    assert lines.text_of(side, kind, "zh")[0] == text


@given(st.text(CHARS))
def test_signs_of_the_text_are_escaped_and_come_back(text):
    assert lines.unescape(lines.escape(text)) == text
