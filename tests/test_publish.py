"""A page whose claim is false is not published: build and mkdocs refuse, serve shows a draft."""

from __future__ import annotations

import dataclasses
import importlib.util
from types import SimpleNamespace

import lxml.html
import pytest
from mkdocs.exceptions import PluginError

from bitext.__main__ import main
from bitext.align.units import add_beads
from bitext.library import lines
from bitext.model import Bitext, Correction, Doubt, LeftOut, Problem, Unit
from bitext.pages.corrections import correction_list
from bitext.project import write
from bitext.project.check import false_claims, unpublishable
from bitext.project.project import load_project
from bitext.publish import editor, serve
from tests.projects import ARTICLE, ENTRY, LISTED, PANEL, contents, copy_project, edit, unsettle


@pytest.fixture
def project(tmp_path):
    return copy_project(tmp_path)


@pytest.fixture(scope="module")
def hooks(root):
    spec = importlib.util.spec_from_file_location("hooks", root / "scripts/hooks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def config(project, **extra):
    return SimpleNamespace(
        config_file_path=str(project / "mkdocs.yml"), site_dir=str(project / "site"),
        extra=extra, plugins={},
    )  # fmt: skip


#: What makes a claim false: the file, what stands there, what takes its place; what is told.
FALSE = {
    "a word changed": (ARTICLE, *LISTED, "p2"),
    "a sentence gone": (PANEL, " You can update later anyway.", "", "s4p2"),
    "a correction invented": (ARTICLE, "units:\n", ENTRY + "units:\n", "did not happen"),
    "the source touched": ("data/transcripts/track-two-perspective/source.txt", "芯片", "晶片", "SHA-256"),
    "the record gone": ("data/transcripts/track-two-perspective/import.json", '"version": 1', '"version": 0', "import.json"),
}  # fmt: skip


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_is_neither_built_nor_published(project, hooks, capsys, name):
    file, old, new, told = FALSE[name]
    edit(project / file, old, new)
    before = contents(project)
    assert main(["build", "--root", str(project)]) == 1
    assert told in capsys.readouterr().err
    assert contents(project) == before
    with pytest.raises(PluginError, match=told):
        hooks.on_pre_build(config(project))


def test_every_problem_is_listed_at_once(project, hooks, capsys):
    edit(project / ARTICLE, *LISTED)
    edit(project / PANEL, "并以一种敏捷、适应性的方式", "并以一种灵活的方式")
    assert main(["build", "--root", str(project)]) == 1
    told = capsys.readouterr().err
    assert "p2" in told and "s4p1" in told
    with pytest.raises(PluginError, match=r"(?s)p2.*s4p1|s4p1.*p2"):
        hooks.on_pre_build(config(project))


def test_a_listed_correction_is_published_with_a_new_edition(project, hooks):
    edit(project / ARTICLE, *LISTED, ENTRY)
    assert main(["build", "--root", str(project)]) == 0
    hooks.on_pre_build(config(project))
    page = (project / "docs/en/transcripts/track-two-perspective.md").read_text("utf-8")
    assert "edition 2, 29 November 2026" in page
    assert "{ #correction--1 }" in page
    assert "No corrections so far" not in page


def test_a_generated_page_that_was_edited_by_hand_is_not_published(project, hooks):
    edit(
        project / "docs/zh/transcripts/track-two-perspective.md",
        "保持着低调的沟通",
        "保持着高调的沟通",
    )
    with pytest.raises(PluginError, match="out of date"):
        hooks.on_pre_build(config(project))


def test_every_generated_page_is_known_as_one(project):
    """What GENERATED does not match would be searched and checked as a page that people wrote."""
    made = write.made_of(load_project(project))
    assert set(made) - write.on_disk(project / "docs") == set()


def test_a_draft_is_not_refused(project, hooks):
    edit(project / ARTICLE, *LISTED)
    assert unpublishable(load_project(project))
    hooks.on_pre_build(config(project, bt_draft=True))


def prepared(root):
    project = load_project(root)
    return serve.prepare(project, false_claims(project))


def test_a_draft_has_the_problem_on_its_page_and_leaves_docs_alone(project, capsys):
    edit(project / ARTICLE, *LISTED)
    before = contents(project / "docs")
    drafts = prepared(project)
    assert "E-PROOF" in capsys.readouterr().err
    assert contents(project / "docs") == before
    for lang in ("zh", "en"):
        assert "bt-problem" in drafts[f"{lang}/transcripts/track-two-perspective.md"]
        assert f"{lang}/transcripts/sanders-xue-panel.md" not in drafts  # as it stands in docs/


def test_without_problems_serve_brings_docs_up_to_date(project):
    edit(project / ARTICLE, *LISTED, ENTRY)
    assert prepared(project) == {}
    page = (project / "docs/zh/transcripts/track-two-perspective.md").read_text("utf-8")
    assert "原作" in page


def test_the_lines_of_a_file_are_read_again_when_it_changed(project):
    before = serve.written_lines(project / PANEL)
    assert serve.written_lines(project / PANEL) == before
    edit(project / PANEL, "并以一种敏捷、适应性的方式", "并以灵活敏捷的方式")
    changed = serve.written_lines(project / PANEL)
    assert [id for id in before if changed[id] != before[id]]


def test_serve_goes_on_with_the_last_page_of_a_text_that_cannot_be_read(
    project, tmp_path_factory, capsys
):
    edit(project / ARTICLE, "units:\n", "units: [\n")
    loaded = load_project(project)
    problems = false_claims(loaded)
    drafts = serve.prepare(loaded, problems)
    site = tmp_path_factory.mktemp("site")
    serve.add_editor(loaded, problems, site)
    assert ARTICLE in capsys.readouterr().err
    assert "zh/transcripts/track-two-perspective.md" not in drafts
    for path in ("editor/index.html", "en/editor/index.html"):
        assert f"{ARTICLE}:" in (site / path).read_text("utf-8")


# --- the editor's view ---------------------------------------------------------------------------


def pair(zh: list[str], en: list[str], counts: tuple[int, int]) -> Unit:
    (left, _), (right, _) = lines.text_of(zh, "para", "zh"), lines.text_of(en, "para", "en")
    return Unit("p1", "para", left, right, lines=counts)


ZH = ["我们在河边建了一座水文站。", "每一次洪水之前，上游的读数都会先变。", "夜里的警报没有人看。"]
EN = ["We built a station by the river.", "Before every flood the readings upstream change first.", "Nobody reads the alarms at night."]  # fmt: skip


def test_unequal_lines_are_realigned_and_give_back_the_text():
    unit = pair([ZH[0] + ZH[1], ZH[2]], EN, (2, 3))
    block = editor.proposals([unit])["p1"]
    zh, en = (part.split("\n") for part in block.removeprefix("    zh: |\n").split("\n    en: |\n"))
    assert [line.strip() for line in zh] == ZH
    assert [line.strip() for line in en] == EN


def test_a_space_in_the_text_is_no_cut():
    """Text that lines would not give back stays on one line, rather than lose its space."""
    unit = pair([f"{ZH[0]} {ZH[1]}", ZH[2]], EN, (2, 3))
    assert len(add_beads([unit])[0].beads) == 3
    assert f"      {ZH[0]} {ZH[1]}" in editor.proposals([unit])["p1"].split("\n")


def test_equal_lines_and_notes_are_not_realigned():
    unit = pair(ZH, EN, (3, 3))
    note = Unit("n1", "note", "甲\n乙", "A", lines=(2, 1))
    assert editor.proposals([unit, note]) == {}


def test_what_a_person_has_settled_is_not_asked_again(project):
    def asked() -> set[str]:
        texts = {b.slug: b for b in load_project(project).library.bitexts}
        return {item.unit.id for item in editor.items_of(texts["sanders-xue-panel"], {})}

    settled = asked()
    unsettle(project / PANEL)
    assert asked() == settled | {"s2p2", "s4p1", "s4p2"} != settled


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_view_shows_text_as_it_is_and_says_where(project, lang):
    edit(project / PANEL, "并以一种敏捷、适应性的方式", "并以<b>一种</b>方式")
    loaded = load_project(project)

    def written(bitext):
        return serve.written_lines(project / bitext.path)

    page = editor.editor_page(loaded.library.bitexts, unpublishable(loaded), written, lang)
    assert "并以&lt;b&gt;一种&lt;/b&gt;方式" in page and "<b>一种</b>" not in page
    line = next(u.line for b in loaded.library.bitexts for u in b.units if u.id == "s4p1")
    assert f"{PANEL}:{line}" in page


@pytest.mark.parametrize(
    "text", ["<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "' onclick='x"]
)
def test_nothing_that_stands_in_a_field_is_markup_in_the_view(text):
    unit = Unit(text, "para", text, text, lines=(1, 2), review=(Doubt("label-en", (text,)),))
    fix = Correction(text, text, text, text, text, text, text)
    made = Bitext(text, {"title_en": text}, (unit,), corrections=(fix,), path=f"{text}/bitext.yml")
    made = dataclasses.replace(made, left_out=(LeftOut(text, text, text),))
    problem = Problem(f"{text}/bitext.yml", 1, text, "E", text)
    page = editor.editor_page(
        [made],
        [problem, Problem("x", 0, text)],
        lambda _: {text: ((text,), (text, text))},
        "en",
    )
    tree = lxml.html.fromstring(page)
    assert not tree.xpath("//img | //body//script | //@onclick | //@onerror")
    assert tree.xpath("//article//td[@lang='en'][1]")[0].text_content() == text


def test_a_corrected_word_needs_no_command_but_the_check(project):
    edit(project / ARTICLE, *LISTED)
    edit(project / ARTICLE, "units:\n", ENTRY + "units:\n")
    assert main(["check", "--write", "--root", str(project)]) == 0
    page = project / "docs/zh/transcripts/track-two-perspective.md"
    assert LISTED[1] in page.read_text("utf-8")


def unasked(_bitext):
    return {}


def test_the_view_has_what_needs_nobody_in_one_place_at_its_end(project):
    loaded = load_project(project)
    bitexts = [dataclasses.replace(b, corrections=(), left_out=()) for b in loaded.library.bitexts]
    calm = [dataclasses.replace(b, units=b.units[:1], settled=(b.units[0].id,)) for b in bitexts]
    page = editor.editor_page(calm, [], unasked, "en")
    assert page.count("Nothing to look at.") == 1 and page.count("<h2>") == 1
    said = Correction("title_zh", "甲", "乙", "2026-11-29", "误", "slip", "same", what="metadata")
    page = editor.editor_page([dataclasses.replace(calm[0], corrections=(said,)), *calm[1:]], [], unasked, "en")  # fmt: skip
    assert page.index("title_zh 2026-11-29") < page.index("Nothing to look at.")


@pytest.mark.parametrize("lang, name", [("zh", "中文标题"), ("en", "Chinese title")])
def test_a_correction_of_what_the_source_says_of_itself_is_in_the_list(project, lang, name):
    bitext = load_project(project).library.bitexts[0]
    said = Correction(
        "title_zh", "甲<b>", "乙", "2026-11-29", "误", "slip", "same", what="metadata"
    )
    [item, _] = correction_list(dataclasses.replace(bitext, corrections=(said,)), lang)
    assert name in item and "<b>" not in item
    assert ('<q lang="zh-Hans">' in item) == (lang == "en")
