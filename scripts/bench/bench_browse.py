"""The lists at growing sizes of the library: bytes of HTML, and what the filter fetches.

    python scripts/bench/bench_browse.py [SIZE …]        by default 200 and 2,000 texts
    python scripts/bench/bench_browse.py 2000 --keep DIR  the site stays in DIR

No page may have more than 150 kB, and any text is found by date, by speaker or by kind in three
actions: links from the library that are followed, or words that are typed.
"""

from __future__ import annotations

import argparse
import gzip
import tempfile
from collections.abc import Iterator
from pathlib import Path

import browse_bed
import lxml.html

from bitext.model import LANGS
from bitext.pages.browse.catalogue import Catalogue

#: What a page may weigh, and how many actions may lead to a text.
LIMIT, ACTIONS = 150_000, 3
SORTS = ("transcripts", "years", "speakers", "kinds", "topics")
WAYS = ("years", "speakers", "kinds")


def pages(site: Path, lang: str, sort: str) -> Iterator[Path]:
    """The pages of a sort of list."""
    root = site / ("en" if lang == "en" else "")
    if sort == "transcripts":
        yield root / sort / "index.html"
    else:
        yield from sorted((root / sort).rglob("index.html"))


def steps(site: Path, lang: str, sort: str) -> dict[str, int]:
    """For each text the fewest links from the library's page over lists of one sort."""
    start = next(pages(site, lang, "transcripts"))
    here, seen, found = [start], {start}, {}
    for step in range(1, 9):
        following = []
        for page in here:
            for link in lxml.html.parse(str(page)).xpath("//div[contains(@class, 'bt-page')]//a/@href"):  # fmt: skip
                to = (page.parent / link.partition("#")[0] / "index.html").resolve()
                if to in seen or not to.exists():
                    continue
                if to.parent.parent.name == "transcripts":
                    if step > 1:  # one that the library's own page shows was found without the list
                        found.setdefault(to.parent.name, step)
                elif sort in to.relative_to(site.resolve()).parts:
                    seen.add(to)
                    following.append(to)
        here = following
    return found


def report(size: int, site: Path, listed: Catalogue) -> None:
    print(f"\n{size:,} texts")
    print(f"{'lists':14}{'pages':>8}{'largest, kB':>14}{'kB, gzip':>10}{'sum, kB':>10}  largest")
    for sort in SORTS:
        found = [(len(p.read_bytes()), p) for lang in LANGS for p in pages(site, lang, sort)]
        top, page = max(found)
        packed = len(gzip.compress(page.read_bytes()))
        where = page.parent.relative_to(site)
        print(f"{sort:14}{len(found):8,}{top / 1000:14,.1f}{packed / 1000:10,.1f}{sum(n for n, _ in found) / 1000:10,.0f}  /{where}/")  # fmt: skip
        assert top <= LIMIT, where
    data = (site / "transcripts/rows.json").read_bytes()
    print(
        f"{'rows.json':14}{1:8,}{len(data) / 1000:14,.1f}{len(gzip.compress(data)) / 1000:10,.1f}"
    )
    for sort in WAYS:
        found = steps(site, "zh", sort)
        spoken = {t.slug for t in listed.texts if sort != "speakers" or t.voices}
        worst = max((found.get(slug, 99) for slug in spoken), default=0)
        print(f"by {sort:11}{len(spoken & found.keys()):8,} of {len(spoken):,} texts by links alone, at most {worst} actions")  # fmt: skip


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("sizes", type=int, nargs="*", default=[200, 2000])
    ask.add_argument("--keep", type=Path)
    said = ask.parse_args()
    for size in said.sizes:
        project, listed = browse_bed.library(size)
        with tempfile.TemporaryDirectory() as folder:
            place = (said.keep or Path(folder)) / str(size)
            report(size, browse_bed.build(place, project, listed), listed)


if __name__ == "__main__":
    main()
