"""What a text can be taken away as: one row a format, for the command and for the site."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bitext.model import Bitext
from bitext.publish.about import About
from bitext.publish.epub import to_epub
from bitext.publish.export import to_csv, to_json, to_text, to_tmx
from bitext.publish.pairs import to_jsonl
from bitext.publish.xliff import to_xliff

Make = Callable[[Bitext, About], str | bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A form in which a text is taken away."""

    make: Make
    ending: str  # of the file, behind the slug
    in_library: bool = True  # whether the zip of the library has it


#: A new format is a row here; the page of a text offers those that `pages/cite_panel.py` names.
FORMATS = {
    "json": Format(to_json, "json"),
    "tmx": Format(to_tmx, "tmx"),
    "xliff": Format(to_xliff, "xlf"),
    "csv": Format(to_csv, "csv"),
    "jsonl": Format(to_jsonl, "jsonl", in_library=False),  # in the zip it is one file
    "text": Format(to_text, "txt"),
    "epub": Format(to_epub, "epub", in_library=False),
    "epub-zh": Format(partial(to_epub, langs=("zh",)), "zh.epub", in_library=False),
    "epub-en": Format(partial(to_epub, langs=("en",)), "en.epub", in_library=False),
}


def made(name: str, bitext: Bitext, about: About) -> bytes:
    """A text in a format, as the bytes of its file."""
    out = FORMATS[name].make(bitext, about)
    return out if isinstance(out, bytes) else out.encode("utf-8")


def files_of(
    bitext: Bitext, about: About, names: Sequence[str] = tuple(FORMATS)
) -> dict[str, bytes]:
    """A text in these formats, by the names of the files."""
    return {f"{bitext.slug}.{FORMATS[n].ending}": made(n, bitext, about) for n in names}
