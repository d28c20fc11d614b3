"""Templates that are compiled once, though each build of each language has them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache, Environment, FileSystemLoader
from jinja2.bccache import Bucket

from bitext.library.kept import Kept

if TYPE_CHECKING:
    from mkdocs.theme import Theme


class Compiled(BytecodeCache):
    """What was compiled, by the template's name and the hash of its text: of this process, and as it is
    kept."""

    def __init__(self) -> None:
        self.kept = Kept()
        self.known: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        place = bucket.key, bucket.checksum
        found = self.known.get(place) or self.kept.get(
            "templates", bucket.key, bucket.checksum.encode()
        )
        if isinstance(found, bytes):
            self.known[place] = found
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = self.known[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
        self.kept.put("templates", bucket.key, bucket.checksum.encode(), code)


class Shown(FileSystemLoader):
    """Loads the templates of some folders, and lists them but for what is hidden: MkDocs makes nothing of
    that, and the theme hides ten thousand icons."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for top in self.searchpath:
            for where, folders, names in os.walk(top, followlinks=self.followlinks):
                folders[:] = [name for name in folders if not name.startswith(".")]
                start = os.path.relpath(where, top).replace(os.sep, "/")
                start = "" if start == "." else f"{start}/"
                found.update(f"{start}{name}" for name in names)
        return sorted(found)


def light(get_env: Callable[[], Environment], theme: Theme) -> Environment:
    """The theme's environment, which does not list what is hidden."""
    env = get_env()
    if type(env.loader) is FileSystemLoader:
        env.loader = Shown(theme.dirs)
    return env
