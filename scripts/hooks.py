"""MkDocs hook: guards the site and finishes it, as `bitext finish` does. All work is in bitext."""

import sys
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from bitext.library.before import set_aside
from bitext.library.kept import Kept
from bitext.model import Refusal
from bitext.project.check import unpublishable
from bitext.project.project import Project, load_project
from bitext.publish import templates
from bitext.publish.finish import finish
from bitext.publish.rendering import keep_rendering
from bitext.publish.settings import Settings, built_with, settings_of

#: The project of the build that goes on: `on_pre_build` loads it, `on_post_build` takes it.
LOADED: dict[Path, Project] = {}
#: The templates of this process as they were compiled, by their text.
COMPILED = templates.Compiled()
#: Not empty while MkDocs serves what it builds.
SERVING: list[str] = []


def on_startup(command, **_):
    """Notes whether what is built is served by MkDocs itself."""
    SERVING[:] = [command] if command == "serve" else []


def on_config(config, **_):
    """Gives the templates what they need; no policy for an editor, whose pages reload themselves by a
    script within."""
    _settings(config)  # what cannot be used is refused before anything is made
    given = built_with(Path(config.config_file_path).parent)
    if SERVING or config.extra.get("bt_draft"):
        del given["bt_policy"]
    config.extra.update(given)
    return config


def _settings(config) -> Settings:
    try:
        return settings_of(config)
    except Refusal as refusal:
        raise PluginError(str(refusal)) from refusal


def on_page_markdown(_markdown, page, config, **_):
    """The theme's own search has nothing to index: the pages have one of their own. A page that did
    not change is not rendered again."""
    page.meta["search"] = {"exclude": True}
    keep_rendering(page, Kept.below(Path(config.config_file_path).parent))


def on_pre_build(config, **_):
    """Refuses to build a site on which a page's claim is false; `bitext serve` shows a draft."""
    if config.extra.get("bt_draft") or _within_another(config):
        return
    root = Path(config.config_file_path).parent
    LOADED[root] = load_project(root)
    problems = unpublishable(LOADED[root])
    if problems:
        told = "\n".join(map(str, problems))
        raise PluginError(f"not published, {len(problems)} problem(s):\n{told}")
    set_aside(Path(config.site_dir))  # MkDocs empties the folder now


def on_env(env, **_):
    """A template is compiled once, not once a language and build."""
    env.bytecode_cache = COMPILED


@event_priority(-200)  # after static-i18n (-100), which builds the other languages in its own
def on_post_build(config, **_):
    """Adds to the site what MkDocs does not make, once, when the pages of all languages are there."""
    if not _within_another(config):
        root = Path(config.config_file_path).parent
        settings = _settings(config)
        finish(root, Path(config.site_dir), LOADED.pop(root, None), settings)
        if settings.notice and not (SERVING or config.extra.get("bt_draft")):
            print(settings.notice, file=sys.stderr)


def _within_another(config) -> bool:
    """Whether this is the build of one language inside the build of all."""
    languages = config.plugins.get("i18n")
    return languages is not None and languages.building
