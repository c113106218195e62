"""A project, read whole: what every front starts from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff import resources
from mkdocs_handoff.catalog.build import build
from mkdocs_handoff.findings import Finding, Severity, ordered
from mkdocs_handoff.records.read import read_records
from mkdocs_handoff.schema.kinds import load_kinds
from mkdocs_handoff.schema.validate import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.read import Records
    from mkdocs_handoff.settings import Found, Settings


@dataclass(frozen=True)
class Project:
    """A project, read whole.

    Attributes:
        findings: All that is wrong, by place, with the severities that the project gives; what is off is not there.
    """

    settings: Settings
    catalog: Catalog
    records: Records
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that fail lint."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    def about(self, path: str) -> tuple[Finding, ...]:
        """Return the findings in a file."""
        return tuple(finding for finding in self.findings if finding.place.path == path)


def load(found: Found, level: str = BASE) -> Project:
    """Read a project.

    Args:
        found: Its settings, and what is wrong with them.
        level: What is asked of every record, whatever its own level.
    """
    settings = found.settings
    folders = [(resources.folder("schemas"), "schemas of mkdocs-handoff")]
    own = settings.root / settings.schemas
    if own.is_dir() and not own.samefile(folders[0][0]):
        folders.append((own, settings.schemas))
    kinds, schema_findings = load_kinds(folders)
    records = read_records(settings, kinds, level)
    catalog, catalog_findings = build(records.records, kinds, settings.root, settings.namespace, terms=settings.terms)
    everything = (*found.findings, *schema_findings, *records.findings, *catalog_findings)
    return Project(settings, catalog, records, _weighed(everything, settings, catalog))


def _weighed(findings: Iterable[Finding], settings: Settings, catalog: Catalog) -> tuple[Finding, ...]:
    """Give findings the project's severities. A draft never fails a commit: its errors are warnings."""
    drafts = {str(identity) for identity, record in catalog.records.items() if record.lifecycle == "draft"}
    weighed = (
        settings.weigh(
            finding.weighing(Severity.WARNING)
            if finding.severity is Severity.ERROR and finding.subject in drafts
            else finding
        )
        for finding in findings
    )
    return ordered(finding for finding in weighed if finding.severity is not Severity.OFF)
