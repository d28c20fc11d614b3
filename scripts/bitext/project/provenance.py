"""What only a person can know of a text: `record` and RIGHTS.md as first written, and what is missing.

An import writes "not yet established" for all that it cannot know. So the pages are true from the
first build. A notice asks for each such value until a person has replaced it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bitext.library import yaml_lines
from bitext.library.imports import SourceFile
from bitext.metadata import UNKNOWN, is_unknown
from bitext.model import Bitext, Problem

RIGHTS = "RIGHTS.md"
RIGHTS_UNKNOWN = {
    "zh": UNKNOWN["zh"] + "，本站未取得许可；要求撤下的办法，见网站上本文的页面。",
    "en": UNKNOWN["en"]
    + "; not cleared by this site. How to ask for removal is said on the site, on this text’s page.",
}


def needed(bitext: Bitext) -> tuple[str, ...]:
    """The keys that the record of this text has to have, in the order of the file.

    A place and a language belong to what was spoken; a date may stand in the metadata.
    """
    dated = bitext.metadata.get("date") or bitext.record.get("date_local")
    spoken = ("place", "spoken") if any(u.turn for u in bitext.units) else ()
    date = () if dated else ("date",)
    return ("kind", *date, *spoken, "translation", "found", "rights", "received")


def first_record(bitext: Bitext, received: str) -> dict[str, object]:
    """The record of a new import: nothing is known yet but the day on which it was received."""
    known = {"received": received, "rights": RIGHTS_UNKNOWN}
    return {key: known.get(key, dict(UNKNOWN)) for key in needed(bitext)}


def unknown(bitext: Bitext) -> list[str]:
    """The keys of the record whose value, in either language, is still not established."""
    return [key for key, value in bitext.record.items() if is_unknown(value)]


def check_record(bitext: Bitext) -> Iterator[Problem]:
    """What the record has to say and does not: each with the lines that say that it is not known."""
    lines, line = getattr(bitext.record, "lines", {}), getattr(bitext.record, "line", 0) or 1
    for key in needed(bitext):
        if not bitext.record.get(key):
            first = first_record(bitext, "…")[key]
            paste = yaml_lines.dump({"record": {key: first}})
            yield Problem(
                bitext.path, lines.get(key, line),
                f"the record has no '{key}' that can be used — say it, or say that it is not known",
                "E-RECORD", "\n".join(paste),
            )  # fmt: skip


def check_rights(bitext: Bitext, root: Path) -> Iterator[Problem]:
    """A text without its RIGHTS.md, or with one that cannot be read."""
    path = _rights_of(bitext)
    if not (root / path).exists():
        said = "no such file — write where the text was found, whose the rights are, and how to ask for removal"
        yield Problem(str(path), 0, said, "E-RIGHTS")
    else:
        yield from yaml_lines.read(root / path, str(path))[1]


def rights_notices(bitext: Bitext, files: Sequence[SourceFile], root: Path) -> Iterator[Problem]:
    """A RIGHTS.md that does not name the bytes that are here, as after a merge of a newer source."""
    path = _rights_of(bitext)
    text, _ = yaml_lines.read(root / path, str(path))
    for file in files:
        if text is not None and file.sha256 not in text:
            said = f"does not give the SHA-256 of {file.name}, {file.sha256}; look whether it is true of this source"
            yield Problem(str(path), 1, said)


def _rights_of(bitext: Bitext) -> Path:
    return Path(bitext.path).parent / RIGHTS


def unknown_notices(bitext: Bitext) -> Iterator[Problem]:
    """What a person may still find out about the text, at the first line that says so."""
    keys = unknown(bitext)
    if keys:
        line = getattr(bitext.record, "lines", {}).get(keys[0], 1)
        yield Problem(bitext.path, line, f"not yet established in the record: {', '.join(keys)}")


def rights_page(slug: str, files: Sequence[SourceFile]) -> str:
    """The RIGHTS.md of a new import, in both languages: whatever is not known is said to be."""
    zh, en = (
        "\n".join(f"{lead.format(name=f.name)}\n  `{f.sha256}`" for f in files)
        for lead in (
            "- **文件**：`{name}`，与收到时逐字节相同；SHA-256：",
            "- **File**: `{name}`, byte for byte as received; SHA-256:",
        )
    )
    names = {
        lang: joint.join(f"`{name}`" for name in (*(f.name for f in files), "bitext.yml"))
        for lang, joint in (("zh", "、"), ("en", ", "))
    }
    return f"""\
# 权利说明 · Rights

## 中文

- **出处**：{UNKNOWN["zh"]}。
{zh}
- **权利**：文本不是本项目写的。发言者、作者、记录者与译者各有什么权利，{UNKNOWN["zh"]}。本项目没有取得许可；收录是为了研究与评论。程序与编者文字的许可证不适用于{names["zh"]}和页面里照录的正文。
- **要求撤下或更改**：办法见网站上本文（`{slug}`）的页面，“关于这份记录”里“报告与撤下”一行；请写明您与它的关系。

## English

- **Found at**: {UNKNOWN["en"].lower()}.
{en}
- **Rights**: this project did not write the text. Which rights the speakers, the authors, the recorder and the translator hold is not yet established. This project has no permission; the text is included for research and commentary. The licences of the program and of the editors’ own words do not cover the text in {names["en"]} and on the pages.
- **To ask for removal or a change**: the page of the text (`{slug}`) on the site says how, under “About this record”, “Reports and removal”; please say how you are connected with it.
"""
