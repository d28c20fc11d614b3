"""The search index: the same pages give the same bytes, every row is held once, and both languages
of a block hold the same units."""

from __future__ import annotations

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.glossary.people import People, Person
from bitext.glossary.records import Both, Glossary, Term
from bitext.library.before import Standing
from bitext.model import Bitext, Note, SentenceBead, Speaker, Unit
from bitext.project.project import load_project
from bitext.search import blocks, fold, index, keys, lexicon, sounds
from bitext.search.across import Across
from bitext.search.built import sections
from bitext.search.parts import joined, part_of, pieces
from bitext.search.records import Name, Page, Pair, Row
from bitext.search.rows import all_pages, names, person_pages, transcript
from bitext.search.said import general
from bitext.text.months import MONTH_NAMES

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
    assert set(index.files([page()], ())) == {
        *("zh.gz", "en.gz", "traditional.gz", "chars.gz", "general.gz", "sound.gz")
    }


def test_blocks_hold_every_row_once_and_stay_small():
    found = list(blocks.cut([page(100), page(1)]))
    assert [b.start for b in found if b.stop <= b.start] == []
    for lang in ("zh", "en"):
        held = [row for b in found for row in b.rows(lang)]
        assert held == [p[lang] for n in (100, 1) for p in page(n).pairs]
        size = max(sum(len(r.text.encode()) for r in b.rows(lang) if r) for b in found)
        assert size <= 2 * blocks.BLOCK


def table(files: dict[str, bytes], name: str) -> dict[str, str]:
    """All keys of a table with what belongs to each."""
    out = {}
    for file, data in files.items():
        if file.startswith(name + "/"):
            found, _, values = gzip.decompress(data).decode().partition(keys.APART)
            out |= dict(zip(found.split("\n"), values.split("\n"), strict=True))
    return out


def test_cut_index_finds_the_blocks_of_every_key():
    found = index.files([page(60)], (), one_file=0)
    start = unpacked(found["zh.gz"])
    cut = list(blocks.cut([page(60)]))
    assert start["count"] == len(cut)
    two = table(found, "zh/two")
    assert set(decoded(two["敏捷"])) == {n for n, b in enumerate(cut) if any(b.rows("zh"))}
    assert "护栏" in two  # traditional in the text, simplified as a key
    firsts = start["one"].split("\n")
    assert firsts == sorted(firsts, key=lambda k: k.encode("utf-16-be"))
    assert f"zh/two/{start['two'] - 1}.gz" in found and f"zh/two/{start['two']}.gz" not in found


def test_parts_one_after_another_are_the_whole():
    pages = [page(30), page(3), page(12)]
    one, two = table(index.files(pages, (), one_file=0), "en/one"), {}
    at = 0
    for one_page in pages:
        part = table(index.files([one_page], (), one_file=0), "en/one")
        for key, value in part.items():
            two.setdefault(key, []).extend(n + at for n in decoded(value))
        at += len(list(blocks.cut([one_page])))
    assert {key: decoded(value) for key, value in one.items() if blocks.FORM not in key} == {
        key: value for key, value in two.items() if blocks.FORM not in key
    }


def test_facts_by_which_a_search_is_narrowed_are_keys_of_their_blocks():
    dated = Page("transcripts/a/", "transcript", "标题", "Title", page(3).pairs, "2026-04-29")
    one = table(index.files([dated], (), one_file=0), "zh/one")
    assert {"\x03i:a", "\x03y:2026", "\x03k:t", "\x03s:薛澜"} <= set(one)


def decoded(postings: str) -> list[int]:
    """The block numbers of a key's line, as the worker reads them."""
    out, block, number, shift = [], -1, 0, 0
    for char in postings:
        value = keys.DIGITS.index(char.encode())
        number += (value & 31) << shift
        shift += 5
        if not value & 32:
            block += number // 4
            out.append(block)
            number = shift = 0
    return out


@given(st.sets(st.integers(0, 10**6), min_size=1, max_size=50), st.integers(1, 9))
def test_postings_read_back_as_they_were_written(numbers, times):
    table = keys.joined([(n, keys.standing([{"a": times}])) for n in sorted(numbers)])
    assert decoded(keys.written(table["a"])) == sorted(numbers)


BLOCKS = st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(1, 9)), max_size=9)


@given(st.lists(BLOCKS, max_size=4))
def test_parts_put_together_are_the_part_of_all_their_blocks(parts):
    tables, n = [], 0
    for part in parts:
        tables.append((n, keys.standing(part)))
        n += len(part)
    assert keys.joined(tables) == keys.standing([block for part in parts for block in part])


def test_an_index_is_the_same_however_its_pages_are_put_together():
    found = [part_of(page(n)) for n in (3, 60, 8, 1)]
    whole = joined(found)
    assert joined([joined(found[:1]), joined(found[1:3]), joined([]), found[3]]) == whole
    one, several = ([pieces(part).__getitem__ for part in parts] for parts in ([whole], found))
    assert index.merged(one, (), one_file=0) == index.merged(several, (), one_file=0)


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


def test_rows_are_the_record_and_units_with_their_speaker_and_notes_after_their_unit():
    pairs = transcript(BITEXT).pairs
    assert pairs[0].zh.kind == "record"
    assert pairs[1].zh == Row("s1p1", "您好。", "李四", who="li-si")
    assert pairs[1].en == Row("s1p1", "Good day.", "Li Si", who="li-si")
    assert pairs[2].zh.id == "e1" and pairs[2].zh.kind == "note"
    assert pairs[3].en is None


def test_a_record_says_its_date_in_words_and_figures_and_all_that_is_known():
    record = {
        "date_local": "2026-04-29", "kind": {"zh": "座谈", "en": "Panel"},
        "found": {"zh": "智源社区", "en": "BAAI Hub", "url": "https://www.hub.example/view/1"},
    }  # fmt: skip
    [first, *_] = transcript(replace(BITEXT, record=record)).pairs
    for said_so in ("2026-04-29", "hub.example"):
        assert said_so in first.zh.text and said_so in first.en.text
    assert "智源社区" in first.zh.text and "Panel" in first.en.text
    assert "2026年4月29日" in first.zh.text and "29 April 2026" in first.en.text
    assert (
        "April" not in first.zh.text and "月" not in first.en.text
    )  # a hit shows its own language


def test_a_row_knows_where_its_sentences_end_and_which_are_doubtful():
    beads = (SentenceBead(3, 9, 0.9), SentenceBead(8, 20, 0.5))
    unit = Unit("p1", "para", "先试。\n\n再改。", "Try it.   Then mend.", beads=beads)
    row = transcript(replace(BITEXT, units=(unit,), notes=())).pairs[1]
    assert row.zh.beads == (3, -7) and row.zh.text[:3] == "先试。"
    shown = blocks.shown(next(blocks.cut([Page("x/", "transcript", "", "", (row,))])), "zh")
    assert shown["r"][0][4] == [3, -5]  # lengths, a doubtful one as -1 less its length


def test_everyone_has_a_page_with_names_roles_and_what_is_said_of_them():
    spoken = Person("li-si", Both("李四", "Li Si"), role=Both("院长", "Dean"))
    silent = Person("wang-wu", Both("王五", "Wang Wu"))
    turned = replace(BITEXT, units=(replace(BITEXT.units[0], turn="s1"),))
    found, other = person_pages(People((spoken, silent)), [turned])
    assert (found.url, other.url) == ("speakers/li-si/", "speakers/wang-wu/")
    assert "院长" in found.pairs[0].zh.text and "Dean" in found.pairs[0].en.text


TERM = Term("dsl", "law", Both("数据安全法", "Data Security Law"), Both("", ""))


def test_a_term_whose_characters_fall_across_words_is_told():
    across = Across(Glossary((TERM,)))
    assert across.not_words("有关数据安全法律法规的意见") == ("dsl",)
    assert across.not_words("《数据安全法》施行") == ()
    assert across.not_words("天气很好") == ()


def test_newer_texts_stand_before_older_ones():
    texts = [replace(BITEXT, slug=s, metadata={"date": d}) for s, d in (("a", "2024"), ("b", "2026-01-02"), ("c", ""))]  # fmt: skip
    urls = [p.url for p in all_pages(texts, Glossary(), People(), ())]
    assert urls == ["transcripts/b/", "transcripts/a/", "transcripts/c/"]


def test_words_are_found_by_how_they_sound_and_names_by_their_first_letters():
    block = {"t": "", "l": [], "r": [["p1", 0, "重新谈敏捷治理与护栏"]]}
    named = [
        Name(("敏捷治理",), ("agile governance",)),
        Name(("薛瀾",), ()),
        Name(("伯尼·桑德斯",), ()),
    ]
    heard = sounds.table(sounds.words_of([block]), named)
    assert heard["minjiezhili"] == heard["~mjzl"] == "敏捷治理"
    assert heard["bonisangdesi"] == heard["~bnsds"] == "伯尼桑德斯"
    assert heard["xuelan"] == "薛澜" and "护栏" in heard["hulan"]
    assert "chongxin" in heard and "~hl" not in heard


def test_words_that_go_together_are_learnt_from_many_texts_only(monkeypatch):
    beads = (SentenceBead(7, 26, 0.9), SentenceBead(13, 40, 0.9))
    unit = Unit("p1", "para", "监管已经滞后了。天气很好。", "Regulation is lagging now. Fine weather.", beads=beads)  # fmt: skip
    other = replace(
        unit, zh="我们谈谈合作吧。天气很好。", en="Cooperation is the issue. Fine weather."
    )
    texts = [replace(BITEXT, slug=f"t{n}", notes=(), units=(unit if n % 2 else other,)) for n in range(12)]  # fmt: skip
    cut = list(blocks.cut([transcript(text) for text in texts]))
    shown = {lang: [blocks.shown(block, lang) for block in cut] for lang in ("zh", "en")}
    known = list(lexicon.pairs(shown))
    assert lexicon.learnt(len(texts), len(known), known) == {"zh": {}, "en": {}}
    monkeypatch.setattr(lexicon, "LEAST_TEXTS", 10)
    monkeypatch.setattr(lexicon, "COMMON", 0.5)
    found = lexicon.learnt(len(texts), len(known), known)
    assert "regulation" in found["zh"]["监管"].split("\t")
    assert "合作" in found["en"]["cooperation"].split("\t")


def test_every_pair_of_general_words_has_both_languages():
    found = general()
    for zh, en in found["pairs"]:
        assert zh and en and not any(w.isascii() for w in zh) and all(w.isascii() for w in en)
    assert all(len(pair) == 2 for pair in found["alike"])


def test_of_each_month_the_whole_name_stands_last():
    months = general()["months"]
    assert [names[-1] for names in months] == [name.lower() for name in MONTH_NAMES]
    assert months[8] == ["sep", "sept", "september"]


def test_speakers_are_known_by_every_name_of_the_person():
    people = {"li-si": Name(("李四", "李先生"), ("Si Li",))}
    [_, person] = names(Glossary(), people, [BITEXT])
    assert person == Name(("李四", "李先生"), ("Si Li", "Li Si"), "li-si", person=True)


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
    index.write(project.library.bitexts, project.glossary, project.people, (), Standing(site_dir))


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


def test_neighbours_stand_once_where_the_beginning_of_the_second_word_says():
    chance = random.Random(3)
    words = ["".join(chance.choices("abé𐐀", k=chance.randint(1, 4))) for _ in range(200)]
    pairs = [f"{chance.choice(words)} {chance.choice(words)}" for _ in range(2000)]
    table = dict.fromkeys([*pairs, "治理", "理ai"], "A")
    files = [file.partition(keys.APART)[0].split("\n") for file in keys.bucket_files(table, 600)]
    assert sorted(key for file in files for key in file if key) == sorted(table)
    for n, file in enumerate(files):
        assert {keys.bucket(key, len(files)) for key in file if key} <= {n}
        assert file == sorted(file, key=keys.sort_key)
    assert keys.bucket("climate cha", 999) == keys.bucket("climate chaos", 999)


def test_files_of_keys_hold_every_key_once_in_order_and_are_told_apart_by_short_ones():
    chance = random.Random(11)
    table = {"".join(chance.choices("abcde治理 ", k=chance.randint(1, 9))): "A" * chance.randint(1, 40) for _ in range(3000)}  # fmt: skip
    files = list(keys.shards(table, 600))
    assert [key for file in files for key in file] == sorted(table, key=keys.sort_key)
    sizes = [sum(len(k.encode()) + len(v) + 2 for k, v in file.items()) for file in files]
    assert max(sizes) <= 600 * keys.MOST and min(sizes[:-1]) >= 600 * keys.LEAST
    texts, starts = keys.table_files(table, 600)
    firsts = starts.split("\n")
    assert len(texts) == len(firsts) == len(files)
    for first, before, file in zip(firsts[1:], files, files[1:], strict=False):
        last, key = list(before)[-1], next(iter(file))
        assert keys.sort_key(last) < keys.sort_key(first) <= keys.sort_key(key)
    assert sum(map(len, firsts)) < sum(len(next(iter(file))) for file in files)


@given(
    st.sets(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4), max_size=8)
)
def test_keys_are_in_the_order_of_javascript_and_parted_by_the_shortest_beginning(found):
    ordered = keys.in_order(found)
    assert ordered == sorted(found, key=keys.sort_key)
    for before, key in zip(["", *ordered], ordered, strict=False):
        longer = [
            key[:n]
            for n in range(1, len(key) + 1)
            if keys.sort_key(key[:n]) > keys.sort_key(before)
        ]
        assert keys.separator(before, key) == longer[0]
