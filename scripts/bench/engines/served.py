"""Serves the built site as a plain web host does, and hears what its pages complain of.

A script that no reader gets is put at the top of every page: it sends each error of the page to the
server. The server asks each page to report, without forbidding anything, what it wants of others.
So errors and requests to others are heard in every engine the same way.
"""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bed import Server

COMPLAIN = "/-/complain"
#: A page with every fault: an error thrown, one written, a promise broken, a file missing, one of another host.
FAULTY = "/-/faulty"
EMPTY = "/-/empty"
#: What Firefox says of a script that arrives when its page is being left.
LEFT = "NS_ERROR_XPC_SECURITY_MANAGER_VETO"
SCRIPT = (
    "<script>(()=>{const tell=(kind,what)=>navigator.sendBeacon('" + COMPLAIN + "',location.pathname+': '+kind+': '+what)\n"
    "addEventListener('error',e=>{if(e.message)tell('page error',e.message)})\n"
    "addEventListener('unhandledrejection',e=>tell('broken promise',e.reason))\n"
    "const write=console.error;console.error=(...words)=>{tell('console',words.join(' '));write.apply(console,words)}})()</script>"
)  # fmt: skip
POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; report-uri " + COMPLAIN
)  # fmt: skip
PAGES = {
    EMPTY: "<!doctype html><title>empty</title><link rel=icon href=data:,>",
    FAULTY: "<!doctype html><head><link rel=icon href=data:,></head><title>faulty</title>"
    "<img src=/-/missing.png><img src='http://localhost:1/other.png'>"
    "<script>console.error('written');Promise.reject('broken');throw Error('thrown')</script>",
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """A page gets the script and the policy; a file that is missing is a complaint."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *words, heard: list[str], **more) -> None:
        self.heard = heard
        super().__init__(*words, **more)

    def log_message(self, *_):
        pass

    def do_POST(self):
        said = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode(
            "utf-8", "replace"
        )
        if self.path == COMPLAIN and LEFT not in said:
            self.heard.append(reported(said))
        self.send_response(204)
        self.end_headers()

    def do_GET(self):
        where = self.path.partition("?")[0].partition("#")[0]
        file = Path(self.translate_path(where))
        file = file / "index.html" if file.is_dir() else file
        if where in PAGES:
            return self.page(200, PAGES[where])
        if file.is_file() and file.suffix == ".html":
            return self.page(200, file.read_text("utf-8"))
        if where == "/favicon.ico":  # a browser asks for it, not a page
            return self.page(404, "")
        if not file.is_file():
            self.heard.append(f"{where}: not found")
            return self.page(404, "not found")
        return super().do_GET()

    def page(self, status: int, text: str) -> None:
        head, found, rest = text.partition("<head>")
        body = (head + found + SCRIPT + rest if found else text).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy-Report-Only", POLICY)
        self.end_headers()
        self.wfile.write(body)


def reported(said: str) -> str:
    """A complaint in one line: the script's own, or a browser's report in JSON."""
    try:
        report = json.loads(said)["csp-report"]
        return f"{report['document-uri']}: asked another host: {report['blocked-uri']}"
    except (ValueError, KeyError, TypeError):
        return said


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """The site's address without a slash at its end, and what has been heard so far."""
    heard: list[str] = []
    handler = functools.partial(Handler, directory=str(folder), heard=heard)
    server = Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", heard
    finally:
        server.shutdown()
