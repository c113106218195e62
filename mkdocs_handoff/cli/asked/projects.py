"""Which projects a command is about: the nearest folder with a configuration above each file that it names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.findings import ordered
from mkdocs_handoff.project import load
from mkdocs_handoff.records.discover import claims
from mkdocs_handoff.settings import CONFIGURATIONS, OWN_FILE, find_settings
from mkdocs_handoff.text.globs import fixed_part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.settings import Found

_MARKS = (OWN_FILE, *CONFIGURATIONS)
_JUDGED = "settings/"
"""Rules of what stands in settings, whose severity they may give; others say why they cannot be read."""
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
    return tuple(load(found, level, told) for found in _settings(configuration, paths))


def settled_projects(configuration: str | None, paths: Sequence[str]) -> tuple[Project, ...]:
    """Read the projects that a command is about, as `open_projects` does; the settings of each must be in order.

    Raises:
        UsageError: A named file does not exist, or what settings say is wrong: where records are, who owns them and
            what is asked of them would be guessed.
    """
    every = _settings(configuration, paths)
    for found in every:
        # What cannot be read is in no order, whatever severity is given to that in records.
        _hold_order([one for one in ordered(found.findings) if not one.rule.startswith(_JUDGED)])
    projects = tuple(map(load, every))
    for project in projects:
        _hold_order([one for one in project.errors if one.rule.startswith(_JUDGED)])
    return projects


def _settings(configuration: str | None, paths: Sequence[str]) -> tuple[Found, ...]:
    """Read the settings of the projects that a command is about, as `open_projects` says."""
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"there is no file or folder {path!r}")
    if configuration is not None:
        return (settings_of(configuration),)
    return tuple(map(find_settings, dict.fromkeys(_root(_absolute(path)) for path in paths or ["."])))


def _hold_order(wrong: Sequence[Finding]) -> None:
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise UsageError(
            f"the settings are not in order, and only `mkdocs-handoff lint` goes on without them{more}:\n"
            f"{wrong[0].place}: {wrong[0].rule} {wrong[0].message}\n  {wrong[0].hint}".rstrip()
        )


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
    """Return in words that a project has no record files, where they are looked for, and why there."""
    root = project.settings.root
    globs = (claim.glob for claim in claims(project.settings, project.catalog.kinds))
    places = ", ".join(sorted({(fixed_part(glob) if "*" in glob else "") or glob for glob in globs}))
    told = f"no record files found below {root}: they are looked for in {places}, or where `records:` says"
    settled = any(os.path.lexists(root / mark) for mark in _MARKS)
    if not settled and (root / ".git").exists() and root != _absolute("."):
        told += f"; {root} is the root of the git repository, and a `handoff.yml` makes a folder in it a project"
    return told


def settings_of(configuration: str | None) -> Found:
    """Return the settings in a configuration file, or without one those of the project of the current folder.

    Raises:
        UsageError: There is no such file.
    """
    if configuration is None:
        return find_settings(_root(_absolute(".")))
    if not Path(configuration).is_file():
        raise UsageError(f"there is no configuration {configuration!r}")
    return _found(_absolute(configuration).parent, Path(configuration).name)


def read_again(project: Project) -> Project:
    """Return a project as it is on disk now."""
    return load(_found(project.settings.root, project.settings.path))


def _found(root: Path, configuration: str) -> Found:
    return find_settings(root, "" if configuration == OWN_FILE else configuration)


def _absolute(path: str) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - takes `..` out, and follows no links


def _root(start: Path) -> Path:
    """Return the nearest folder with a configuration; else the nearest with a git repository; else where it began."""
    above = [start, *start.parents] if start.is_dir() else list(start.parents)
    for folder in above:
        if _FORGES.isdisjoint(folder.parts[-2:]) and any(os.path.lexists(folder / mark) for mark in _MARKS):
            return folder
        if (folder / ".git").exists():
            return folder
    return above[0]
