"""What was published stays: an address that vanishes is told until something stands for it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bitext.__main__ import main
from bitext.library.register import Register, addresses_of, dump_register, read_register
from bitext.project.check import notices, vanished
from bitext.project.project import load_project
from bitext.project.releases import check_published

ROOT = Path(__file__).resolve().parent.parent
TEXT = "data/transcripts/track-two-perspective"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of this project's data and pages, released."""
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    assert main(["release", "--root", str(tmp_path)]) == 0
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def told(root: Path) -> list[str]:
    found = load_project(root)
    assert found.problems == ()
    return [str(p) for p in check_published(found.register, found.library.bitexts, found.withdrawn)]


def test_the_register_is_sorted_and_released_twice_is_the_same(project: Path):
    text = (project / "data/published.txt").read_text("utf-8")
    lines = text.splitlines()[1:]
    assert lines == sorted(set(lines)) and "transcripts/sanders-xue-panel/#s4p2" in lines
    assert main(["release", "--root", str(project)]) == 0
    assert (project / "data/published.txt").read_text("utf-8") == text
    assert told(project) == []


def test_this_projects_own_register_holds_what_it_publishes():
    project = load_project(ROOT)
    now = {address for b in project.library.bitexts for address in addresses_of(b)}
    assert now <= set(project.register.lines)


def test_a_unit_that_vanishes_is_told_until_something_stands_for_it(project: Path):
    file = project / TEXT / "bitext.yml"
    edit(file, "- id: p4\n", "- id: p4a\n")
    [problem] = told(project)
    assert "#p4 was published" in problem and "formerly" in problem
    edit(file, "- id: p4a\n", "- id: p4a\n    formerly: [p4]\n")
    assert told(project) == []
    edit(file, "    formerly: [p4]\n", "")
    gone = '\nwithdrawn:\n  - id: p4\n    date: "2026-11-29"\n    why_zh: 误收。\n    why_en: Taken in by mistake.\n'
    file.write_text(file.read_text("utf-8") + gone, "utf-8")
    assert told(project) == []


def test_a_renamed_text_leads_on_from_its_old_address(project: Path):
    (project / TEXT).rename(project / "data/transcripts/quiet-talks")
    file = project / "data/transcripts/quiet-talks/bitext.yml"
    edit(file, "slug: track-two-perspective", "slug: quiet-talks")
    [problem] = told(project)
    assert "formerly: [track-two-perspective]" in problem
    edit(file, "slug: quiet-talks", "slug: quiet-talks\nformerly: [track-two-perspective]")
    assert told(project) == []
    assert main(["build", "--root", str(project)]) == 0
    for lang in ("zh", "en"):
        page = project / "docs" / lang / "transcripts/track-two-perspective.md"
        assert "(quiet-talks.md)" in page.read_text("utf-8")


def test_an_address_that_a_text_had_under_two_slugs_is_told_once(project: Path):
    (project / TEXT).rename(project / "data/transcripts/second-name")
    file = project / "data/transcripts/second-name/bitext.yml"
    edit(file, "slug: track-two-perspective\n", "slug: second-name\nformerly: [track-two-perspective]\n")  # fmt: skip
    for command in ("build", "release"):
        assert main([command, "--root", str(project)]) == 0
    edit(file, "- id: p4\n", "- id: p4a\n")
    [problem] = told(project)
    assert "#p4 was published" in problem


def test_a_withdrawn_text_says_so_in_both_languages(project: Path):
    shutil.rmtree(project / TEXT)
    [problem] = told(project)
    assert "data/withdrawn.yml" in problem
    (project / "data/withdrawn.yml").write_text(
        "withdrawn:\n  - slug: track-two-perspective\n    title_zh: 二轨\n    title_en: Track Two\n"
        '    date: "2026-11-29"\n    why_zh: 应权利人要求。\n    why_en: At the owner’s request.\n',
        "utf-8",
    )
    assert told(project) == []
    assert main(["build", "--root", str(project)]) == 0
    pages = [
        project / "docs" / lang / "transcripts/track-two-perspective.md" for lang in ("zh", "en")
    ]
    zh, en = (page.read_text("utf-8") for page in pages)
    assert "应权利人要求。" in zh and "2026年11月29日" in zh
    assert "At the owner’s request." in en and "29 November 2026" in en


def test_links_of_written_pages_to_a_former_address_are_noticed(project: Path):
    def noticed() -> list[str]:
        return [str(n) for n in notices(project) if "links to" in n.message]

    assert noticed() == []
    (project / TEXT).rename(project / "data/transcripts/quiet-talks")
    file = project / "data/transcripts/quiet-talks/bitext.yml"
    edit(
        file, "slug: track-two-perspective", "slug: quiet-talks\nformerly: [track-two-perspective]"
    )
    assert main(["build", "--root", str(project)]) == 0
    assert f"docs/en/index.md:{_line(project, 'docs/en/index.md')}: links to track-two-perspective, which is quiet-talks now" in noticed()  # fmt: skip
    assert not [n for n in noticed() if "/transcripts/" in n.split(":")[0]]  # those are generated


def _line(project: Path, page: str) -> int:
    lines = (project / page).read_text("utf-8").split("\n")
    return next(k for k, line in enumerate(lines, 1) if "transcripts/track-two-perspective" in line)


def test_a_withdrawal_of_a_text_that_is_there_is_told(project: Path):
    (project / "data/withdrawn.yml").write_text(
        "withdrawn:\n  - slug: track-two-perspective\n    title_zh: 甲\n    title_en: A\n"
        '    date: "2026-11-29"\n    why_zh: 甲\n    why_en: A\n',
        "utf-8",
    )
    assert "the library has it" in told(project)[0]


def test_release_refuses_while_an_address_leads_nowhere(project: Path, capsys):
    edit(project / TEXT / "bitext.yml", "- id: p4\n", "- id: p4a\n")
    assert main(["release", "--root", str(project)]) == 1
    assert "E-PUBLISHED" in capsys.readouterr().err


@pytest.mark.parametrize("line", ["../x", "transcripts/a b/", "transcripts/x/#P 1", "http://x/"])
def test_a_line_that_is_no_address_is_told(tmp_path: Path, line: str):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/published.txt").write_text(f"# head\n{line}\n", "utf-8")
    register, [problem] = read_register(tmp_path)
    assert register == Register({}) and problem.line == 2


def test_the_register_reads_back(tmp_path: Path):
    (tmp_path / "data").mkdir()
    there = {"transcripts/x/", "transcripts/x/#p1"}
    (tmp_path / "data/published.txt").write_text(dump_register(there), "utf-8")
    register, problems = read_register(tmp_path)
    assert set(register.lines) == there and problems == []


def test_a_concept_that_vanishes_is_told_until_an_entry_stands_for_it(project: Path):
    lines = (project / "data/published.txt").read_text("utf-8").splitlines()
    assert "glossary/pacing-problem/" in lines
    terms = project / "data/glossary.yml"
    edit(terms, "  - id: pacing-problem\n", "  - id: keeping-pace\n")
    terms.write_text(re.sub(r"(related: .*)pacing-problem", r"\1keeping-pace", terms.read_text("utf-8")), "utf-8")  # fmt: skip
    [said] = vanished_now(project)
    assert said.startswith("E-PUBLISHED data/published.txt:")
    assert "the concept 'pacing-problem' was published and is gone" in said
    assert "put `formerly: [pacing-problem]` into the entry of data/glossary.yml" in said
    edit(terms, "  - id: keeping-pace\n", "  - id: keeping-pace\n    formerly: [pacing-problem]\n")
    assert main(["build", "--root", str(project)]) == 0
    for lang in ("zh", "en"):
        page = (project / f"docs/{lang}/glossary/pacing-problem.md").read_text("utf-8")
        assert "bt_moved: keeping-pace" in page and "](keeping-pace.md)" in page
        assert 'id="pacing-problem"' in (project / f"docs/{lang}/glossary.md").read_text("utf-8")
    assert main(["release", "--root", str(project)]) == 0
    assert vanished_now(project) == []


def vanished_now(root: Path) -> list[str]:
    return [str(problem) for problem in vanished(load_project(root))]


def test_a_glossary_that_cannot_be_read_has_lost_no_concept(project: Path):
    (project / "data/glossary.yml").write_text("version: 9\n", "utf-8")
    assert [p for p in vanished_now(project) if "concept" in p] == []


def test_no_site_is_built_on_which_a_published_address_leads_nowhere(project, capsys):
    shutil.copyfile(ROOT / "mkdocs.yml", project / "mkdocs.yml")
    published = project / "data/published.txt"
    published.write_text(published.read_text("utf-8") + "transcripts/gone/\n", "utf-8")
    assert main(["build", "--site", "--root", str(project)]) == 1
    assert "the text 'gone' was published" in capsys.readouterr().err
    assert not (project / "site").exists()
