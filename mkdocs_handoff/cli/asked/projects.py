"""Which projects a command is about: the nearest folder with a configuration above each file that it names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.project import load
from mkdocs_handoff.settings import CONFIGURATIONS, OWN_FILE, find_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.settings import Found

_MARKS = (OWN_FILE, *CONFIGURATIONS)
_FORGES = frozenset((".github", ".gitlab"))
"""Folders of workflows: a `handoff.yml` there is one of those, and no settings."""


def open_projects(
    configuration: str | None,
    paths: Sequence[str],
    level: str = "base",
    told: Callable[[int, int], None] | None = None,
) -> tuple[Project, ...]:
    """Read the projects that a command is about, in the order in which their files are named.

    Args:
        configuration: A configuration file that the user names, if any.
        paths: Files and folders the user names: the project of each is looked for upwards, so that a hook finds those
            of all folders of a larger repository. None: the project of the current folder.
        level: What is asked of every record.
        told: Is told how many files of how many have been read.

    Raises:
        UsageError: A named file does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"there is no file or folder {path!r}")
    if configuration is None:
        roots = dict.fromkeys(_root(_absolute(path)) for path in paths or ["."])
        return tuple(load(find_settings(root), level, told) for root in roots)
    file = Path(configuration)
    if not file.is_file():
        raise UsageError(f"there is no configuration {configuration!r}")
    return (_load(_absolute(configuration).parent, file.name, level, told),)


def settled_projects(configuration: str | None, paths: Sequence[str]) -> tuple[Project, ...]:
    """Read the projects that a command is about, as `open_projects` does; the settings of each must be in order.

    Raises:
        UsageError: A named file does not exist, or what settings say is wrong: where records are, who owns them and
            what is asked of them would be guessed.
    """
    projects = open_projects(configuration, paths)
    for project in projects:
        wrong = [one for one in project.errors if one.rule.startswith("settings/")]
        if wrong:
            more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
            raise UsageError(
                f"the settings are not in order, and only `mkdocs-handoff lint` goes on without them{more}:\n"
                f"{wrong[0].place}: {wrong[0].rule} {wrong[0].message}\n  {wrong[0].hint}".rstrip()
            )
    return projects


def projects_with_records(configuration: str | None, paths: Sequence[str]) -> tuple[Project, ...]:
    """Read the projects that a command is about, as `settled_projects` does; each must hold something to report on.

    Raises:
        UsageError: As there, or a project has no record files: it is probably not the one meant.
    """
    projects = settled_projects(configuration, paths)
    for project in projects:
        if not project.records.read:
            raise UsageError(f"{nothing_found(project)}; name the project's configuration with -f, or go to its folder")
    return projects


def nothing_found(project: Project) -> str:
    """Return in words that a project has no record files, and where they are looked for."""
    globs = (kind.globs[0] for kind in project.catalog.kinds.values() if kind.globs)
    places = ", ".join(sorted({glob.rpartition("/")[0] or glob for glob in globs}))
    where = f"they are looked for in {places}, or where `records:` says"
    return f"no record files found below {project.settings.root}: {where}"


def settings_here() -> Found:
    """Return the settings of the project of the current folder."""
    return find_settings(_root(_absolute(".")))


def read_again(project: Project) -> Project:
    """Return a project as it is on disk now."""
    return _load(project.settings.root, project.settings.path, "base")


def _load(root: Path, configuration: str, level: str, told: Callable[[int, int], None] | None = None) -> Project:
    return load(find_settings(root, "" if configuration == OWN_FILE else configuration), level, told)


def _absolute(path: str) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - takes `..` out, and follows no links


def _root(start: Path) -> Path:
    """Return the nearest folder with a configuration; else the nearest with a git repository; else where it began."""
    above = [start, *start.parents] if start.is_dir() else list(start.parents)
    for folder in above:
        if _FORGES.isdisjoint(folder.parts[-2:]) and any((folder / mark).is_file() for mark in _MARKS):
            return folder
        if (folder / ".git").exists():
            return folder
    return above[0]
