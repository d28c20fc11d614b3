"""What a browser must be able to do, and what all drivers share."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, Protocol

#: Of WebDriver, for keys that are no character.
KEYS = {"Escape": "\ue00c", "Tab": "\ue004", "Enter": "\ue007"}
#: The longest that a browser may take over one thing.
LONGEST = 30.0
#: The longest that a script may take: on a page that is being left Firefox gives no answer at all.
SCRIPT = 12.0


class Gone(Exception):
    """The browser did not do as asked: mostly because the page was being left at that moment."""


class Engine(Protocol):
    """One window of one browser."""

    name: str

    def open(self, url: str) -> None:
        """Goes to the address and waits until it is loaded."""

    def reload(self) -> None: ...

    def go(self, steps: int) -> None:
        """Back (-1) or forward (1) in the history; need not wait."""

    def resize(self, width: int, height: int) -> None:
        """Gives the page a window of so many pixels."""

    def key(self, name: str) -> None:
        """Presses and releases a key: a character or one of KEYS."""

    def point(self, x: float, y: float, press: bool = False) -> None:
        """Moves the mouse to the point of the window, and clicks there if asked to."""

    def evaluate(self, function: str, *words: Any) -> Any:
        """The result of a JavaScript function of these arguments; both are JSON."""

    def shot(self) -> bytes:
        """What the window shows, as PNG."""

    def close(self) -> None: ...


def called(function: str, words: tuple[Any, ...]) -> str:
    """The text of a function without arguments that gives the result as JSON.

    It gives a promise only where `function` does: one that is asked of a page which is being left may
    never be kept.
    """
    return (
        "() => { const text = (it) => JSON.stringify(it ?? null)\n"
        f"const it = ({function})(...{json.dumps(words)})\n"
        "return it instanceof Promise ? it.then(text) : text(it) }"
    )


def key_actions(name: str) -> list[dict[str, Any]]:
    """The key as WebDriver's actions have it."""
    value = KEYS.get(name, name)
    steps = [{"type": "keyDown", "value": value}, {"type": "keyUp", "value": value}]
    return [{"type": "key", "id": "keys", "actions": steps}]


def mouse_actions(x: float, y: float, press: bool) -> list[dict[str, Any]]:
    """The mouse as WebDriver's actions have it."""
    steps: list[dict[str, Any]] = [{"type": "pointerMove", "x": round(x), "y": round(y)}]
    if press:
        steps += [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
    parameters = {"pointerType": "mouse"}
    return [{"type": "pointer", "id": "mouse", "parameters": parameters, "actions": steps}]


def until(found: Callable[[], Any], within: float = LONGEST, what: str = "it") -> Any:
    """The first result that is true; while the page is being left, it is asked again."""
    end, last = time.monotonic() + within, ""
    while time.monotonic() < end:
        try:
            if result := found():
                return result
        except Gone as gone:
            last = f" ({gone})"
        time.sleep(0.03)
    raise TimeoutError(f"{what} did not come about within {within:.0f} s{last}")
