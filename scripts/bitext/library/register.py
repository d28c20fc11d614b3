"""data/published.txt and data/withdrawn.yml: the published addresses, and those that were withdrawn.

A line of published.txt is an address on the site: `transcripts/<slug>/`,
`transcripts/<slug>/#<id>` or `glossary/<id>/`, sorted. Only `bitext release` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bitext.forms import DAY_FORM, ID, SLUG, SLUG_FORM, TEXT, Keys, Several
from bitext.library import yaml_lines
from bitext.model import Bitext, Problem

PUBLISHED = Path("data/published.txt")
WITHDRAWN = Path("data/withdrawn.yml")
TOP = "transcripts/"
CONCEPTS = "glossary/"
HEADER = "# Every address that was published, written by `bitext release`. Do not edit.\n"
ROW = Keys(
    {
        "slug": SLUG_FORM, "title_zh": TEXT, "title_en": TEXT, "date": DAY_FORM,
        "why_zh": TEXT, "why_en": TEXT,
    },
    ("slug", "title_zh", "title_en", "date", "why_zh", "why_en"),
    says={
        "slug": "The name that the text had in addresses.",
        "title_zh": "Its title in Chinese.",
        "title_en": "Its title in English.",
        "date": "Since when it is withdrawn.",
        "why_zh": "The reason, in Chinese: the page shows it.",
        "why_en": "The reason, in English: the page shows it.",
    },
)  # fmt: skip
FORM = Keys(
    {"withdrawn": Several(ROW)}, says={"withdrawn": "Texts that were published and are no longer."}
)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A text that was published and is no longer: its address says so, and why."""

    slug: str
    title_zh: str
    title_en: str
    date: str
    why_zh: str
    why_en: str
    line: int = 0

    def title(self, lang: str) -> str:
        return self.title_zh if lang == "zh" else self.title_en

    def why(self, lang: str) -> str:
        return self.why_zh if lang == "zh" else self.why_en


@dataclass(frozen=True, slots=True)
class Register:
    """What was published: each address, with its line in published.txt."""

    lines: dict[str, int]

    def slugs(self) -> list[str]:
        return sorted({slug_of(address) for address in self.lines if address.startswith(TOP)})

    def concepts(self) -> dict[str, int]:
        """The id of each concept that was published, with its line."""
        return {concept_of(a): n for a, n in self.lines.items() if a.startswith(CONCEPTS)}


def slug_of(address: str) -> str:
    """The slug that a text's address names.

    >>> slug_of("transcripts/tea-talk/#s4p2")
    'tea-talk'
    """
    return address.removeprefix(TOP).partition("/")[0]


def concept_of(address: str) -> str:
    """The id that a concept's address names.

    >>> concept_of("glossary/track-2/")
    'track-2'
    """
    return address.removeprefix(CONCEPTS).removesuffix("/")


def addresses_of(bitext: Bitext) -> Iterator[str]:
    """Every address that a reader may cite of a text: itself, its turns, units and notes."""
    page = f"{TOP}{bitext.slug}/"
    yield page
    turns = dict.fromkeys(u.turn for u in bitext.units if u.turn)
    for id in (*turns, *(u.id for u in bitext.units), *(n.id for n in bitext.notes)):
        yield f"{page}#{id}"


def dump_register(addresses: Iterable[str]) -> str:
    """The text of published.txt: an address a line, sorted, each once."""
    return HEADER + "".join(f"{address}\n" for address in sorted(set(addresses)))


def read_register(root: Path) -> tuple[Register, list[Problem]]:
    """The register of the project at `root`, empty where there is none; lines in no form are told."""
    text = ""
    problems: list[Problem] = []
    if (root / PUBLISHED).exists():
        found, problems = yaml_lines.read(root / PUBLISHED, str(PUBLISHED))
        text = found or ""
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if _is_address(line):
            lines[line] = number
        else:
            problems.append(Problem(str(PUBLISHED), number, f"{line[:60]!r} is no address — restore the line from the repository's history", "E-PUBLISHED"))  # fmt: skip
    return Register(lines), problems


def _is_address(line: str) -> bool:
    """Whether a line is `glossary/<id>/`, or `transcripts/<slug>/` with or without `#<id>`."""
    if line.startswith(CONCEPTS):
        return line.endswith("/") and ID.fullmatch(concept_of(line)) is not None
    slug, slash, id = line.removeprefix(TOP).partition("/")
    if not line.startswith(TOP) or not slash or not SLUG.fullmatch(slug):
        return False
    return not id or (id[0] == "#" and ID.fullmatch(id[1:]) is not None)


def read_withdrawn(root: Path) -> tuple[tuple[Withdrawn, ...], list[Problem]]:
    """The texts that were taken back, in their order; none where the file is missing."""
    if not (root / WITHDRAWN).exists():
        return (), []
    shown = str(WITHDRAWN)
    text, problems = yaml_lines.read(root / WITHDRAWN, shown)
    if text is None:
        return (), problems
    value, problems = yaml_lines.load(text, shown)
    faults = list(FORM.faults(value, 1, "the file")) if value is not None else []
    if faults or not isinstance(value, yaml_lines.Map):
        return (), [*problems, *(Problem(shown, line, said) for line, said in faults)]
    rows = [
        Withdrawn(**{k: str(row[k]) for k in ROW.needed}, line=row.line)
        for row in value.get("withdrawn") or ()
    ]
    return tuple(rows), [*problems, *_listed_twice(rows)]


def _listed_twice(rows: Sequence[Withdrawn]) -> Iterator[Problem]:
    """Entries of a text that has one already."""
    first: dict[str, int] = {}
    for row in rows:
        if (line := first.setdefault(row.slug, row.line)) != row.line:
            yield Problem(str(WITHDRAWN), row.line, f"'{row.slug}' stands already at line {line}; keep one")  # fmt: skip
