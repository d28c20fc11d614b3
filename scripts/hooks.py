"""MkDocs hook: finishes the built site. Thin on purpose; all work is in bitext.site."""

from pathlib import Path

from mkdocs.plugins import event_priority

from bitext.site import assets, finish


def on_config(config, **_):
    """Names the present state of the scripts and styles, so that browsers may keep them for long."""
    root = Path(config.config_file_path).parent
    config.extra["bt_version"] = assets.version(root)
    return config


@event_priority(-200)  # after static-i18n (-100), which builds the other languages in its own
def on_post_build(config, **_):
    """Adds to the site what MkDocs does not make, once, when the pages of all languages are there."""
    languages = config.plugins.get("i18n")
    if languages is not None and languages.building:
        return  # one language inside the build of all
    finish.finish(Path(config.config_file_path).parent, Path(config.site_dir))
