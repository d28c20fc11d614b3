"""What a pattern finds where it always finds something."""

from __future__ import annotations

from typing import TypeVar

Found = TypeVar("Found")


def sure(found: Found | None) -> Found:
    """What was found, of what cannot fail here: the pattern fits any text, or was met before.

    >>> import re
    >>> sure(re.search("[a-z]*$", "12")).start()
    2
    """
    assert found is not None
    return found
