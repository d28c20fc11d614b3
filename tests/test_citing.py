"""What a citation says, by style and language; what reference managers read back of it.

`pytest tests/test_citing.py --update-golden` writes the golden files anew.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.citing.formats import LATEX, bibtex, csl, csl_at, latex, one_line, ris
from bitext.citing.names import author_of
from bitext.citing.records import SITE, Author, Name, Slot, Work, as_json, fill
from bitext.citing.styles import STYLES
from bitext.model import LANGS, Bitext, Correction, Speaker, Unit
from bitext.pages.cited import edition_of, voices, work_of
from tests.conftest import ROOT

URL = "https://tracks.org/transcripts/tea-talk/"
AT = {Slot.URL: f"{URL}#s4p2", Slot.ID: "s4p2", Slot.DAY: "2026-11-29",
      Slot.DAY_RIS: "2026/11/29", Slot.DAY_EN: "November 29, 2026"}  # fmt: skip
XUE, SANDERS = author_of("薛澜", "Xue Lan"), author_of("伯尼·桑德斯", "Bernie Sanders")
TEA = Work("tea-talk", {"zh": "茶叙", "en": "Tea Talk"}, 1, (XUE,), "2026-04-29")


def body(name: str) -> Author:
    return Author(Name(name), Name(name))


WORKS = {
    "one speaker": TEA,
    "two speakers": replace(TEA, authors=(SANDERS, XUE)),
    "three and more": replace(TEA, authors=(XUE, SANDERS, author_of("王鸥", "Wang Ou"), author_of("李", "Li"))),
    "seven": replace(TEA, authors=tuple(body(name) for name in "ABCDEFG")),
    "a name of one part": replace(TEA, authors=(author_of("鲁迅先生", "Lu"),)),
    "two given names": replace(TEA, authors=(author_of("让-保罗·马里·萨特", "Jean-Paul Marie Sartre"),)),
    "an organisation": replace(TEA, authors=(author_of("中国信息通信研究院", "China Academy of Information and Communications Technology"),)),
    "a label": replace(TEA, authors=(author_of("主持人", "Moderator"),)),
    "nobody": replace(TEA, authors=()),
    "quotation marks": replace(TEA, titles={"zh": "“茶”与《叙》", "en": 'On “Tea” and "Talk"?'}),
    "one title": replace(TEA, titles={"zh": "Why?", "en": "Why?"}),
    "no date": replace(TEA, day=""),
    "a month": replace(TEA, day="2026-04"),
    "a year": replace(TEA, day="2026"),
    "corrected": replace(TEA, edition=3, edition_day="2026-11-28"),
    "found somewhere": replace(TEA, source="A repost https://a.org/?b=1&c_d=2#e"),
}  # fmt: skip


def drawn(make, lang: str) -> str:
    """The citations of all works: of the whole text without script, and of a paragraph."""
    out = []
    for name, work in WORKS.items():
        whole = fill(make(work, work.authors, lang), {Slot.URL: URL})
        out += [f"{name}", f"  {whole}", f"  {fill(make(work, work.authors, lang), AT)}"]
    return "\n".join(out) + "\n"


MAKERS = {name: style for name, (style, _) in STYLES.items()} | {"bibtex": bibtex, "ris": ris}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", MAKERS)
def test_citations_are_as_agreed(name, lang, update_golden):
    file = ROOT / f"tests/golden/citing/{name}.{lang}.txt"
    said = drawn(MAKERS[name], lang)
    if update_golden:
        file.parent.mkdir(exist_ok=True)
        file.write_text(said, "utf-8", newline="")
    assert file.read_bytes().decode("utf-8") == said


# --- beside a CSL processor ------------------------------------------------------------------------

#: What citeproc-js 1.4.63 said of the same data in the styles GB/T 7714—2025 (numeric) and Chicago 18
#: (notes and bibliography); scripts/bench/judge_citing.py writes it anew.
JUDGED = ROOT / "tests/golden/citing/csl-processor.json"


def items_to_judge() -> dict[str, dict]:
    """The CSL-JSON of every work in both languages, as the Cite button gives it."""
    read = {"accessed": {"date-parts": [[2026, 11, 29]]}}
    return {
        f"{name}, {lang}": csl_at(csl(work, work.authors, lang), AT[Slot.URL], "s4p2") | read
        for lang in LANGS
        for name, work in WORKS.items()
    }


def judged(name: str, lang: str, style: str) -> str:
    return json.loads(JUDGED.read_text("utf-8"))[f"{name}, {lang}"][style]


def test_the_processor_was_given_what_we_give():
    said = json.loads(JUDGED.read_text("utf-8"))
    assert {key: row["item"] for key, row in said.items()} == items_to_judge()


@pytest.mark.parametrize(("name", "lang"), [(n, x) for x in LANGS for n in WORKS])
def test_gbt_is_as_the_processor_has_it_but_for_what_the_style_has_no_place_for(name, lang):
    """The other title, which text is quoted, edition and paragraph; and a date that is said to be unknown."""
    ours = fill(MAKERS["gbt"](WORKS[name], WORKS[name].authors, lang), AT)
    ours = re.sub(r" = .*(?=\[EB/OL\])", "", ours)
    ours = re.sub(
        r"(?<=\[EB/OL\])\. (中文文本，第\d版，|English text, edition \d, )s4p2(?=\. )", "", ours
    )
    ours = re.sub("（(日期不详|n\\.d\\.)）", "", ours)
    curly = ours.replace('"Talk"', "“Talk”")  # the processor curls straight quotation marks
    assert judged(name, lang, "gbt") in (ours, curly)


#: Authors, title, date, day of access, address.
OURS = re.compile(r"(.*?)(?:^|\. |(?<=al\. ))“(.*?)(?:\.|(?<=\?))?”(?: \[.*?\]\.)? (.*?)\.? Two Tracks, \w+ text, edition \d(?: \(.*?\))?, s4p2\.( Accessed .*?\.)? (https.*)")  # fmt: skip
THEIRS = re.compile(r"(.*?)(?:^|\. |(?<=al\. ))“(.*?)(?:\.|(?<=\?))?” Version \d\. (?:(?:Two Tracks|双轨)(?:, |\. ?))?(.*?)\.?( ?Accessed .*?\.)? (https.*)")  # fmt: skip


@pytest.mark.parametrize(("name", "lang"), [(n, x) for x in LANGS for n in WORKS])
def test_chicago_is_as_the_processor_has_it_but_for_three_things(name, lang):
    """The day of the event stands before the site, which did not publish on it; a text of nobody begins with
    its title, not with the site; and of a Chinese text the names are written in Latin letters too."""
    ours = fill(MAKERS["chicago"](WORKS[name], WORKS[name].authors, lang), AT)
    who, title, day, read, url = OURS.fullmatch(ours).groups()
    they, their_title, their_day, their_read, their_url = THEIRS.fullmatch(
        judged(name, lang, "chicago")
    ).groups()
    assert (title, url) == (their_title, their_url)
    assert (day.removesuffix(".").replace("n.d", ""), (read or "").strip()) == (their_day.strip(), (their_read or "").strip())  # fmt: skip
    if lang == "en":
        assert who == (they if WORKS[name].authors else "")


def test_the_site_is_called_what_it_calls_itself():
    settings_ = (ROOT / "mkdocs.yml").read_text("utf-8")
    assert re.findall(r"site_name: (.+)", settings_) == [SITE["zh"], SITE["zh"], SITE["en"]]


@pytest.mark.parametrize(
    ("zh", "en", "family"),
    [
        ("薛澜", "Xue Lan", "Xue"), ("薛澜", "Lan Xue", "Xue"), ("吕布", "Lü Bu", "Lü"),
        ("马克斯·泰格马克", "Max Tegmark", "Tegmark"), ("薛澜", "Andrew Xue", ""),
        ("桑德斯参议员", "Senator Sanders", ""), ("清华大学", "Tsinghua University", ""),
        ("薛澜", "", ""), ("", "Plato", ""), ("让·保罗", "Sartre, Jean", ""),
    ],
)  # fmt: skip
def test_a_name_is_parted_only_where_both_languages_agree(zh, en, family):
    found = author_of(zh, en)
    assert found.en.family == family and found.en.whole == (en or zh) and found.zh.whole == (zh or en)  # fmt: skip


# --- whatever the words are ----------------------------------------------------------------------

ANY = st.text(max_size=60)
SAID = ANY.filter(one_line)
HOSTILE = ["}},\n title={x", "a\r\nER  - \r\nTY  - BOOK", "</script><script>", "\\", "{", "~%#&_^$", "\u202eabc", "\ud800x", "=1+1"]  # fmt: skip
WORK = st.builds(
    lambda zh, en, name, day: Work("tea-talk", {"zh": zh, "en": en}, 2, (body(name),), day),
    SAID | st.sampled_from(HOSTILE), SAID | st.sampled_from(HOSTILE), SAID,
    st.sampled_from(["", "2026", "2026-04", "2026-04-29"]),
)  # fmt: skip


def unlatex(text: str) -> str:
    for char, shown in sorted(LATEX.items(), key=lambda row: -len(row[1])):
        text = text.replace(shown, f"\0{ord(char)}\0")
    return re.sub("\0(\\d+)\0", lambda found: chr(int(found[1])), text)


def read_bibtex(text: str) -> dict[str, str]:
    """The fields of an entry, by its braces."""
    assert re.match(r"@online\{[a-z0-9-]+,\n", text) and text.endswith("},\n}\n"), text
    fields = {}
    for line in text.split("\n")[1:-2]:
        name, value = re.fullmatch(r"  (\w+) = \{(.*)\},", line).groups()
        depth = 0
        for char in re.sub(r"\\[{}\\%#$&_]|\\text\w+\{\}", "", value):
            depth += (char == "{") - (char == "}")
            assert depth >= 0, line
        assert depth == 0, line
        fields[name] = value
    return fields


@settings(max_examples=30)
@given(WORK, st.sampled_from(LANGS))
def test_bibtex_reads_back_the_same(work, lang):
    fields = read_bibtex(fill(bibtex(work, work.authors, lang), AT))
    assert unlatex(fields["title"].removeprefix("{").removesuffix("}")) == one_line(
        work.titles[lang]
    )
    assert unlatex(fields["author"].removeprefix("{").removesuffix("}")) == one_line(
        work.authors[0].zh.whole
    )
    assert fields.get("date", "") == work.day and fields["url"] == AT[Slot.URL]


@settings(max_examples=30)
@given(WORK, st.sampled_from(LANGS))
def test_ris_reads_back_the_same(work, lang):
    lines = fill(ris(work, work.authors, lang), AT).split("\r\n")
    rows = [re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups() for line in lines[:-1]]
    assert rows[0] == ("TY", "ELEC") and rows[-1] == ("ER", "") and lines[-1] == ""
    assert [tag for tag, _ in rows].count("TY") == 1
    assert dict(rows)["TI"] == one_line(work.titles[lang])
    assert dict(rows)["AU"] == one_line(work.authors[0].zh.whole)


@settings(max_examples=30)
@given(WORK, st.sampled_from(LANGS))
def test_csl_has_the_words_and_no_date_of_its_own(work, lang):
    item = json.loads(json.dumps(csl_at(csl(work, work.authors, lang), URL, "s4p2")))
    assert item["title"] == one_line(work.titles[lang]) and item["section"] == "s4p2"
    assert ("issued" in item) == bool(work.day)
    assert [len(d) for d in item.get("issued", {}).get("date-parts", [])] == [len(work.day.split("-"))] * bool(work.day)  # fmt: skip


@settings(max_examples=30)
@given(WORK, st.sampled_from(LANGS), st.sampled_from(list(MAKERS)))
def test_a_script_that_fills_the_data_gets_the_same(work, lang, name):
    """What the browser does with `as_json` is written down here once more, in another language."""
    parts = MAKERS[name](work, work.authors, lang)
    values = {slot.value: said for slot, said in AT.items()}

    def filled(some: list) -> str:
        return "".join(
            p if isinstance(p, str) else values[p["slot"]] if isinstance(p, dict) else filled(p)
            for p in some
        )

    assert filled(json.loads(json.dumps(as_json(parts)))) == fill(parts, AT)


def test_without_a_day_nothing_is_dated():
    work = replace(TEA, day="")
    for name, make in MAKERS.items():
        for lang in LANGS:
            said = fill(make(work, work.authors, lang), {Slot.URL: URL})
            assert not re.search(r"\d{4}(?!—)", said.replace("7714", "")), (name, said)


def test_latex_keeps_what_it_is_given():
    assert unlatex(latex("\\{}%#$&_^~")) == "\\{}%#$&_^~"


# --- of a text -----------------------------------------------------------------------------------


def bitext(**more) -> Bitext:
    units = (Unit("s1p1", "para", "甲", "A", speaker="a"), Unit("p1", "para", "乙", "B"))
    speakers = (Speaker("a", "薛澜", "Lan Xue"), Speaker("b", "薛澜", "Lan Xue"))
    return Bitext("tea-talk", {"title_zh": "茶叙", "date": "someday"}, units, speakers, **more)


def test_a_paragraph_is_its_speakers_and_one_of_nobody_is_nobodys():
    found = voices(bitext())
    assert [a.en.whole for a in found["a"]] == ["Lan Xue"] and found[""] == ()
    assert len(work_of(bitext()).authors) == 1  # the same person twice


def test_a_day_that_is_none_is_not_cited():
    assert work_of(bitext()).day == ""


def test_every_day_of_corrections_makes_an_edition():
    days = ("2026-11-01", "2026-11-03", "2026-11-01")
    fixes = tuple(Correction("p1", "x", "y", day, "因", "why", "same") for day in days)
    assert edition_of(bitext(corrections=fixes)) == (3, "2026-11-03")
    assert edition_of(bitext()) == (1, "")
