"""A library of any size, generated from the project's own texts, and the site of its lists.

The texts have titles, days, kinds and speakers of their own; what they say is that of the project's
texts, turn by turn. One person speaks in a third of them. The same size, the same library.
"""

from __future__ import annotations

import posixpath
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bed import ROOT

from bitext.glossary.concordance import read_terms
from bitext.glossary.people import People, Person
from bitext.glossary.records import Both
from bitext.model import LANGS, Bitext, Speaker
from bitext.pages.browse.catalogue import Catalogue
from bitext.pages.browse.table import ADDRESS, table
from bitext.pages.build import browse_pages, catalogue_of
from bitext.project.project import Project, load_project
from bitext.project.write import on_disk

#: The folders of generated pages, but for the glossary's.
LISTS = ("transcripts", "years", "kinds", "topics", "speakers")
TEXT_LINK = re.compile(r'href="(?:\.\./)*transcripts/([^"/]+)\.md(#[^"]*)?"')
SURNAMES = tuple(zip("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Hu Zhu Gao Lin He Guo Ma Luo".split(), strict=True))  # fmt: skip
GIVEN = tuple(zip(("明远", "思齐", "若水", "文博", "佳怡", "子昂", "慧敏", "海涛"), "Mingyuan Siqi Ruoshui Wenbo Jiayi Ziang Huimin Haitao".split(), strict=True))  # fmt: skip
FIRST = ("Anna", "Daniel", "Grace", "Martin", "Nora", "Peter", "Rachel", "Samuel")
LAST = ("Adler", "Brooks", "Carter", "Dawson", "Ellis", "Foster", "Grant", "Hughes", "Irving", "Keller")  # fmt: skip
SUBJECTS = (
    ("前沿模型的安全评估", "safety evaluations of frontier models"),
    ("算力与出口管制", "compute and export controls"),
    ("生物安全与大模型", "biosecurity and large models"),
    ("军事人工智能的红线", "red lines for military AI"),
    ("开源模型的治理", "the governance of open models"),
    ("全球南方的能力建设", "capacity building in the Global South"),
    ("事故通报与应急热线", "incident reports and emergency hotlines"),
    ("标准互认的路径", "paths to mutual recognition of standards"),
)
FORMS = (
    ("{a}谈{x}", "{a} on {x}"),
    ("{x}：与{a}的对话", "A conversation with {a} about {x}"),
    ("中美专家谈{x}", "Chinese and American experts on {x}"),
    ("关于{x}的思考", "Reflections on {x}"),
)
KINDS = (
    {"zh": "公开座谈实录", "en": "Transcript of a public panel"},
    {"zh": "对话实录（节选）", "en": "Transcript of a dialogue (excerpt)"},
    {"zh": "专访", "en": "Interview"},
    {"zh": "演讲", "en": "Speech"},
    {"zh": "评论文章", "en": "Opinion article"},
    {"zh": "尚未查明", "en": "Not yet established"},
)


def library(size: int) -> tuple[Project, Catalogue]:
    """The project with `size` texts, its own among them, and the catalogue of these."""
    project = load_project(ROOT)
    pick = random.Random(size)
    people = list(_people())
    own = project.library.bitexts
    texts = [*own, *(_text(n, own[n % len(own)], people, pick) for n in range(size - len(own)))]
    texts.sort(key=lambda b: b.slug)
    texts.sort(
        key=lambda b: str(b.record.get("date_local") or b.metadata.get("date")), reverse=True
    )
    known = People((*project.people.persons, *people[: len(people) // 2]), project.people.bodies)
    project = replace(project, library=replace(project.library, bitexts=tuple(texts)), people=known)
    return project, catalogue_of(
        [read_terms(b, project.glossary) for b in texts], project.glossary, known
    )


def _people() -> Iterator[Person]:
    """Half of them Chinese; those of the first half have an entry in people.yml."""
    for n in range(len(SURNAMES) * len(GIVEN)):
        zh, en = SURNAMES[n % len(SURNAMES)]
        given_zh, given_en = GIVEN[n // len(SURNAMES)]
        yield Person(f"{given_en}-{en}".lower(), Both(zh + given_zh, f"{en} {given_en}"), role=Both("某大学教授，某研究院院长", "Professor and dean at a university"))  # fmt: skip
        if n < len(FIRST) * len(LAST):
            name = f"{FIRST[n % len(FIRST)]} {LAST[n // len(FIRST)]}"
            yield Person(name.lower().replace(" ", "-"), Both(name, name))


def _text(n: int, like: Bitext, people: Sequence[Person], pick: random.Random) -> Bitext:
    """A text of its own title, day, kind and speakers."""
    cast = [people[0]] * (n % 3 == 0) + pick.sample(people[1:], pick.randint(1, 4))
    known = {p.id for p in people[: len(people) // 2]}
    speakers = [Speaker(f"a{k}", p.name.zh, p.name.en, person=p.id if p.id in known else None, role_zh=f"某机构第{n % 7}任主任", role_en=f"Director no. {n % 7} of an institution") for k, p in enumerate(cast)]  # fmt: skip
    turns = list(dict.fromkeys(u.turn for u in like.units if u.turn))
    of = {turn: f"a{k % len(cast)}" for k, turn in enumerate(turns)}
    units = tuple(replace(u, speaker=of.get(u.turn or "")) for u in like.units)
    zh, en = pick.choice(SUBJECTS)
    form_zh, form_en = pick.choice(FORMS)
    title = {"zh": form_zh.format(a=cast[0].name.zh, x=zh), "en": form_en.format(a=cast[0].name.en, x=en)}  # fmt: skip
    title["en"] = title["en"][0].upper() + title["en"][1:]
    day = f"{pick.choice((2019, 2022, 2023, 2024, 2025, 2025, 2026, 2026))}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"  # fmt: skip
    record = {
        "title": title,
        "kind": pick.choice(KINDS),
        "date_local": day,
        "received": "2026-11-24",
    }
    return replace(like, slug=f"text-{n:05}", record=record, speakers=tuple(speakers), units=units, notes=(), corrections=())  # fmt: skip


def build(folder: Path, project: Project, listed: Catalogue) -> Path:
    """The site of the lists below `folder`. A text's own page is a bare one with its title and ids:
    thousands of them are not what is measured."""
    docs = folder / "docs"
    shutil.copytree(ROOT / "docs", docs)
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    for name in on_disk(docs):
        if name.split("/")[1] in LISTS:
            (docs / name).unlink()
    for lang in LANGS:
        for path, text in browse_pages(listed, lang).items():
            file = docs / lang / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
    (docs / "zh" / ADDRESS).write_text(table(listed), "utf-8")
    config = (ROOT / "mkdocs.yml").read_text("utf-8").replace("  - scripts/hooks.py\n", "  []\n")
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    site = folder / "site"
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(site)], check=True, cwd=folder, capture_output=True)  # fmt: skip
    for lang in LANGS:
        root = site / ("en" if lang == "en" else "")
        for bitext in project.library.bitexts:
            file = root / "transcripts" / bitext.slug / "index.html"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_bare(bitext, lang), "utf-8")
        for page in (page for name in LISTS for page in (root / name).rglob("index.html")):
            if page.parent.parent.name != "transcripts":
                page.write_text(_linked(page.read_text("utf-8"), page.parent, root), "utf-8")
    return site


def _bare(bitext: Bitext, lang: str) -> str:
    """A page with a text's title and all places to which lists lead."""
    ids = dict.fromkeys(id for u in bitext.units for id in (u.turn, u.id) if id)
    title = bitext.record["title"]
    assert isinstance(title, dict)
    body = "".join(f'<p id="{id}">{id}</p>' for id in ids)
    return f'<!doctype html><meta charset="utf-8"><title>{title[lang]}</title><h1>{title[lang]}</h1>{body}'


def _linked(html: str, folder: Path, root: Path) -> str:
    """A page with the links that MkDocs would have made, had it seen the texts' pages."""
    up = posixpath.relpath(root / "transcripts", folder)
    return TEXT_LINK.sub(lambda m: f'href="{up}/{m[1]}/{m[2] or ""}"', html)
