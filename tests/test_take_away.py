"""What leaves: every format holds every text as it is, whatever it is, and says where it comes from."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import lxml.etree
import lxml.html
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.citing.records import NOT_CLEARED
from bitext.model import Bitext, Note, SentenceBead, Speaker, Unit
from bitext.project.project import load_project
from bitext.publish import export, filling, heads, library_files
from bitext.publish.about import about, site_address
from bitext.publish.cite_data import cite_data, manager_files
from bitext.publish.epub import to_epub
from bitext.publish.export_schema import SCHEMA
from bitext.publish.formats import FORMATS, files_of, made
from bitext.publish.markdown import markdown_files
from bitext.publish.pairs import card
from tests.conftest import ROOT
from tests.json_schema import faults
from tests.projects import copy_project

SITE = "https://tracks.org/"
HOSTILE = [
    "</script><script>alert(1)</script>", "<!-- -->", "]]>", "&amp;&#60;<", '" onload="x', "a\tb",
    "=HYPERLINK(1)", "'=1", "a,\"b\"", "甲\u2028乙\u2029丙\x85丁", "\u202e右", "{{7*7}}", "\U0001f600", "[x](javascript:1)",
    "---\nx: 1\n---", "| a | b |", "1. # *", "\xa0", "\\", "%0A::error::x",
]  # fmt: skip
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=40)
ANY = WORDS.filter(lambda text: text.strip() == text and text) | st.sampled_from(HOSTILE)


def text_of(zh: str, en: str) -> Bitext:
    """A text with these words in every field that has words."""
    both = {"zh": zh, "en": en}
    return Bitext(
        slug="tea-talk",
        metadata={"title_zh": zh, "title_en": en, "date": "2026-04-30", "source": en, "author": zh},
        record={"title": both, "kind": both, "rights": both, "found": {**both, "url": "https://x.org/?a=1&b=2"}, "date_local": "2026-04-29", "event": both},
        source={"received": "2026-11-24", "sha256": "0" * 64},
        speakers=(Speaker("wang", zh, en),),
        units=(
            Unit("h1", "heading", zh, en, level=2),
            Unit("s1p1", "para", zh, en, speaker="wang", turn="s1", beads=(SentenceBead(len(zh), len(en), 1.0),)),
            Unit("p2", "quote", zh, None), Unit("p3", "list", None, en), Unit("c1", "code", zh, en), Unit("n1", "note", zh, en),
        ),
        notes=(Note("e1", "s1p1", "editor", zh, en, quote_zh=zh, sources=((en, "https://x.org/"), (zh, "javascript:1"))),),
    )  # fmt: skip


def xml(text: str) -> str:
    """What XML can hold of a text, as its readers give it back."""
    return export.NOT_IN_XML.sub("", text)


@settings(max_examples=25)
@given(ANY, ANY)
def test_csv_reads_back_the_same(zh, en):
    rows = list(csv.DictReader(io.StringIO(export.to_csv(text_of(zh, en)).removeprefix("\ufeff"))))

    def cell(text: str) -> str:  # as docs/*/download.md says
        return text[1:] if text.startswith("'") else text

    assert [(cell(r["zh"]), cell(r["en"])) for r in rows][1] == (zh, en)
    assert [cell(r["speaker_en"]) for r in rows][1] == en
    assert not any(value[:1] in ("=", "+", "-", "@", "\t", "\r") for r in rows for value in r.values())  # fmt: skip


@settings(max_examples=25)
@given(ANY, ANY)
def test_json_reads_back_the_same_and_has_its_form(zh, en):
    data = json.loads(export.to_json(text_of(zh, en)))
    assert list(faults(data, SCHEMA, SCHEMA)) == []
    assert [(u["zh"], u["en"]) for u in data["units"]][1:4] == [(zh, en), (zh, None), (None, en)]


@settings(max_examples=25)
@given(ANY, ANY)
def test_json_lines_read_back_the_same(zh, en):
    lines = made("jsonl", bitext := text_of(zh, en), about(bitext)).decode("utf-8")
    rows = [json.loads(line) for line in lines.split("\n")[:-1]]
    assert lines.splitlines(keepends=True) == [f"{line}\n" for line in lines.split("\n")[:-1]]
    assert {(r["zh"], r["en"]) for r in rows if r["unit"] == "s1p1"} <= {(zh.strip(), en.strip())}
    assert len({r["id"] for r in rows}) == len(rows)


@settings(max_examples=25)
@given(ANY, ANY)
def test_tmx_and_xliff_read_back_the_same(zh, en):
    bitext = text_of(zh, en)
    tmx = ElementTree.fromstring(export.to_tmx(bitext).split("\n", 2)[2])
    segments = [s.text for u in tmx.iter("tu") if "#s1p1." in u.get("tuid") for s in u.iter("seg")]
    xliff = ElementTree.fromstring(made("xliff", bitext, about(bitext)))
    spaces = {"x": "urn:oasis:names:tc:xliff:document:2.0"}
    units = {u.get("id"): u for u in xliff.iterfind(".//x:unit", spaces)}
    assert list(units) == [u.id for u in bitext.units]
    pair = units["s1p1"].find("x:segment", spaces)
    assert pair.findtext("x:source", "", spaces) == xml(zh.strip())
    assert pair.findtext("x:target", "", spaces) == xml(en.strip())
    assert segments == [xml(zh.strip()), xml(en.strip())] * bool(zh.strip() and en.strip())
    assert units["p3"].findtext(".//x:source", None, spaces) == ""
    assert units["p2"].find(".//x:target", spaces) is None


@settings(max_examples=25)
@given(ANY, ANY)
def test_a_book_reads_back_the_same(zh, en):
    bitext = text_of(zh, en)
    for langs in (("zh", "en"), ("zh",), ("en",)):
        book = zipfile.ZipFile(io.BytesIO(to_epub(bitext, about(bitext), langs)))
        pages = {
            n: lxml.etree.fromstring(book.read(n))
            for n in book.namelist()
            if n.endswith(("xhtml", "opf", "xml"))
        }
        page = pages["EPUB/text1.xhtml"]
        [unit] = page.xpath("//*[@id='s1p1']")
        shown = {node.get("lang"): node for node in unit if node.get("lang")}
        for lang, said in (("zh", zh), ("en", en)):
            if lang in langs and xml(said).strip():
                tag = {"zh": "zh-Hans"}.get(lang, lang)
                for node in shown[tag].iter("{*}br"):
                    node.tail = f"\n{node.tail or ''}"
                assert "".join(shown[tag].itertext()) == xml(said)
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids))
        assert {href[1:] for href in page.xpath("//@href") if href.startswith("#")} <= set(ids)
        assert not page.xpath("//script | //@onload | //a[starts-with(@href, 'javascript')]")


@settings(max_examples=25)
@given(ANY, ANY, st.sampled_from(["zh", "en"]))
def test_the_head_is_data_and_reads_back_the_same(zh, en, lang):
    bitext = text_of(zh, en)
    said = heads.head(bitext, about(bitext, site=SITE), lang, SITE)
    page = lxml.html.fromstring(f"<html><head>{said}</head><body><p>x</p></body></html>")
    [script] = page.xpath("//script")
    assert script.get("type") == "application/ld+json" and not page.xpath("//body//script")
    data = json.loads(script.text)
    title = " ".join({"zh": zh, "en": en}[lang].split())
    assert data["inLanguage"][:2] == lang and "<" not in script.text
    assert {m.get("name") for m in page.xpath("//meta")} >= {"citation_title", "citation_author", "citation_language", "citation_public_url"}  # fmt: skip
    if title.isascii() and title:
        assert data["name"] == title
        assert page.xpath("//meta[@name='citation_title']/@content") == [title]


@pytest.fixture(scope="module")
def texts():
    project = load_project(ROOT)
    names = {p.id: p.name for p in project.people.persons}
    return [(b, about(b, names, SITE)) for b in project.library.bitexts]


def members(data: bytes) -> str:
    """All words of a file, also of those within a zip."""
    if data[:2] != b"PK":
        return data.decode("utf-8")
    archive = zipfile.ZipFile(io.BytesIO(data))
    return "\n".join(archive.read(name).decode("utf-8") for name in archive.namelist())


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_says_where_it_comes_from_and_that_its_rights_are_not_cleared(texts, name):
    for bitext, said in texts:
        words = members(made(name, bitext, said))
        lang = "zh" if name == "epub-zh" else "en"
        assert NOT_CLEARED[lang] in words
        assert said.url in words.replace("&amp;", "&")
        assert (
            f"{SITE}{'' if name == 'csv' or lang == 'zh' else 'en/'}transcripts/{bitext.slug}/"
            in words
        )
        assert said.edition in words


def test_titles_and_dates_are_those_of_the_page(texts):
    panel = next(t for t in texts if t[0].slug == "sanders-xue-panel")
    data = json.loads(made("json", *panel))
    assert data["metadata"]["date"] == "2026-04-29"
    assert data["metadata"]["title_en"] == "Senator Sanders and Xue Lan: Questions and Answers"
    assert data["metadata"]["said_by_source"]["date"] == "2026-04-30"
    assert data["metadata"]["found_at"] == "https://hub.baai.ac.cn/view/54751"


def test_what_is_not_known_is_null():
    bare = Bitext("tea-talk", {}, (Unit("p1", "para", "甲", None),))
    metadata = json.loads(export.to_json(bare))["metadata"]
    assert [metadata[k] for k in ("title_zh", "title_en", "date", "source", "edition_date")] == [None] * 5  # fmt: skip
    said = replace(bare, record={"found": {"zh": "尚未查明", "en": "Not yet established"}})
    assert json.loads(export.to_json(said))["metadata"]["source"] is None


def test_without_an_address_none_is_invented(texts):
    bitext = texts[0][0]
    for name in FORMATS:
        words = members(made(name, bitext, about(bitext)))
        assert SITE not in words and "two-tracks.example" not in words
    assert site_address("") == site_address(None) == site_address("javascript:1") == ""
    assert "http" not in library_files.robots("")
    assert "](http" not in library_files.llms({"a.md": "# A\n"}, "")


def test_the_same_texts_give_the_same_bytes(texts):
    first, again = (library_files.library_zip(texts, SITE) for _ in range(2))
    assert first == again
    archive = zipfile.ZipFile(io.BytesIO(first))
    assert archive.namelist() == sorted(archive.namelist())
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert files_of(*texts[0]) == files_of(*texts[0])


def test_the_library_has_a_card_and_a_citation(texts):
    archive = zipfile.ZipFile(io.BytesIO(library_files.library_zip(texts, SITE)))
    head = yaml.safe_load(archive.read("README.md").decode("utf-8").split("---\n")[1])
    [data] = [config["data_files"] for config in head["configs"]]
    lines = archive.read(data).decode("utf-8").split("\n")[:-1]
    assert len({frozenset(json.loads(line)) for line in lines}) == 1 and head["license"] == "other"
    cff = yaml.safe_load(archive.read("CITATION.cff"))
    assert cff["cff-version"] == "1.2.0" and cff["title"] and cff["authors"] and cff["url"] == SITE
    for bitext, _ in texts:
        assert f"texts/{bitext.slug}/{bitext.slug}.json" in archive.namelist()


@settings(max_examples=25)
@given(ANY, ANY)
def test_the_card_is_one_table_whatever_the_titles_are(zh, en):
    bitext = text_of(zh, en)
    rows = card([about(bitext)], 3, "").rpartition("|---|---|---|---|---|\n")[2].split("\n")
    assert len(rows) == 2 and len(re.findall(r"(?<!\\)(?:\\\\)*\|", rows[0])) == 6


def test_the_words_of_a_page_fill_its_places_and_nothing_else():
    page = (
        "<head>\n  <title>x</title>\n</head><pre>\n  a\n\n  b</pre>\n   <p>"
        '<span class="bt-here">…</span> <a href="../data/a.csv" download>CSV</a>'
        ' <a href="../data/b.csv" download>B</a></p>'
    )
    said = filling.filled(page, "https://x.org/?a&b", {"a.csv": 2048}, "<meta>\n")
    assert '<span class="bt-here">https://x.org/?a&amp;b</span>' in said
    assert '>CSV</a> <span class="bt-size">2\xa0KB</span>' in said and "B</a></p>" in said
    assert "<meta>\n</head>" in said and "<pre>\n  a\n\n  b</pre>" in said
    assert filling.filled(said, "https://x.org/?a&b", {"a.csv": 2048}) == said


def test_the_data_for_a_script_knows_every_paragraph(texts):
    for bitext, said in texts:
        data = json.loads(cite_data(bitext, said))
        assert set(data["said"]) == {unit.id for unit in bitext.units}
        assert all(who in data["forms"][lang] for who in data["said"].values() for lang in ("zh", "en"))  # fmt: skip
        assert set(manager_files(said)) == {f"{bitext.slug}.{lang}.{end}" for lang in ("zh", "en") for end in ("bib", "ris", "csl.json")}  # fmt: skip


def test_files_for_reference_managers_say_whence_the_text_is_and_that_it_is_not_cleared(texts):
    for _, said in texts:
        for name, text in manager_files(said).items():
            assert NOT_CLEARED["en"] in text, name
            assert said.url and said.url in text.replace("\\_", "_"), name


def test_which_text_was_first_is_said_only_where_it_is_known(texts):
    bitext, said = texts[0]
    assert heads.original(bitext) == ""
    known = replace(bitext, units=tuple(replace(u, original="zh") for u in bitext.units))
    assert heads.original(known) == "zh"
    assert '"translationOfWork"' in heads.linked(known, said, "en", SITE)
    assert '"workTranslation"' in heads.linked(known, said, "zh", SITE)
    assert "Translation" not in heads.linked(bitext, said, "zh", SITE)


def test_only_who_is_known_to_be_a_person_is_called_one():
    speakers = (Speaker("a", "薛澜", "Xue Lan"), Speaker("b", "信通院", "CAICT"))
    bitext = replace(text_of("甲", "A"), speakers=speakers)
    found = json.loads(heads.linked(bitext, about(bitext), "en", SITE))["author"]
    assert found == [{"@type": "Person", "name": "Xue Lan"}, {"name": "CAICT"}]


def test_the_markdown_of_every_page_is_listed(tmp_path):
    project = copy_project(tmp_path)
    files = dict(markdown_files(project / "docs"))
    pages = {path: file.read_text("utf-8") for path, file in files.items()}
    assert all(map(library_files.is_listed, pages.values()))
    assert {"index.md", "en/index.md", "transcripts/sanders-xue-panel.md", "en/download.md"} <= set(pages)  # fmt: skip
    listed = library_files.llms(pages, SITE)
    outlines = {path: library_files.outline(text) for path, text in pages.items()}
    assert library_files.llms(outlines, SITE) == listed
    found = re.findall(r"\]\(https://tracks\.org/([^)]+\.md)\)", listed)
    assert sorted(found) == sorted(pages)
    for lang in ("", "en/"):
        own = [path for path in found if path.startswith("en/") == bool(lang)]
        assert own[: own.index(f"{lang}about.md")] == [p for p in own if "transcripts/" in p]


def test_pages_of_one_title_are_told_apart_in_the_list_for_programs():
    page = '---\ntitle: "Tea [1]"\n---\n'
    paths = ("en/transcripts/a.md", "en/transcripts/b.md", "en/glossary/a.md", "en/odd/x.md")
    listed = library_files.llms(dict.fromkeys(paths, page), SITE)
    assert re.findall(r"^- \[(.*)\]\(", listed, re.MULTILINE)[1:] == [
        r"Tea \[1\] (a)", r"Tea \[1\] (b)", r"Tea \[1\]", r"Tea \[1\]",
    ]  # fmt: skip


CHECKER = Path("/usr/share/java/epubcheck.jar"), Path("/usr/bin/epubcheck")


@pytest.mark.skipif(not shutil.which("java") or not any(map(Path.exists, CHECKER)), reason="needs epubcheck")  # fmt: skip
def test_books_pass_epubcheck(texts, tmp_path):
    """The parallel book; make prove has every kind judged."""
    jar = next(filter(Path.exists, CHECKER))
    hostile = text_of("".join(HOSTILE).replace("\n", " "), " ".join(HOSTILE).replace("\n", " "))
    for bitext, said in [texts[0], (hostile, about(hostile))]:
        file = tmp_path / f"{bitext.slug}.epub"
        file.write_bytes(made("epub", bitext, said))
        done = subprocess.run(["java", "-jar", str(jar), str(file)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["heading", "para"]), st.integers(0, 7), st.sampled_from([None, "s1", "s2", "s3"])), max_size=12))  # fmt: skip
def test_a_books_headings_skip_no_level_and_the_first_is_its_only_title(units):
    made_of = tuple(
        Unit(f"u{n}", kind, "甲", "A", level=level, turn=turn, speaker="wang" if turn else None)
        for n, (kind, level, turn) in enumerate(units)
    )
    bitext = replace(text_of("甲", "A"), units=made_of, notes=())
    book = zipfile.ZipFile(io.BytesIO(to_epub(bitext, about(bitext))))
    page = lxml.etree.fromstring(book.read("EPUB/text1.xhtml"))
    found = [n for n in page.iter() if re.fullmatch(r"\{.*\}h\d", str(n.tag))]
    deep = [int(node.tag[-1]) for node in found]
    assert deep[0] == 1 and deep.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(deep))
    listed = lxml.etree.fromstring(book.read("EPUB/nav.xhtml")).findall(".//{*}li/{*}a")
    assert len(listed) == max(1, len(deep) - 1) + 1
    ids = set(page.xpath("//@id"))
    assert all(a.get("href").partition("#")[2] in {*ids, ""} for a in listed)
