"""The Markdown of every page, as the site offers it to programs; what did not change is not read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bitext.library.before import Standing
from bitext.library.hashes import sha256_of
from bitext.library.kept import Kept, digest
from bitext.model import LANGS
from bitext.publish.completing import lang_at
from bitext.publish.library_files import is_listed, outline
from bitext.publish.reporting import Reach, reached


@dataclass(frozen=True, slots=True)
class Told:
    """A page's Markdown as it was put into the site."""

    ground: bytes
    sha256: bytes
    outline: str | None  # None of a page that is not listed, and not in the site


def put_markdown(
    standing: Standing, docs: Path, reach: Reach, links: Mapping[str, Mapping[str, str]], kept: Kept
) -> dict[str, str]:
    """Puts the Markdown of every page into the site; their outlines, by their paths there."""
    found, now = kept.get("markdown", "", b""), dict[str, Told]()
    before: Mapping[str, Told] = found if isinstance(found, dict) else {}
    for path, file in markdown_files(docs):
        own = links.get(f"/{path.removesuffix('.md')}/")
        ground, told = digest(sha256_of(file), reach, own), before.get(path)
        if not (told and told.ground == ground and _stands(standing, path, told)):
            text = reached(file.read_text("utf-8"), reach, lang_at(path), own)
            told = _put(standing, path, text, ground)
        now[path] = told
    kept.put("markdown", "", b"", now)
    return {path: told.outline for path, told in now.items() if told.outline is not None}


def _stands(standing: Standing, path: str, told: Told) -> bool:
    return told.outline is None or standing.back(path, told.sha256)


def _put(standing: Standing, path: str, text: str, ground: bytes) -> Told:
    data = text.encode("utf-8")
    sha256 = hashlib.sha256(data).digest()
    if not is_listed(text):
        return Told(ground, sha256, None)
    standing.put("", {path: data})
    standing.note(path, sha256)
    return Told(ground, sha256, outline(text))


def markdown_files(docs: Path) -> Iterator[tuple[str, Path]]:
    """The Markdown of every page with its path on the site: the tree below docs/, Chinese at the root."""
    for lang in LANGS:
        for file in sorted((docs / lang).rglob("*.md")):
            path = file.relative_to(docs / lang).as_posix()
            yield path if lang == "zh" else f"{lang}/{path}", file
