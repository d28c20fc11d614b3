"""Feeds are valid Atom, made from the data alone; the sitemap is parted where it is long."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from urllib.parse import urljoin
from xml.etree import ElementTree

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.model import LANGS, Bitext, Correction, Unit
from bitext.publish.feeds import MOST, PATHS, feeds
from bitext.publish.sitemap import parted, split_sitemap, write_sitemap

ATOM = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
FIX = Correction("p1", "低调", "高调", "2026-11-29", "照录音改", "As recorded", "open", "zh")


def text(slug: str = "tea", title: str = "Tea", received: str = "2026-11-24", **fields) -> Bitext:
    record = {"title": {"zh": title, "en": title}, "received": received, "date_local": "2026-04"}
    units = (Unit("p1", "para", "高调", "loud"),)
    return Bitext(slug, {}, units, record=record, **fields)


def read(bitexts, lang="en", site="https://two.test/") -> ElementTree.Element:
    return ElementTree.fromstring(feeds(bitexts, site)[PATHS[lang]])


def holds(root: ElementTree.Element) -> None:
    """What RFC 4287 asks of a feed and its entries."""
    for node in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(node.findall(ATOM + name)) == 1, name
        assert TIME.fullmatch(node.findtext(f"{ATOM}updated"))
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", node.findtext(f"{ATOM}id"))
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    entries = list(root.iter(f"{ATOM}entry"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(len(e.findall(f"{ATOM}link[@rel='alternate']")) == 1 for e in entries)
    times = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert times == sorted(times, reverse=True)
    assert not times or root.findtext(f"{ATOM}updated") == times[0]


@given(st.lists(st.text(), max_size=4), st.sampled_from(["2026-11-24", ""]))
def test_a_feed_is_valid_whatever_a_text_is_called(titles, received):
    bitexts = [text(f"t{n}", title, received) for n, title in enumerate(titles)]
    for lang in LANGS:
        root = read(bitexts, lang)
        holds(root)
        assert len(list(root.iter(f"{ATOM}entry"))) == len(titles)


def test_texts_of_one_title_are_told_apart():
    same = [text("a"), text("b"), text("c"), text("d", "Coffee")]
    other_day = replace(same[2], record={**same[2].record, "date_local": "2026-04-29"})
    titles = [e.findtext(f"{ATOM}title") for e in read([*same[:2], other_day, same[3]]).iter(f"{ATOM}entry")]  # fmt: skip
    assert sorted(titles) == ["Coffee", "Tea (29 April 2026)", "Tea (a)", "Tea (b)"]
    fixed = read([text("a", corrections=(FIX,)), text("b")], "zh")
    assert "更正：Tea（a）" in [e.findtext(f"{ATOM}title") for e in fixed.iter(f"{ATOM}entry")]


def test_a_correction_is_told_with_its_reason_and_leads_to_it():
    fixes = (FIX, replace(FIX, at="p2"), replace(FIX, date="2026-11-30", was="", why_en="Left out"))
    root = read([text(corrections=fixes)])
    holds(root)
    first, second, third = root.iter(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "Corrections: Tea"
    assert "Left out" in first.findtext(f"{ATOM}summary")
    assert second.findtext(f"{ATOM}summary").count("“低调”") == 2
    assert second.find(f"{ATOM}link").get("href").endswith("/transcripts/tea/#correction--1")
    assert third.findtext(f"{ATOM}updated") == "2026-11-24T00:00:00Z"


def test_ids_stay_when_a_text_is_renamed_corrected_or_the_site_moves():
    def ids(bitext, site):
        return [e.findtext(f"{ATOM}id") for e in read([bitext], site=site).iter(f"{ATOM}entry")]

    first = ids(text(), "https://a.test/")
    assert ids(text("coffee", "Coffee", formerly=("tea",)), "https://b.test/x/") == first
    assert ids(text(corrections=(FIX,)), "")[1:] == first
    assert ids(text("coffee"), "https://a.test/") != first


@pytest.mark.parametrize(
    ("site", "at"),
    [("https://two.test/", "https://two.test/"), ("https://two.test/x", "https://two.test/x/"),
     ("", "https://mirror.test/"), ("https://two-tracks.example/", "https://mirror.test/")],
)  # fmt: skip
@pytest.mark.parametrize("lang", LANGS)
def test_links_lead_to_the_site_and_without_its_address_to_where_the_feed_stands(site, at, lang):
    root = read([text()], lang, site)
    where = urljoin(at, PATHS[lang])
    folder = at + ("en/" if lang == "en" else "")
    link = root.find(f"{ATOM}entry/{ATOM}link").get("href")
    assert urljoin(where, link) == f"{folder}transcripts/tea/"
    assert urljoin(where, root.find(f"{ATOM}link[@rel='alternate']").get("href")) == folder
    own = root.find(f"{ATOM}link[@rel='self']")
    assert (own is not None) == ("two.test" in site) and (own is None or own.get("href") == where)


def test_a_feed_has_only_the_newest():
    bitexts = [text(f"t{n:03}", received=f"2026-01-{n % 28 + 1:02}") for n in range(MOST + 40)]
    assert len(list(read(bitexts).iter(f"{ATOM}entry"))) == MOST


# --- the sitemap -----------------------------------------------------------------------------------


@given(st.integers(0, 30), st.integers(1, 7))
def test_a_parted_sitemap_has_every_address_once(n, most):
    urls = [f"\n  <url><loc>https://a.test/{k}/</loc></url>" for k in range(n)]
    whole = f'<urlset xmlns="x">{"".join(urls)}\n</urlset>\n'
    files = parted(whole, "https://a.test/", most)
    if n <= most:
        assert files == {"sitemap.xml": whole}
        return
    index = re.findall("<loc>(.*?)</loc>", files.pop("sitemap.xml"))
    assert index == [f"https://a.test/{name}" for name in files]
    found = [re.findall("<loc>(.*?)</loc>", part) for part in files.values()]
    assert [loc for part in found for loc in part] == [f"https://a.test/{k}/" for k in range(n)]
    assert max(map(len, found)) <= most
    for part in files.values():
        ElementTree.fromstring(part)


def test_each_page_of_the_sitemap_names_itself_and_both_languages(tmp_path):
    write_sitemap(tmp_path, "https://a.test/x/", ["", "en/", "a&b/", "en/a&b/"])
    tree = lxml.etree.fromstring((tmp_path / "sitemap.xml").read_bytes())
    rows = [[e.text or e.get("href") for e in url] for url in tree]
    assert [row[0] for row in rows] == [f"https://a.test/x/{p}" for p in ("", "en/", "a&b/", "en/a&b/")]  # fmt: skip
    assert all(
        row[1:] == [f"https://a.test/x/{bare}", f"https://a.test/x/en/{bare}", f"https://a.test/x/{bare}"]
        for row, bare in zip(rows, ("", "", "a&b/", "a&b/"), strict=True)
    )  # fmt: skip


def test_a_site_without_an_address_lists_no_page(tmp_path):
    write_sitemap(tmp_path, "", ["", "en/"])
    assert len(lxml.etree.fromstring((tmp_path / "sitemap.xml").read_bytes())) == 0


def test_the_packed_sitemap_does_not_say_when_it_was_packed(tmp_path):
    (tmp_path / "sitemap.xml").write_text("<urlset>\n</urlset>\n", "utf-8")
    (tmp_path / "sitemap.xml.gz").write_bytes(gzip.compress(b"old", mtime=7))
    split_sitemap(tmp_path, "https://a.test/")
    packed = (tmp_path / "sitemap.xml.gz").read_bytes()
    assert packed[4:8] == bytes(4) and gzip.decompress(packed) == b"<urlset>\n</urlset>\n"
