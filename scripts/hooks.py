"""MkDocs hook: guards the site and finishes it, as `bitext finish` does. All work is in bitext."""

import sys
from functools import partial
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File

from bitext.library.before import set_aside
from bitext.library.kept import Kept
from bitext.model import Refusal
from bitext.project.check import unpublishable
from bitext.project.project import Project, handed_at, project_at
from bitext.publish import assets, sparing, templates
from bitext.publish.finish import finish
from bitext.publish.rendering import keep_rendering
from bitext.publish.settings import Settings, built_with, settings_of
from bitext.publish.whole import Built, Wholes, copy_what_is_new

#: The project of the build that goes on: `on_pre_build` loads it, `on_post_build` takes it.
LOADED: dict[Path, Project] = {}
#: The templates of this process as they were compiled, by their text.
COMPILED = templates.Compiled()
#: Not empty while MkDocs serves what it builds.
SERVING: list[str] = []
#: The pages as they are kept, of the language that is built now.
WHOLES: list[Wholes] = []
#: The pages of all languages as built, as far as they are kept.
BUILT: dict[str, Built] = {}


def on_startup(command, **_):
    """Notes whether what is built is served by MkDocs itself."""
    SERVING[:] = [command] if command == "serve" else []


def on_config(config, **_):
    """Gives the templates what they need, and Markdown what spares it work; no policy for an editor, whose
    pages reload themselves by a script within."""
    _settings(config)  # what cannot be used is refused before anything is made
    given = built_with(Path(config.config_file_path).parent)
    if SERVING or config.extra.get("bt_draft"):
        del given["bt_policy"]
    config.extra.update(given)
    if sparing.NAME not in config.markdown_extensions:  # it is asked once a language
        config.markdown_extensions.append(sparing.NAME)
    theme = config.theme
    theme.get_env = partial(templates.light, partial(type(theme).get_env, theme), theme)
    return config


def _settings(config) -> Settings:
    try:
        return settings_of(config)
    except Refusal as refusal:
        raise PluginError(str(refusal)) from refusal


@event_priority(200)  # before static-i18n (-100), which makes each file anew
def on_files(files, config, **_):
    """Takes out what is not copied, and the pages that are kept as they would be built; adds the drafts of
    pages that are not in docs/."""
    _release()
    for file in [*files.media_files(), *files.static_pages()]:
        if assets.is_unused(file.src_uri):
            files.remove(file)
    root = Path(config.config_file_path).parent
    handed = handed_at(root)
    drafts = handed.drafts if handed else {}
    for name in drafts:
        if not files.get_file_from_path(name):
            files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    WHOLES[:] = [Wholes(Kept.below(root), config, files, drafts)]
    WHOLES[0].leave_out(files)
    return files


def on_nav(nav, files, **_):
    """Links find the pages again that are left out."""
    WHOLES[0].give_back(files, nav)
    return nav


def _release():
    """Lets go of the language that was built before."""
    for wholes in WHOLES:
        wholes.release()
        BUILT.update(wholes.built)
    WHOLES.clear()


def on_pre_page(page, **_):
    """The HTML of Markdown that did not change is taken as it is kept."""
    keep_rendering(page, WHOLES[0].kept, WHOLES[0].hears(page))
    return page


def on_page_read_source(page, **_):
    """The draft of a page is shown in its place."""
    return WHOLES[0].drafts.get(page.file.src_uri)


def on_page_markdown(_markdown, page, **_):
    """The theme's own search has nothing to index: the pages have one of their own."""
    page.meta["search"] = {"exclude": True}


@event_priority(-200)
def on_page_content(html, page, **_):
    """Pages are packed until all are rendered."""
    return WHOLES[0].pack(page, html)


@event_priority(200)
def on_page_context(context, page, **_):
    """A page has its content again before anybody asks for it."""
    WHOLES[0].unpack(page)
    return context


@event_priority(-200)
def on_post_page(output, page, **_):
    """Keeps the page as it was built."""
    WHOLES[0].keep(page, output)
    return output


def on_pre_build(config, **_):
    """Refuses to build a site on which a page's claim is false; `bitext serve` shows a draft."""
    if _within_another(config):
        return
    WHOLES.clear()
    BUILT.clear()
    root = Path(config.config_file_path).parent
    LOADED[root] = project_at(root)
    proved = config.extra.get("bt_draft") or handed_at(root)
    problems = [] if proved else unpublishable(LOADED[root])
    if problems:
        told = "\n".join(map(str, problems))
        raise PluginError(f"not published, {len(problems)} problem(s):\n{told}")
    set_aside(Path(config.site_dir))  # MkDocs empties the folder now


def on_env(env, config, files, **_):
    """A template is compiled once, not once a language and build."""
    COMPILED.kept = Kept.below(Path(config.config_file_path).parent)
    env.bytecode_cache = COMPILED
    if _within_another(config):
        copy_what_is_new(files)


@event_priority(-200)  # after static-i18n (-100), which builds the other languages in its own
def on_post_build(config, **_):
    """Adds to the site what MkDocs does not make, once, when the pages of all languages are there."""
    _release()
    if not _within_another(config):
        root = Path(config.config_file_path).parent
        settings = _settings(config)
        project, handed = LOADED.pop(root, None), handed_at(root)
        seen = handed.seen if handed else None
        once = bool(handed) and not seen
        finish(root, Path(config.site_dir), project, settings, BUILT, once, seen)
        if settings.notice and not (SERVING or config.extra.get("bt_draft")):
            print(settings.notice, file=sys.stderr)


def _within_another(config) -> bool:
    """Whether this is the build of one language inside the build of all."""
    languages = config.plugins.get("i18n")
    return languages is not None and languages.building
