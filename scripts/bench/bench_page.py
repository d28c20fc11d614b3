"""First view of a transcript over the wire: this site beside the stock theme, on the same page.

Both are built here and now, served with gzip by the same small server, and opened once by the same
browser with an empty cache at 390 px. Bytes are those on the wire, headers included.

    python scripts/bench/bench_page.py [/path/of/a/page/]
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import yaml
from bed import chromium

#: From this status on a request has failed: HTTP counts errors from 400.
FIRST_ERROR = 400

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = "/transcripts/sanders-xue-panel/"
TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml")
SHIFT = """() => new Promise(done => { let sum = 0
  new PerformanceObserver(list => { for (const e of list.getEntries()) sum += e.value })
    .observe({type: 'layout-shift', buffered: true})
  setTimeout(() => done(sum), 600) })"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


class Gzip(http.server.SimpleHTTPRequestHandler):
    """Serves as a web host does: text compressed, index files, 404 otherwise."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in TEXT:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Gzip, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()


def stock_config() -> str:
    """The stock theme on the same pages: no overrides, no hook, its own search."""
    return yaml.safe_dump(
        {
            "site_name": "stock", "site_url": "https://stock.example/", "docs_dir": str(ROOT / "docs"),
            "theme": {"name": "material", "language": "zh", "font": False},
            "plugins": ["search", {"i18n": {"docs_structure": "folder", "languages": [
                {"locale": "zh", "default": True, "name": "中文"},
                {"locale": "en", "name": "English"}]}}],
            "markdown_extensions": ["attr_list", "md_in_html", "admonition", "def_list", "footnotes",
                                    "tables", "pymdownx.details"],
        }
    )  # fmt: skip


def build(config: Path, folder: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(config), "-d", str(folder)],
        check=True, cwd=ROOT, capture_output=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip


def first_view(browser, url: str) -> dict[str, float]:
    """Bytes, requests, failures, layout shift and first paint (ms) of one cold visit."""
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    kinds, found = {}, {"requests": 0, "failed": 0, "bytes": 0, "script": 0, "style": 0}

    def received(event):
        kinds[event["requestId"]] = (event["type"], event["response"]["url"])
        found["failed"] += event["response"]["status"] >= FIRST_ERROR

    def finished(event):
        kind, address = kinds.get(event["requestId"], ("", ""))
        size = event["encodedDataLength"]
        found["requests"] += 1
        found["bytes"] += size
        if "/assets/bt/" in address and "base" not in address:
            found["script"] += size * (kind == "Script")
            found["style"] += size * (kind == "Stylesheet")

    network.on("Network.responseReceived", received)
    network.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="networkidle")
    found["shift"] = page.evaluate(SHIFT)
    found["paint"] = page.evaluate(PAINT)
    context.close()
    return found


def main() -> None:
    path = sys.argv[1] if len(sys.argv) > 1 else PAGE
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        config = Path(folder, "stock.yml")
        config.write_text(stock_config(), "utf-8")
        ours, stock = Path(folder, "ours"), Path(folder, "stock")
        build(ROOT / "mkdocs.yml", ours)
        build(config, stock)
        names = ("bytes", "requests", "failed", "script", "style", "shift", "paint")
        print(f"{path:34}" + "".join(f"{name:>10}" for name in names))
        for name, built in (("this site", ours), ("stock Material + static-i18n", stock)):
            with served(built) as url:
                figures = first_view(browser, url + path)
            shown = "".join(
                f"{figures[n]:10.3f}" if n == "shift" else f"{figures[n]:10,.0f}" for n in names
            )
            print(f"{name:34}{shown}")
        print("bytes: on the wire, gzip; script, style: of these, this site's own; paint: ms")


if __name__ == "__main__":
    main()
