"""A ladder of conditions as a tuple of named rules: the first that says something is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

About = TypeVar("About")
Said = TypeVar("Said")


def first_said(rules: Iterable[Callable[[About], Said | None]], about: About) -> Said | None:
    """What the first of the rules says that does not say None; None where all are silent.

    >>> first_said((lambda n: "small" if n < 5 else None, lambda n: "even" if n % 2 == 0 else None), 8)
    'even'
    """
    for rule in rules:
        said = rule(about)
        if said is not None:
            return said
    return None
