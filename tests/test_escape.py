"""What is rendered, read back from the HTML, equals the text, for any text."""

from __future__ import annotations

import html
import re
import unicodedata
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bitext.pages.blocks import details
from bitext.pages.escape import escape_attribute, escape_markdown, escape_title

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.blocks.details", "pymdownx.details", "pymdownx.superfences",
]  # fmt: skip

ODD = [
    "1. first", "2) second", "- item", "+ item", "* item", "# no heading", "> no quotation",
    "!!! note", "??? note", "/// html", "///", "//// details | x", ": definition", "[^1]: footnote", "[a]: http://x",
    "*[AI]: abbreviation", "```python", "~~~", "---", "===", "***", "| a | b |", "    code",
    "text { #id }", "{: .x }", "{ #s1p1 }", "<script>alert(1)</script>", "&lt; &amp; &copy;",
    "[link](javascript:alert(1))", "![i](x)", "<http://x.y>", "a@b.c", "**bold** _em_ __x__",
    "{{ config }} {% raw %}", "--8<-- 'file'", "\\", "\\*", "a\\", "`", "``x`", "[TOC]",
    "2024-01-01", "3.5", "U.S.", "C:\\dir", "^sup^ ~sub~ ==mark==", "klzzwxh:0", "&#42;", "<!-- x -->",
    "</div>", "<div markdown>", "'\"“”", "(c) (tm) -> <-", "😀 𠀀 é ﷺ",
]  # fmt: skip


BLANKS = [
    " ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "\v",
    "\f",
    "\r",
    "\x1c",
    "\x85",
    "\xa0",
    "\u2028",
    "\u2029",
    "\u3000",
    "\x00",
]


class Text(HTMLParser):
    """The text of the element with the given id."""

    def __init__(self, id: str):
        super().__init__()
        self.id, self.depth, self.found, self.tags = id, 0, [], []

    def handle_starttag(self, tag, attrs):
        if self.depth or dict(attrs).get("id") == self.id:
            self.depth += 1
            self.tags.append(tag)

    def handle_endtag(self, tag):
        self.depth -= bool(self.depth)

    def handle_data(self, data):
        if self.depth:
            self.found.append(data)


def squeeze(text: str) -> str:
    """What may change is taken away: white space runs, control characters, lone surrogates."""
    seen = (
        c for c in text
        if c.isspace() or (unicodedata.category(c) not in ("Cc", "Cs") and c not in "\ufffe\uffff")
    )  # fmt: skip
    return " ".join("".join(seen).split())


def render(source: str) -> str:
    return markdown.markdown(source, extensions=EXTENSIONS)


def read_back(text: str) -> tuple[str, list[str]]:
    parser = Text("s1p1")
    shown = escape_markdown(text)
    assert shown.splitlines() == [shown] * bool(shown)
    parser.feed(render(f"before\n\n{shown}\n{{ #s1p1 .bt-u }}\n\nafter\n"))
    return squeeze("".join(parser.found)), parser.tags


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_shown_as_it_is(text):
    assert read_back(text) == (squeeze(text), ["p"])


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("text", ODD)
def test_white_space_before_odd_text_opens_no_block(text, blank):
    for odd in (blank + text, f"one{blank}{text}", f"one\n{blank}{text}"):
        assert read_back(odd) == (squeeze(odd), ["p"])


@settings(max_examples=400, deadline=None)
@given(st.text(min_size=1))
@example("[x]: y")
@example("\\`*_{}[]<>#|~&")
def test_any_text_is_shown_as_it_is(text):
    if squeeze(text):
        assert read_back(text) == (squeeze(text), ["p"])


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="\\`*_{}[]()<>#+-.!|:=~^&;\"'/ 1a中\n\t\v\u2028\u3000\x00"))
def test_punctuation_soup_is_shown_as_it_is(text):
    if squeeze(text):
        assert read_back(text) == (squeeze(text), ["p"])


@pytest.mark.parametrize("text", ODD)
def test_titles_cannot_leave_the_head(text):
    assert not re.search(r"[<>&{}]", escape_title(text))


@pytest.mark.parametrize("text", ODD)
def test_link_titles_hold_any_text(text):
    page = render(f'x [term](y.md "{escape_attribute(text)}"){{ .bt-term }}')
    title = re.search(r'title="([^"]*)"', page)
    assert title and squeeze(html.unescape(title[1])) == squeeze(text)


@pytest.mark.parametrize("text", ODD)
def test_a_block_holds_any_text_in_its_head_and_body_and_in_a_block_within_it(text):
    shown = escape_markdown(text)
    inner = details(shown, "inner", [shown, "{ #s1p1 }", ""])
    page = render("\n".join(["before", "", *details(shown, "outer", [shown, "", *inner]), "after"]))
    assert [squeeze(html.unescape(s)) for s in re.findall("<summary>(.*?)</summary>", page)] == [squeeze(text)] * 2  # fmt: skip
    parser = Text("s1p1")
    parser.feed(page)
    assert squeeze("".join(parser.found)) == squeeze(text)
    assert re.search(r"</details>\s*</details>\s*<p>after</p>$", page)
