"""The forms of data files -> JSON Schemas, for editors that complete and check."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bitext.forms import Keys
from bitext.library import register, shapes

#: Where the schemas stand in the project.
FOLDER = "data/schema"
DRAFT = "http://json-schema.org/draft-07/schema#"
#: What a schema cannot say of any file.
BEYOND = "`bitext check` finds what a schema cannot:"


def schemas() -> Mapping[str, str]:
    """The text of every generated schema, by its file's name."""
    return {
        "bitext.schema.json": _text(
            shapes.WHOLE,
            "bitext.schema.json",
            "A transcript in both languages (data/transcripts/<slug>/bitext.yml)",
            f"{BEYOND} references that lead nowhere, ids that stand twice, differences from the source.",
        ),
        "withdrawn.schema.json": _text(
            register.FORM,
            "withdrawn.schema.json",
            "Withdrawn texts (data/withdrawn.yml)",
            f"{BEYOND} texts that the library still has.",
        ),
    }


def _text(form: Keys, name: str, title: str, description: str) -> str:
    head = {"$schema": DRAFT, "$id": name, "title": title, "description": description}
    return json.dumps(head | dict(form.schema()), ensure_ascii=False, indent=2) + "\n"
