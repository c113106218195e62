"""What making the pages of one project needs again and again, computed once and only when asked for."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from mkdocs_handoff.reports import decisions, ownership

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.pages.prose import Prose
    from mkdocs_handoff.pages.sitemap import Sitemap
    from mkdocs_handoff.past import Past
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity


class Inputs:
    """A project with its sitemap, and the reports that many pages share."""

    def __init__(self, project: Project, sitemap: Sitemap, prose: Prose, past: Past) -> None:
        self.project = project
        self.history = past.history
        self.today = past.today
        self.catalog = project.catalog
        self.sitemap = sitemap
        self.prose = prose
        self.root = project.settings.root
        self.home = project.settings.nav or "Handoff"

    @cached_property
    def ownership(self) -> ownership.Ownership:
        """Who owns what."""
        return ownership.ownership(self.catalog)

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
