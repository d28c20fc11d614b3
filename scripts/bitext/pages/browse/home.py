"""The newest texts, a home page -> the home page with the newest texts in the place that it keeps for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bitext.model import OTHER
from bitext.pages.browse.catalogue import Listed
from bitext.pages.browse.rows import link_to, voices, when
from bitext.pages.browse.words import say
from bitext.pages.escape import address, id_attribute
from bitext.pages.phrases import heading, linked_title, prose_markdown, twin_title

#: So many texts stand on the home page.
MOST = 4
BEGIN = "<!-- newest texts: `bitext build` writes what stands from here -->"
END = "<!-- to here -->"
PLACE = re.compile(f"{re.escape(BEGIN)}\n.*?{re.escape(END)}", re.DOTALL)


def with_newest(
    page: str, newest: Sequence[Listed], summaries: Mapping[str, str], n: int, lang: str
) -> str:
    """A hand-written page with the newest texts of `n` between its two marks; a page without them as it is.

    `summaries` has a sentence of each text, by its slug.
    """
    block = "\n".join((BEGIN, "", *_lines(newest, summaries, n, lang), END))
    return PLACE.sub(lambda _: block, page, count=1)


def _lines(
    newest: Sequence[Listed], summaries: Mapping[str, str], n: int, lang: str
) -> Iterator[str]:
    yield from ('<div class="bt-home-dialogues" markdown>', "")
    for text in newest:
        yield from _text(text, summaries.get(text.slug, ""), lang)
    yield from ("</div>", "")
    yield f"[{say(lang, 'whole_library', n, n=n)}]({link_to('transcripts/index', 'index')})"
    yield from ("{ .bt-home-more }", "")


def _text(text: Listed, summary: str, lang: str) -> Iterator[str]:
    yield from ('<div class="bt-home-dialogue" markdown>', "")
    title = linked_title(
        text.title[lang], link_to(f"transcripts/{address(text.slug)}", "index"), lang
    )
    yield from (heading(3, title, id_attribute(text.slug)), "")
    yield from twin_title(text.title[lang][0], text.title[OTHER[lang]], lang)
    who = voices(text.voices, lang, "index")
    yield from (" · ".join(filter(None, (when(text.day, lang), who))), "{ .bt-meta }", "")
    if summary:
        yield from (prose_markdown(summary, lang), "{ .bt-home-about }", "")
    yield from ("</div>", "")
