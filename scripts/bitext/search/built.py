"""A hand-written page as built -> its sections in both languages, row by row."""

from __future__ import annotations

from html.parser import HTMLParser

from bitext.search.records import Page, Pair, Row, line


def text_page(url: str, zh_html: str, en_html: str) -> Page:
    """A hand-written page, from its HTML in both languages; sections are paired in order."""
    zh, en = sections(zh_html, "zh-Hans"), sections(en_html, "en")
    size = max(len(zh), len(en))
    sides = ([*side, *[None] * (size - len(side))] for side in (zh, en))
    pairs = tuple(Pair(a, b) for a, b in zip(*sides, strict=True))
    return Page(url, "site", zh[0].label if zh else "", en[0].label if en else "", pairs)


def sections(html: str, lang: str) -> list[Row]:
    """The sections of a built page's article; the first one's label is the page's title.

    What is hidden or in another language is left out.

    >>> [(r.id, r.label, r.text) for r in sections('<article><h1>A</h1><p>b <i lang="zh-Hans">x</i></p>'
    ...     '<h2 id="x">C</h2><p hidden>y</p><p>d<br>e</p></article>', "en")]
    [('', 'A', 'b'), ('x', 'C', 'd e')]
    """
    parser = _Sections(lang)
    parser.feed(html)
    parser.close()
    rows = ((id, line("".join(text)), line("".join(head))) for id, head, text in parser.found)
    return [Row(*row) for row in rows if row[1] or row[2]]


class _Sections(HTMLParser):
    """Collects the words of the article, cut at its headings."""

    INLINE = frozenset(["a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"])  # fmt: skip
    HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
    SILENT = frozenset(["script", "style", "svg", "nav", "template", "button", "form", "head"])
    VOID = frozenset(
        [
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "source",
            "track",
            "wbr",
        ]
    )

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang
        self.found: list[tuple[str, list[str], list[str]]] = []
        self.open: list[tuple[str, bool]] = []  # the elements around, and which of them are silent
        self.heading = False

    def handle_starttag(self, tag, attrs):
        if tag in self.VOID:
            self._say(" ")
            return
        values = dict(attrs)
        foreign = values.get("lang", self.lang) != self.lang
        inside = self._inside()
        self.open.append((tag, tag in self.SILENT or "hidden" in values or foreign))
        if tag == "article" and not inside:
            self.found.append(("", [], []))
        elif inside and tag in self.HEADINGS:
            self._begin_heading(tag, values.get("id") or "")
        elif tag not in self.INLINE:
            self._say(" ")

    def _begin_heading(self, tag: str, id: str) -> None:
        """The page's title begins no section: one is open."""
        if tag != "h1":
            self.found.append((id, [], []))
        self.heading = True

    def handle_endtag(self, tag):
        if tag not in self.INLINE and tag not in self.HEADINGS:
            self._say(" ")
        if tag in self.HEADINGS:
            self.heading = False
        # An end tag that was left out (<p>, <li>) closes with the element around it.
        for n in range(len(self.open) - 1, -1, -1):
            if self.open[n][0] == tag:
                del self.open[n:]
                break

    def _inside(self) -> bool:
        return any(tag == "article" for tag, _ in self.open)

    def handle_data(self, data):
        self._say(data)

    def _say(self, text: str) -> None:
        if self._inside() and not any(silent for _, silent in self.open):
            _, head, words = self.found[-1]
            (head if self.heading else words).append(text)
