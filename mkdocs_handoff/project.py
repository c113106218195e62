"""A project, read whole: what every front starts from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff import resources
from mkdocs_handoff.catalog.build import build
from mkdocs_handoff.findings import Finding, Severity, ordered
from mkdocs_handoff.handoffs.contradictions import contradictions
from mkdocs_handoff.handoffs.handoff import AGREED, HANDOFF
from mkdocs_handoff.history.approvals import NONE, Approvals, read_approvals
from mkdocs_handoff.observations import check as observations
from mkdocs_handoff.records.read import read_records
from mkdocs_handoff.schema.kinds import SUFFIX, load_kinds
from mkdocs_handoff.schema.validate import BASE
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.read import Records
    from mkdocs_handoff.settings import Found, Settings


@dataclass(frozen=True)
class Project:
    """A project, read whole.

    Attributes:
        findings: All that is wrong, by place, with the severities that the project gives; what is off is not there.
        approvals: Who approved which commit.
    """

    settings: Settings
    catalog: Catalog
    records: Records
    findings: tuple[Finding, ...]
    approvals: Approvals = NONE

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
    # What cannot be read as a schema is a kind all the same, and has been told of.
    unread = {finding.place.path.rpartition("/")[2].removesuffix(SUFFIX) for finding in schema_findings}
    unmet = tuple(_unmet(found, kinds, unread))
    settings = replace(settings, claims=tuple(claim for claim in settings.claims if claim.kind in kinds))
    records = read_records(settings, kinds, level)
    catalog, catalog_findings = build(records.records, kinds, settings.root, settings.namespace, terms=settings.terms)
    approvals, unapproved = read_approvals(settings.root, settings.approvals)
    observed = tuple(observations.check(catalog, settings.root))
    everything = (
        *found.findings,
        *unmet,
        *schema_findings,
        *records.findings,
        *catalog_findings,
        *contradictions(catalog),
        *unapproved,
        *observed,
    )
    return Project(settings, catalog, records, _weighed(everything, settings, catalog), approvals)


def _unmet(found: Found, kinds: Collection[str], unread: Collection[str]) -> Iterator[Finding]:
    """Tell of settings that say where records are of a kind that there is not."""
    settings, place = found.settings, found.places
    if place is None:
        return
    for name in dict.fromkeys(claim.kind for claim in settings.claims):
        if name not in kinds and name not in unread:
            near = nearest(name, kinds)
            hint = f"Did you mean {near!r}? " if near else ""
            hint += f"It is one of: {', '.join(kinds)}."
            yield Finding(place(("records", name), key=True), "settings/choice", f"there is no kind {name!r}", hint)


def _weighed(findings: Iterable[Finding], settings: Settings, catalog: Catalog) -> tuple[Finding, ...]:
    """Give findings the project's severities. A draft never fails a commit: its errors are warnings.

    But for what contradicts a handoff that both sides agreed on: that is none any more.
    """
    # By file as well: a second record of the same name is another record, and has a life of its own.
    drafts = {
        (str(identity), layer.path)
        for identity, record in catalog.records.items()
        if record.lifecycle == "draft"
        for layer in (record.source.layer, record.source.sidecar)
        if layer is not None
    }
    agreed = {
        str(identity)
        for identity, record in catalog.records.items()
        if identity.kind == HANDOFF and record.get("status") in AGREED
    }

    def softened(finding: Finding) -> bool:
        drafted = (finding.subject, finding.place.path) in drafts
        return drafted and not (finding.subject in agreed and finding.rule.startswith("handoff/"))

    weighed = (
        settings.weigh(
            finding.weighing(Severity.WARNING) if finding.severity is Severity.ERROR and softened(finding) else finding
        )
        for finding in findings
    )
    return ordered(finding for finding in weighed if finding.severity is not Severity.OFF)
