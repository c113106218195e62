"""Projects with how their records stand: what the commands about staleness start from."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.asked.began import began
from mkdocs_handoff.cli.asked.projects import projects_with_records
from mkdocs_handoff.past import look_back
from mkdocs_handoff.reports.owners.ownership import ownership
from mkdocs_handoff.reports.stale.report import stale
from mkdocs_handoff.staleness.changed import suspects_of
from mkdocs_handoff.staleness.judge import staleness
from mkdocs_handoff.staleness.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.stale.report import StaleReport
    from mkdocs_handoff.staleness.verdict import Standing


@dataclass(frozen=True)
class Looked:
    """A project, what git knows of it, and how its records stand.

    Attributes:
        standings: How each record stands, as the report has it.
        whole: How each record stands, also where only what a change makes suspect is asked for.
        base: The commit that a change builds on, where only what the change makes suspect is asked for.
    """

    project: Project
    history: History
    report: StaleReport
    standings: Mapping[Identity, Standing]
    whole: Mapping[Identity, Standing]
    base: str = ""

    @property
    def name(self) -> str:
        """Its root as it can be gone to from the current folder."""
        return files.shown(self.project.settings.root)

    def shown(self, path: str) -> str:
        """Return a file of it as it can be opened from the current folder."""
        return files.shown(os.path.join(self.project.settings.root, path))  # noqa: PTH118 - once a record


def look(configuration: str | None, paths: Sequence[str], of: date, change: str | None = None) -> tuple[Looked, ...]:
    """Read projects, and how their records stand on a day.

    Args:
        configuration: A configuration file that the user names, if any.
        paths: Files and folders; the project of each is looked for upwards. None: that of the current folder.
        of: The day that counts as today.
        change: The branch that a change left: only what the change makes suspect is told. Empty: the usual branch.

    Raises:
        UsageError: A project has no records, or it cannot be found where the change began.
    """
    return tuple(_looked(project, of, change) for project in projects_with_records(configuration, paths))


def _looked(project: Project, of: date, change: str | None) -> Looked:
    past = look_back(project.settings, of)
    catalog, root, history = project.catalog, project.settings.root, past.history
    found = staleness(catalog, root, history, of)
    whole = found.standings
    begin = ""
    if change is not None:
        begin = began(history.repository, change)
        suspects = suspects_of(catalog, root, history, found.standings, begin)
        only = {
            identity: replace(found.standings[identity], verdict=Verdict.SUSPECT, reasons=reasons, notes=())
            for identity, reasons in suspects.items()
        }
        found = replace(found, standings=only)
    return Looked(project, history, stale(catalog, found, ownership(catalog, of)), found.standings, whole, begin)
