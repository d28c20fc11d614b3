"""Firefox over WebDriver BiDi, which it speaks itself over a WebSocket: no driver is needed."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterable
from typing import IO, Any

from websockets.sync.client import connect

from engines.engine import LONGEST, SCRIPT, Gone, called, key_actions, mouse_actions, until

NAMES = ("firefox-esr", "firefox")
#: Asks the maker's hosts for nothing: they would hang where there is no network.
QUIET = {
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.server": "",
    "services.settings.server": "data:,",
    "browser.safebrowsing.update.enabled": False,
    "app.normandy.enabled": False,
    "extensions.update.enabled": False,
    "ui.prefersReducedMotion": 1,
    "layout.css.prefers-color-scheme.content-override": 1,
}

MARK = "() => { document.documentElement.dataset.old = ''; return true }"
#: Between two pages Firefox has an empty one of its own for a moment, which is complete too.
LOADED = "() => document.readyState === 'complete' && location.protocol !== 'about:' && !('old' in document.documentElement.dataset)"


def program() -> str:
    """Where Firefox is; '' where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), "")


def address(lines: Iterable[str]) -> str:
    """Where Firefox listens, as it says at its start."""
    said = []
    for line in lines:
        if found := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
            return found[1]
        said.append(line)
    raise OSError("Firefox did not start: " + "".join(said[-5:]).strip())


def drained(stream: IO[str]) -> None:
    """Reads on to the end, so that the browser never waits for its listener."""
    threading.Thread(target=lambda: [None for _ in stream], daemon=True).start()


class Firefox:
    """One window of a Firefox with a profile of its own."""

    def __init__(self) -> None:
        self.profile = tempfile.TemporaryDirectory(prefix="firefox-", ignore_cleanup_errors=True)
        with open(f"{self.profile.name}/user.js", "w", encoding="utf-8") as file:
            file.writelines(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in QUIET.items())  # fmt: skip
        self.process = subprocess.Popen(
            [program(), "--headless", "--no-remote", "--profile", self.profile.name,
             "--remote-debugging-port", "0", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, errors="replace",
        )  # fmt: skip
        try:
            stream = self.process.stderr
            assert stream is not None
            where = address(stream)
            drained(stream)
            self.socket = connect(f"{where}/session", max_size=None, proxy=None)
            self.asked = 0
            version = self.send("session.new", capabilities={})["capabilities"]["browserVersion"]
            self.name = f"Firefox {version}"
            # The tab that Firefox opens itself never has the keys; one that is made has.
            self.context = self.send("browsingContext.create", type="tab")["context"]
        except BaseException:
            self.process.kill()
            raise

    def send(self, method: str, within: float = 2 * LONGEST, **params: Any) -> Any:
        """The answer to one command; events in between, and late answers to others, are not ours to read."""
        self.asked += 1
        self.socket.send(json.dumps({"id": self.asked, "method": method, "params": params}))
        end = time.monotonic() + within
        while True:
            try:
                answer = json.loads(self.socket.recv(timeout=end - time.monotonic()))
            except TimeoutError:
                raise Gone(f"{method}: no answer within {within:.0f} s") from None
            if answer.get("id") == self.asked:
                break
        if answer["type"] == "error":
            raise Gone(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def open(self, url: str) -> None:
        self.loaded("browsingContext.navigate", url=url)

    def reload(self) -> None:
        self.loaded("browsingContext.reload")

    def loaded(self, method: str, **params: Any) -> None:
        """Leaves the page and looks whether the next is there: Firefox's own word of it is lost at times."""
        until(lambda: self.evaluate(MARK), what="a page to leave")
        self.send(method, context=self.context, wait="none", **params)
        until(lambda: self.evaluate(LOADED), what=f"{method} {params.get('url', '')}")

    def go(self, steps: int) -> None:
        self.send("browsingContext.traverseHistory", context=self.context, delta=steps)

    def resize(self, width: int, height: int) -> None:
        size = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self.context, viewport=size)

    def key(self, name: str) -> None:
        self.send("input.performActions", context=self.context, actions=key_actions(name))

    def point(self, x: float, y: float, press: bool = False) -> None:
        actions = mouse_actions(x, y, press)
        self.send("input.performActions", context=self.context, actions=actions)

    def evaluate(self, function: str, *words: Any) -> Any:
        answer = self.send(
            "script.callFunction", SCRIPT, functionDeclaration=called(function, words),
            target={"context": self.context}, awaitPromise=True,
        )  # fmt: skip
        if answer["type"] == "exception":
            raise Gone(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def shot(self) -> bytes:
        return base64.b64decode(
            self.send("browsingContext.captureScreenshot", context=self.context)["data"]
        )

    def close(self) -> None:
        self.socket.close()
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        self.profile.cleanup()
