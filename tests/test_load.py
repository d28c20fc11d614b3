"""What the load test hears: an answer is right only with the status, headers and bytes that it has to have."""

from __future__ import annotations

import asyncio
import gzip

import prove_load
import pytest
from prove_hosts import expected

from bitext.publish import headers


@pytest.fixture
def site(tmp_path):
    (tmp_path / "about").mkdir()
    (tmp_path / "about/index.html").write_text(
        '<script src="../assets/bt/a.js?v=1"></script>', "utf-8"
    )
    (tmp_path / "404.html").write_text("no", "utf-8")
    (tmp_path / "assets/bt").mkdir(parents=True)
    (tmp_path / "assets/bt/a.js").write_text("let a", "utf-8")
    return prove_load.Site(tmp_path)


def answer(path: str, status: int, body: bytes, **more: str) -> prove_load.Answer:
    said = {
        name.lower(): value
        for name, value in expected(path, path.rpartition(".")[2] if "." in path else "").items()
    }
    return prove_load.Answer(status, said | {n.replace("_", "-"): v for n, v in more.items()}, body)


def test_what_a_page_needs_is_found(site):
    assert site.pages == ["about/"] and site.needs["about/"] == ["assets/bt/a.js?v=1"]


def test_right_answers_are_right(site):
    data = site.bytes("about/")
    assert prove_load.wrong(site, "about/", answer("about/", 200, data), False, True) == ""
    packed = answer("about/", 200, gzip.compress(data), content_encoding="gzip")
    assert prove_load.wrong(site, "about/", packed, False, True) == ""
    kept = answer("assets/bt/a.js", 200, b"let a", cache_control=headers.KEPT)
    assert prove_load.wrong(site, "assets/bt/a.js?v=1", kept, False, True) == ""
    assert prove_load.wrong(site, "about/", prove_load.Answer(304, {}, b""), True, True) == ""
    assert prove_load.wrong(site, prove_load.NOTHING, answer("", 404, b"no"), False, True) == ""


@pytest.mark.parametrize(
    ("path", "again", "status", "more", "told"),
    [
        ("about/", False, 500, {}, "status 500"),
        ("about/", True, 200, {}, "status 200 and not 304"),
        ("about/", False, 304, {}, "status 304 and not 200"),
        (prove_load.NOTHING, False, 200, {}, "status 200 and not 404"),
        ("about/", False, 200, {"content_type": "text/plain"}, "Content-Type"),
        ("about/", False, 200, {"content_security_policy": "x"}, "Content-Security-Policy"),
        ("assets/bt/a.js?v=1", False, 200, {}, "Cache-Control"),
        ("about/", False, 200, {}, "other bytes"),
    ],
)  # fmt: skip
def test_wrong_answers_are_told(site, path, again, status, more, told):
    found = prove_load.wrong(
        site, path, answer(path.partition("?")[0], status, b"?", **more), again, True
    )
    assert found.startswith(told)


ANSWERS = (
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
    b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nd",
)


def test_answers_of_each_kind_are_read_to_their_end():
    left = list(ANSWERS)

    async def serve(come, go):
        while left and await come.readuntil(b"\r\n\r\n"):
            text = left.pop(0)
            go.write(text)
            await go.drain()
            if b"close" in text:
                break
        go.close()

    async def ask():
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            line = prove_load.Line(server.sockets[0].getsockname()[1])
            found = [await line.ask("/", {}) for _ in ANSWERS]
            await line.close()
        return found

    assert [(a.status, a.body) for a in asyncio.run(ask())] == [
        (200, b"ab"), (200, b"abc"), (304, b""), (200, b"d"),
    ]  # fmt: skip
