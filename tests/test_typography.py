"""Flattened punctuation: found beside Han, left alone everywhere else."""

import pytest

from bitext.pages.typography import flattened, widen

CASES = {
    "薛教授,国际社会": "薛教授，国际社会",
    "桑德斯(Bernie Sanders)在": "桑德斯（Bernie Sanders）在",
    "讨论的实录:": "讨论的实录：",
    "轻推”(nudge)等": "轻推”（nudge）等",
    "所带来的威胁?": "所带来的威胁？",
    "可在18:39和2,000之间": "可在18:39和2,000之间",
    "见https://a.example/b?c,d：好": "见https://a.example/b?c,d：好",
    "In English, nothing (at all): no!": "In English, nothing (at all): no!",
    "例如:2023年在英国启动": "例如：2023年在英国启动",
    "(地缘、军控)": "（地缘、军控）",
    "Track 1.5(一轨半):在职": "Track 1.5（一轨半）：在职",
    "Track II Diplomacy,1982年由": "Track II Diplomacy，1982年由",
    "": "",
}


@pytest.mark.parametrize("text", CASES)
def test_flattened_marks_are_found(text):
    assert widen(text) == CASES[text]


def test_the_length_stays(root):
    text = (root / "data/transcripts/sanders-xue-panel/source.txt").read_text("utf-8")
    assert len(widen(text)) == len(text)
    assert len(flattened(text)) >= 100
