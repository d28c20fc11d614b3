"""MkDocs hook: finishes the built site. Thin on purpose; all work is in bitext.site."""

from pathlib import Path

from bitext.site import assets, finish


def on_config(config, **_):
    """Names the present state of the scripts and styles, so that browsers may keep them for long."""
    root = Path(config.config_file_path).parent
    config.extra["bt_version"] = assets.version(root)
    return config


def on_post_build(config, **_):
    """Adds to the site what MkDocs does not make (search shards, the two-language 404)."""
    finish.finish(Path(config.config_file_path).parent, Path(config.site_dir))
