"""`bitext publish-check`: a small sound site has nothing wrong; each fault is told at its place."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bitext.__main__ import main
from bitext.publish import headers
from bitext.publish.checking import check_site
from bitext.publish.library_files import robots
from bitext.publish.sitemap import split_sitemap

ADDRESS = "https://tracks.example/sub/"
PAGES = ("", "about/", "en/", "en/about/")
STYLE = '<link rel="stylesheet" href="{up}assets/bt/all.css?v=1">'


def page(path: str, address: str, body: str = "") -> str:
    bare = path.removeprefix("en/")
    up = "../" * path.count("/")
    heads = STYLE.format(up=up)
    if address:
        heads += f'<link rel="canonical" href="{address}{path}">'
        for lang, to in (("zh-Hans", bare), ("en", f"en/{bare}"), ("x-default", bare)):
            heads += f'<link rel="alternate" hreflang="{lang}" href="{address}{to}">'
    links = f'<a href="{up}about/#top">x</a> <a href="{up or "."}">home</a> <a href="https://other.example/">o</a>'
    return f'<!doctype html><html lang="en"><head>{heads}</head><body id="top">{links}{body}</body></html>'


def sound(folder: Path, address: str = ADDRESS) -> Path:
    """A site in which nothing is wrong."""
    root = "/sub/" if address else "/"
    files = {f"{path}index.html": page(path, address) for path in PAGES}
    files |= {
        "404.html": f'<html lang="en"><head><meta name="robots" content="noindex"><link rel="stylesheet" href="{root}assets/bt/all.css?v=1"></head><body><a href="{root}">x</a></body></html>',
        "assets/bt/all.css": "",
        "robots.txt": robots(address),
        headers.NAME: headers.headers_file(),
        "sitemap.xml": "<urlset>" + "".join(f"<url><loc>{address}{p}</loc></url>" for p in PAGES if address) + "</urlset>",
    }  # fmt: skip
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    split_sitemap(folder, address)
    return folder


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in check_site(folder)]


def test_a_sound_site_below_a_path_has_nothing_wrong(tmp_path, capsys):
    assert told(sound(tmp_path)) == []
    assert main(["publish-check", str(tmp_path), "--address", "https://tracks.example/sub"]) == 0
    assert "nothing wrong" in capsys.readouterr().out


def test_a_site_without_an_address_is_told_that_alone(tmp_path):
    (only,) = told(sound(tmp_path, ""))
    assert "built without an address" in only and "SITE_URL=" in only


def test_another_address_than_the_one_it_is_to_have_is_told(tmp_path, capsys):
    sound(tmp_path)
    assert main(["publish-check", str(tmp_path), "--address", "https://tracks.example/"]) == 1
    assert "was built for https://tracks.example/sub/" in capsys.readouterr().err


#: The file, what stands there, what takes its place; what is told of it.
FAULTS: Mapping[str, tuple[str, str, str, str]] = {
    "a link to nothing": ("en/index.html", "../about/#top", "../abuot/", "E-SITE en/index.html:1: ../abuot/: leads nowhere"),
    "an anchor that is not there": ("index.html", "about/#top", "about/#tip", "no '#tip'"),
    "no slash": ("index.html", "about/#top", "about", "lacks the slash"),
    "a link out of the path": ("index.html", "about/#top", "/about/", "leads out of /sub/"),
    "a foreign script": ("index.html", "</body>", "<script src='https://cdn.example/x.js'></script></body>", "fetched from another host"),
    "a foreign picture without scheme": ("index.html", "</body>", "<img src='//cdn.example/x.png'></body>", "fetched from another host"),
    "an id twice": ("index.html", "</body>", "<p id='a'><p id='a'></body>", "the id 'a' stands twice"),
    "Chinese in English": ("index.html", "</body>", "<p>A word: 术语</p></body>", "'A word: 术语' is in another language than is said"),
    "Chinese behind a marked word": ("index.html", "</body>", "<p><i lang='zh'>词</i> 语</p></body>", "'语' is in another"),
    "a Chinese name of a control": ("index.html", "</body>", "<button title='关闭'></button></body>", "'关闭' is in another"),
    "English in Chinese": ("index.html", "</body>", "<p lang='zh-Hans'>This was never translated</p></body>", "'This was never translated' is in another"),
    "no language": ("index.html", ' lang="en"', "", "no language"),
    "another canonical": ("about/index.html", f'canonical" href="{ADDRESS}about/', f'canonical" href="{ADDRESS}', "says that its address is"),
    "no canonical": ("about/index.html", 'rel="canonical"', 'rel="next"', "is none and"),
    "a wrong hreflang": ("about/index.html", f'hreflang="en" href="{ADDRESS}en/about/', f'hreflang="en" href="{ADDRESS}about/', "hreflang names"),
    "404 with links from its own place": ("404.html", 'href="/sub/assets', 'href="assets', "does not begin with /sub/"),
    "404 that leaves the path": ("404.html", '<a href="/sub/"', '<a href="/"', "404.html:1: /: does not begin with /sub/"),
    "404 without style": ("404.html", 'rel="stylesheet"', 'rel="next"', "no style sheet"),
    "404 in search engines": ("404.html", "noindex", "all", "may be listed"),
    "robots of another": ("robots.txt", ADDRESS, "https://other.example/", "does not name the sitemap"),
    "a page not in the sitemap": ("sitemap.xml", f"<url><loc>{ADDRESS}about/</loc></url>", "", f"does not list {ADDRESS}about/"),
    "a page that is not": ("sitemap.xml", "about/</loc>", "abuot/</loc>", "which is no page"),
    "an old packed sitemap": ("sitemap.xml", "<urlset>", "<urlset> ", "sitemap.xml.gz: is not sitemap.xml"),
    "other headers": (headers.NAME, "nosniff", "sniff", "is not what"),
    "a script that no host keeps": ("index.html", "all.css?v=1", "robots.txt?v=1", "asked for with ?v= and not kept"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_at_its_place(tmp_path, name):
    file, old, new, said = FAULTS[name]
    path = sound(tmp_path) / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    found = told(tmp_path)
    assert [line for line in found if said in line], found


def test_names_addresses_code_and_marked_words_are_of_no_other_language(tmp_path):
    rest = (
        "<p>a <i lang='zh-Hans'>词</i> b</p><code>词</code><pre>词</pre><div lang='zh-Hans'><p>Yoshua Bengio</p>"
        "<p>https://a.example/b c</p><p>他说 to be or not to be</p><p lang='en'>Not to be, or to be</p></div>"
    )
    path = sound(tmp_path) / "index.html"
    path.write_text(path.read_text("utf-8").replace("</body>", f"{rest}</body>"), "utf-8")
    assert told(tmp_path) == []


@pytest.mark.parametrize("name", ["404.html", "robots.txt", headers.NAME, "en/index.html"])
def test_a_file_that_is_missing_is_told(tmp_path, name):
    (sound(tmp_path) / name).unlink()
    assert told(tmp_path) == [f"E-SITE {name}: is missing — build the site again with `make site`"]


def test_a_page_without_a_twin_is_told(tmp_path):
    (sound(tmp_path) / "en/about/index.html").unlink()
    assert any("has no twin at en/about/" in line for line in told(tmp_path))


def test_a_sitemap_of_several_files_is_read_whole(tmp_path):
    split_sitemap(sound(tmp_path), ADDRESS, most=2)
    assert (tmp_path / "sitemap-2.xml").exists() and told(tmp_path) == []
