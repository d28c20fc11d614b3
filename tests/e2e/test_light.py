"""A sentence and its twin light up together: by pointer, key and touch, without a change of the page."""

from __future__ import annotations

import pytest

from bitext.pages.typography import FULL
from bitext.project.project import load_project
from tests.conftest import ROOT

pytestmark = pytest.mark.e2e

PANEL = "/transcripts/sanders-xue-panel/"
LIT = "() => [...(CSS.highlights.get('bt-lit') || [])].map(range => range.toString())"
# A point in sentence `bead` of an element at which nothing but the element itself stands.
POINT = """([path, bead]) => {
  const unit = document.querySelector(path)
  for (const box of bt.sentences(unit)[bead].getClientRects()) {
    for (let x = box.left + 4; x < box.right - 4; x += 4) {
      const y = (box.top + box.bottom) / 2
      if (document.elementFromPoint(x, y) === unit) return [x, y]
    }
  }
}"""
HALF = str.maketrans({full: half for half, full in FULL.items()})


def awake(page):
    """The page with the scripts that come at the first sign of a reader."""
    page.evaluate("dispatchEvent(new Event('scroll'))")
    page.wait_for_function("() => !!(window.bt && bt.light && bt.quote)")
    page.wait_for_function("() => [...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)")  # fmt: skip
    return page


def parallel(open_page, prefix="", **options):
    page = awake(open_page(prefix + PANEL + "?view=parallel", **options))
    page.wait_for_selector(".bt-twin:visible")
    page.evaluate("document.getElementById('s4p3').scrollIntoView()")
    still(page)
    return page


def still(page) -> None:
    """Waits until no controls are made any more for what has come near the window."""
    page.wait_for_function("""() => {
      const n = document.querySelectorAll('.bt-page *').length, now = performance.now()
      if (window.btCount !== n) { window.btCount = n; window.btSince = now }
      return now - window.btSince > 400
    }""")


def point_at(page, path: str, bead: int) -> None:
    x, y = page.evaluate(POINT, [path, bead])
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)


def lit(page, expected: list[str]) -> None:
    page.wait_for_function(f"wanted => ({LIT})().join('|') === wanted.join('|')", arg=expected)


def sentences(page, path: str) -> list[str]:
    return page.evaluate("path => bt.sentences(document.querySelector(path)).map(String)", path)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_unit_yields_its_beads_and_they_are_its_text(open_page, lang):
    for bitext in load_project(ROOT).library.bitexts:
        page = open_page(f"{'/en' if lang == 'en' else ''}/transcripts/{bitext.slug}/")
        found = page.evaluate(
            "() => Object.fromEntries([...document.querySelectorAll('.bt-u[data-b]')].map(u => [u.id, [u.textContent, bt.sentences(u).map(r => r && r.toString())]]))"
        )
        units = [unit for unit in bitext.units if len(unit.beads) > 1 and not unit.review]
        assert [unit.id for unit in units] == list(found) and len(found) >= 4
        for unit in units:
            whole, parts = found[unit.id]
            start, text = 0, unit.text(lang)
            for bead, part in zip(unit.beads, parts, strict=True):
                end = bead.zh_end if lang == "zh" else bead.en_end
                expected = " ".join(text[start:end].split())
                assert (part or "").translate(HALF) == expected.translate(HALF), unit.id
                start = end
            assert "".join(filter(None, parts)).replace(" ", "") == whole.replace(" ", "")


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("column", ["#s4p3", "#s4p3 + .bt-twin"])
def test_a_sentence_pointed_at_lights_with_its_twin(open_page, prefix, column):
    page = parallel(open_page, prefix)
    own, twin = sentences(page, "#s4p3"), sentences(page, "#s4p3 + .bt-twin")
    assert len(own) == len(twin) == 6
    for bead in (1, 0, 5):
        point_at(page, column, bead)
        lit(page, [own[bead], twin[bead]])
        assert page.evaluate("bt.lit()") == {"id": "s4p3", "bead": bead}
    page.mouse.move(1275, 400)
    lit(page, [])


def test_lighting_changes_no_element_moves_nothing_and_asks_for_nothing(open_page):
    page = parallel(open_page)
    boxes = "() => JSON.stringify([scrollY, ...[...document.querySelectorAll('.bt-page *')].map(n => { const b = n.getBoundingClientRect(); return [b.x, b.y, b.width, b.height] })])"
    before, asked = page.evaluate(boxes), []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate(
        "window.changes = 0; new MutationObserver(l => { changes += l.length }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true })"
    )
    twin = sentences(page, "#s4p3 + .bt-twin")
    for bead in range(6):
        point_at(page, "#s4p3", bead)
        page.wait_for_function(f"wanted => ({LIT})()[1] === wanted", arg=twin[bead])
    assert page.evaluate("changes") == 0
    assert page.evaluate(boxes) == before
    assert asked == []


def test_text_that_scrolls_below_a_still_pointer_is_not_lit(open_page):
    page = parallel(open_page)
    point_at(page, "#s4p3", 0)
    shown = [sentences(page, path)[0] for path in ("#s4p3", "#s4p3 + .bt-twin")]
    lit(page, shown)
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(400)
    lit(page, shown)


def test_in_one_language_the_mouse_lights_nothing(open_page):
    page = awake(open_page(PANEL))
    page.evaluate("document.getElementById('s2p1').scrollIntoView()")
    point_at(page, "#s2p1", 0)
    page.wait_for_timeout(300)
    lit(page, [])
    page.locator("#s2p1").locator("xpath=preceding-sibling::div[1]").locator(".bt-peek").click()
    page.wait_for_selector(".bt-peek-text")
    for place in ("#s2p1", ".bt-peek-text"):
        point_at(page, place, 1)
        lit(page, [sentences(page, path)[1] for path in ("#s2p1", ".bt-peek-text")])
        page.mouse.move(5, 700)
        lit(page, [])


def test_keys_go_from_sentence_to_sentence_and_say_both(open_page):
    page = open_page("/en" + PANEL)
    stops = "[...document.querySelectorAll('a[href], button, summary, input, [tabindex]')].filter(n => n.tabIndex >= 0 && !n.closest('.bt-tools')).length"
    page.keyboard.press(
        "j"
    )  # the script that does it comes with the first key, and has stops of its own
    page.wait_for_function("() => !!document.querySelector('.bt-cite-it')")
    before = page.evaluate(stops)
    page.keyboard.press("j")
    page.keyboard.press(".")
    own = sentences(page, "#s2p1")
    lit(page, own[:1])
    page.keyboard.press(".")
    lit(page, own[1:2])
    assert page.evaluate("[document.activeElement.id, scrollX]") == ["s2", 0]
    page.keyboard.press("p")
    page.wait_for_selector("#s2p1 + .bt-peeked")
    twin = sentences(page, ".bt-peek-text")
    lit(page, [own[1], twin[1]])
    voice = page.locator(".bt-voice")
    page.wait_for_function("() => document.querySelectorAll('.bt-voice span').length === 2")
    assert voice.locator("[lang=en]").text_content().strip() == own[1]
    assert voice.locator("[lang=zh-Hans]").text_content().strip() == twin[1]
    assert voice.get_attribute("role") == "status"
    page.keyboard.press(",")
    lit(page, [own[0], twin[0]])
    page.keyboard.press("p")
    assert page.locator(".bt-peeked").count() == 0
    lit(page, own[:1])
    page.keyboard.press("Escape")
    assert page.evaluate("bt.lit()") is None
    assert page.evaluate(stops) == before


def test_keys_walk_through_the_whole_text_and_keep_it_in_sight(open_page):
    page = awake(open_page(PANEL))
    wanted = page.evaluate(
        "() => [...bt.page.children].filter(n => n.matches('.bt-u')).flatMap(u => bt.sentences(u).map(String))"
    )
    walked = []
    for _ in wanted:
        page.keyboard.press(".")
        walked += page.evaluate(LIT)
        top, bottom = page.evaluate(
            "() => { const b = [...CSS.highlights.get('bt-lit')][0].getBoundingClientRect(); return [b.top, b.bottom] }"
        )
        assert top >= 56 and (bottom <= 800 or top < 120), walked[-1]
    assert walked == wanted
    page.keyboard.press(".")
    lit(page, wanted[-1:])
    page.keyboard.press(",")
    lit(page, wanted[-2:-1])


def test_keys_that_are_off_light_nothing(open_page):
    page = awake(open_page(PANEL))
    page.evaluate("document.documentElement.dataset.btKeys = 'off'")
    for key in (".", ",", "p", "q"):
        page.keyboard.press(key)
    assert page.evaluate("bt.lit()") is None
    assert page.locator(".bt-peeked").count() == 0


@pytest.mark.parametrize("view", ["", "?view=parallel"])
def test_a_tap_lights_and_a_second_puts_out(open_page, view):
    page = awake(open_page(PANEL + view, viewport={"width": 390, "height": 844}, has_touch=True))
    if view:
        page.wait_for_selector(".bt-twin:visible")
    page.evaluate("document.getElementById('s4p3').scrollIntoView()")
    paths = ["#s4p3", "#s4p3 + .bt-twin"] if view else ["#s4p3"]
    x, y = page.evaluate(POINT, ["#s4p3", 1])
    page.touchscreen.tap(x, y)
    lit(page, [sentences(page, path)[1] for path in paths])
    assert page.locator(".bt-peeked, .bt-card").count() == 0
    page.touchscreen.tap(x, y)
    lit(page, [])
    assert page.evaluate("String(getSelection())") == ""


def test_a_tap_leaves_links_cards_and_selections_alone(open_page):
    page = awake(open_page(PANEL, viewport={"width": 390, "height": 844}, has_touch=True))
    page.locator("#s2p2 a.bt-term").first.scroll_into_view_if_needed()
    page.locator("#s2p2 a.bt-term").first.tap()
    page.get_by_role("tooltip").wait_for()
    lit(page, [])
    page.locator("h1").tap()
    page.evaluate("getSelection().selectAllChildren(document.getElementById('s2p1'))")
    page.evaluate("document.getElementById('s2p1').scrollIntoView()")
    x, y = page.evaluate(POINT, ["#s2p1", 1])
    page.touchscreen.tap(x, y)
    lit(page, [])


def test_a_selection_in_progress_lights_nothing(open_page):
    page = parallel(open_page)
    point_at(page, "#s4p3", 0)
    page.wait_for_function(f"() => ({LIT})().length === 2")
    x, y = page.evaluate(POINT, ["#s4p3", 1])
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 80, y + 30, steps=4)
    page.wait_for_timeout(300)
    lit(page, [])
    page.mouse.up()
    page.mouse.move(x + 60, y + 30)
    page.wait_for_timeout(300)
    lit(page, [])
    assert len(page.evaluate("String(getSelection())")) > 3


def test_where_nothing_surer_is_known_the_paragraphs_light(open_page):
    page = parallel(open_page, "/en")
    page.evaluate("document.getElementById('s2p2').scrollIntoView()")
    assert page.locator("#s2p2").get_attribute("data-b") is None
    point_at(page, "#s2p2", 0)
    lit(page, [page.locator(path).text_content() for path in ("#s2p2", "#s2p2 + .bt-twin")])


def test_a_sentence_without_counterpart_lights_alone(open_page):
    page = parallel(open_page)
    page.evaluate(
        """() => {
          const unit = document.getElementById('s4p3'), twin = unit.nextElementSibling
          const ends = node => node.dataset.b.split(' ')
          unit.dataset.b = ends(unit).join(' ')
          const other = ends(twin); other[0] = other[1]; twin.dataset.b = other.join(' ')
        }"""
    )
    own = sentences(page, "#s4p3")
    point_at(page, "#s4p3", 1)
    lit(page, own[1:2])


def test_a_browser_without_highlights_lights_the_paragraph(open_page, site):
    page = open_page("/404.html")
    page.add_init_script("delete window.Highlight")
    page.goto(site.url + PANEL + "?view=parallel")
    awake(page).wait_for_selector(".bt-twin:visible")
    page.evaluate("document.getElementById('s4p3').scrollIntoView()")
    point_at(page, "#s4p3", 1)
    page.wait_for_function("() => document.querySelectorAll('.bt-lit').length === 2")
    shown = page.locator(".bt-lit").first.evaluate("n => getComputedStyle(n).backgroundColor")
    assert shown != "rgba(0, 0, 0, 0)"
    page.keyboard.press("Escape")
    assert page.locator(".bt-lit").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lit_text_is_legible(open_page, scheme):
    page = open_page(PANEL, color_scheme=scheme)
    worst = page.evaluate(
        """() => {
          const probe = document.body.appendChild(document.createElement('i'))
          const lum = name => {
            probe.style.color = `var(${name})`
            const [r, g, b] = getComputedStyle(probe).color.match(/\\d+/g).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            return .2126 * r + .7152 * g + .0722 * b
          }
          const ground = lum('--bt-lit')
          return Math.min(...['--bt-ink', '--bt-soft', '--bt-link'].map(name => {
            const [a, b] = [lum(name), ground].sort((x, y) => y - x)
            return (a + .05) / (b + .05)
          }))
        }"""
    )
    assert worst >= 4.5


def test_forced_colours_light_with_the_systems_marker(open_page):
    page = open_page(PANEL, forced_colors="active")
    plain, marked = page.evaluate(
        "() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.getElementById('s2p1'), '::highlight(bt-lit)').backgroundColor]"
    )
    assert marked != plain and marked != "rgba(0, 0, 0, 0)"
