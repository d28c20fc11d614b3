"""What stands beside a text: corrections, doubts, the proof's verdicts, and problems in drafts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bitext.model import (  # fmt: skip
    LANGS,
    Bitext,
    Correction,
    Doubt,
    Dropped,
    Ledger,
    Note,
    Problem,
    Proof,
    Speaker,
    Unit,
)
from bitext.pages import transcript
from bitext.pages.corrections import correction_list
from tests.test_escape import squeeze
from tests.test_write import render

PATH = "data/transcripts/tea-talk/bitext.yml"
UNITS = (
    Unit("s1p1", "para", "他们保持低调。", "They kept a low profile.", "a", "s1", line=10),
    Unit("s1p2", "para", "好。", None, "a", "s1", line=20, formerly=("p9",)),
)
SPEAKERS = (Speaker("a", "王", "Wang"), Speaker("b", "李", None))
DAY = "2026-11-29"


def fix(**given) -> Correction:
    row = {"at": "s1p1", "was": "高调", "now": "低调", "lang": "zh", "twin": "open"}
    row |= {"date": DAY, "why_zh": "录音如此", "why_en": "The recording has it"}
    return Correction(**(row | given))


def talk(*corrections: Correction, **given) -> Bitext:
    return Bitext("tea-talk", {}, UNITS, SPEAKERS, corrections=corrections, path=PATH, **given)


def trees(made: Bitext, problems=()):
    return {lang: render(transcript.transcript_page(made, lang, None, problems)) for lang in LANGS}


def said(element) -> str:
    return squeeze(element.text_content())


def test_a_correction_stands_below_its_paragraph_on_both_pages():
    for lang, tree in trees(talk(fix())).items():
        block = tree.get_element_by_id("s1p1").getnext()
        assert "bt-fix" in block.get("class")
        old, new = block.xpath(".//q")
        assert (said(old), said(new)) == ("高调", "低调")
        assert old.get("lang") == (None if lang == "zh" else "zh-Hans")
        assert ("录音如此。" if lang == "zh" else "The recording has it.") in said(block)
        assert {"zh": "2026年11月29日", "en": "29 November 2026"}[lang] in said(block)


def test_a_correction_and_its_item_in_the_list_lead_to_each_other():
    for tree in trees(talk(fix(), fix(at="s1p2", was="坏", now="好"))).values():
        for number, at in ((1, "s1p1"), (2, "s1p2")):
            item = tree.get_element_by_id(f"correction--{number}")
            assert item.xpath("a/@href") == [f"#{at}"]
            block = tree.get_element_by_id(at).getnext()
            assert block.xpath(".//a/@href") == [f"#correction--{number}"]


@pytest.mark.parametrize(
    ("lang", "twin", "zh", "en"),
    [
        ("zh", "open", "英文是否也要改，尚未核对。", "The English has not been compared yet."),
        ("en", "open", "中文是否也要改，尚未核对。", "The Chinese has not been compared yet."),
        ("zh", "same", "英文无须改动。", "The English needed no change."),
        ("en", "corrected", "中文也已改正。", "The Chinese was corrected too."),
    ],
)
def test_both_pages_say_what_became_of_the_twin(lang, twin, zh, en):
    words = {"zh": "低调", "en": "low"}
    found = trees(talk(fix(lang=lang, now=words[lang], was="x", twin=twin)))
    for page, text in (("zh", zh), ("en", en)):
        marked = found[page].xpath(f"//*[@class='bt-twin-{twin}']")
        assert [said(e) for e in marked] == [text, text]  # at the paragraph and in the list


@pytest.mark.parametrize(
    ("was", "now", "zh", "en"),
    [
        ("", "低调", "补上低调。", "added 低调."),
        ("很", "", "删去很。", "removed 很."),
        ("高调", "低调", "原作高调，改作低调。", "was 高调, now 低调."),
    ],
)
def test_what_was_put_in_or_taken_out_is_said_so(was, now, zh, en):
    found = trees(talk(fix(was=was, now=now)))
    for page, text in (("zh", zh), ("en", en)):
        assert text in said(found[page].get_element_by_id("correction--1"))


def test_without_a_language_the_text_that_holds_the_words_is_meant():
    for now, words in (("低调", "Correction to the Chinese"), ("low", "Correction to the English")):
        tree = trees(talk(fix(lang="", now=now)))["en"]
        assert words in said(tree.get_element_by_id("correction--1"))


def test_a_corrected_speaker_is_shown_by_name():
    item = fix(what="speaker", lang="", was="b", now="a")
    found = {
        lang: said(t.get_element_by_id("correction--1")) for lang, t in trees(talk(item)).items()
    }
    assert "原作李，改作王。" in found["zh"]
    assert "was 李, now Wang." in found["en"]


def test_a_correction_under_an_old_id_stands_at_the_paragraph_of_today():
    for tree in trees(talk(fix(at="p9", was="坏", now="好"))).values():
        assert "bt-fix" in tree.get_element_by_id("s1p2").getnext().get("class")


def test_a_correction_of_a_unit_that_is_gone_stands_in_the_list_without_a_link():
    for tree in trees(talk(fix(at="p77"))).values():
        assert tree.get_element_by_id("correction--1").xpath("a") == []


def test_the_reason_why_a_person_left_something_out_is_in_the_pages_language():
    made = talk(dropped=(Dropped("广告", "An advert.", 3, "是广告。"), Dropped("标签", "tags", 4)))
    found = {
        lang: said(tree.xpath("//details[contains(@class, 'bt-dropped')]")[0])
        for lang, tree in trees(made).items()
    }
    assert "是广告。" in found["zh"] and "An advert." not in found["zh"]
    assert "An advert." in found["en"] and "是广告。" not in found["en"]
    assert "标签 tags" in found["en"] and "标签 tags" not in found["zh"]


def test_a_doubt_stands_below_its_paragraph_with_its_reasons():
    doubts = (Doubt("pairing", ("0.67",)), Doubt("year-en", ("1981",)))
    made = talk()
    made = replace(made, units=(replace(UNITS[0], review=doubts), UNITS[1]))
    for lang, words in (
        ("zh", ("尚待核对：", "没有把握（0.67）；只有英文里有1981。")),
        ("en", ("Not yet checked:", "doubtful (0.67); 1981 stands in the English only.")),
    ):
        tree = trees(made)[lang]
        line = tree.get_element_by_id("s1p1").getnext()
        assert "bt-doubt" in line.get("class")
        assert all(w in said(line) for w in words)
        assert tree.xpath("count(//*[contains(@class, 'bt-doubt')])") == 1


LEDGER = Ledger(1200, 1100, 50, 20, 20, 10)
PROOFS = {
    "proved": Proof(1200, 0, 0, LEDGER),
    "unchecked": Proof(1000, 0, 200, LEDGER, ("white space of p1 (zh)",)),
    "contradicted": Proof(1199, 1, 0, LEDGER, (), (Problem(PATH, 10, "differs"),)),
    "no source": Proof(0, 0, 900, None, ("the source is not there",)),
}
NONE_SO_FAR = {
    "proved": "No corrections so far.",
    "unchecked": "No corrections are listed; 200 characters cannot be checked",
    "contradicted": "There are changes that are not listed",
    "no source": "No corrections are listed; 900 characters cannot be checked",
}


@pytest.mark.parametrize("name", PROOFS)
def test_the_page_shows_the_three_verdicts_and_says_no_more_than_they_do(name):
    proof = PROOFS[name]
    made = talk(proof=proof, ledger=proof.ledger)
    for lang, tree in trees(made).items():
        shown = [said(e) for e in tree.xpath("//section[@class='bt-account']/dl/dd/strong")]
        counts = [f"{n:,}" for n in (proof.proved, proof.contradicted, proof.unknown)]
        assert shown == (counts if proof.ledger else [])
        panel = said(tree.xpath("//details[contains(@class, 'bt-record')]")[0])
        assert all(n in panel for n in counts) if proof.ledger else "1,200" not in panel
        if lang == "en":
            assert NONE_SO_FAR[name] in said(tree.xpath("//section[@class='bt-account']")[0])


def test_a_draft_shows_each_problem_at_its_unit_with_the_entry_to_paste():
    problems = [
        Problem(PATH, 20, "s1p2: the source has no “好”", "E-PROOF", "corrections:\n  - at: s1p2"),
        Problem(PATH, 90, "the correction at s1p1 did not happen", "E-PROOF"),
        Problem(PATH, 95, "the note quotes what does not stand there"),
        Problem("data/transcripts/tea-talk/import.json", 0, "is missing", "E-RECORD"),
        Problem("data/transcripts/tea-talk-2/bitext.yml", 20, "another text's", "E-PROOF"),
    ]
    made = talk(fix(line=90), notes=(Note("e1", "s1p2", "editor", "注", "Note", line=95),))
    for tree in trees(made, problems).values():
        boxes = tree.xpath("//div[contains(@class, 'bt-problem')]")
        after = [b.xpath("following::*[contains(@class, 'bt-u')][1]/@id") for b in boxes]
        assert after[1:] == [["s1p1"], ["s1p2"], ["s1p2"]]
        assert "is missing" in said(boxes[0])
        assert f"{PATH}:20" in said(boxes[2])
        assert boxes[2].xpath(".//pre")[0].text_content() == "corrections:\n  - at: s1p2"
    for tree in trees(made).values():
        assert not tree.xpath("//div[contains(@class, 'bt-problem')]")


@pytest.mark.parametrize("what", ["text", "speaker", "metadata", "<x>"])
@pytest.mark.parametrize("at", ["p1", "p9"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whatever_a_correction_says_it_has_words(what, at, lang):
    said = Correction(at, "甲", "乙", "2026-11-29", "误", "slip", "open", what=what)
    bitext = Bitext("x", {}, (Unit("p1", "para", "丙", "C"),), corrections=(said,))
    [item, _] = correction_list(bitext, lang)
    assert "<x>" not in item and "**" in item
