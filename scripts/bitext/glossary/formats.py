"""The glossary as a file for other programs: TBX, CSV, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from bitext.glossary.csv_table import write_csv
from bitext.glossary.store import GLOSSARY_VERSION, LICENCE, Glossary, to_row

#: Where the site has the files below data/, before their ending: a folder, so that no text has the name.
NAME = "glossary/glossary"


def write_json(glossary: Glossary) -> str:
    """The glossary as JSON, under the keys of glossary.yml, and its licence."""
    value = {
        "version": GLOSSARY_VERSION,
        "licence": LICENCE,
        "subjects": [{"id": s.id, "zh": s.name.zh, "en": s.name.en} for s in glossary.subjects],
        "terms": [to_row(term) for term in glossary.terms],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def write_tbx(glossary: Glossary) -> str:
    """The glossary as TBX."""
    from bitext.glossary import tbx  # and lxml, which nothing else here wants

    return tbx.write_tbx(glossary)


#: What the glossary can be printed as, and what the site offers; a format's name is its files' ending.
FORMATS: Mapping[str, Callable[[Glossary], str]] = {
    "tbx": write_tbx, "csv": write_csv, "json": write_json,
}  # fmt: skip


#: The files that the site offers, if there is a term.
FILES: Mapping[str, str] = {f"{NAME}.{format}": format for format in FORMATS}


def files(glossary: Glossary) -> dict[str, bytes]:
    """What the site offers for download, by file name; nothing where there is no term."""
    if not glossary.terms:
        return {}
    return {name: FORMATS[format](glossary).encode("utf-8") for name, format in FILES.items()}
