"""The site behind nginx and Caddy, on this machine alone: what each says with every kind of file.

python scripts/bench/prove_hosts.py [nginx | caddy]

Builds the site twice, for the root of a host and below a path, and asks each server that is installed.
"""

from __future__ import annotations

import gzip
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from bitext.publish import headers  # noqa: E402

SERVERS = ("nginx", "caddy")
#: Where Debian puts servers, which not everybody's PATH has, and where `make test` unpacks them.
UNPACKED = ROOT / ".cache" / "hosts" / "usr"
FURTHER = f"/usr/sbin:/usr/local/sbin:{UNPACKED}/sbin:{UNPACKED}/bin"
#: Seconds in which a server has to answer for the first time.
PATIENCE = 20
NGINX_MAIN = """daemon off; master_process off; pid {at}/pid; error_log {at}/error.log; {user}
events {{ worker_connections 1024; }}
http {{ access_log off; client_body_temp_path {at}/a; proxy_temp_path {at}/b; fastcgi_temp_path {at}/c;
uwsgi_temp_path {at}/d; scgi_temp_path {at}/e; include {at}/site.conf; }}
"""


def program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:{FURTHER}")


def build(url: str, to: Path) -> None:
    """The site for this address."""
    paths = os.pathsep.join(filter(None, (str(ROOT / "scripts"), os.environ.get("PYTHONPATH", ""))))
    env = os.environ | {"SITE_URL": url, "PYTHONPATH": paths, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(to)]  # fmt: skip
    subprocess.run(command, cwd=ROOT, env=env, check=True)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def command(name: str, at: Path, root: Path, port: int, below: str) -> list[str]:
    """Writes the server's configuration into `at`; how it is started."""
    if name == "nginx":
        user = "user root;" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        (at / "site.conf").write_text(headers.nginx(str(root), f"127.0.0.1:{port}", below), "utf-8")
        (at / "nginx.conf").write_text(NGINX_MAIN.format(at=at, user=user), "utf-8")
        return [str(program(name)), "-p", str(at), "-e", str(at / "error.log"), "-c", str(at / "nginx.conf")]  # fmt: skip
    text = headers.caddyfile(str(root), f"http://127.0.0.1:{port}", below)
    (at / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\n{text}", "utf-8")
    return [str(program(name)), "run", "--adapter", "caddyfile", "--config", str(at / "Caddyfile")]


@contextmanager
def served(name: str, root: Path, below: str) -> Iterator[int]:
    """The port of a server that shows `root`, while it is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        at, port = Path(folder), free_port()
        env = os.environ | {"HOME": folder, "XDG_DATA_HOME": folder, "XDG_CONFIG_HOME": folder}
        with (at / "log").open("wb") as log:
            server = subprocess.Popen(command(name, at, root, port, below), env=env, stdout=log, stderr=log)  # fmt: skip
        try:
            await_answer(server, port, at / "log")
            yield port
        finally:
            server.terminate()
            server.wait()


def await_answer(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"the server did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def ask(port: int, path: str, **said: str) -> tuple[int, HTTPMessage, bytes]:
    """The answer to one request."""
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    line.request(
        "GET", path, headers={name.replace("_", "-"): value for name, value in said.items()}
    )
    answer = line.getresponse()
    found = answer.status, answer.headers, answer.read()
    line.close()
    return found


def faults(port: int, site: Path, below: str) -> Iterator[str]:
    """What a server does not do as it should: a line each."""
    for file in sorted(f for f in site.rglob("*") if f.is_file() and f.name != headers.NAME):
        path = below + file.relative_to(site).as_posix().removesuffix("index.html")
        yield from (f"{path}: {fault}" for fault in of_file(port, path, file, below))
    yield from (f"404: {fault}" for fault in of_nothing(port, site, below))


def of_file(port: int, path: str, file: Path, below: str) -> Iterator[str]:
    status, said, body = ask(port, path)
    data = file.read_bytes()
    if status != 200 or body != data:
        yield f"status {status}, {len(body)} bytes of {len(data)}"
    yield from headed(said, expected(path.removeprefix(below), file.suffix[1:]))
    again, _, none = ask(port, path, If_None_Match=said["ETag"] or "", Accept_Encoding="gzip")
    if again != 304 or none:
        yield f"asked again: {again}"
    _, packed, small = ask(port, path, Accept_Encoding="gzip")
    if file.suffix[1:] in headers.BYTES:
        if packed["Content-Encoding"] or small != data:
            yield f"not sent as bytes: {packed['Content-Encoding']}"
    elif len(data) > 2 * headers.LEAST and (packed["Content-Encoding"] != "gzip" or gzip.decompress(small) != data):  # fmt: skip
        yield f"not packed: {packed['Content-Encoding']}"
    _, kept, _ = ask(port, f"{path}?v=0123456789")
    if kept["Cache-Control"] != headers.KEPT:
        yield f"with ?v=: Cache-Control {kept['Cache-Control']}"


def expected(path: str, ending: str) -> Mapping[str, str]:
    """The headers that a file has to have."""
    kind = headers.FEED if path in headers.FEEDS else headers.TYPES[ending or "html"]
    text = ending not in headers.BYTES
    return {
        "Content-Type": f"{kind}; {headers.CHARSET}" if text else kind,
        "Cache-Control": headers.ASKED,
        **headers.ALWAYS,
    }


def headed(said: HTTPMessage, wanted: Mapping[str, str]) -> Iterator[str]:
    for name, value in wanted.items():
        if said.get_all(name) != [value]:
            yield f"{name}: {said.get_all(name)} and not {value}"


def of_nothing(port: int, site: Path, below: str) -> Iterator[str]:
    """An address of nothing shows the site's page for that, which is kept by nobody."""
    page = (site / "404.html").read_bytes()
    for name in ("no-such", "a/b/c/", "data/", "no.csv?v=1", headers.NAME):
        status, said, body = ask(port, below + name)
        if status != 404 or body != page:
            yield f"{name}: status {status}, {body[:60]!r}"
        if headers.KEPT in (said.get_all("Cache-Control") or []):
            yield f"{name}: kept for long"
        yield from headed(said, {"Content-Type": f"text/html; {headers.CHARSET}"} | headers.ALWAYS)
    status, said, _ = ask(port, f"{below}about")
    if status not in (301, 302, 307, 308) or not said["Location"].endswith(f"{below}about/"):
        yield f"a folder without its slash: {status} {said['Location']}"


def main(words: list[str]) -> int:
    """1 where a server says anything else than it should."""
    asked = [name for name in words or SERVERS if program(name)]
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for below in ("/", "/sub/"):
            root = Path(folder, "root" if below == "/" else "below")
            site = root / below.strip("/")
            build(f"https://tracks.example{below}", site)
            for name in asked:
                with served(name, root, below) as port:
                    found = list(faults(port, site, below))
                files = sum(f.is_file() for f in site.rglob("*"))
                print(f"{name} at {below}: {files} files asked, {len(found)} faults")
                wrong += [f"{name}: {fault}" for fault in found]
    print("\n".join(wrong[:40]))
    print(f"{len(asked)} servers ({', '.join(asked)}), {len(wrong)} faults")
    return int(bool(wrong) or not asked)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
