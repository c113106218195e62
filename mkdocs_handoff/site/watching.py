"""What `serve` watches beside the builder's own folders."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mkdocs_handoff.history.codeowners import LOCATIONS
from mkdocs_handoff.observations import check as observations
from mkdocs_handoff.records.discover import claims
from mkdocs_handoff.settings import OWN_FILE
from mkdocs_handoff.text.globs import fixed_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from mkdocs.livereload import LiveReloadServer

    from mkdocs_handoff.pages.sitemap import Sitemap
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.settings import Settings


def folders(project: Project) -> tuple[str, ...]:
    """Return the folders in which a new file may be a record, a schema or a template: outermost, never the root."""
    settings = project.settings
    named = [fixed_part(claim.glob) for claim in claims(settings, project.catalog.kinds)]
    # A glob from the root has no folder of its own: those that hold records now stand in for it.
    tops = [path.partition("/")[0] for path in project.records.read if "/" in path] if "" in named else []
    extended = [name for _, name in settings.layers]
    wanted = {*named, *tops, settings.schemas, settings.templates, *extended} - {"", "."}
    found: list[str] = []
    for folder in sorted(wanted):
        if folder.startswith("..") or any(_below(folder, other) for other in (*found, settings.docs_dir)):
            continue
        found.append(folder)
    return tuple(found)


def files(project: Project, sitemap: Sitemap, watched: Iterable[str]) -> tuple[str, ...]:
    """Return the files that pages are made of and that stand in no watched folder."""
    settings = project.settings
    covered = (*watched, settings.docs_dir)
    own = (settings.approvals, settings.trend, settings.baseline, *settings.extended, *LOCATIONS)
    beside = [path for path in own if (settings.root / path).is_file()]
    made_of = (*project.records.read, *project.records.used, *observations.files(project.catalog))
    every = {*made_of, *sitemap.assets, *beside, settings.path, OWN_FILE} - {""}
    return tuple(sorted(path for path in every if not any(_below(path, folder) for folder in covered)))


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")


class Watcher:
    """Keeps the builder's server watching what pages are made of now: what appears is added, what is gone let go."""

    def __init__(self, server: LiveReloadServer) -> None:
        self._server = server
        self._watched: set[Path] = set()

    def update(self, project: Project, sitemap: Sitemap) -> None:
        """Watch what a build has used."""
        for path in [path for path in self._watched if not path.exists()]:
            self._server.unwatch(str(path))
            self._watched.remove(path)
        for path, deep in _targets(project.settings, folders(project), project, sitemap):
            if path not in self._watched and path.exists():
                self._server.watch(str(path), recursive=deep)
                self._watched.add(path)


def _targets(
    settings: Settings, deep: Iterable[str], project: Project, sitemap: Sitemap
) -> Iterator[tuple[Path, bool]]:
    """Yield what to watch, and whether with all folders below. Each costs a thread: folders, not files, if possible."""
    for folder in deep:
        yield settings.root / folder, True
    for path in files(project, sitemap, deep):
        folder = posixpath.dirname(path)
        # The root itself holds too much that changes: only its single files are watched.
        yield settings.root / (folder if folder and not folder.startswith("..") else path), False
