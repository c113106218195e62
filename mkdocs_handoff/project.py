"""A project, read whole: what every front starts from."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.build import build
from mkdocs_handoff.demands.check import check as demanded
from mkdocs_handoff.demands.demand import built_in, rules_of
from mkdocs_handoff.demands.known import known, matching_nothing
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.handoffs.words import AGREED, HANDOFF
from mkdocs_handoff.history.approvals import NONE, Approvals, read_approvals
from mkdocs_handoff.observations.sources import FIELD as OBSERVATIONS
from mkdocs_handoff.policy.counting import Counting, count
from mkdocs_handoff.records.read import read_records
from mkdocs_handoff.schema.files import SUFFIX
from mkdocs_handoff.schema.validate import BASE
from mkdocs_handoff.settings.idle import idle
from mkdocs_handoff.settings.kinds import kinds_of
from mkdocs_handoff.statements.check import check as contradicted
from mkdocs_handoff.statements.known import unknown as meaningless
from mkdocs_handoff.text.near import nearest
from mkdocs_handoff.today import DateError, today

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.read import Records
    from mkdocs_handoff.settings import Found, Settings


@dataclass(frozen=True)
class Project:
    """A project, read whole.

    Attributes:
        findings: All that is wrong, by place, with the severities that the project gives; what is off, ignored by a
            comment or in the baseline is not there.
        approvals: Who approved which commit.
        counting: What became of the findings that are not there.
        level: What was asked of every record.
    """

    settings: Settings
    catalog: Catalog
    records: Records
    findings: tuple[Finding, ...]
    approvals: Approvals = NONE
    counting: Counting = field(default_factory=Counting)
    level: str = BASE

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What is wrong, whether lint tells it or the baseline holds it: that keeps lint quiet and mends nothing."""
        return tuple(finding for finding in self.counting.whole if finding.severity is Severity.ERROR)

    def about(self, path: str) -> tuple[Finding, ...]:
        """Return what is wrong in a file, in the baseline or not."""
        return tuple(finding for finding in self.counting.whole if finding.place.path == path)


def load(
    found: Found,
    level: str = BASE,
    told: Callable[[int, int], None] | None = None,
    texts: Mapping[str, str] | None = None,
    day: date | None = None,
) -> Project:
    """Read a project.

    Args:
        found: Its settings, and what is wrong with them.
        level: What is asked of every record, whatever its own level.
        told: Is told how many files of how many have been read.
        texts: What record files are taken to hold, by path, whatever they hold.
        day: From when prose is looked at, which may say how often something happens; None: `SOURCE_DATE_EPOCH`, or now.
    """
    settings = found.settings
    kinds, schema_findings = kinds_of(settings)
    # What cannot be read as a schema is a kind all the same, and has been told of.
    unread = {finding.place.path.rpartition("/")[2].removesuffix(SUFFIX) for finding in schema_findings}
    unmet = tuple(_unmet(found, kinds, unread))
    settings = replace(settings, claims=tuple(claim for claim in settings.claims if claim.kind in kinds))
    records = read_records(settings, kinds, level, told, texts)
    catalog, catalog_findings = build(records.records, kinds, settings.root, settings.namespace, terms=settings.terms)
    approvals, unapproved = read_approvals(settings.root, settings.approvals)
    weighed = [overrule.rule for overrule in settings.overrules]
    # What is wrong in one rule says nothing of the others; it is told, and the rule is not asked.
    rules = known(settings.rules, kinds, found.places, weighed)
    strange = rules.findings
    if found.places is not None:
        strange += tuple(meaningless(settings.prose, catalog, kinds, found.places))
    paths = {record.source.path for record in catalog.records.values()}
    nothing = (
        *matching_nothing(rules.rules, paths, settings.extended, found.places),
        *idle(settings, records.read, found.places),
    )
    between = demanded(catalog, (*built_in(), *rules_of(rules.rules)))
    everything = (
        *found.findings,
        *unmet,
        *schema_findings,
        *records.findings,
        *catalog_findings,
        *_of_some(catalog, settings.root),
        *unapproved,
        *strange,
        *nothing,
        *between,
        *contradicted(catalog, settings.prose, day or _now()),
    )
    hiding = (*found.findings, *unmet, *schema_findings, *strange)
    counting = count(_lightened(everything, catalog, settings), settings, records.marked, level, hiding)
    return Project(settings, catalog, records, counting.findings, approvals, counting, level)


def _of_some(catalog: Catalog, root: Path) -> Iterator[Finding]:
    """Yield what is wrong with what only some projects have.

    Its rooms are loaded where there is any of it: of a start of lint they would be a tenth.
    """
    if any(identity.kind == HANDOFF for identity in catalog.records):
        from mkdocs_handoff.handoffs.contradictions import contradictions  # noqa: PLC0415

        yield from contradictions(catalog)
    if any(OBSERVATIONS in record.fields for record in catalog.records.values()):
        from mkdocs_handoff.observations import check as observations  # noqa: PLC0415

        yield from observations.check(catalog, root)


def _now() -> date | None:
    """Return the day of this run, or None where the environment gives one that is none: commands tell of that."""
    try:
        return today("", os.environ)
    except DateError:
        return None


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
            if (settings.root / settings.schemas / f"{name}{SUFFIX}").is_file():
                hint = f"{settings.schemas}/{name}{SUFFIX} is there, without `x-plural`: with it, it is a kind."
            yield Finding(place(("records", name), key=True), "settings/choice", f"there is no kind {name!r}", hint)


def _lightened(findings: Iterable[Finding], catalog: Catalog, settings: Settings) -> Iterator[Finding]:
    """Make a draft's errors warnings: it never fails a commit.

    But for what contradicts a handoff that both sides agreed on: that is none any more. And for what an organisation
    has locked: else one word in a record would change what nobody may change.
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
    for finding in findings:
        drafted = finding.severity is Severity.ERROR and (finding.subject, finding.place.path) in drafts
        drafted = drafted and settings.locked(finding.rule) is None
        light = drafted and not (finding.subject in agreed and finding.rule.startswith("handoff/"))
        yield finding.weighing(Severity.WARNING) if light else finding
