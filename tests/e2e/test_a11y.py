"""axe-core on every kind of page, in every state, in both schemes and at both widths."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import FULL

pytestmark = pytest.mark.e2e

#: Schemes and widths: all four, or two in which each is met.
LOOKS = pytest.mark.parametrize(
    ("scheme", "width"),
    [("light", 1280), ("dark", 390), *([("light", 390), ("dark", 1280)] if FULL else [])],
)
PANEL = "/transcripts/sanders-xue-panel/"
PAGES = [
    "/", "/en/", PANEL, "/en" + PANEL, "/transcripts/", "/en/transcripts/", "/glossary/",
    "/glossary/track-2/", "/en/glossary/governance/", "/en/glossary/", "/how-to-read/", "/en/about/", "/en/contribute/", "/en/architecture/",
    "/speakers/xue-lan/", "/en/speakers/", "/years/2026/", "/en/topics/risk/", "/404.html", "/en/transcripts/track-two-perspective/",
    "/search/", "/en/search/?q=AI",
]  # fmt: skip


def peek(page):
    page.locator(".bt-peek").nth(2).click()
    page.wait_for_selector(".bt-peeked")


def parallel(page):
    page.keyboard.press("v")
    page.wait_for_selector(".bt-twin:visible")


def notes(page):
    page.evaluate("document.querySelectorAll('.bt-page details').forEach(d => { d.open = true })")


def settings(page):
    page.locator(".bt-settings summary").click()


def card(page):
    page.locator("a.bt-term").first.hover()
    page.get_by_role("tooltip").wait_for()


def search(page):
    page.keyboard.press("/")
    page.keyboard.type("agile")
    page.wait_for_selector(".bt-hit-paired", timeout=15_000)
    page.keyboard.press("ArrowDown")


def offered(page):
    """A query that finds nothing, with terms offered."""
    page.keyboard.press("/")
    page.keyboard.type("superintel zqx")
    page.wait_for_selector(".bt-find-way")


STATES = [(PANEL, s) for s in (peek, parallel, notes, settings, card, search)] + [("/en" + PANEL, s) for s in (parallel, notes, search, offered)]  # fmt: skip


def violations(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {n['html'][:140]} — {n['failureSummary'][:200]}" for v in found for n in v["nodes"]]  # fmt: skip


@LOOKS
def test_no_page_has_a_violation(site, open_page, scheme, width):
    page = open_page("/", color_scheme=scheme, viewport={"width": width, "height": 800})
    found = {}
    for path in PAGES:
        page.goto(site.url + path)
        found[path] = violations(page)
    assert {path: v for path, v in found.items() if v} == {}


@LOOKS
def test_no_state_has_a_violation(site, open_page, scheme, width):
    found = {}
    for path, state in STATES:
        if state is card and width == 390:
            continue  # there a card opens by touch, and is the same card
        page = open_page(path, color_scheme=scheme, viewport={"width": width, "height": 800})
        state(page)
        found[f"{path} {state.__name__}"] = violations(page)
        page.context.close()
    assert {path: v for path, v in found.items() if v} == {}


def test_everything_can_be_reached_by_keyboard_and_shows_its_focus(open_page):
    page = open_page(PANEL)
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => {
                  const n = document.activeElement, s = getComputedStyle(n), b = n.getBoundingClientRect()
                  return [n.className || n.tagName, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, b.bottom > 0 && b.top < innerHeight]
                }"""
            )
        )
    names = " ".join(str(name) for name, _, _ in seen)
    for wanted in ("md-skip", "bt-brand", "bt-seek", "bt-view", "bt-scheme", "bt-lang", "bt-peek", "bt-permalink", "bt-term"):  # fmt: skip
        assert wanted in names, wanted
    assert [name for name, shown, _ in seen if not shown] == []
    assert [name for name, _, inside in seen if not inside] == []


def test_motion_is_off_for_those_who_ask(open_page):
    page = open_page(PANEL, reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(n => getComputedStyle(n).transitionDuration.split(',').some(d => parseFloat(d) > 0)).length"
    )
    assert moving == 0


def test_forced_colours_keep_rails_and_controls(open_page):
    page = open_page(PANEL, forced_colors="active")
    rail = page.locator(".bt-page").evaluate("n => getComputedStyle(n, '::before').borderLeftWidth")
    assert rail == "2px"
    assert page.locator(".bt-peek").first.is_visible()


@pytest.mark.parametrize("path", [PANEL, "/en" + PANEL])
def test_controls_are_large_enough_to_hit(open_page, path):
    """WCAG 2.2: 24 by 24 px, links inside a sentence excepted."""
    page = open_page(path, viewport={"width": 390, "height": 844}, has_touch=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.bt-bar a, .bt-bar button, .bt-bar summary, .bt-nav a, .bt-peek, .bt-contents a, .bt-page summary')]
          .filter(n => n.getClientRects().length && getComputedStyle(n).opacity > 0).map(n => [n.className || n.textContent.trim(), n.getBoundingClientRect()])
          .filter(([, b]) => b.width < 24 || b.height < 24).map(([name, b]) => `${name} ${b.width}x${b.height}`)"""
    )
    assert small == []
