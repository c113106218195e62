"""The files and folders that a user names: which findings stand in them, and which of them hold no record."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.records.discover import SIDECAR
from mkdocs_handoff.schema.files import SUFFIX
from mkdocs_handoff.settings import CONFIGURATIONS, OWN_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.project import Project

_EVERYWHERE = ("settings/", "schema/", "baseline/broken")
_SETTINGS = (OWN_FILE, *CONFIGURATIONS)
_NAMED = 3
"""So many files are called by name, where several hold no record: a hook may name hundreds."""


def everywhere(project: Project, finding: Finding) -> bool:
    """Tell whether a finding is told whatever is asked for.

    What is wrong with the settings or a schema may hide what is wrong with a record.
    """
    return finding.rule.startswith(_EVERYWHERE) or _of_settings(project, finding.place.path)


def within(project: Project, findings: Iterable[Finding], paths: Sequence[str]) -> tuple[Finding, ...]:
    """Return the findings in the named files and folders; all of them where none is named."""
    wanted = [_from_root(project, path) for path in paths]
    return tuple(
        finding
        for finding in findings
        if not wanted or everywhere(project, finding) or any(_below(finding.place.path, path) for path in wanted)
    )


def recordless(projects: Sequence[Project], paths: Sequence[str]) -> Iterator[str]:
    """Yield in words which of the named files and folders hold no record, so that nothing was looked for in them.

    Settings, schemas and what else lint reads are no records, and are looked at all the same.

    Args:
        projects: Those that the paths belong to.
        paths: As the user names them. They are there.
    """
    files = []
    for path in dict.fromkeys(paths):
        if any(_looked_at(project, _from_root(project, path)) for project in projects):
            continue
        if Path(path).is_dir():
            yield f"{path} holds no record"
        else:
            files.append(path)
    named = ", ".join(files[:_NAMED])
    if len(files) > _NAMED:
        named += f" and {len(files) - _NAMED:,} more"
    if files:
        are = "is no record" if len(files) == 1 else "are no records"
        yield f"{named} {are}: no glob of `records:` finds {'it' if len(files) == 1 else 'them'}"


def _looked_at(project: Project, wanted: str) -> bool:
    settings = project.settings
    if _of_settings(project, wanted) or wanted.endswith(SUFFIX):
        return True
    read = (*project.records.read, *project.records.used, *(finding.place.path for finding in project.findings))
    others = (settings.baseline, settings.approvals, settings.trend, settings.schemas)
    return wanted in others or any(_below(path, wanted.removesuffix(SIDECAR)) for path in read)


def _of_settings(project: Project, path: str) -> bool:
    return posixpath.basename(path) in _SETTINGS or path in (project.settings.path, *project.settings.extended)


def _below(path: str, wanted: str) -> bool:
    return wanted in (".", path) or path.startswith(wanted + "/")


def _from_root(project: Project, path: str) -> str:
    return Path(os.path.relpath(path, project.settings.root)).as_posix()
