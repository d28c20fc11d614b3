"""Has the CSL-JSON of every work in tests/test_citing.py cited by a CSL processor, and records what it says.

    python scripts/bench/judge_citing.py MODULES GBT.csl CHICAGO.csl LOCALES

MODULES is a node_modules with `citeproc`; LOCALES a folder with locales-zh-CN.xml and locales-en-US.xml.
The styles are those of the CSL project and of the Chinese Zotero community (GB/T 7714—2025); neither is
kept here. tests/test_citing.py compares our own strings with the record.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

from tests.test_citing import JUDGED, items_to_judge  # noqa: E402


def cited(modules: Path, style: Path, locale: str, locales: Path, items: list) -> list[str]:
    """The entry of each item in a bibliography of its own."""
    texts = {
        lang: (locales / f"locales-{lang}.xml").read_text("utf-8") for lang in ("zh-CN", "en-US")
    }
    asked = {"module": str((modules / "citeproc").resolve()), "style": str(style), "locale": locale, "locales": texts, "items": items}  # fmt: skip
    script = Path(__file__).with_suffix(".js")
    done = subprocess.run(["node", str(script)], input=json.dumps(asked), capture_output=True, check=True, text=True)  # fmt: skip
    return json.loads(done.stdout)


def main(modules: str, gbt: str, chicago: str, locales: str) -> None:
    """Writes the record."""
    items = items_to_judge()
    said = {
        name: cited(Path(modules), Path(style), locale, Path(locales), list(items.values()))
        for name, style, locale in (("gbt", gbt, "zh-CN"), ("chicago", chicago, "en-US"))
    }
    record = {
        key: {"item": item, **{name: said[name][n] for name in said}}
        for n, (key, item) in enumerate(items.items())
    }
    JUDGED.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="")
    print(f"{len(record)} items cited in {len(said)} styles")


if __name__ == "__main__":
    main(*sys.argv[1:])
