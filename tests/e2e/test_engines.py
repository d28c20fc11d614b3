"""The scenarios of `make prove` themselves, a few of them, in Chromium (scripts/bench/engines)."""

from __future__ import annotations

import pytest
from engines import place, scenarios
from engines.cells import ARTICLE, PANEL, Cell, Seen
from engines.chromium import Chromium
from engines.known import Known
from engines.reader import Reader
from engines.served import served

pytestmark = pytest.mark.e2e

SAMPLE = (
    Cell("place", "reload", PANEL, 390),
    Cell("place", "back from the glossary", "/en" + ARTICLE, 1280),
    Cell("place", "forward", "/en" + PANEL, 390),
    Cell("place", "ten times parallel", ARTICLE, 1280),
    Cell("switch", "there and back", "/en" + ARTICLE, 1280, "parallel"),
    Cell("link", "to the twin", PANEL, 320),
    Cell("peek", "pointer", "/en" + PANEL, 390),
    Cell("peek", "key", ARTICLE, 1280),
    Cell("card", "pointer", PANEL, 1280),
    Cell("card", "key", "/en" + PANEL, 390),
    Cell("search", "敏捷治理", "/en/", 390),
    Cell("set", "underline", PANEL, 1280),
    Cell("sideways", "no scroll", "/glossary/", 320),
)


@pytest.fixture(scope="module")
def reader(site, browser):
    context = browser.new_context(reduced_motion="reduce")
    with served(site.path) as (url, heard):
        yield Reader(Chromium(context.new_page()), url, heard)
    context.close()


@pytest.mark.parametrize("cell", SAMPLE, ids=str)
def test_a_sample_holds_in_chromium(reader, cell):
    outcome = scenarios.tried(reader, cell, known=())
    assert outcome.result == "ok", outcome.words


def test_the_sample_has_every_scenario():
    tried = {cell.scenario for cell in SAMPLE} | {"sentences", "light"}
    assert tried == set(scenarios.SCENARIOS) == {cell.scenario for cell in scenarios.cells()}


def test_each_kind_of_complaint_is_heard(reader):
    assert scenarios.hears(reader) == ""


def test_a_lost_place_is_told_and_may_be_known(reader, monkeypatch):
    monkeypatch.setitem(place.ACTIONS, "reload", lambda r, c, s: r.js("() => scrollBy(0, 7)"))
    cell = Cell("place", "reload", PANEL, 1280)
    listed = Known("Chromium*", "place: reload, *", "it scrolls")
    lost = scenarios.tried(reader, cell, known=())
    assert (lost.result, lost.words) == ("wrong", "off by -7.0 px, at most 1")
    assert scenarios.tried(reader, cell, known=(listed,)).result == "known"


def test_a_known_fault_that_holds_again_is_told():
    cell = Cell("place", "reload", PANEL, 1280)
    listed = Known("Chromium*", "place: reload, *", "it scrolls")
    outcomes = {result: scenarios.Outcome(cell, Seen(), result) for result in ("ok", "known")}
    assert scenarios.healed("Chromium 1", [outcomes["ok"]], [listed]) == [listed]
    assert scenarios.healed("Chromium 1", list(outcomes.values()), [listed]) == []
    assert scenarios.healed("Firefox 1", [outcomes["ok"]], [listed]) == []


def test_an_error_of_the_page_is_a_fault(reader):
    cell = Cell("set", "underline", PANEL, 1280)
    reader.heard.append("/: page error: x")
    assert scenarios.tried(reader, cell, known=()).words == "/: page error: x"


def test_every_sentence_is_switched_within_a_line_or_that_is_known(reader):
    outcome = scenarios.tried(reader, Cell("sentences", "switch at 150", ARTICLE, 390))
    assert outcome.result in ("ok", "known"), outcome.words
    assert outcome.seen.many >= 4


@pytest.mark.parametrize("action", ["parallel", "peek"])
def test_lighting_a_twin_changes_nothing(reader, action):
    view = "parallel" if action == "parallel" else "single"
    outcome = scenarios.tried(reader, Cell("light", action, PANEL, 1280, view), known=())
    assert outcome.result == "ok", outcome.words
