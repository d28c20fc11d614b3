"""A text of the catalogue -> its row, and what stands around rows: Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote

from bitext.forms import is_date
from bitext.glossary.records import Term
from bitext.model import OTHER
from bitext.pages.browse.catalogue import Listed, Voice
from bitext.pages.browse.parts import Part
from bitext.pages.browse.words import say
from bitext.pages.escape import address, escape_attribute, escape_markdown, id_attribute, one_line
from bitext.pages.labels import HTML_LANG, label, show_date
from bitext.pages.phrases import LIST_COMMA, NOTHING, front_matter, heading, isolated, run
from bitext.pages.top import MOST_NAMED

#: A list of so many rows has a filter; the library and the list of people always have.
LEAST_FILTERED = 10
#: What a row has in HTML beside its words and addresses, each speaker in it, and each link below it.
MARKUP, MARKUP_OF_VOICE, MARKUP_OF_LINK = 250, 50, 70


def link_to(path: str, here: str) -> str:
    """A link from the page `here` to the page `path`, both below docs/<lang> and without `.md`.

    Whatever a path holds, it stays one address: it cannot end the link that it stands in.

    >>> link_to("speakers/a) <b>", "years/2026")
    '../speakers/a%29%20%3Cb%3E.md'
    """
    return f"{'../' * here.count('/')}{quote(one_line(path), safe='/%', errors='replace')}.md"


def concept_link(term: Term, here: str) -> str:
    """A link from the page `here` to a concept's entry."""
    return link_to(f"glossary/{address(term.id)}", here)


# --- a row ---------------------------------------------------------------------------------------


def row(
    text: Listed,
    lang: str,
    here: str,
    *,
    who: bool = True,
    more: str = "",
    below: Sequence[str] = (),
) -> list[str]:
    """An item of a list: day, title, the title in the other language, who speaks; `more` behind it and
    the items `below` it."""
    page = link_to(f"transcripts/{address(text.slug)}", here)
    cells = [
        when(text.day, lang),
        f"[{run(*text.title[lang], lang) or NOTHING}]({page})",
        twin(text.title, lang),
        _cell("bt-who", voices(text.voices, lang, here)) if who else "",
        _cell("bt-who", run(*text.apart[lang], lang)) if text.apart else "",
        more,
    ]  # fmt: skip
    item = f"- {' '.join(filter(None, cells))}"
    return [item, f"    {{ {id_attribute(text.slug)} }}", *(f"    - {one}" for one in below)]


def weight(text: Listed) -> int:
    """About the bytes of a row in HTML, in the language in which it has more. An estimate will do, and is
    a hundred times as quick as making the row."""
    title = sum(size(shown) for shown, _ in text.title.values())
    who = sum(
        max(size(name) for name, _ in voice.name.values()) + len(voice.person) + MARKUP_OF_VOICE
        for voice in text.voices[:MOST_NAMED]
    )
    return MARKUP + title + 2 * len(text.slug) + who


def size(text: str) -> int:
    """The bytes of a text."""
    return len(text.encode("utf-8", "replace"))


def when(day: str, lang: str) -> str:
    """A day for the eye and for programs."""
    shown = escape_markdown(show_date(lang, day)) or say(lang, "undated")
    tag = f'time datetime="{day}"' if is_date(day) else 'span class="bt-when"'
    return f"<{tag}>{shown}</{tag.split()[0]}>"


def twin(both: Mapping[str, tuple[str, str]], lang: str) -> str:
    """A title or name in the other language, small; nothing where it is the same."""
    (own, _), (other, side) = both[lang], both[OTHER[lang]]
    if own == other:
        return ""
    mark = f' lang="{HTML_LANG[side]}"' if side != lang else ""
    return f'<span class="bt-other"{mark}>{isolated(other, escape_markdown(other))}</span>'


def voices(found: Sequence[Voice], lang: str, here: str) -> str:
    """Who speaks; those who have a page are links to it. Of many, the first few."""
    shown = [_voice(voice, lang, here) for voice in found]
    if len(shown) <= MOST_NAMED:
        return LIST_COMMA[lang].join(shown)
    some = LIST_COMMA[lang].join(shown[: MOST_NAMED - 1])
    return label(lang, "and_others", some=some, n=len(shown) - MOST_NAMED + 1, total=len(shown))


def _voice(voice: Voice, lang: str, here: str) -> str:
    name = run(*voice.name[lang], lang) or NOTHING
    return (
        f"[{name}]({link_to(f'speakers/{address(voice.person)}', here)})" if voice.person else name
    )


def _cell(cls: str, inner: str) -> str:
    return f'<span class="{cls}">{inner}</span>' if inner else ""


def counted(n: int) -> str:
    """A number behind a name, on the name's line."""
    return f'&nbsp;<span class="bt-count">{n:,}</span>'


def dotted(items: Sequence[str]) -> str:
    """Items in a line; no line begins with the dot between two."""
    return "&nbsp;· ".join(items)


# --- around rows ---------------------------------------------------------------------------------


def head(title: str, lead: str, kind: str) -> list[str]:
    """The front matter, title and first sentence of a page."""
    out = front_matter(title, lead, kind)
    out += [heading(1, escape_markdown(title), "#title .bt-title"), ""]
    return out + ([escape_markdown(lead), "{ .bt-lead }", ""] if lead else [])


def rows(items: Sequence[Sequence[str]], cls: str = "bt-rows") -> Iterator[str]:
    """A list, as one block."""
    yield from (f'<div class="{cls}" markdown>', "")
    for lines in items:
        yield from lines
    yield from ("", "</div>", "")


def filter_box(lang: str, of: str, words: str = "filter") -> Iterator[str]:
    """The field that filters the rows below it. `of` says which rows of the library's table are the
    page's; without script it is not shown."""
    said = {"count": say(lang, "count", n="{n}", all="{all}"), "first": say(lang, "first", n="{n}"), "none": say(lang, "none"), "failed": say(lang, "failed")}  # fmt: skip
    data = "".join(f' data-{key}="{escape_attribute(text)}"' for key, text in said.items())
    placeholder = escape_attribute(say(lang, words))
    yield f'<p class="bt-filter" data-of="{of}"{data}><input type="search" aria-label="{placeholder}" placeholder="{placeholder}" autocomplete="off" spellcheck="false"><output aria-live="polite"></output></p>'
    yield ""


def jumps(items: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Links in a line, (name as Markdown, link); one without a link is the page itself."""
    shown = (f"[{name}]({to})" if to else f"**{name}**" for name, to in items)
    yield from (dotted(list(shown)), "{ .bt-jumps }", "")


def definitions(found: Sequence[tuple[str, Sequence[str]]]) -> Iterator[str]:
    """What is called what: names, each with its values in a line."""
    yield from ('<div class="bt-ways" markdown>', "")
    for name, values in found:
        if values:
            yield from (name, f":   {dotted(values)}", "")
    yield from ("</div>", "")


def part_links(found: Sequence[Part[Listed]], lang: str, here: str) -> Iterator[str]:
    """Links to all parts of a list, each by its days."""
    if len(found) > 1:
        yield from jumps([(span(part.items, lang), "" if part.path == here else link_to(part.path, here)) for part in found])  # fmt: skip


def span(texts: Sequence[Listed], lang: str) -> str:
    """The days from the oldest to the newest of some texts, as Markdown: 2024年3月2日—2025年1月9日."""
    newest, oldest = (escape_markdown(show_date(lang, text.day)) or say(lang, "undated") for text in (texts[0], texts[-1]))  # fmt: skip
    return newest if newest == oldest else f"{oldest}{'—' if lang == 'zh' else ' – '}{newest}"


def page(lines: Iterator[str] | Sequence[str]) -> str:
    """The text of a page of these lines."""
    return "\n".join(lines).rstrip("\n") + "\n"
