"""Whether a `dvc.lock` says how a model is made that does not say it itself."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts.dvc import DvcError, read_lock, writing
from mkdocs_handoff.artifacts.located import located, stage_folders, there
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path as Folder

    from mkdocs_handoff.artifacts.dvc import Stage
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record

LOCK = "dvc.lock"
_OF_FOLDER = frozenset(("readme", "index", "card"))


class Locks:
    """Knows what lock files make; each is read once.

    Args:
        root: The project's root; None where nobody can look: then there are none.
    """

    def __init__(self, root: Folder | None) -> None:
        self._root = root
        self._stages: dict[str, tuple[Stage, ...]] = {}

    def make(self, model: Record, catalog: Catalog) -> bool:
        """Tell whether the lock file nearest to a model has a stage that writes a file of it: what `capture` takes."""
        root = self._root
        here = posixpath.dirname(model.source.path)
        path = next((path for path in _near(here) if there(root, path)), "") if root is not None else ""
        if root is None or not path:
            return False
        stem = posixpath.basename(model.source.path).partition(".")[0]
        own = here if stem.lower() in _OF_FOLDER or _alone(model, here, catalog) else posixpath.join(here, stem)
        files = {found for one in _files(model) if (found := located(one, here, root)) is not None}
        return bool(writing(self._read(path, root), path, stage_folders(path, root), files, own))

    def _read(self, path: str, root: Folder) -> tuple[Stage, ...]:
        if path not in self._stages:
            text = read_text(root, path)
            try:
                self._stages[path] = read_lock(text) if isinstance(text, str) else ()
            except DvcError:
                self._stages[path] = ()
        return self._stages[path]


def _near(folder: str) -> Iterator[str]:
    """Yield where a lock file may lie: in a folder, and in those above it."""
    yield posixpath.join(folder, LOCK)
    while folder:
        folder = posixpath.dirname(folder)
        yield posixpath.join(folder, LOCK)


def _alone(model: Record, here: str, catalog: Catalog) -> bool:
    others = (one for one in catalog.records.values() if one is not model)
    return bool(here) and not any(posixpath.dirname(one.source.path) == here for one in others)


def _files(model: Record) -> Iterator[str]:
    """Yield the files that a model says it consists of."""
    versions = [one for one in model.get("versions") or () if isinstance(one, dict)]
    for listed in (model.get("checksums"), *(one.get("artifacts") for one in versions)):
        for one in listed if isinstance(listed, list) else ():
            path = one.get("path") if isinstance(one, dict) else one
            if isinstance(path, str) and path:
                yield path
