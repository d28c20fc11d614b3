"""An extension of Python-Markdown that makes the same HTML with less work: what a text cannot hold is
not looked for in it, the options of a block are read once, not once a block, and MkDocs need not read a
page as HTML for the ids of its tags.

`hooks.py` adds it to what `mkdocs.yml` names.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import lru_cache, partial
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from markdown import inlinepatterns as inline
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString
from pymdownx.blocks import RE_INDENT_YAML_LINE, get_frontmatter

from bitext.publish.plain_ids import plain_ids

if TYPE_CHECKING:
    from markdown import Markdown

#: The name under which Python-Markdown finds the extension.
NAME = __name__
#: What stands in every text in which one of these patterns matches. Any other pattern is always tried.
SIGNS = {
    inline.BACKTICK_RE: "`",
    inline.ESCAPE_RE: "\\",
    inline.REFERENCE_RE: "[",
    inline.LINK_RE: "[",
    inline.IMAGE_LINK_RE: "![",
    inline.IMAGE_REFERENCE_RE: "![",
    inline.AUTOLINK_RE: "<",
    inline.AUTOMAIL_RE: "<",
    inline.LINE_BREAK_RE: "  \n",
    inline.HTML_RE: "<",
    inline.ENTITY_RE: "&",
    r"\[\^([^\]]*)\]": "[^",  # a footnote
}
#: The same of blocks, by the names of what reads them.
BLOCK_SIGNS = {"table": "|", "deflist": ": ", "hashheader": "#", "quote": ">"}

#: What tells whether a block is of a kind, and what takes the options from the head of a block.
Test = Callable[[object, str], bool]
Split = Callable[[str, int], tuple[dict[str, Any] | None, str]]


class Sparing(Extension):
    """Puts what works less in the place of what Python-Markdown has; the last of all extensions."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.register(Ids(md), "plain_ids", 21.5)  # before MkDocs's own, which is at 21
        md.treeprocessors.register(Inline(md), "inline", 20)
        readers = md.parser.blockprocessors
        for name, sign in BLOCK_SIGNS.items():
            if name in readers:
                readers[name].test = partial(_test, sign, readers[name].test)
        if "blocks" in readers:
            blocks: Any = readers["blocks"]
            blocks.split_header = partial(_split, blocks.split_header)


class Ids(Preprocessor):
    """Tells MkDocs the ids of a page's tags, where all of them are plain."""

    def run(self, lines: list[str]) -> list[str]:
        readers, ids = self.md.preprocessors, plain_ids("\n".join(lines))
        if ids is not None and "mkdocs_raw_html" in readers:
            asks = readers["mkdocs_raw_html"]
            asks.present_anchor_ids, asks.run = ids, _as_they_are
        return lines


class Inline(InlineProcessor):
    """Tries a pattern only where its sign stands."""

    def run(self, tree, ancestors=None):
        self.inlinePatterns = list(self.md.inlinePatterns)
        self.signs = [SIGNS.get(pattern.pattern, "") for pattern in self.inlinePatterns]
        return super().run(tree, ancestors)

    # Python-Markdown's own name of the method, `__handleInline`, as Python has it.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        """The text with a mark in the place of all that the patterns from this one on found."""
        if isinstance(data, AtomicString):
            return data
        patterns, signs, start = self.inlinePatterns, self.signs, 0
        while patternIndex < len(signs):
            matched = signs[patternIndex] in data
            if matched:
                data, matched, start = self._InlineProcessor__applyPattern(
                    patterns[patternIndex], data, patternIndex, start
                )
            if not matched:
                patternIndex += 1
                start = 0
        return data


def _as_they_are(lines: list[str]) -> list[str]:
    return lines


def _test(sign: str, test: Test, parent: object, block: str) -> bool:
    return sign in block and test(parent, block)


def _split(split: Split, block: str, length: int) -> tuple[dict[str, Any] | None, str]:
    """As `split`, with the options as they were read before."""
    found = RE_INDENT_YAML_LINE.match(block)
    if not found:
        return split(block, length)
    return deepcopy(_options(found[0])), split(block[found.end() :], length)[1]


@lru_cache(1 << 10)
def _options(lines: str) -> dict[str, Any] | None:
    return get_frontmatter(dedent(lines))


def makeExtension(**settings: object) -> Sparing:
    return Sparing(**settings)
