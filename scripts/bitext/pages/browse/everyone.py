"""Catalogue -> the list of all people, and the speakers whom the site has not identified."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bitext.model import LANGS
from bitext.pages.alphabet import LAST, place_of
from bitext.pages.browse.catalogue import Catalogue, Listed, Portrait, Voice
from bitext.pages.browse.parts import Part, parts
from bitext.pages.browse.people import path_of, said_parts, told
from bitext.pages.browse.rows import (
    MARKUP,
    MARKUP_OF_LINK,
    dotted,
    filter_box,
    head,
    jumps,
    link_to,
    page,
    rows,
    size,
    span,
    twin,
    when,
)
from bitext.pages.browse.words import say
from bitext.pages.escape import address, id_attribute
from bitext.pages.phrases import NOTHING, prose_markdown, run

#: People on a page of the list of all people, and texts of a speaker who has no entry.
PEOPLE_A_PAGE, MOST_TEXTS = 200, 200
INDEX, OTHERS = "speakers/index", "speakers/others"
Item = TypeVar("Item")


def people_pages(catalogue: Catalogue, lang: str) -> dict[str, str]:
    """The list of all people: those of people.yml, and speakers who have no entry there."""
    others = _others(catalogue)
    items = [(p.person.name[lang], _known(p, lang)) for p in catalogue.portraits]
    items += [(one.voice.name[lang][0], _other(one, part.path, lang)) for part in others for one in part.items]  # fmt: skip
    items.sort(key=lambda item: (*place_of(item[0]), item[0]))
    paths = people_paths(catalogue)
    chunks = _chunks(items, len(paths))
    names = [_letters([name for name, _ in chunk]) for chunk in chunks]
    out = {}
    for path, chunk in zip(paths, chunks, strict=True):
        lines = head(say(lang, "people"), say(lang, "people_lead"), "people")
        if len(chunks) > 1:
            lines += jumps([(name, "" if to == path else link_to(to, path)) for name, to in zip(names, paths, strict=True)])  # fmt: skip
        if chunk:
            lines += filter_box(lang, "people", "filter_people")
            lines += rows([row for _, row in chunk], "bt-rows bt-people")
        else:
            lines.append(say(lang, "nowhere"))
        out[f"{path}.md"] = page(lines)
    for part in others:
        if part.items:
            out[f"{part.path}.md"] = page(_others_page(part, others, lang))
    return out


def people_paths(catalogue: Catalogue) -> list[str]:
    """The pages of the list of all people, as many in both languages."""
    n = len(catalogue.portraits) + len(catalogue.strangers())
    return [INDEX, *(f"speakers/{k}" for k in range(2, -(-n // PEOPLE_A_PAGE) + 1))]


def people_links(catalogue: Catalogue, lang: str, here: str) -> list[str]:
    """Links to these pages: one, or one for each stretch of the alphabet."""
    paths = people_paths(catalogue)
    if len(paths) == 1:
        return [f"[{say(lang, 'all_people')}]({link_to(INDEX, here)})"]
    names = sorted(
        [p.person.name[lang] for p in catalogue.portraits]
        + [voice.name[lang][0] for voice, _ in catalogue.strangers()],
        key=lambda name: (*place_of(name), name),
    )
    ends = [_letters(chunk) for chunk in _chunks(names, len(paths))]
    ends[0] = f"{say(lang, 'all_people')} {ends[0]}"
    return [f"[{end}]({link_to(path, here)})" for end, path in zip(ends, paths, strict=True)]


def _chunks(items: Sequence[Item], n: int) -> list[Sequence[Item]]:
    """So many stretches of about the same length."""
    size = -(-len(items) // n)
    return [items[k * size : (k + 1) * size] for k in range(n)]


def _letters(names: Sequence[str]) -> str:
    """The letters of a page's first and last name: A–F."""
    ends = [place_of(name)[0].replace(LAST, "\\#") for name in (names[0], names[-1])] if names else [""]  # fmt: skip
    return "–".join(dict.fromkeys(ends))


def _known(portrait: Portrait, lang: str) -> list[str]:
    """A person of people.yml: the name in both scripts, who they are, and how much there is of them."""
    person = portrait.person
    both = {side: (person.name[side], side) for side in LANGS}
    counts = []
    if portrait.said:
        counts.append(told(portrait, "turns_in", lang))
    if n := len(portrait.named):
        counts.append(say(lang, "named_in", n, n=n))
    cells = [
        f"[{run(*both[lang], lang)}]({link_to(path_of(portrait), INDEX)})",
        twin(both, lang),
        f'<span class="bt-who">{prose_markdown(person.role[lang], lang)}</span>' if person.role else "",
        f'<span class="bt-has">{dotted(counts)}</span>' if counts else "",
    ]  # fmt: skip
    out = [f"- {' '.join(filter(None, cells))}", f"    {{ {id_attribute(person.id)} }}"]
    found = said_parts(portrait)
    if len(found) > 1:
        ways = [
            f"[{span([s.text for s in p.items], lang)}]({link_to(p.path, INDEX)})" for p in found
        ]
        out.append(f"    - {dotted(ways)}")
    return out


# --- speakers who have no entry ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Other:
    """A speaker who has no entry: the name as the texts have it, and the texts."""

    number: int
    voice: Voice
    texts: tuple[Listed, ...]

    @property
    def id(self) -> str:
        return f"name--{self.number}"


def _others(catalogue: Catalogue) -> list[Part[Other]]:
    """All of them, in an order that both languages have."""
    found = sorted(catalogue.strangers(), key=lambda one: place_of(one[0].name["en"][0]))
    others = [Other(n, voice, tuple(texts)) for n, (voice, texts) in enumerate(found, 1)]
    return parts(OTHERS, others, _heavy)


def _heavy(one: Other) -> int:
    """About the bytes of their texts in HTML."""
    texts = (size(title) for t in one.texts[:MOST_TEXTS] for title, _ in t.title.values())
    return MARKUP + sum(texts) + len(one.texts[:MOST_TEXTS]) * 2 * MARKUP_OF_LINK


def _others_page(part: Part[Other], found: Sequence[Part[Other]], lang: str) -> Iterator[str]:
    yield from head(say(lang, "others"), say(lang, "others_lead"), "people")
    links = [(say(lang, "all_people"), link_to(INDEX, part.path))]
    if len(found) > 1:
        ends = [_letters([p.items[0].voice.name["en"][0], p.items[-1].voice.name["en"][0]]) for p in found]  # fmt: skip
        links += [(end, "" if p is part else link_to(p.path, part.path)) for end, p in zip(ends, found, strict=True)]  # fmt: skip
    yield from jumps(links)
    yield from rows([_other_texts(one, lang, part.path) for one in part.items], "bt-rows bt-people")


def _other(one: Other, path: str, lang: str) -> list[str]:
    """Their row in the list of all people."""
    link = f"[{run(*one.voice.name[lang], lang) or NOTHING}]({link_to(path, INDEX)}#{one.id})"
    texts = say(lang, "texts", len(one.texts), n=len(one.texts))
    cells = [link, twin(one.voice.name, lang), f'<span class="bt-has">{texts}</span>']
    return [f"- {' '.join(filter(None, cells))}"]


def _other_texts(one: Other, lang: str, here: str) -> list[str]:
    """The name with all texts in which somebody of that name speaks."""
    name = run(*one.voice.name[lang], lang) or NOTHING
    out = [f"- **{name}** {twin(one.voice.name, lang)}".rstrip(), f"    {{ #{one.id} }}"]
    for text in one.texts[:MOST_TEXTS]:
        page_of = link_to(f"transcripts/{address(text.slug)}", here)
        out.append(f"    - {when(text.day, lang)} [{run(*text.title[lang], lang) or NOTHING}]({page_of})")  # fmt: skip
    if len(one.texts) > MOST_TEXTS:
        out.append(f"    - {say(lang, 'more', n=len(one.texts) - MOST_TEXTS)}")
    return out
