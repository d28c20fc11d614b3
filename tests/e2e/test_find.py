"""What the search shows: the box and the page of results, with an engine whose answers are known; and
every condition in which no engine can answer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e

PANEL = "/transcripts/sanders-xue-panel/"
FIELD, LIST, SAID = ".bt-find-form [type=search]", ".bt-find-list", ".bt-find-said:not([hidden])"
#: An engine that answers each query in a way of its own: `many`, `few`, `part`, `half`, `near`, `jump`, `mute`.
ENGINE = """
const text = (word) => [['前面的话，', 0], [word, 1], ['和后面的话。', 0]]
const hit = (n, lang = 'zh', word = '治理') => ({
  href: (lang === 'en' ? 'en/' : '') + `transcripts/sanders-xue-panel/?h=${encodeURIComponent(word)}#s4p${n % 3 + 1}`,
  twin: (lang === 'en' ? '' : 'en/') + `transcripts/sanders-xue-panel/?h=governance#s4p${n % 3 + 1}`,
  lang, kind: 'text', title: [['第' + n + '篇', 0]], speaker: n % 2 ? '薛澜' : '桑德斯', date: `202${n % 3}-04-29`,
  unit: 's4p' + (n % 3 + 1), slug: 't' + n, text: text(word), pairable: true, also: [],
})
const facets = { speaker: [['xue-lan', '薛澜', 23], ['sanders', '桑德斯', 22]], year: [['2022', 15], ['2021', 30]], kind: [['text', 45]], in: [['t1', '第1篇', 3]] }
onmessage = ({ data }) => {
  const { ask, typed, from, most, filters = {}, sort } = data
  const say = (more) => postMessage({ ask, typed, done: true, state: 'found', total: 0, exact: true, hits: [], others: [], othersTotal: 0, partial: false, meant: [], near: [], failed: [], jump: null, facets: null, ...more })
  const all = Array.from({ length: filters.speaker ? 23 : 45 }, (_, i) => hit(sort === 'date' ? 45 - i : i + 1))
  const answers = {
    many: () => say({ total: all.length, hits: all.slice(from, from + most), others: [hit(90, 'en', 'governance')], othersTotal: 7, facets }),
    few: () => say({ total: 1, hits: [hit(1)] }),
    part: () => say({ state: 'partial', partial: true, total: 2, hits: [hit(1), hit(2)] }),
    guess: () => say({ state: 'partial', partial: true, meant: ['few'], total: 2, hits: [hit(1), hit(2)] }),
    half: () => say({ total: 1, hits: [hit(1)], failed: ['en'] }),
    near: () => say({ state: 'none', near: ['few', 'many'] }),
    jump: () => say({ total: 1, hits: [hit(1)], jump: hit(1) }),
    bad: () => say({ total: 1, hits: [{ ...hit(1), title: [['<img src=x onerror=alert(1)>', 1]], text: [['<b>fett</b>', 1]] }] }),
    mute: () => {},
    '': () => say({ state: 'empty' }),
  }
  ;(answers[typed] || (() => say({ state: 'none' })))()
  const count = { many: Math.min(most, all.length - from) + 1, few: 1 }[typed] || 0
  setTimeout(() => postMessage({ ask, pairs: Array.from({ length: count }, (_, i) => [i, { lang: i === 20 || (most === 10 && i === 10) ? 'zh' : 'en', text: [['Words before, ', 0], ['governance', 1], [' and after.', 0]], doubtful: i === 1 }]) }), 700)
}
postMessage({ ready: true })
"""


@pytest.fixture
def faked(open_page):
    """faked(path) -> a page whose engine is the one above."""

    def open_(path: str, **options) -> Page:
        page = open_page("/404.html", **options)
        page.route("**/search-worker.js*", lambda route: route.fulfill(content_type="text/javascript", body=ENGINE))  # fmt: skip
        page.goto(page.url.removesuffix("/404.html") + path)
        return page

    return open_


def ask(page: Page, query: str) -> None:
    page.keyboard.press("/")
    page.locator(FIELD).fill(query)
    expect(page.locator(LIST)).to_have_attribute("data-bt-done", query)


def done(page: Page, query: str) -> None:
    expect(page.locator(LIST)).to_have_attribute("data-bt-done", query)


def chosen(page: Page):
    return page.locator(f"{LIST} [aria-selected=true]")


# --- a hit -----------------------------------------------------------------------------------------


def test_a_hit_tells_who_when_and_where_and_shows_both_sides_marked(faked):
    page = faked("/")
    ask(page, "few")
    hit = page.locator(".bt-hit")
    expect(hit.locator(".bt-hit-meta")).to_have_text("薛澜 · 2021-04-29 · s4p2")
    expect(hit.locator(".bt-hit-own mark")).to_have_text("治理")
    expect(hit.locator(".bt-hit-twin mark")).to_have_text("governance")
    expect(hit.locator(".bt-hit-twin .bt-hit-text")).to_have_attribute("lang", "en")
    described = hit.locator(".bt-hit-own").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("governance and after")


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_the_pairs_come(faked, width):
    page = faked("/", viewport={"width": width, "height": 800})
    ask(page, "many")
    tops = "() => [...document.querySelectorAll('.bt-hit')].map((n) => n.offsetTop)"
    expect(page.locator(".bt-hit-awaits").first).to_be_visible()
    before = page.evaluate(tops)
    expect(page.locator(".bt-hit-paired").nth(10)).to_be_attached()
    assert page.evaluate(tops) == before


@pytest.mark.parametrize("how", ["box", "page"])
@pytest.mark.parametrize("way", ["switch", "twin"])
def test_the_marks_are_kept_on_the_other_language(faked, how, way):
    page = faked("/" if how == "box" else "/search/?q=few")
    if how == "box":
        ask(page, "few")
    expect(page.locator(".bt-hit-paired")).to_be_visible()
    if way == "twin":
        page.locator(".bt-hit-twin").click()
    else:
        page.locator(".bt-hit-own").click()
        expect(page.locator("#s4p2 mark").first).to_have_text("治理")
        page.locator("a.bt-lang[hreflang]").filter(visible=True).first.click()
    page.wait_for_url(re.compile(r"/en/transcripts/sanders-xue-panel/#"))
    expect(page.locator("#s4p2 mark").first).to_have_text(re.compile("governance", re.I))
    if way == "twin":  # and back
        page.locator("a.bt-lang[hreflang]").filter(visible=True).first.click()
        page.wait_for_url(re.compile(r"(?<!/en)/transcripts/sanders-xue-panel/#"))
        expect(page.locator("#s4p2 mark").first).to_have_text("治理")


def test_strings_of_the_engine_are_text(faked):
    page = faked("/")
    page.on("dialog", lambda d: pytest.fail("something was executed"))
    ask(page, "bad")
    expect(page.locator(".bt-hit-title")).to_have_text("<img src=x onerror=alert(1)>")
    expect(page.locator(".bt-hit-text").first).to_have_text("<b>fett</b>")


# --- what is said ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query, said, head",
    [
        ("many", "找到45段；英文文本里另有7段。", None),
        ("part", "没有一段含有“part”的全部词语，有2段含其中一部分。", "含一部分词语的段落"),
        ("guess", "没有找到“guess”。可能想找“few”，有2段。", "可能想找的"),
        ("half", "英文部分没能搜索：文件没有载入。", None),
        ("near", "没有找到“near”", "您要找的是不是"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/search/"])
def test_what_was_found_is_said(faked, path, query, said, head):
    page = faked(path)
    ask(page, query)
    expect(page.locator(SAID)).to_contain_text(said)
    if head:
        expect(page.locator(LIST)).to_contain_text(head)


def test_a_citation_s_paragraph_is_named_as_such(faked):
    page = faked("/")
    ask(page, "jump")
    expect(page.locator(".bt-hit-jump")).to_have_text("就是这一段")


# --- keys ------------------------------------------------------------------------------------------


def test_the_arrow_keys_go_through_everything_that_can_be_chosen(faked):
    page = faked("/")
    ask(page, "near")
    seen = []
    for _ in range(5):
        page.keyboard.press("ArrowDown")
        seen.append(chosen(page).text_content() if chosen(page).count() else "")
    assert seen == ["few", "many", "文库", "术语表", ""]
    expect(page.locator(FIELD)).to_be_focused()
    for key, text in (("ArrowUp", "术语表"), ("Home", "few"), ("End", "术语表")):
        page.keyboard.press(key)
        expect(chosen(page)).to_have_text(text)
        expect(page.locator(FIELD)).to_have_attribute("aria-activedescendant", re.compile("bt-find-"))  # fmt: skip
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    done(page, "few")
    expect(page.locator(FIELD)).to_have_value("few")


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_the_keys_open_it_escape_closes_it_and_the_focus_returns(faked, key):
    page = faked("/")
    page.locator(".bt-brand").focus()
    page.keyboard.press(key)
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("few")
    done(page, "few")
    page.keyboard.press("Escape")
    expect(page.locator(".bt-find")).to_be_hidden()
    expect(page.locator(".bt-brand")).to_be_focused()
    page.keyboard.press(key)
    expect(page.locator(".bt-hit")).to_be_visible()  # what was found is there again
    page.keyboard.type("near")  # and is replaced by what is typed
    done(page, "near")


def test_tab_stays_in_the_box(faked):
    page = faked(PANEL)
    ask(page, "many")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('.bt-find')")  # fmt: skip
    page.keyboard.press("v")
    assert page.locator("html").get_attribute("data-bt-view") is None  # no key of the page below


def test_lines_of_a_paste_are_joined_by_a_space(faked):
    page = faked("/")
    page.keyboard.press("/")
    page.locator(FIELD).evaluate("""(field) => {
      const data = new DataTransfer()
      data.setData('text', 'agile\\r\\n  governance')
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }""")
    expect(page.locator(FIELD)).to_have_value("agile governance")
    done(page, "agile governance")


def test_what_is_typed_before_the_script_comes_is_asked(faked):
    page = faked("/")
    held = []
    page.route("**/find-box-*.js*", lambda route: held.append(route))
    page.keyboard.press("/")
    page.keyboard.type("few")
    page.wait_for_timeout(100)
    held.pop().continue_()
    done(page, "few")
    expect(page.locator(".bt-hit")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_it_fills_the_screen_and_enter_puts_the_keyboard_away(faked, width):
    page = faked("/", viewport={"width": width, "height": 700}, has_touch=True, is_mobile=True)
    page.locator(".bt-seek").tap()
    page.locator(FIELD).fill("many")
    done(page, "many")
    box = page.locator(".bt-find").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, width, 700)
    assert page.evaluate("document.querySelector('.bt-find').scrollWidth") <= width
    page.keyboard.press("Enter")
    expect(page.locator(FIELD)).not_to_be_focused()
    page.locator(".bt-hit-own").first.tap()
    page.wait_for_url(re.compile(PANEL))


# --- the address -----------------------------------------------------------------------------------


def test_back_and_reload_give_query_list_and_hit_again(faked):
    page = faked("/about/?a=1")
    ask(page, "many")
    page.wait_for_url("**/about/?a=1&q=many")
    page.reload()
    done(page, "many")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(PANEL))
    page.go_back()
    done(page, "many")
    expect(chosen(page)).to_contain_text("第3篇")
    page.keyboard.press("Escape")
    page.wait_for_url("**/about/?a=1")


def test_search_in_this_text(faked):
    page = faked(PANEL)
    page.locator(".bt-settings summary").click()
    page.get_by_role("link", name="在本文中搜索").click()
    expect(page.get_by_label("只在本文中搜索")).to_be_checked()
    page.locator(FIELD).fill("few")
    page.wait_for_url("**?q=few&in=sanders-xue-panel")
    page.reload()
    done(page, "few")
    expect(page.get_by_label("只在本文中搜索")).to_be_checked()
    page.get_by_label("只在本文中搜索").uncheck()
    page.wait_for_url("**?q=few")


# --- the page of results ---------------------------------------------------------------------------


def titles(page: Page) -> list[str]:
    return page.locator("ol.bt-find-hits").first.locator(".bt-hit-title").all_text_contents()


def test_the_page_shows_twenty_at_a_time_and_back_leads_to_the_page_before(faked):
    page = faked("/search/?q=many")
    done(page, "many")
    assert titles(page) == [f"第{n}篇" for n in range(1, 21)]
    page.mouse.wheel(0, 1500)
    page.wait_for_timeout(500)  # the page notes where its reader is
    y = page.evaluate("scrollY")
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url("**/search/?q=many&page=2")
    expect(page.locator(".bt-hit-title").first).to_have_text("第21篇")
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".bt-hit-title").first).to_have_text("第41篇")
    expect(page.get_by_text("第3页，共3页")).to_be_visible()
    page.go_back()
    expect(page.locator(".bt-hit-title").first).to_have_text("第21篇")
    page.go_back()
    expect(page.locator(".bt-hit-title").first).to_have_text("第1篇")
    page.wait_for_function("y => Math.abs(scrollY - y) < 60", arg=y)
    page.reload()
    done(page, "many")
    page.wait_for_function("y => Math.abs(scrollY - y) < 60", arg=y)


@pytest.mark.parametrize("number", ["4", "99", "1e9"])
def test_a_page_beyond_the_last_is_the_last(faked, number):
    page = faked(f"/search/?q=many&page={number}")
    done(page, "many")
    first = "第1篇" if number == "1e9" else "第41篇"
    expect(page.locator(".bt-hit-title").first).to_have_text(first)
    assert ("page=3" in page.url) == (number != "1e9")


def test_filters_and_order_stand_in_the_address_and_in_the_language_switch(faked):
    page = faked("/search/?q=many")
    done(page, "many")
    page.get_by_label("发言者").select_option("xue-lan")
    expect(page.locator(SAID)).to_contain_text("找到23段")
    page.get_by_label("排序").select_option("date")
    page.wait_for_url("**/search/?q=many&speaker=xue-lan&sort=date")
    expect(page.locator(".bt-hit-title").first).to_have_text("第45篇")
    page.go_back()
    expect(page.locator(".bt-hit-title").first).to_have_text("第1篇")
    page.reload()
    done(page, "many")
    expect(page.get_by_label("发言者")).to_have_value("xue-lan")
    page.get_by_role("link", name="清除筛选").click()
    expect(page.locator(SAID)).to_contain_text("找到45段")
    page.locator("a.bt-lang[hreflang]").filter(visible=True).first.click()
    page.wait_for_url("**/en/search/?q=many")
    expect(page.locator(SAID)).to_contain_text("45 passages, and 7 in Chinese.")


def test_recent_searches_stay_on_the_device_and_can_be_cleared(faked):
    page = faked("/search/")
    for query in ("few", "many"):
        page.locator(FIELD).fill(query)
        page.locator(FIELD).press("Enter")
        done(page, query)
    page.get_by_role("button", name="清空").click()
    recent = page.locator(".bt-find-recent a")
    expect(recent).to_have_text(["many", "few"])
    recent.last.click()
    done(page, "few")
    page.get_by_role("button", name="清空").click()
    page.get_by_role("button", name="清除").click()
    expect(recent).to_have_count(0)
    assert page.evaluate("localStorage.getItem('bt.asked')") is None


@pytest.mark.parametrize("lang", ["", "/en"])
@pytest.mark.parametrize("width", [320, 390, 820, 1280])
def test_the_page_fits_its_window(faked, lang, width):
    page = faked(f"{lang}/search/?q=many", viewport={"width": width, "height": 800})
    done(page, "many")
    expect(page.locator(".bt-hit-paired").first).to_be_visible()
    page.locator(".bt-find-filters").evaluate("n => { n.open = true }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"


@pytest.mark.parametrize("path, words", [("/search/?q=few", "需要启用脚本"), ("/en/search/", "needs its script")])  # fmt: skip
def test_without_script_the_page_says_what_it_needs(open_page, path, words):
    page = open_page(path, java_script_enabled=False)
    expect(page.locator("noscript p")).to_contain_text(words)
    expect(page.locator("noscript p")).to_be_visible()
    expect(page.locator(SAID)).to_be_hidden()
    expect(page.locator(FIELD)).to_be_hidden()
    page.goto(page.url.split("search/")[0])
    page.locator(".bt-seek").click()
    page.wait_for_url("**/search/")


# --- when nothing can answer -----------------------------------------------------------------------

BROKEN = {
    "worker missing": ("**/search-worker.js*", lambda route: route.fulfill(status=404, body="no")),
    "worker blocked": ("**/search-worker.js*", lambda route: route.abort()),
    "worker broken": (
        "**/search-worker.js*",
        lambda route: route.fulfill(content_type="text/javascript", body="}{"),
    ),
    "worker silent": (
        "**/search-worker.js*",
        lambda route: route.fulfill(content_type="text/javascript", body=""),
    ),
    "script missing": ("**/find-*.js*", lambda route: route.fulfill(status=404, body="no")),
    "script blocked": ("**/find-*.js*", lambda route: route.abort()),
    "script in a syntax unknown": (
        "**/find-*.js*",
        lambda route: route.fulfill(content_type="text/javascript", body="a ??? b"),
    ),
    "script never comes": ("**/find-*.js*", lambda route: None),
    "index missing": ("**/assets/bt/search/*", lambda route: route.fulfill(status=404, body="no")),
    "index blocked": ("**/assets/bt/search/*", lambda route: route.abort()),
}
SCRIPTS = {
    "no Worker": "delete window.Worker",
    "Worker throws": "window.Worker = function () { throw new Error('no') }",
}
NOISE = ("404", "ERR_FAILED", "Unexpected token", "SyntaxError", "Content Security Policy", "violates")  # fmt: skip


def gives_a_way_on(page: Page, path: str) -> None:
    """Within a few seconds a sentence stands there, and links to the library and the glossary."""
    if "/search/" not in path:
        page.keyboard.press("/")
        page.keyboard.type("few")
    said = page.locator(SAID).filter(has_text=re.compile("没有载入|还没有回应|运行不了"))
    expect(said).to_be_visible(timeout=9000)
    root = page.locator(".bt-find, .bt-page--search")
    for way in ("transcripts/", "glossary/"):
        expect(root.locator(f"a[href$='{way}']").filter(visible=True).first).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/search/?q=few"])
@pytest.mark.parametrize("name", [*BROKEN, *SCRIPTS])
def test_a_search_that_cannot_answer_says_so_and_shows_a_way_on(open_page, name, path):
    page = open_page("/404.html", allow=NOISE)
    if name in BROKEN:
        page.route(*BROKEN[name])
    else:
        page.add_init_script(SCRIPTS[name])
    page.goto(page.url.removesuffix("/404.html") + path, wait_until="domcontentloaded")
    gives_a_way_on(page, path)


@pytest.mark.parametrize("policy", ["worker-src 'none'", "script-src 'none'"])
def test_what_a_policy_blocks_is_said(open_page, site, policy):
    page = open_page("/404.html", allow=NOISE, bypass_csp=False)

    def answer(route):
        response = route.fetch()
        head = response.headers | {"content-security-policy": policy}
        route.fulfill(response=response, headers=head)

    if policy.startswith("script"):
        page.route("**/find-box-*.js*", lambda route: route.abort())
    else:
        page.route(site.url + "/", answer)
    page.goto(site.url + "/")
    gives_a_way_on(page, "/")


def test_it_works_under_a_policy_that_allows_its_own_scripts_only(open_page, site):
    page = open_page("/404.html", allow=NOISE)

    def answer(route):
        response = route.fetch()
        route.fulfill(response=response, headers=response.headers | {"content-security-policy": "default-src 'self'"})  # fmt: skip

    page.route(site.url + "/", answer)
    page.goto(site.url + "/")
    ask(page, "敏捷治理")
    expect(page.locator(".bt-hit-own").first).to_be_visible()


def test_an_old_browser_is_named_when_the_index_cannot_be_unpacked(open_page):
    page = open_page("/404.html", allow=NOISE)
    page.add_init_script("delete window.DecompressionStream")
    page.route("**/assets/bt/search/*", lambda route: route.abort())
    page.goto(page.url.removesuffix("/404.html") + "/en/")
    page.keyboard.press("/")
    page.keyboard.type("few")
    expect(page.locator(SAID)).to_contain_text("This browser cannot run the search")


def test_a_browser_without_a_dialog_goes_to_the_page_of_results(open_page):
    page = open_page("/404.html")
    page.add_init_script("delete HTMLDialogElement.prototype.showModal")
    page.goto(page.url.removesuffix("/404.html") + "/en/about/")
    page.locator(".bt-seek").click()
    page.wait_for_url("**/en/search/")


def test_a_file_opened_directly_says_that_it_cannot_search(browser, site):
    page = browser.new_page(bypass_csp=True)
    page.goto((site.path / "search/index.html").as_uri() + "?q=few")
    expect(page.locator(SAID)).to_have_text(re.compile("."))
    page.wait_for_function("!/正在准备/.test(document.querySelector('.bt-page--search').innerText)", timeout=9000)  # fmt: skip
    way = page.locator(".bt-page--search a[href*='transcripts/']").filter(visible=True)
    expect(way.first).to_be_visible()
    page.close()


def test_half_a_search_keeps_what_it_has_when_the_rest_is_silent(faked):
    page = faked("/")
    ask(page, "few")
    page.locator(FIELD).fill("mute")
    expect(page.locator(SAID)).to_contain_text("还没有回应", timeout=9000)
    page.locator(FIELD).fill("few")
    done(page, "few")
    expect(page.locator(".bt-hit")).to_be_visible()
