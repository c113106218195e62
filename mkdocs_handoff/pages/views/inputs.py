"""What making the pages of one project needs again and again, computed once and only when asked for."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.handoff import handoffs
from mkdocs_handoff.reports import decisions, observed, progress
from mkdocs_handoff.reports.handoffs import sign_offs
from mkdocs_handoff.reports.links import Lineages
from mkdocs_handoff.reports.owners import codeowners, ownership
from mkdocs_handoff.reports.owners.handles import Handles
from mkdocs_handoff.reports.readiness.given import Given
from mkdocs_handoff.reports.reading_path import ReadingPaths
from mkdocs_handoff.reports.stale import report as stale
from mkdocs_handoff.reports.stale import trend
from mkdocs_handoff.reports.trail import Trails
from mkdocs_handoff.staleness import judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.pages.prose import Prose
    from mkdocs_handoff.pages.sitemap import Sitemap
    from mkdocs_handoff.past import Past
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.handoffs.sign_offs import Signature
    from mkdocs_handoff.staleness.verdict import Cause, Staleness


class Inputs:
    """A project with its sitemap, and the reports that many pages share."""

    def __init__(
        self, project: Project, sitemap: Sitemap, prose: Prose, past: Past, reading: ReadingPaths | None = None
    ) -> None:
        self.project = project
        self.history = past.history
        self.today = past.today
        self.catalog = project.catalog
        self.sitemap = sitemap
        self.prose = prose
        self.root = project.settings.root
        self.home = project.settings.nav or "Handoff"
        self._reading = reading

    @cached_property
    def ownership(self) -> ownership.Ownership:
        """Who owns what."""
        return ownership.ownership(self.catalog, self.today)

    @cached_property
    def codeowners(self) -> codeowners.Comparison | None:
        """What CODEOWNERS says of the records' files; None where there is no such file."""
        written = codeowners.found(self.root, self.history)
        if written is None:
            return None
        return codeowners.comparison(self.catalog, self.ownership, Handles(self.catalog), written, self.history)

    @cached_property
    def staleness(self) -> Staleness:
        """How all records stand."""
        return judge.staleness(self.catalog, self.root, self.history, self.today)

    @cached_property
    def stale(self) -> stale.StaleReport:
        """What may no longer hold."""
        return stale.stale(self.catalog, self.staleness, self.ownership)

    @cached_property
    def sharing(self) -> Mapping[Cause, int]:
        """How many records each cause made suspect."""
        return {group.cause: len(group.members) for group in self.stale.by_cause if group.cause is not None}

    @cached_property
    def trends(self) -> tuple[tuple[trend.Point, ...], tuple[trend.Problem, ...]]:
        """How records stood on earlier days, and the lines of that file that say nothing; both empty without it."""
        try:
            text = (self.root / self.project.settings.trend).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return (), ()
        return trend.read(text)

    @cached_property
    def progress(self) -> tuple[progress.Progress, tuple[progress.Progress, ...]]:
        """How all records get on, and those of each owner."""
        standings = self.staleness.standings
        return progress.progress(self.catalog, self.ownership, standings, self.history, self.today, self.lineages)

    @cached_property
    def lineages(self) -> Lineages:
        """Which links of models are known."""
        return Lineages(self.catalog, self.root)

    @cached_property
    def reading_paths(self) -> ReadingPaths:
        """What to read to take over models."""
        return self._reading or ReadingPaths(self.catalog, self.today)

    @cached_property
    def ready(self) -> Given:
        """What readiness is computed from."""
        return Given(
            self.catalog,
            self.root,
            self.project.counting.whole,
            self.ownership,
            self.staleness,
            self.history,
            self.today,
            self.project.approvals,
        )

    @cached_property
    def signatures(self) -> Mapping[Identity, tuple[Signature, ...]]:
        """The signatures of all handoffs."""
        return sign_offs.signatures(self.catalog, handoffs(self.catalog), self.history, self.project.approvals)

    @cached_property
    def observations(self) -> observed.Observations:
        """What was observed of models over time."""
        return observed.Observations(self.catalog, self.root)

    @cached_property
    def trails(self) -> Trails:
        """Who changed what, and who looked at it."""
        return Trails(self.catalog, self.history, self.project.approvals, self.today)

    @cached_property
    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """Findings by the record they are about."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.project.findings:
            found[finding.subject].append(finding)
        return {subject: tuple(listed) for subject, listed in found.items()}

    @cached_property
    def supersession(
        self,
    ) -> tuple[Mapping[Identity, tuple[Identity, ...]], Mapping[Identity, tuple[Identity, ...]]]:
        """What each record supersedes, and what supersedes it."""
        return decisions.supersession(self.catalog)
