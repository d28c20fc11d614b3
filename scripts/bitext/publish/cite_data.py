"""Bitext -> the files that help to cite it: for a script on its page, and for reference managers."""

from __future__ import annotations

import json

from bitext.citing.formats import MANAGERS, bibtex, csl, csl_at, ris
from bitext.citing.records import Slot, as_json, fill
from bitext.citing.styles import STYLES
from bitext.model import LANGS, Bitext
from bitext.pages.cited import voices
from bitext.pages.phrases import NO_NAMES, Names, is_web
from bitext.publish import reporting
from bitext.publish.about import About


def cite_data(
    bitext: Bitext, about: About, names: Names = NO_NAMES, reach: reporting.Reach = reporting.NOBODY
) -> str:
    """What a script needs to cite any paragraph: each form by language and speaker, and who says what;
    and to report a problem there.

    It is fetched only when a reader asks for it.
    """
    work = about.work
    authors = {"*": work.authors} | voices(bitext, names)
    forms = {
        lang: {
            who: {
                **{name: as_json(style(work, some, lang)) for name, (style, _) in STYLES.items()},
                "bibtex": as_json(bibtex(work, some, lang)),
                "ris": as_json(ris(work, some, lang)),
                "csl": csl(work, some, lang),
            }
            for who, some in authors.items()
        }
        for lang in LANGS
    }
    said = {unit.id: unit.speaker or "" for unit in bitext.units}
    data = {
        "address": about.addresses,
        "forms": forms,
        "said": {unit: who if who in authors else "" for unit, who in said.items()},
        "report": reporting.as_json(about, reach),
        "styles": {name: shown for name, (_, shown) in STYLES.items()},
        "managers": {name: list(row) for name, row in MANAGERS.items()},
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def manager_files(about: About) -> dict[str, str]:
    """Files for reference managers, of the whole text, by name."""
    work = about.work
    out: dict[str, str] = {}
    for lang in LANGS:
        # From the site's root on, where the site has no address: none for whoever takes the file away.
        url = about.addresses[lang] if is_web(about.addresses[lang]) else ""
        at = {Slot.URL: url} if url else {}
        item = csl_at(csl(work, work.authors, lang), url)
        said = {
            "bibtex": fill(bibtex(work, work.authors, lang), at),
            "ris": fill(ris(work, work.authors, lang), at),
            "csl": json.dumps([item], ensure_ascii=False, indent=1) + "\n",
        }
        out |= {f"{work.slug}.{lang}.{MANAGERS[name][1]}": text for name, text in said.items()}
    return out
