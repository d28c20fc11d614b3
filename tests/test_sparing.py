"""The extension that spares Python-Markdown work changes nothing of what it makes."""

from __future__ import annotations

from pathlib import Path
from random import Random

import markdown
import pytest
import yaml
from mkdocs.structure.pages import _HTMLHandler, _RawHTMLPreprocessor

from bitext.publish import sparing
from bitext.publish.plain_ids import plain_ids

ROOT = Path(__file__).resolve().parent.parent
#: The extensions of the site, read as plain values: `!ENV` stands in no setting of theirs.
CONFIG = (ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV ", "")
NAMED = yaml.safe_load(CONFIG)["markdown_extensions"]
EXTENSIONS = [name if isinstance(name, str) else next(iter(name)) for name in NAMED]
#: What has a meaning in Markdown, and what is around it; each may stand beside each.
PIECES = (
    "`", "``", "\\", "\\`", "\\\\", "[", "]", "(", ")", "![", "[^1]", "[^1]: ", "[a](b.md)", "[a][b]", "[b]: c.md",
    "<", ">", "<b>", "</b>", "<https://a.org>", "<a@b.org>", "<!-- c -->", "&", "&amp;", "&#38;", "*", "**", "_", "__",
    "  \n", "\n", "\n\n", "|", "| - |", "a | b\n- | -\n1 | 2\n", "\n: ", "term\n: said", "#", "\n# ", "{ #i .c }", "{: k=v }",
    "\n/// details | a\n", "    attrs: {class: x}\n", "    attrs: {class: [1\n", "    open: true\n", "\n///\n", "\n//// details\n",
    "*[AI]: x\n", "AI", "对话", "：", "one two", "1. ", "- ", "    ", "\n!!! note\n", "\n??? x\n", "```\n", "\x02", "\x03", "!",
)  # fmt: skip


def made(text: str, *more: str) -> tuple[str, object]:
    """The HTML of a text and its headings."""
    writer = markdown.Markdown(extensions=[*EXTENSIONS, *more])
    return writer.convert(text), getattr(writer, "toc_tokens", None)


@pytest.mark.parametrize("seed", range(40))
def test_any_text_gives_the_same_html(seed):
    pick = Random(seed)
    for _ in range(15):
        text = "".join(pick.choices(PIECES, k=pick.randint(1, 40)))
        assert made(text, sparing.NAME) == made(text), repr(text)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=str)
def test_every_page_gives_the_same_html(page):
    text = page.read_text("utf-8")
    assert made(text, sparing.NAME) == made(text)


def test_the_options_of_a_block_are_not_shared():
    text = "/// details | a\n    attrs: {class: x}\n\nb\n\n///\n\n"
    html, _ = made(text * 2, sparing.NAME)
    assert html.count('<details class="x">') == 2


def test_each_pattern_that_has_a_sign_is_one_of_the_site():
    patterns = markdown.Markdown(extensions=EXTENSIONS).inlinePatterns
    assert len({p.pattern for p in patterns} & sparing.SIGNS.keys()) == len(sparing.SIGNS)


#: Tags, whole and in pieces.
TAGS = (
    "<a", "<b", "</a>", "</b>", "<p>", "<br/>", "<br />", "<script>", "</script>", "<style", "<title>", "<titles", "<textarea ",
    ' id="a"', ' id="&amp;b"', " id=c", " id", " id ", " name", ' name="d"', " name=''", ' ID="e"', ' data-id="f"', ' idx="g"',
    ">", "/>", " />", "<", "</", "< ", "<!--", "-->", "<!", "<?", '"', "'", "`", "=", "/", " ", "\n", "x", "&", "<1", "<é>", "<a-b>",
)  # fmt: skip


def ids_by_a_parser(text: str) -> set[str]:
    parser = _HTMLHandler()
    parser.feed(text)
    parser.close()
    return parser.present_anchor_ids


def test_plain_ids_are_those_that_a_parser_finds():
    pick, plain = Random(1), 0
    for _ in range(20_000):
        text = "".join(pick.choices(TAGS, k=pick.randint(1, 14)))
        ids = plain_ids(text)
        plain += ids is not None and "<" in text
        assert ids is None or ids == ids_by_a_parser(text), repr(text)
    assert plain > 100


@pytest.mark.parametrize("text", ['<p id="a">b</p>\n\n<a name="c">d</a>', "<p id='a'>b</p>"])
def test_mkdocs_is_told_the_ids_of_a_page(text):
    asks = _RawHTMLPreprocessor()
    writer = markdown.Markdown(extensions=[*EXTENSIONS, sparing.NAME])
    asks._register(writer)
    writer.convert(text)
    assert asks.present_anchor_ids == ids_by_a_parser(text)
