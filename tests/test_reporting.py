"""The address that takes reports: what it may be, the links that begin a message there, and none set."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bitext.citing.desk import MOST, desk_of, link
from bitext.pages.record_panel import reach as place
from bitext.project.check import check, notices
from bitext.project.project import load_project
from bitext.publish.about import about
from bitext.publish.reporting import NOBODY, Reach, links_of, reach_of, reached
from tests.conftest import ROOT
from tests.projects import copy_project, edit

HOSTILE = 'a&body=x#y"><script>alert(1)</script>\r\nBcc: a@b.org %0A 中文 \U0001f600'
#: Each form of an address, and the names of its fields.
FORMS = {
    "https://github.com/o/n/issues/new": ("title", "body"),
    "https://github.com/o/n/issues/new?template=report.md&labels=a%20b": ("title", "body"),
    "https://github.com/o/n/issues/new/?title=ours&body=ours#top": ("title", "body"),
    "https://codeberg.org/o/n/issues/new": ("title", "body"),
    "https://forge.example:8443/deep/o/n/issues/new": ("title", "body"),
    "https://gitlab.com/g/s/n/-/issues/new": ("issue[title]", "issue[description]"),
    "https://code.example/g/n/-/issues/new": ("issue[title]", "issue[description]"),
    "https://gitlab.example/g/n/issues/new": ("issue[title]", "issue[description]"),
    "mailto:a.b+c@d-e.example": ("subject", "body"),
    "mailto:a@b.org,c@d.org?cc=e@f.org&subject=ours": ("subject", "body"),
    "https://forge.example/o/n": None,
    "https://forge.example/write?to=us": None,
}
#: What is no address, and a word of the reason.
REFUSED = {
    "javascript:alert(1)": "https://", "JaVaScRiPt://x/%0Aalert(1)": "https://", "data:text/html,x": "https://",
    "http://forge.example/issues/new": "https://", "//forge.example/x": "https://", "forge.example/x": "https://",
    "https://": "host", "https://user:pass@forge.example/": "host", "https://a@b.org/": "host",
    "https://forge.example:x/": "host", "https://-a.example/": "host", "https://[::1]/": "address", "https://[x/": "address",
    "mailto:": "mail", "mailto:a": "mail", "mailto:a@b.org%0ABcc:c@d.org": "mail", "mailto://a@b.org": "mail",
    "a@b.org": "mailto:a@b.org",
    'https://b.org/"onclick=': "address", "https://b.org/ x": "address", "https://b.org/\nx": "address",
    "https://双轨.example/": "address", "https://b.org/<x>": "address", "": "address",
}  # fmt: skip


def message(url: str, names: tuple[str, str]) -> list[str]:
    """The fields of a link as whoever takes it reads them."""
    fields = parse_qs(urlsplit(url).query, strict_parsing=True)
    return [value for name in names for value in fields[name]]


@pytest.mark.parametrize(("address", "fields"), FORMS.items())
def test_each_form_of_an_address_gets_the_message_in_its_own_fields(address, fields):
    desk = desk_of(address)
    url = link(desk, HOSTILE, HOSTILE)
    assert desk.fields == fields
    if fields is None:
        assert url == address
        return
    text = HOSTILE.replace("\r\n", "\n")
    sent = text.replace("\n", "\r\n") if address.startswith("mailto:") else text
    assert message(link(desk, text, text), fields) == [text, sent]
    assert re.fullmatch(r"[\w:/?&=%.@,+~-]+", url)  # nothing that ends a link or an attribute


def test_what_the_address_asks_for_itself_is_kept():
    kept = link(desk_of("https://b.org/o/issues/new?labels=a%20b&title=ours"), "t", "b")
    assert parse_qs(urlsplit(kept).query) == {"labels": ["a b"], "title": ["t"], "body": ["b"]}
    kept = link(desk_of("mailto:a@b.org?cc=c@d.org&body=ours"), "t", "b")
    assert parse_qs(urlsplit(kept).query) == {"cc": ["c@d.org"], "subject": ["t"], "body": ["b"]}


@pytest.mark.parametrize(("address", "reason"), REFUSED.items())
def test_what_is_no_https_and_no_mail_address_is_refused(address, reason):
    with pytest.raises(ValueError, match=re.escape(reason)):
        desk_of(address)


@pytest.mark.parametrize("value", [None, 3, True, ["https://b.org/"], {"a": 1}])
def test_a_value_that_is_no_text_is_refused(value):
    with pytest.raises(ValueError, match="no address"):
        desk_of(value)


@given(st.text(), st.text())
def test_any_text_arrives_as_it_is_and_adds_no_field(title, body):
    desk = desk_of("https://b.org/o/n/issues/new?labels=x")
    fields = parse_qs(urlsplit(link(desk, title, body)).query, keep_blank_values=True)
    assert fields == {"labels": ["x"], "title": [title], "body": [body]}


@pytest.fixture(scope="module")
def texts():
    project = load_project(ROOT)
    names = {p.id: p.name for p in project.people.persons}
    return [(b, about(b, names, "https://tracks.example/")) for b in project.library.bitexts]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("address", [a for a, fields in FORMS.items() if fields])
def test_the_links_of_a_page_name_text_edition_and_address_and_are_short(texts, address, lang):
    reach = reach_of(address)
    for bitext, said in texts:
        links = links_of(bitext, said, reach, lang)
        assert len(links) == 2 and len(set(links.values())) == 2
        for url in links.values():
            title, body = message(url, desk_of(address).fields)
            assert len(url) <= MOST
            assert bitext.slug in title and bitext.slug in body and said.addresses[lang] in body
            assert all(said.titles[side] in body for side in ("zh", "en"))
            assert {"zh": "第1版", "en": "edition 1"}[lang] in body


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_gets_the_links_the_bare_address_or_what_is_known(lang):
    page = f"<p>{place(lang)}</p>"
    desk = desk_of("https://b.org/o/n/issues/new?a=1&b=2")
    linked = reached(page, Reach(desk), lang, {"x & y": link(desk, HOSTILE, HOSTILE)})
    [url] = re.findall(r'<a href="([^"]*)">x &amp; y</a>', linked)
    assert unescape(url) == link(desk, HOSTILE, HOSTILE)
    bare = reached(page, Reach(desk), lang)
    assert '<a href="https://b.org/o/n/issues/new?a=1&amp;b=2">b.org/o/n/issues/new</a>' in bare
    for reach in (NOBODY, Reach(host="b.org"), Reach(author="A <b>", host="b.org")):
        shown = reached(page, reach, lang)
        assert "<a" not in shown and "<b>" not in shown and reach.known(lang) in unescape(shown)
    assert "b.org" in Reach(host="b.org").known(lang)
    assert "A <b>" in Reach(author="A <b>", host="b.org").known(lang)


def test_the_repository_stands_in_where_no_address_is_set_and_is_never_run():
    assert reach_of(None, source="https://b.org/o/n").desk == desk_of("https://b.org/o/n")
    assert reach_of("", source="javascript:x").desk is None
    assert reach_of(None).desk is None
    with pytest.raises(ValueError, match="https://"):
        reach_of("javascript:x", source="https://b.org/o/n")


def test_the_editor_is_told_of_no_address_with_the_line_to_paste(tmp_path):
    project = copy_project(tmp_path)
    [told] = [n for n in notices(project) if n.code == "N-REPORT"]
    lines = (project / "mkdocs.yml").read_text("utf-8").split("\n")
    assert lines[told.line].strip() == "generator: false"  # it goes below `extra:`
    edit(project / "mkdocs.yml", "  generator: false", f"  generator: false\n{told.paste}")
    assert [n for n in notices(project) if n.code == "N-REPORT"] == []
    assert [p for p in check(project) if p.code == "E-REPORT"] == []
    assert yaml.safe_load(told.paste)["report"].startswith("https://")


@pytest.mark.parametrize("value", ["javascript:alert(1)", "'http://b.org/'", "[a, b]", "a@b.org"])
def test_an_address_that_cannot_be_used_is_a_problem_at_its_line(tmp_path, value):
    project = copy_project(tmp_path)
    edit(project / "mkdocs.yml", "  generator: false", f"  generator: false\n  report: {value}")
    [problem] = [p for p in check(project) if p.code == "E-REPORT"]
    line = (project / "mkdocs.yml").read_text("utf-8").split("\n")[problem.line - 1]
    assert line.strip().startswith("report:") and " — " not in problem.path


def test_an_address_from_the_environment_is_known_only_when_the_site_is_made(tmp_path):
    project = copy_project(tmp_path)
    line = '  generator: false\n  report: !ENV [REPORT, ""]'
    edit(project / "mkdocs.yml", "  generator: false", line)
    assert [p for p in (*check(project), *notices(project)) if p.code.endswith("-REPORT")] == []


def test_no_page_and_no_file_sends_anybody_to_a_repository_without_an_address():
    files = [*ROOT.glob("docs/*/*.md"), *ROOT.glob("docs/*/transcripts/*.md"), *ROOT.glob("data/transcripts/*/*.*")]  # fmt: skip
    assert [f for f in files if re.search("this project’s repository|本项目的代码仓库里提交", f.read_text("utf-8", "replace"))] == []  # fmt: skip
