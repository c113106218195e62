"""Mending what the user wants mended."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.project import load
from mkdocs_handoff.records.edit import EditError
from mkdocs_handoff.settings import find_settings

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.fixes.fixing import Fixed
    from mkdocs_handoff.project import Project


def without_baseline(project: Project) -> Project:
    """Return a project whose baseline holds nothing back."""
    whole = project.counting.whole
    return replace(project, findings=whole, counting=replace(project.counting, findings=whole, held=(), stale={}))


def again(project: Project, given: argparse.Namespace) -> Project:
    """Return a project as it is on disk now."""
    found = find_settings(project.settings.root, Path(given.config).name if given.config else "")
    read = load(found, project.level)
    return without_baseline(read) if given.baseline == "none" else read


def fixed(project: Project, findings: Iterable[Finding], given: argparse.Namespace) -> Fixed:
    """Find out which of a project's findings can be mended.

    Args:
        project: As it was read.
        findings: Those that are asked for.
        given: What the user asks for.
    """
    from mkdocs_handoff.fixes.fixing import fix  # noqa: PLC0415 - few ask for it

    wanted = {(one.place.path, one.rule, one.message) for one in findings}
    root = project.settings.root
    named = {Path(os.path.relpath(path, root)).as_posix() for path in given.paths if not Path(path).is_dir()}
    return fix(
        find_settings(root, Path(given.config).name if given.config else ""),
        project,
        lambda one: (one.place.path, one.rule, one.message) in wanted,
        named,
        held=given.baseline == "none",
    )


def written(root: Path, made: Fixed) -> None:
    """Write what a fix changes.

    Raises:
        UsageError: Nothing was written.
    """
    try:
        made.write(root)
    except EditError as error:
        raise UsageError(f"nothing was mended: {files.shown(root / error.path)} {error.what}. {error.hint}") from None
