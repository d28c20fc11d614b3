"""What is typed for a number of the command line -> the number, or what argparse tells."""

from __future__ import annotations

import argparse

#: The highest number of a port: TCP has 16 bits for it.
LAST_PORT = 65535


def port(value: str) -> int:
    """A port of this machine; raises what argparse tells."""
    number = int(value) if value.isascii() and value.isdecimal() else -1
    if not 1 <= number <= LAST_PORT:
        raise argparse.ArgumentTypeError(
            f"'{value[:40]}' is no port; it is a number from 1 to {LAST_PORT}"
        )
    return number


def count(value: str) -> int:
    """A number from 1 on; raises what argparse tells."""
    if not (value.isascii() and value.isdecimal() and int(value)):
        raise argparse.ArgumentTypeError(f"'{value[:40]}' is no number from 1 on")
    return int(value)
