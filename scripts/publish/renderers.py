"""The same pages by another renderer than MkDocs: ProperDocs or Zensical, then `bitext finish`.

    python scripts/publish/renderers.py PROGRAM SITE      e.g. .cache/renderers/bin/zensical site

Neither has a plugin for two languages, and none is needed: a configuration a language, both made of
mkdocs.yml, two runs, and the English pages put beside the Chinese ones.
"""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from bitext.publish.finish import finish  # noqa: E402
from bitext.publish.settings import NAME, built_with, read_config, settings_of  # noqa: E402

#: What MkDocs alone runs.
OWN = ("plugins", "hooks")
#: A link of HTML in a page to another page or a file of the site.
RELATIVE = re.compile(r'(<a [^>]*?href=")(?![a-z][a-z0-9+.-]*:|/|#)([^"]+)(?=")')


def languages(config: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the plugin for two languages is told of each."""
    [said] = [plugin["i18n"] for plugin in config["plugins"] if "i18n" in plugin]
    return said["languages"]


def configuration(
    config: Mapping[str, Any], language: Mapping[str, Any], root: Path
) -> dict[str, Any]:
    """The configuration of one language, with paths below its own folder; its pages stand where they
    do in the site of both."""
    below = "" if language.get("default") else f"{language['locale']}/"
    names = language.get("nav_translations") or {}
    own = {key: value for key, value in config.items() if key not in OWN} | {"plugins": []}
    return own | {
        "site_name": language["site_name"],
        "site_description": language.get("site_description", config["site_description"]),
        "docs_dir": "docs",
        "site_dir": "site",
        "nav": [{names.get(title, title): below + file} for item in config["nav"] for title, file in item.items()],
        "not_in_nav": "".join(f"{below}{line}\n" for line in config["not_in_nav"].split()),
        "theme": config["theme"] | language["theme"] | {"custom_dir": str(root / config["theme"]["custom_dir"])},
        "extra": config["extra"] | built_with(root),
    }  # fmt: skip


def from_the_file(text: str, stem: str) -> str:
    """A page's text in which HTML links, which stand as its folder wants them, are written as its file
    wants them: Zensical turns every link of a page around, not only those of Markdown.

    >>> from_the_file('<a href="../../data/x.csv">a</a> <a href="2/#p1">b</a> <a href="#c">c</a>', "talk")
    '<a href="../data/x.csv">a</a> <a href="talk/2/#p1">b</a> <a href="#c">c</a>'
    """

    def turned(found: re.Match[str]) -> str:
        path, mark, anchor = found[2].partition("#")
        made = posixpath.normpath(f"{stem}/{path}") + "/" * path.endswith("/")
        return f"{found[1]}{made}{mark}{anchor}"

    return RELATIVE.sub(turned, text)


def render(program: Path, root: Path, site: Path) -> None:
    """Builds the pages of both languages by this program into `site`, and finishes them."""
    config = read_config(root / NAME)
    with tempfile.TemporaryDirectory(prefix="two-tracks-") as made:
        for language in languages(config):
            locale, default = language["locale"], bool(language.get("default"))
            at = Path(made, locale)
            shutil.copytree(
                root / config["docs_dir"] / locale, at / "docs" / ("" if default else locale)
            )
            if program.name.startswith("zensical"):
                for page in (p for p in (at / "docs").rglob("*.md") if p.stem != "index"):
                    page.write_text(
                        from_the_file(page.read_text("utf-8"), page.stem), "utf-8", newline=""
                    )
            own = configuration(config, language, root)
            if program.name.startswith("properdocs"):
                own["theme"] |= {"name": None, "static_templates": ["404.html"]}
            (at / NAME).write_text(
                yaml.safe_dump(own, allow_unicode=True, sort_keys=False), "utf-8"
            )
            subprocess.run([program, "build", "--strict", "-f", NAME], cwd=at, check=True)
            # of a further language its pages, and the page of no address, which serves all
            part = at / "site"
            shutil.copytree(part if default else part / locale, site if default else site / locale)
            shutil.copy(part / "404.html", site)
    finish(root, site, settings=settings_of(config))


def main(words: list[str]) -> int:
    program, site = words
    render(Path(program).absolute(), Path().absolute(), Path(site).absolute())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
