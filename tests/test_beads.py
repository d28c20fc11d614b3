"""Where sentences end, as pages say it, is where they end in the page as a browser reads it."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bitext.model import LANGS, Bitext, Doubt, SentenceBead, Unit
from bitext.pages.beads import bead_ends
from bitext.pages.transcript import transcript_page
from tests.test_escape import BLANKS, ODD, squeeze
from tests.test_write import render

# ECMAScript's WhiteSpace and LineTerminator: what the browser's script does not count.
JS_SPACE = set("\t\n\v\f\r \xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff") | {
    chr(code) for code in range(0x2000, 0x200B)
}
PIECE = st.sampled_from([*BLANKS, *ODD, "\ufeff", "\x1f", "\x85", "𠀀。", "￾"]) | st.text(
    max_size=12
)
PIECES = st.lists(st.tuples(PIECE, PIECE), min_size=2, max_size=6)


def unit(kind: str, pieces: list[tuple[str, str]], **more) -> Unit:
    zh = en = ""
    beads = []
    for one, other in pieces:
        zh, en = zh + one, en + other
        beads.append(SentenceBead(len(zh), len(en), 1.0))
    return Unit("p1", kind, zh, en, level=2, beads=tuple(beads), **more)


def counted(text: str) -> int:
    return sum(1 + (ord(char) > 0xFFFF) for char in text if char not in JS_SPACE)


@given(PIECES, st.sampled_from(["para", "heading", "list", "quote", "cue"]))
@settings(max_examples=150)
@example([("一。", "One."), ("\x00二。\ufeff", "\x1c \x85Two.")], "para")
@example([("😀。", "a\ud800"), ("\n\n乙", "\n\nb")], "para")
def test_the_last_sentence_ends_where_the_rendered_text_does(pieces, kind):
    made = unit(kind, pieces)
    assume(squeeze(made.zh).strip("\ufeff ") and squeeze(made.en).strip("\ufeff "))
    for lang in LANGS:
        tree = render(transcript_page(Bitext("tea-talk", {}, (made,)), lang))
        ends = [int(end) for end in bead_ends(made, lang).split()]
        assert ends == sorted(ends) and len(ends) == len(pieces)
        element = tree.get_element_by_id("p1")
        assert element.get("data-b") == " ".join(map(str, ends))
        assert ends[-1] == counted(element.text_content())


def test_each_sentence_ends_where_its_text_does():
    made = unit("para", [("先试。", "Try first. "), ("", "Really. "), ("再改𠀀。", "Then mend.")])
    assert bead_ends(made, "zh") == "3 3 8"
    assert bead_ends(made, "en") == "9 16 25"


@pytest.mark.parametrize(
    "made",
    [
        unit("para", [("一。二。", "One. Two.")]),
        unit("para", [("一。", "One."), ("二。", " Two.")], review=(Doubt("length", ("2.4",)),)),
    ],
    ids=["one bead", "doubtful"],
)  # fmt: skip
def test_a_paragraph_answers_for_its_sentences_where_nothing_surer_is_known(made):
    assert [bead_ends(made, lang) for lang in LANGS] == ["", ""]
