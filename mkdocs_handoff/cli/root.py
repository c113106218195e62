"""Which project a command is about: the nearest folder above that has a configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.main import UsageError
from mkdocs_handoff.project import load
from mkdocs_handoff.settings import CONFIGURATIONS, OWN_FILE, find_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.project import Project

_MARKS = (OWN_FILE, *CONFIGURATIONS)


def open_project(configuration: str | None, paths: Sequence[str], level: str) -> Project:
    """Read the project that a command is about.

    Args:
        configuration: A configuration file that the user names, if any.
        paths: Files the user names: the project is looked for from the first of them upwards, so that pre-commit
            finds the project of a folder of a larger repository.
        level: What is asked of every record.

    Raises:
        UsageError: A named file does not exist.
    """
    for path in paths:
        if not Path(path).exists():
            raise UsageError(f"there is no file or folder {path!r}")
    if configuration is None:
        return load(find_settings(_root(Path(paths[0]).absolute() if paths else Path.cwd())), level)
    file = Path(configuration)
    if not file.is_file():
        raise UsageError(f"there is no configuration {configuration!r}")
    folder = file.absolute().parent
    return load(find_settings(folder, "" if file.name == OWN_FILE else file.name), level)


def _root(start: Path) -> Path:
    """Return the nearest folder with a configuration; else the nearest with a git repository; else where it began."""
    above = [start, *start.parents] if start.is_dir() else list(start.parents)
    for folder in above:
        if any((folder / mark).is_file() for mark in _MARKS):
            return folder
        if (folder / ".git").exists():
            return folder
    return above[0]
