"""Mending what the user wants mended, and writing the baseline of what is put aside."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.asked.policy import WRITE
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.policy.baseline import Baseline, grown, read_baseline, shrunk
from mkdocs_handoff.project import load
from mkdocs_handoff.records.edit import EditError
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

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


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A baseline that was written.

    Attributes:
        before: What it held.
        after: What it holds.
    """

    path: str
    before: Baseline
    after: Baseline

    @property
    def told(self) -> str:
        """What became of it, in words."""
        added = sum(max(0, count - self.before.counts.get(one, 0)) for one, count in self.after.counts.items())
        gone = sum(max(0, count - self.after.counts.get(one, 0)) for one, count in self.before.counts.items())
        changes = f"{added:,} added, {gone:,} taken out" if added or gone else "as before"
        return f"{self.path} holds {counted(self.after.size, 'finding')} ({changes})"


def rewrite_baseline(project: Project, findings: Sequence[Finding], given: argparse.Namespace) -> Rewritten:
    """Write a project's baseline: all that is found into it, or what is gone out of it.

    Args:
        project: As it was read.
        findings: What is told of what is asked for; a baseline that is written holds it from now on.
        given: What the user asks for.

    Raises:
        UsageError: It cannot be written, or what is gone cannot be told from a baseline that is broken.
    """
    settings = project.settings
    counting = project.counting
    if given.baseline == WRITE:
        whole = not given.paths and given.changed is None
        wanted = (*findings, *(counting.held if whole else ()))
        after = grown(counting.baseline, wanted, settings, project.level, whole=whole)
        if not whole:  # what it held of these files stays, and the new comes to it
            more = grown(Baseline(settings.baseline), findings, settings, project.level, whole=True).counts
            counts = {**counting.baseline.counts}
            for one, count in more.items():
                counts[one] = counts.get(one, 0) + count
            after = replace(after, counts=dict(sorted(counts.items())))
    else:
        broken = read_baseline(settings.root, settings.baseline)
        if not isinstance(broken, Baseline):
            raise UsageError(f"{files.shown(settings.root / settings.baseline)}: {broken.message}. {broken.hint}")
        after = shrunk(counting.baseline, counting.stale)
    file = settings.root / settings.baseline
    made = Rewritten(files.shown(file), counting.baseline, after)
    text = after.written()
    if text != counting.baseline.text and (after.counts or file.exists()):
        files.update(file, lambda _: text.encode(), within=settings.root)
    return made
