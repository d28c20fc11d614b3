"""Long pages stand in parts: nothing lost, nothing cut that belongs together."""

from __future__ import annotations

import re

import pytest

from bitext.publish import parts
from bitext.publish.parts import PART, parted

HEAD = """<div class="bt-page bt-page--transcript bt-rows">
<h1 class="bt-title" id="title">T &lt;div class="bt-u"&gt;</h1>
<details class="bt-record"><p class="bt-u">in a box</p></details>
"""
TAIL = """<section class="bt-terms"><h2>x</h2></section>
<section class="bt-account"></section>
</div>
<p class="bt-turn">outside</p>
"""
TURN = '<h2 class="bt-turn" id="s{n}">A<br>B</h2>\n<p class="bt-role">role</p>\n'
TEXT = '<p class="bt-u" id="p{n}">One &amp; <em>two</em>\nthree\x0b\u2028four.</p>\n'
ONLY = '<p class="bt-only">only here</p>\n<p class="bt-u bt-single" id="q{n}">x</p>\n<details class="bt-note"><p>n</p></details>\n'


def page(*rows: str) -> str:
    return HEAD + "".join(row.format(n=n) for n, row in enumerate(rows)) + TAIL


FORMS = {
    "turns": [TURN, TEXT, TEXT] * 200,
    "no turns": [TEXT] * 600,
    "notes": [TEXT, ONLY] * 300,
    "one turn": [TURN] + [TEXT] * 600,
}


def sections(html: str) -> list[str]:
    return re.findall(r'<div class="bt-part[^>]*>\n(.*?)</div>\n', html, re.DOTALL)


@pytest.mark.parametrize("rows", FORMS.values(), ids=FORMS)
def test_a_long_page_is_parted_and_nothing_is_lost(rows):
    html = page(*rows)
    made = parted(html)
    found = sections(made)
    assert len(found) > 3
    assert re.sub(r'<div class="bt-part[^>]*>\n(.*?)</div>\n', r"\1", made, flags=re.DOTALL) == html
    sizes = [len(re.findall(r'class="bt-(?:u|turn)', part)) for part in found]
    assert all(PART <= size <= 2 * PART + 2 for size in sizes[:-1])


@pytest.mark.parametrize("rows", FORMS.values(), ids=FORMS)
def test_a_part_begins_with_a_row_that_nothing_leads_on_to(rows):
    for part in sections(parted(page(*rows)))[1:]:
        assert re.match(r'<(h2 class="bt-turn"|p class="bt-u" id)', part)
    ends = [part.rstrip().splitlines()[-1] for part in sections(parted(page(*rows)))]
    assert not [end for end in ends if "bt-only" in end or "bt-role" in end or "bt-turn" in end]


def test_a_part_before_a_heading_gives_way_to_its_margin():
    assert 'bt-rows bt-part--closed">' in parted(page(*FORMS["turns"]))
    made = parted(page(*FORMS["no turns"]))
    assert made.count("bt-part--closed") == 1  # the last, before the terms


@pytest.mark.parametrize(
    "html",
    [
        page(*[TURN, TEXT] * 20),
        page(*FORMS["turns"]).replace("bt-page--transcript", "bt-page--concept"),
        "",
    ],
    ids=["short", "no transcript", "empty"],
)
def test_other_pages_stay_as_they_are(html):
    assert parted(html) == html


def test_the_signs_are_those_of_the_template_and_pages():
    """The words that parts are cut by stand on pages."""
    from tests.conftest import ROOT

    template = (ROOT / "overrides/main.html").read_text("utf-8")
    assert 'class="bt-page bt-page--{{ kind }}' in template
    written = "".join(p.read_text("utf-8") for p in (ROOT / "scripts/bitext/pages").glob("*.py"))
    written += template
    missing = [name for name in {*parts.ROWS, *parts.AHEAD, *parts.AFTER} if name not in written]
    assert missing == []
