"""What a unit can be: each kind with its words in both languages and all that depends on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of unit. A new one is a row of KINDS; what nothing is said of is as in a paragraph."""

    zh: str  # what it is called
    en: str
    letter: str = "p"  # with which the ids of its units begin, outside a turn
    shape: str = "para"  # how the page shows it: one of SHAPES
    css: str = ""  # of a box: the ending of its class
    speech: bool = False  # somebody says it: it is counted in its turn (s4p2)
    counted: bool = True  # among the paired paragraphs of the library's list
    cuttable: bool = False  # its text may be cut where the other language's paragraph ends
    aside: bool = False  # a note beside the text, which may have no translation
    own_lines: bool = False  # its lines are its own: no sentences, no beads
    verbatim: bool = False  # its white space is kept


SHAPES = ("para", "heading", "list", "quote", "code", "box")
#: Where a pair's two texts are of two kinds, it is the one that stands first here, para last of all.
KINDS: Mapping[str, Kind] = {
    "para": Kind("段落", "paragraph", speech=True, cuttable=True),
    "cue": Kind("字幕", "subtitle", speech=True),
    "heading": Kind("小标题", "heading", "h", "heading", counted=False),
    "list": Kind("列表项", "list item", shape="list", speech=True, cuttable=True),
    "quote": Kind("引文", "quotation", shape="quote", speech=True, cuttable=True),
    "code": Kind("代码", "code", "c", "code", own_lines=True, verbatim=True),
    "footnote": Kind("脚注", "footnote", "f"),
    "note": Kind(
        "原文附注", "Note in the source", "n", "box", "source",
        counted=False, aside=True, own_lines=True,
    ),
    "vocab": Kind(
        "原文词汇注", "Vocabulary note in the source", "v", "box", "vocab",
        counted=False, aside=True, own_lines=True,
    ),
    "glossary": Kind(
        "原文术语表", "Glossary in the source", "g", "box", "source",
        counted=False, own_lines=True,
    ),
    "other": Kind("其他", "other", "x"),
}  # fmt: skip


def _those(has: Callable[[Kind], bool]) -> tuple[str, ...]:
    return tuple(name for name, kind in KINDS.items() if has(kind))


SPEECH = _those(lambda k: k.speech)
NO_SPEAKER = _those(lambda k: not k.speech)
NOT_COUNTED = _those(lambda k: not k.counted)
CUTTABLE = _those(lambda k: k.cuttable)
ASIDE = _those(lambda k: k.aside)
OWN_LINES = _those(lambda k: k.own_lines)
VERBATIM = _those(lambda k: k.verbatim)
BOXES = _those(lambda k: k.shape == "box")
