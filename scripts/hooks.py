"""MkDocs hook: finishes the built site. Thin on purpose; all work is in bitext.site."""

from pathlib import Path

from bitext import site


def on_post_build(config, **_):
    """Adds to the site what MkDocs does not make (search shards, the two-language 404)."""
    site.finish(Path(config.config_file_path).parent, Path(config.site_dir))
