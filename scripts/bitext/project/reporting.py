"""mkdocs.yml -> whether readers can report a problem: the address set there, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bitext.citing.desk import desk_of
from bitext.library import yaml_lines
from bitext.model import Problem

SETTINGS = "mkdocs.yml"
KEY = "report"
PASTE = f'  {KEY}: "https://forge.example/OWNER/NAME/issues/new"  # or "mailto:NAME@DOMAIN"'
#: A value that the environment gives is known only when the site is made.
LATER = re.compile(rf"^\s+{KEY}:\s*!ENV\b", re.MULTILINE)


def check_report(root: Path) -> Iterator[Problem]:
    """An address that cannot be used."""
    value, line = _set(root)
    if value:
        try:
            desk_of(value)
        except ValueError as problem:
            yield Problem(SETTINGS, line, f"extra.{KEY} {problem}", "E-REPORT", PASTE)


def report_notices(root: Path) -> Iterator[Problem]:
    """No address: no page has a link by which a reader reports a problem or an owner asks for removal."""
    value, line = _set(root)
    if line and not value:
        said = f"extra.{KEY} is not set: no link begins a report or a request for removal, and the pages say so — set it under extra"
        yield Problem(SETTINGS, line, said, "N-REPORT", PASTE)


def _set(root: Path) -> tuple[object, int]:
    """The address and its line, else that of `extra`; line 0 where nothing can be said of it."""
    if not (root / SETTINGS).exists():
        return None, 0
    text, _ = yaml_lines.read(root / SETTINGS, SETTINGS)
    if text is None or LATER.search(text):
        return None, 0
    settings, _ = yaml_lines.load(text, SETTINGS)  # MkDocs says what is wrong with the rest
    if not isinstance(settings, yaml_lines.Map):
        return None, 0
    extra = settings.get("extra")
    if isinstance(extra, yaml_lines.Map) and KEY in extra:
        return extra[KEY], extra.at(KEY)
    return None, settings.at("extra") or 1
