"""What hosts say with files: one source, three forms; and the check of the two servers can fail."""

from __future__ import annotations

import functools
import http.server
import threading
from pathlib import Path

import prove_hosts
import pytest

from bitext.publish import headers
from bitext.publish.assets import MADE

ROOT = Path(__file__).resolve().parent.parent
#: What Cloudflare Pages takes.
RULES, LINE = 100, 2000


def rules() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in headers.headers_file().splitlines():
        if line.startswith("/"):
            path = line
        found.setdefault(path, []).extend([line.strip()] * line.startswith(" "))
    return found


@pytest.mark.parametrize(
    ("name", "text"), [("nginx.conf", headers.nginx()), ("Caddyfile", headers.caddyfile())]
)
def test_the_files_for_servers_are_what_the_facts_give(name, text):
    assert (ROOT / "scripts/publish" / name).read_text("utf-8") == text, (
        "python scripts/publish/write.py"
    )


def test_no_rule_gives_a_header_again_and_all_are_taken():
    """Netlify and Cloudflare Pages join what two rules give: `no-cache, immutable` would be neither."""
    found = rules()
    whole = {line.partition(":")[0] for line in found.pop("/*")}
    assert whole == set(headers.ALWAYS)
    for path, said in found.items():
        assert said and not whole & {line.partition(":")[0] for line in said}, path
        assert not [p for p in found if p != path and p.endswith("*") and path.startswith(p[:-1])]
    assert len(found) < RULES
    assert max(map(len, headers.headers_file().splitlines())) < LINE


def test_every_text_of_the_three_says_the_policy_and_forbids_frames():
    for text in (headers.headers_file(), headers.nginx(), headers.caddyfile()):
        for value in headers.ALWAYS.values():
            assert value in text
        assert "frame-ancestors 'none'" in text
    assert all(f"/assets/bt/{name}" in rules() for name in MADE)


def test_below_a_path_the_page_of_404_and_the_feeds_are_there_too():
    for text in (headers.nginx(below="/sub/"), headers.caddyfile(below="/sub/")):
        assert "/sub/404.html" in text and "/sub/feed.xml" in text and " /404.html" not in text


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def test_a_server_that_says_nothing_of_this_is_found_out(tmp_path):
    """The same questions to Python's own server, which knows none of it."""
    for name, data in {
        "index.html": b"<p>" * 999,
        "a.gz": b"\x1f\x8b",
        "404.html": b"none",
    }.items():
        (tmp_path / name).write_bytes(data)
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told = "\n".join(prove_hosts.faults(server.server_address[1], tmp_path, "/"))
    server.shutdown()
    for fault in (
        "/: Content-Type: ['text/html']",
        "Content-Security-Policy: None",
        "/: asked again: 200",
        "/: not packed: None",
        "with ?v=: Cache-Control None",
        "404: no-such: status 404",
        "a folder without its slash: 404",
    ):
        assert fault in told
