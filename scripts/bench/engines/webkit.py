"""WebKitGTK over WebDriver: plain HTTP to its driver, which starts its small browser."""

from __future__ import annotations

import base64
import contextlib
import glob
import json
import os
import shutil
import socket
import subprocess
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from engines.engine import LONGEST, Gone, called, key_actions, mouse_actions, until

DRIVER = "WebKitWebDriver"
BROWSERS = ("/usr/lib/*/webkit2gtk-4.*/MiniBrowser", "/usr/libexec/webkit2gtk-4.*/MiniBrowser",
            "/usr/lib/*/webkitgtk-6.*/MiniBrowser", "/usr/libexec/webkitgtk-6.*/MiniBrowser")  # fmt: skip
#: Larger than any window that is asked for.
SCREEN = "1600x1500x24"
#: Where the window's corner stands: so that the mouse, in the middle of the screen, rests on the
#: browser's own bar. Where nobody manages windows, the one under the mouse has the keys.
CORNER = {"x": 700, "y": 746}
#: Makes the browser's own buttons small: with them as they are no window is narrower than 447 px.
SMALL = "* { font-size: 1px; padding: 0; margin: 0; min-width: 0; min-height: 0; border-width: 0; }"
CALL = "const done = arguments[arguments.length - 1]; (async () => (%s)())().then(r => done({r}), e => done({e: String(e)}))"


def program() -> str:
    """Where WebKitGTK's small browser is; '' where it or its driver is not."""
    found = sorted(path for pattern in BROWSERS for path in glob.glob(pattern))
    return found[-1] if found and shutil.which(DRIVER) else ""


def display() -> bool:
    """Is there a display, or may one be made?"""
    return bool(shutil.which("Xvfb") or os.environ.get("DISPLAY"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class WebKit:
    """One window of WebKitGTK's small browser, on a display that nobody sees."""

    def __init__(self) -> None:
        self.open_to_close = contextlib.ExitStack()
        try:
            self.start()
        except BaseException:
            self.open_to_close.close()
            raise

    def start(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="webkit-", ignore_cleanup_errors=True)
        style = Path(self.open_to_close.enter_context(folder), "gtk-3.0", "gtk.css")
        style.parent.mkdir()
        style.write_text(SMALL, "utf-8")
        env = os.environ | {"LIBGL_ALWAYS_SOFTWARE": "1", "NO_AT_BRIDGE": "1", "XDG_CONFIG_HOME": folder.name}  # fmt: skip
        if shutil.which("Xvfb"):
            shown = self.child(
                ["Xvfb", "-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"],
                stdout=subprocess.PIPE,
            )
            assert shown.stdout is not None
            env |= {"DISPLAY": f":{shown.stdout.readline().decode().strip()}", "GDK_BACKEND": "x11"}
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.child([DRIVER, f"--port={port}"], env=env, stdout=subprocess.DEVNULL)
        until(lambda: self.send("GET", "/status"), what="WebKit's driver")
        options = {"binary": program(), "args": ["--automation"]}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        made = self.send("POST", "/session", wanted)
        self.address += f"/session/{made['sessionId']}"
        self.open_to_close.callback(self.leave)
        self.name = f"WebKitGTK {made['capabilities']['browserVersion']}"
        self.send("POST", "/timeouts", {"script": 30_000, "pageLoad": 30_000})

    def child(self, command: list[str], **more: Any) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, **more)
        self.open_to_close.callback(process.wait)
        self.open_to_close.callback(process.terminate)
        return process

    def leave(self) -> None:
        with contextlib.suppress(Gone):
            self.send("DELETE", "")

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """The answer to one command."""
        data = json.dumps(body if body is not None else {}).encode() if method == "POST" else None
        request = urllib.request.Request(
            self.address + path, data, {"Content-Type": "application/json"}, method=method
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=2 * LONGEST) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise Gone(f"{path}: {error.read().decode('utf-8', 'replace')}") from None
        except OSError as error:
            raise Gone(f"{path}: {error}") from None

    def open(self, url: str) -> None:
        self.send("POST", "/url", {"url": url})

    def reload(self) -> None:
        self.send("POST", "/refresh")

    def go(self, steps: int) -> None:
        self.send("POST", "/back" if steps < 0 else "/forward")

    def resize(self, width: int, height: int) -> None:
        """The window is asked to be so much larger or smaller as its page is off."""
        asked = "(w, h) => innerWidth === w && innerHeight === h"
        for _ in range(3):
            inner = self.evaluate("() => [innerWidth, innerHeight]")
            if inner == [width, height]:
                return
            outer = self.send("GET", "/window/rect")
            wide, high = outer["width"] + width - inner[0], outer["height"] + height - inner[1]
            self.send("POST", "/window/rect", {**CORNER, "width": wide, "height": high})
            with contextlib.suppress(TimeoutError):
                until(lambda: self.evaluate(asked, width, height), 1, "the size")

    def key(self, name: str) -> None:
        self.send("POST", "/actions", {"actions": key_actions(name)})

    def point(self, x: float, y: float, press: bool = False) -> None:
        self.send("POST", "/actions", {"actions": mouse_actions(x, y, press)})

    def evaluate(self, function: str, *words: Any) -> Any:
        script = CALL % called(function, words)
        answer = self.send("POST", "/execute/async", {"script": script, "args": []})
        if "e" in answer:
            raise Gone(answer["e"])
        return json.loads(answer["r"])

    def shot(self) -> bytes:
        return base64.b64decode(self.send("GET", "/screenshot"))

    def close(self) -> None:
        self.open_to_close.close()
