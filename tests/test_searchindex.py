"""The search index: the same pages give the same bytes, every row is held once, and both languages
of a block hold the same units."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.model import Bitext, Note, Speaker, Unit
from bitext.project.project import load_project
from bitext.search import fold, index
from bitext.search.rows import Name, Page, Pair, Row, names, sections, transcript

CASES = json.loads((Path(__file__).parent / "search" / "fold.json").read_text("utf-8"))
TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60)


def page(n: int = 40) -> Page:
    """A page whose units have one language now and then."""
    pairs = [
        Pair(
            None if i % 7 == 3 else Row(f"p{i}", f"第{i}段：敏捷治理与護欄。" * 12, "薛澜"),
            None
            if i % 7 == 5
            else Row(f"p{i}", f"Paragraph {i} on agile governance. " * 12, "Xue"),
        )
        for i in range(n)
    ]
    return Page("transcripts/a/", "transcript", "标题", "A title", tuple(pairs))


def unpacked(data: bytes):
    return json.loads(gzip.decompress(data))


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:24] for c in CASES])
def test_tokens_are_those_that_the_browser_makes(case):
    assert [key for key, *_ in fold.tokens(case["text"])] == case["keys"]
    if "compounds" in case:
        assert list(fold.compounds(case["text"])) == case["compounds"]


@given(TEXT)
def test_folding_twice_is_folding_once(text):
    once = fold.fold(text)
    assert fold.fold(once) == once


@given(TEXT)
def test_width_case_and_script_make_no_difference(text):
    keys = [k for k, *_ in fold.tokens(text)]
    assert [k for k, *_ in fold.tokens(fold.fold(text))] == keys


@pytest.mark.parametrize("limit", [10**9, 0])
def test_same_pages_give_the_same_bytes(limit):
    named = (Name(("薛澜",), ("Xue Lan", "Lan Xue")),)
    assert index.files([page()], named, limit) == index.files([page()], named, limit)


def test_small_library_is_one_file_a_language():
    assert set(index.files([page()], ())) == {"zh.gz", "en.gz", "traditional.gz"}


def test_blocks_hold_every_row_once_and_stay_small():
    blocks = list(index.cut([page(100), page(1)]))
    assert [b.start for b in blocks if b.stop <= b.start] == []
    for lang in ("zh", "en"):
        held = [row for b in blocks for row in b.rows(lang)]
        assert held == [p[lang] for n in (100, 1) for p in page(n).pairs]
        size = max(sum(len(r.text.encode()) for r in b.rows(lang) if r) for b in blocks)
        assert size <= 2 * index.BLOCK


def test_cut_index_finds_the_blocks_of_every_key():
    found = index.files([page(60)], (), one_file=0)
    start = unpacked(found["zh.gz"])
    blocks = list(index.cut([page(60)]))
    assert start["count"] == len(blocks)
    lines = dict(
        line.split("\t")
        for name, data in found.items()
        if name.startswith("zh/two/")
        for line in gzip.decompress(data).decode().split("\n")
    )
    assert set(decoded(lines["敏捷"])) == {n for n, b in enumerate(blocks) if any(b.rows("zh"))}
    assert "护栏" in lines  # traditional in the text, simplified as a key
    firsts = start["two"].split("\n")
    assert firsts == sorted(firsts, key=lambda k: k.encode("utf-16-be"))


def decoded(postings: str) -> list[int]:
    """The block numbers of a key's line, as the worker reads them."""
    out, block, number, shift = [], -1, 0, 0
    for char in postings:
        value = index.DIGITS.index(char.encode())
        number += (value & 31) << shift
        shift += 5
        if not value & 32:
            block += number // 4
            out.append(block)
            number = shift = 0
    return out


@given(st.sets(st.integers(0, 10**6), min_size=1, max_size=50), st.integers(1, 9))
def test_postings_read_back_as_they_were_written(blocks, times):
    postings = index._Postings()
    for block in sorted(blocks):
        postings.add(block, times)
    assert decoded(str(postings)) == sorted(blocks)


def test_block_names_its_traditional_characters_and_no_others():
    [first, *_] = unpacked(index.files([page()], ())["zh.gz"])["blocks"]
    assert first["f"] == "欄栏護护"
    assert "f" not in unpacked(index.files([page()], ())["en.gz"])["blocks"][0]


def test_unit_without_a_language_leaves_its_place():
    zh = unpacked(index.files([page(8)], ())["zh.gz"])["blocks"]
    en = unpacked(index.files([page(8)], ())["en.gz"])["blocks"]
    rows = [(a and a[0], b and b[0]) for x, y in zip(zh, en, strict=True) for a, b in zip(x["r"], y["r"], strict=True)]  # fmt: skip
    assert rows[3] == (0, "p3")
    assert rows[5] == ("p5", 0)
    assert rows[6] == ("p6", "p6")


BITEXT = Bitext(
    "talk",
    {"title_zh": "谈话", "title_en": "Talk"},
    (Unit("s1p1", "para", "您好。", "Good day.", speaker="li"), Unit("n1", "note", "注", None)),
    (Speaker("li", "李四", "Li Si", person="li-si"),),
    notes=(Note("e1", "s1p1", "editor", "编者的话", "The editor’s word"),),
)


def test_rows_are_units_with_their_speaker_and_notes_after_their_unit():
    pairs = transcript(BITEXT).pairs
    assert pairs[0].zh == Row("s1p1", "您好。", "李四")
    assert pairs[0].en == Row("s1p1", "Good day.", "Li Si")
    assert pairs[1].zh.id == "e1" and pairs[1].zh.aside
    assert pairs[2].en is None


def test_speakers_are_known_by_every_name_of_the_person():
    from bitext.glossary.store import Glossary

    people = {"li-si": Name(("李四", "李先生"), ("Si Li",))}
    [_, person] = names(Glossary(), people, [BITEXT])
    assert person == Name(("李四", "李先生"), ("Si Li", "Li Si"))


def test_sections_of_a_page_have_their_ids_and_no_controls():
    html = """<nav>menu</nav><article class="md-typeset"><p hidden>offer</p><h1 id="t">Title</h1>
    <p>First<button>copy</button> words.<ul><li>one<li>two</ul><h2 id="x">Part <i lang="zh-Hans">部</i></h2>
    <svg><title>icon</title></svg>A &amp; B</article><footer>end</footer>"""
    assert sections(html, "en") == [
        Row("", "First words. one two", "Title"),
        Row("x", "A & B", "Part"),
    ]


def write(root, site_dir) -> None:
    project = load_project(root)
    index.write(project.library.bitexts, project.glossary, project.people, (), site_dir)


def test_write_makes_the_index_of_the_project(root, tmp_path):
    write(root, tmp_path)
    folder = tmp_path / index.FOLDER
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    write(root, tmp_path)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    urls = {b["u"] for b in unpacked(before["en.gz"])["blocks"]}
    slugs = {p.parent.name for p in (root / "data" / "transcripts").glob("*/bitext.yml")}
    assert {f"transcripts/{slug}/" for slug in slugs} <= urls


def test_a_page_that_is_excluded_is_not_searched(tmp_path):
    heads = {"about": "title: A", "inside": "title: B\nsearch:\n  exclude: true"}
    for name, head in heads.items():
        source = tmp_path / "docs" / "zh" / f"{name}.md"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text(f"---\n{head}\n---\n\n# x\n", "utf-8")
        for side in ("", "en"):
            built = tmp_path / "site" / side / name / "index.html"
            built.parent.mkdir(parents=True)
            built.write_text("<article><h1>x</h1></article>", "utf-8")
    assert [p.url for p in index.built_texts(tmp_path, tmp_path / "site")] == ["about/"]
    assert index.built_texts(tmp_path, tmp_path / "site", {"zh/about.md"}) == []  # generated
