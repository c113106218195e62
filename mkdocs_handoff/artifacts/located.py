"""Where a path that a record states leads: which file it means, and whether it is one at all."""

from __future__ import annotations

import os
import posixpath
import re
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts import dvc
from mkdocs_handoff.text import paths
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from pathlib import Path as Folder


def located(path: str, folder: str, root: Folder) -> str | None:
    """Return a path from the project's root, or None where it leads out of the project.

    Paths count from the project's root; those that begin with `./` or `../`, and those that are only there, from the
    record's folder.

    Args:
        path: As written.
        folder: The record's, from the project's root.
        root: The project's root.
    """
    return paths.located(path, folder, lambda one: there(root, one))


def there(root: Folder, path: str) -> bool:
    """Tell whether something is at a path from the root; not where that cannot be asked (a name that is too long)."""
    return os.path.exists(os.path.join(root, path))  # noqa: PTH110, PTH118 - a Path would raise


def stage_folders(lock: str, root: Folder) -> dict[str, str]:
    """Return the folders that the stages of a `dvc.lock` run in, as the `dvc.yaml` beside it says: see `dvc.placed`."""
    beside = posixpath.join(posixpath.dirname(lock), "dvc.yaml")
    declared = read_text(root, beside) if there(root, beside) else ""
    try:
        return dvc.read_folders(declared) if isinstance(declared, str) and declared else {}
    except dvc.DvcError:
        return {}


def in_words(path: str, file: str, root: Folder) -> bool:
    """Tell whether a path is no path: people write where a file is to be had.

    Args:
        path: As written.
        file: What it would be from the project's root.
        root: The project's root.
    """
    if not re.search(r"\s", path) or there(root, file):
        return False
    parent = posixpath.dirname(file)
    return not there(root, parent) if parent else not re.search(r"\.\w+$", file)
