"""Text -> Markdown or HTML that shows exactly that text, whatever is in it."""

from __future__ import annotations

import json
import re

# Characters that mean something to Markdown anywhere in a line; `<`, `>` and `&` become entities.
ANYWHERE = re.compile(r"[\\`*_{}\[\]|#]")
IN_HTML = re.compile(r"""[\\`*_{}\[\]|#<>&"']""")
# Openers of a block: quotation, heading, lists, rules, admonition, details, blocks, definition,
# fence, table of contents marker. Only the first character has to be taken out of play.
LINE_START = re.compile(r"^(\d+)([.)])|^([+\-!?/:=~^])", re.MULTILINE)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")


def escape_markdown(text: str) -> str:
    r"""Markdown whose rendering reads `text` and nothing else, control characters left out.

    >>> escape_markdown("1. *[x](y)* {#id} & <b>")
    '1\\. \\*\\[x\\](y)\\* \\{\\#id\\} &amp; &lt;b&gt;'
    """
    text = CONTROL.sub("", text)
    text = ANYWHERE.sub(r"\\\g<0>", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return LINE_START.sub(_at_line_start, text)


def _at_line_start(match: re.Match[str]) -> str:
    return f"{match[1]}\\." if match[2] == "." else _as_entities(match)


def escape_html(text: str) -> str:
    """`text` for an HTML text node or a double-quoted attribute.

    What Markdown would read is an entity too: raw HTML inside a `markdown` element is read by it.
    """
    text = IN_HTML.sub(lambda m: f"&#{ord(m[0])};", CONTROL.sub("", text))
    return LINE_START.sub(_as_entities, text)


def _as_entities(match: re.Match[str]) -> str:
    return f"{match[1]}&#{ord(match[2])};" if match[1] else f"&#{ord(match[3])};"


def escape_title(text: str) -> str:
    """`text` for a front-matter title or description, as a quoted YAML scalar.

    The theme puts these into the page's head unescaped, after undoing entities: so what could
    open a tag or close an attribute is shown by its full-width twin there. The page's own
    heading shows the title as it is.
    """
    for char, twin in (("<", "＜"), (">", "＞"), ('"', "”"), ("{", "｛"), ("}", "｝"), ("&", "＆")):
        text = text.replace(char, twin)
    return json.dumps(" ".join(CONTROL.sub("", text).split()), ensure_ascii=False)


def attribute(text: str) -> str:
    """`text` for an attribute list, where nothing can be escaped: what Markdown reads is left out."""
    return re.sub(r'["{}<>&\\\n\[\]`*_|!]', "", text).strip() or "?"


def escape_attribute(text: str) -> str:
    """`text` for a quoted value in an attribute list or a link title of Markdown."""
    text = " ".join(CONTROL.sub("", text).split())
    return "".join(f"&#{ord(c)};" if c in "\"'\\`*_{}[]|<>&()!" else c for c in text)
