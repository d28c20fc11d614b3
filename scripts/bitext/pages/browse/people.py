"""Catalogue -> a page a person, or some where there is much of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bitext.glossary.people import Person
from bitext.model import LANGS
from bitext.pages.browse.catalogue import Mention, Portrait, Said
from bitext.pages.browse.parts import Part, parts
from bitext.pages.browse.rows import (
    LEAST_FILTERED,
    MARKUP_OF_LINK,
    filter_box,
    jumps,
    link_to,
    page,
    part_links,
    row,
    rows,
    weight,
    when,
)
from bitext.pages.browse.words import say
from bitext.pages.escape import address, escape_markdown
from bitext.pages.phrases import (
    LIST_COMMA,
    NOTHING,
    begin,
    front_matter,
    link,
    prose_markdown,
    prose_paragraphs,
    run,
    title_lines,
)

#: Bytes of HTML that the texts in which a person is named have on the person's first page.
NAMED_BUDGET = 15_000
#: So many turns of a text are shown with their beginnings; of the rest the numbers stand there.
MOST_BEGUN, MOST_NUMBERED = 20, 400
LONGEST_BEGINNING = 130  # bytes
MOST_PLACES = 8
MOST_ROLES = 20


# --- a person ------------------------------------------------------------------------------------


def path_of(portrait: Portrait) -> str:
    return f"speakers/{address(portrait.person.id)}"


def said_parts(portrait: Portrait) -> list[Part[Said]]:
    """The texts in which a person speaks, in parts that are the same in both languages."""

    def heavy(said: Said) -> int:
        link = MARKUP_OF_LINK + len(said.text.slug)
        begun, rest = said.turns[:MOST_BEGUN], said.turns[MOST_BEGUN:][:MOST_NUMBERED]
        return weight(said.text) + len(begun) * (link + LONGEST_BEGINNING) + len(rest) * link

    return parts(path_of(portrait), portrait.said, heavy)


def named_parts(portrait: Portrait) -> list[Part[Mention]]:
    """The texts in which a person is named, in parts for pages of their own; none where they fit on
    the person's."""

    def heavy(mention: Mention) -> int:
        link = MARKUP_OF_LINK + len(mention.text.slug)
        return weight(mention.text) + MARKUP_OF_LINK + len(mention.units[:MOST_PLACES]) * link

    if sum(map(heavy, portrait.named)) <= NAMED_BUDGET:
        return []
    return parts(f"{path_of(portrait)}/named", portrait.named, heavy)


def person_pages(portraits: Sequence[Portrait], lang: str) -> dict[str, str]:
    """'speakers/<person>.md' -> Markdown, and more pages for those who have many texts."""
    out: dict[str, str] = {}
    for portrait in portraits:
        said, named = said_parts(portrait), named_parts(portrait)
        for part in said:
            out[f"{part.path}.md"] = page(_person(portrait, part, said, not named, lang))
        for more in named:
            out[f"{more.path}.md"] = page(_named_page(portrait, more, named, lang))
    return out


def _person(
    portrait: Portrait, part: Part[Said], said: Sequence[Part[Said]], few: bool, lang: str
) -> Iterator[str]:
    person, first = portrait.person, part is said[0]
    yield from _title(person, lang)
    if first:
        yield from _about(person, lang)
        yield from _roles(portrait.said, lang)
    if portrait.said:
        yield from (f"## {say(lang, 'speaks')} {{ #said--list }}", "")
        yield from (told(portrait, "speaks_lead", lang), "{ .bt-meta }", "")
        links = [Part(p.path, tuple(s.text for s in p.items)) for p in said]
        yield from part_links(links, lang, part.path)
        if len(portrait.said) >= LEAST_FILTERED:
            yield from filter_box(lang, f"person {person.id}")
        yield from rows([_said(one, lang, part.path) for one in part.items])
        yield from part_links(links, lang, part.path)
    if first and portrait.named:
        yield from _named_section(portrait, few, lang)
    if not portrait.said and not portrait.named:
        yield say(lang, "nowhere")


def told(portrait: Portrait, key: str, lang: str) -> str:
    """In how many texts a person speaks, and how often, as far as the texts have turns."""
    n, turns = len(portrait.said), portrait.turns
    texts = say(lang, "texts", n, n=n)
    return say(lang, key, texts=texts, turns=say(lang, "turns", turns, n=turns)) if turns else texts


def _title(person: Person, lang: str) -> Iterator[str]:
    both = {side: (person.name[side], side) for side in LANGS}
    role = person.role[lang] if person.role else ""
    yield from front_matter(person.name[lang], role or person.name[lang], "speaker")
    yield from title_lines(both[lang], both["en" if lang == "zh" else "zh"], lang)


def _about(person: Person, lang: str) -> Iterator[str]:
    """Who they are, other forms of the name, and what this rests on."""
    if person.role:
        yield from (prose_markdown(person.role[lang], lang) or NOTHING, "{ .bt-role }", "")
    if person.note:
        yield from prose_paragraphs(person.note[lang], lang)
    forms = [LIST_COMMA[side].join(run(form, side, lang) for form in person.variants[side]) for side in LANGS]  # fmt: skip
    sources = [link(s.title, s.url, lang) for s in person.sources]
    if person.basis == "general":
        sources.append(say(lang, "general"))
    yield from ('<div class="bt-ways" markdown>', "")
    for key, values in (("variants", [f for f in forms if f]), ("sources", sources)):
        if values:
            yield from (say(lang, key), *(f":   {value}" for value in values), "")
    yield from ("</div>", "")


def _roles(said: Sequence[Said], lang: str) -> Iterator[str]:
    """The roles that the texts give, by time; each with the day of the oldest text that has it."""
    first: dict[tuple[str, str], str] = {}
    for one in said:  # newest first, so the oldest stays
        if one.role:
            first[one.role[lang]] = one.text.day
    if not first:
        return
    ordered = sorted(first.items(), key=lambda item: item[1], reverse=True)
    yield from (f"## {say(lang, 'roles')} {{ #roles--list }}", "")
    items = [[f"- {when(day, lang)} {run(*role, lang)}"] for role, day in ordered[:MOST_ROLES]]  # fmt: skip
    if len(first) > MOST_ROLES:
        items.append([f"- {say(lang, 'more', n=len(first) - MOST_ROLES)}"])
    yield from rows(items)


def _said(said: Said, lang: str, here: str) -> list[str]:
    """The row of a text in which a person speaks, with a link to each of their turns."""
    page_of = link_to(f"transcripts/{address(said.text.slug)}", here)
    turns = said.turns if len(said.turns) <= MOST_BEGUN + 1 else said.turns[:MOST_BEGUN]
    below = [f"[{run(*begin(unit, lang), lang) or NOTHING}]({page_of}#{address(unit.turn or '')})" for unit in turns]  # fmt: skip
    rest = said.turns[len(turns) :]
    if rest:
        numbers = " ".join(f"[{u.turn}]({page_of}#{address(u.turn or '')})" for u in rest[:MOST_NUMBERED])  # fmt: skip
        below.append(f"{say(lang, 'more_turns', n=len(rest))} {numbers}{' …' * (len(rest) > MOST_NUMBERED)}")  # fmt: skip
    return row(said.text, lang, here, who=False, below=below)


# --- where a person is named ---------------------------------------------------------------------


def _named_section(portrait: Portrait, few: bool, lang: str) -> Iterator[str]:
    path, n = path_of(portrait), len(portrait.named)
    yield from (f"## {say(lang, 'named')} {{ #named--list }}", "")
    yield from (say(lang, "named_lead", n, n=n), "{ .bt-meta }", "")
    if few:
        yield from rows([_named(mention, lang, path) for mention in portrait.named])
    else:
        yield from (f"[{say(lang, 'all_named', n=n)}]({link_to(f'{path}/named', path)})", "")


def _named_page(
    portrait: Portrait, part: Part[Mention], found: Sequence[Part[Mention]], lang: str
) -> Iterator[str]:
    person, n = portrait.person, len(portrait.named)
    yield from _title(person, lang)
    yield from jumps([(prose_markdown(person.name[lang], lang), link_to(path_of(portrait), part.path))])  # fmt: skip
    yield from (f"## {say(lang, 'named')} {{ #named--list }}", "")
    yield from (say(lang, "named_lead", n, n=n), "{ .bt-meta }", "")
    yield from part_links([Part(p.path, tuple(m.text for m in p.items)) for p in found], lang, part.path)  # fmt: skip
    yield from rows([_named(mention, lang, part.path) for mention in part.items])


def _named(mention: Mention, lang: str, here: str) -> list[str]:
    """The row of a text in which a person is named, with links to the first places."""
    page_of = link_to(f"transcripts/{address(mention.text.slug)}", here)
    places = [f"[{escape_markdown(id)}]({page_of}#{address(id)})" for id in mention.units[:MOST_PLACES]]  # fmt: skip
    if len(mention.units) > MOST_PLACES:
        places.append(say(lang, "more", n=len(mention.units) - MOST_PLACES))
    return row(mention.text, lang, here, below=[say(lang, "named_at", places=LIST_COMMA[lang].join(places))])  # fmt: skip
