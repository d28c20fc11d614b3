"""mkdocs.yml -> what the steps after the build have to know; and what the pages are built with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bitext.model import Refusal
from bitext.publish import assets
from bitext.publish.about import site_address
from bitext.publish.policy import POLICY
from bitext.publish.reporting import NOBODY, Reach, reach_of

NAME = "mkdocs.yml"
UNADDRESSED = (
    "the site has no address: its pages name none, and search engines find no list of them"
    " — to publish it, build it with SITE_URL=https://…"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The site's own address, if it has one, and how whoever runs it is reached."""

    url: str = ""
    reach: Reach = NOBODY

    @property
    def notice(self) -> str:
        """What whoever builds the site should know of it; '' where there is nothing."""
        return "" if site_address(self.url) else UNADDRESSED


#: Of a site that says nothing.
PLAIN = Settings()


class _Loader(yaml.SafeLoader):
    """YAML with the tag that MkDocs adds; what another program's tag stands for is left out."""


def _env(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """`!ENV NAME`, `!ENV [NAME, OTHER, default]`: the first variable that is set, else the last of a list."""
    if isinstance(node, yaml.ScalarNode):
        names, default = [loader.construct_scalar(node)], None
    else:
        assert isinstance(node, yaml.SequenceNode)
        *names, default = loader.construct_sequence(node)
    held = (os.environ[name] for name in names if name in os.environ)
    return next(held, default)


_Loader.add_constructor("!ENV", _env)
_Loader.add_multi_constructor("", lambda *_: None)


def read_config(file: Path) -> dict[str, Any]:
    """All that mkdocs.yml says, by name. Raises Refusal."""
    try:
        found = yaml.load(file.read_text("utf-8"), _Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        said = getattr(error, "problem", None) or getattr(error, "strerror", None) or str(error)
        raise Refusal("E-CONFIG", str(file), line, f"cannot be read: {said}", "mend it") from error
    if not isinstance(found, dict):
        raise Refusal("E-CONFIG", str(file), 1, "holds no settings", "write `name: value` lines")
    return found


def settings_of(config: Mapping[str, Any], file: str = NAME) -> Settings:
    """What these settings say. Raises Refusal where they cannot be used."""
    url, extra = str(config.get("site_url") or ""), config.get("extra") or {}
    author, source = config.get("site_author"), config.get("repo_url")
    try:
        return Settings(url, reach_of(extra.get("report"), author=author, site=url, source=source))
    except ValueError as problem:
        todo = "write an address that begins with https:// or mailto:"
        raise Refusal("E-REPORT", file, 1, f"extra.report {problem}", todo) from problem


def built_with(root: Path) -> dict[str, str]:
    """What the templates are given under `extra`: what a page may load, and the present state of the
    scripts and styles, by which browsers may keep them for long."""
    return {"bt_policy": POLICY, "bt_version": assets.version(root)}
