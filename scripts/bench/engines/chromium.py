"""A page of Playwright as an engine: in it the scenarios themselves are tested."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Error, Page

from engines.engine import Gone, called


class Chromium:
    """The page, driven by Playwright."""

    def __init__(self, page: Page) -> None:
        self.page = page
        browser = page.context.browser
        self.name = f"Chromium {browser.version if browser else ''}".strip()

    def open(self, url: str) -> None:
        self.page.goto(url)

    def reload(self) -> None:
        self.page.reload()

    def go(self, steps: int) -> None:
        self.page.go_back() if steps < 0 else self.page.go_forward()

    def resize(self, width: int, height: int) -> None:
        self.page.set_viewport_size({"width": width, "height": height})

    def key(self, name: str) -> None:
        self.page.keyboard.press(name)

    def point(self, x: float, y: float, press: bool = False) -> None:
        self.page.mouse.click(x, y) if press else self.page.mouse.move(x, y)

    def evaluate(self, function: str, *words: Any) -> Any:
        try:
            return json.loads(self.page.evaluate(called(function, words)))
        except Error as error:
            raise Gone(error.message) from None

    def shot(self) -> bytes:
        return self.page.screenshot()

    def close(self) -> None:
        self.page.close()
