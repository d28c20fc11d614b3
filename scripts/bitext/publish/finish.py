"""Adds to the built site what MkDocs does not make: search files, downloads, bundles."""

from __future__ import annotations

from pathlib import Path

from bitext.glossary import formats
from bitext.library.paths import below
from bitext.project.project import Project, load_project
from bitext.project.write import on_disk
from bitext.publish import assets, opensearch
from bitext.publish.export import data_files
from bitext.search import index


def finish(
    root: Path, site_dir: Path, project: Project | None = None, site_url: str | None = None
) -> None:
    """Completes `site_dir`, built from the project at `root`: search, downloads, assets.

    The project is loaded where nobody has done so yet.
    """
    project = project or load_project(root)
    texts = index.built_texts(root, site_dir, on_disk(root / "docs"))
    index.write(project.library.bitexts, project.glossary, project.people, texts, site_dir)
    assets.join_worker(site_dir / "assets" / "bt", index.WORKER_PARTS, index.LATER_PARTS)
    offered = formats.files(project.glossary)
    for bitext in project.library.bitexts:
        offered |= {name: text.encode("utf-8") for name, text in data_files(bitext).items()}
    for name, data in offered.items():
        file = below(site_dir / "data", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    for name, text in opensearch.files(site_url).items():
        (site_dir / name).write_text(text, "utf-8", newline="")
    assets.bundle(site_dir)
