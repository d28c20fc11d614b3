"""What an import says of what it cannot know, and what `bitext check` asks for."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from bitext.__main__ import main
from bitext.library.register import HEADER
from bitext.library.yaml_lines import load
from bitext.project import check
from bitext.project.project import load_project
from bitext.project.provenance import RIGHTS
from tests.conftest import ROOT
from tests.json_schema import faults
from tests.projects import ARTICLE, PANEL, contents, copy_project, edit

ARTICLES = "人工智能的治理需要各国共同努力。\n\nGoverning AI takes the effort of every country.\n\n任何一个国家都无法独自应对。\n\nNo country can meet it alone.\n"
TALK = (
    "王：您怎么看治理？\n\nWang: How do you see governance?\n\n"
    "李：各国需要共同努力。\n\nLi: Countries need to work together.\n\n"
    "王：谢谢您的回答。\n\nWang: Thank you for the answer.\n\n"
    "李：也谢谢您的问题。\n\nLi: Thank you for the question.\n"
)


def imported(root: Path, text: str, name: str = "tea-talk") -> Path:
    """The folder of a text imported into a project without any other."""
    (root / "data").mkdir(exist_ok=True)
    (root / "data/published.txt").write_text(HEADER, "utf-8")
    file = root / f"{name}.txt"
    file.write_text(text, "utf-8")
    out = root / "data/transcripts"
    assert main(["import", str(file), "--output", str(out), "--received", "2026-11-24"]) == 0
    return out / name


def told(root: Path) -> list[str]:
    return [str(problem) for problem in check.check(root)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (ARTICLES, "kind, date, translation, found, rights"),
        (TALK, "kind, date, place, spoken, translation, found, rights"),
    ],
    ids=["article", "talk"],
)
def test_a_fresh_import_builds_and_checks_without_an_edit(tmp_path, text, keys):
    folder = imported(tmp_path, text)
    assert main(["build", "--root", str(tmp_path)]) == 0
    assert told(tmp_path) == []
    [notice] = [n for n in check.notices(tmp_path) if "not yet established" in n.message]
    assert notice.message.endswith(": " + keys)
    written = (folder / "bitext.yml").read_text("utf-8")
    assert written.split("\n")[notice.line - 1] == "  kind:"
    schema = json.loads((ROOT / "data/schema/bitext.schema.json").read_text("utf-8"))
    assert list(faults(load(written, "x")[0], schema, schema)) == []


def test_pages_say_in_both_languages_what_is_not_known(tmp_path):
    imported(tmp_path, TALK)
    main(["build", "--root", str(tmp_path)])
    zh, en = (
        (tmp_path / "docs" / lang / "transcripts/tea-talk.md").read_text("utf-8")
        for lang in ("zh", "en")
    )
    assert "记录类型\n:   尚未查明" in zh and "收入本库\n:   2026年11月24日" in zh
    assert "Kind of record\n:   Not yet established" in en
    assert "Received\n:   24 November 2026" in en
    assert "尚未查明" not in en and "Not yet" not in zh
    line = next(text for text, after in pairwise(zh.split("\n")) if after == "{ .bt-meta }")
    assert "王" in line and "尚未查明" not in line  # the line below the title says what is known


def test_an_import_of_the_same_day_is_the_same_byte_for_byte(tmp_path):
    one, two = (tmp_path / name for name in "ab")
    for root in (one, two):
        root.mkdir()
        imported(root, TALK)
    assert contents(one / "data") == contents(two / "data")


def test_a_day_that_the_calendar_lacks_is_refused(tmp_path, capsys):
    (tmp_path / "t.txt").write_text(TALK, "utf-8")
    args = ["import", str(tmp_path / "t.txt"), "--output", str(tmp_path / "out")]
    for day in ("2026-11-31", "yesterday", ""):
        assert main([*args, "--received", day]) == 2
        assert "--received" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        (PANEL, "  received: \"2026-11-24\"\n", "", "received"),
        (PANEL, "  spoken:\n    zh: 记录没有说明\n    en: Not stated in the record\n", "", "spoken"),
        (PANEL, "  place:\n    zh: 美国华盛顿，国会山\n    en: \"Capitol Hill, Washington, D.C.\"\n", "  place:\n", "place"),
        (ARTICLE, "  found:\n    zh: 转载页面，其来源标为“微信”\n", "  fund:\n    zh: 转载页面，其来源标为“微信”\n", "found"),
        (ARTICLE, "  kind:\n    zh: 评论文章（节录），未署作者，中英两种文本逐段交替\n    en: |-\n      Opinion article (excerpt), no author given; Chinese and English alternate by paragraph\n", "  kind: [评论]\n", "kind"),
    ],
)  # fmt: skip
def test_a_missing_key_of_the_record_is_told_with_its_line(project, file, old, new, key):
    edit(project / file, old, new)
    [problem] = [p for p in check.check(project) if p.code == "E-RECORD"]
    assert f"no '{key}'" in problem.message and f"  {key}:" in problem.paste
    lines = (project / file).read_text("utf-8").split("\n")
    at = lines[problem.line - 1]
    assert at.startswith((f"  {key}:", "  title:")), at


@pytest.mark.parametrize("file", [PANEL, ARTICLE])
def test_what_check_gives_to_paste_mends_it(project, file):
    """Every key of the record goes, and comes back as what is not known."""
    path = project / file
    text = path.read_text("utf-8")
    head, rest = text.split("\nrecord:\n")
    rest = rest[rest.index("\nunits:") :] if file == ARTICLE else rest[rest.index("\nspeakers:") :]
    path.write_text(head + "\nrecord: {}" + rest, "utf-8")
    pasted = [
        p.paste.removeprefix("record:\n") for p in check.check(project) if p.code == "E-RECORD"
    ]
    assert len(pasted) >= 5
    record = "\n".join(pasted).replace("…", "2026-11-24")
    path.write_text(f"{head}\nrecord:\n{record}{rest}", "utf-8")
    assert load_project(project).problems == ()
    assert [p for p in check.check(project) if p.code == "E-RECORD"] == []


def test_a_text_needs_its_rights_and_the_sum_of_its_source_there(project):
    file = (project / PANEL).parent / RIGHTS
    text = file.read_text("utf-8")
    file.unlink()
    assert [line for line in told(project) if "E-RIGHTS" in line and "no such file" in line]
    file.write_text(text.replace("711931a1", "811931a1"), "utf-8")
    assert told(project) == []
    [notice] = [str(n) for n in check.notices(project) if "SHA-256" in n.message]
    assert f"{RIGHTS}:1: does not give the SHA-256 of source.txt, 711931a1" in notice
    file.write_bytes(text.encode("utf-16"))
    [line] = told(project)
    assert "not UTF-8" in line


def test_a_persons_own_rights_stay_when_a_text_is_imported_beside_them(tmp_path):
    folder = tmp_path / "data/transcripts/tea-talk"
    folder.mkdir(parents=True)
    (folder / RIGHTS).write_text("Ask us.\n", "utf-8")
    imported(tmp_path, TALK)
    assert (folder / RIGHTS).read_text("utf-8") == "Ask us.\n"


def test_the_rights_of_two_files_give_both_sums(tmp_path):
    for name, text in (("zh", ARTICLES[:18]), ("en", ARTICLES[18:67])):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    args = ["--zh", str(tmp_path / "zh.txt"), "--en", str(tmp_path / "en.txt"), "--slug", "two"]
    assert main(["import", *args, "--output", str(tmp_path / "data/transcripts")]) == 0
    main(["build", "--root", str(tmp_path)])
    assert told(tmp_path) == []
    assert (tmp_path / "data/transcripts/two" / RIGHTS).read_text("utf-8").count("SHA-256") == 4
