"""MkDocs hook: guards and finishes the built site. Thin on purpose; all work is in bitext."""

from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from bitext.library.before import set_aside
from bitext.library.kept import Kept
from bitext.project.check import unpublishable
from bitext.project.project import Project, load_project
from bitext.publish import assets, finish, templates
from bitext.publish.policy import POLICY
from bitext.publish.rendering import keep_rendering
from bitext.publish.reporting import reach_of

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
    """Names the present state of the scripts and styles, so that browsers may keep them for long; and
    says what a page may load, but to an editor, whose pages reload themselves by a script within."""
    if not (SERVING or config.extra.get("bt_draft")):
        config.extra["bt_policy"] = POLICY
    _reach(config)  # one that cannot be used is refused before anything is made
    config.extra["bt_version"] = assets.version(Path(config.config_file_path).parent)
    return config


def _reach(config):
    """How readers reach whoever runs the site."""
    try:
        return reach_of(
            config.extra.get("report"),
            author=config.site_author,
            site=config.site_url or "",
            source=config.repo_url,
        )
    except ValueError as problem:
        raise PluginError(f"E-REPORT mkdocs.yml: extra.report {problem}") from problem


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
        finish.finish(
            root, Path(config.site_dir), LOADED.pop(root, None), config.site_url, _reach(config)
        )


def _within_another(config) -> bool:
    """Whether this is the build of one language inside the build of all."""
    languages = config.plugins.get("i18n")
    return languages is not None and languages.building
