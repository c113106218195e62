"""What readiness is computed from: a project on a day, once for all its handoffs; and one handoff or model of it."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.membership import Rolls
from mkdocs_handoff.handoffs.handoff import Handoff, handoff, handoffs
from mkdocs_handoff.handoffs.waiving import outsider
from mkdocs_handoff.handoffs.words import HANDOFF
from mkdocs_handoff.history.approvals import NONE, Approvals
from mkdocs_handoff.reports.handoffs.scope import Scope, scope
from mkdocs_handoff.reports.handoffs.sign_offs import Signature, signatures
from mkdocs_handoff.reports.links import Lineages
from mkdocs_handoff.reports.observed import Observations
from mkdocs_handoff.reports.owners import codeowners
from mkdocs_handoff.reports.owners.contributors import Contributors
from mkdocs_handoff.reports.owners.handles import Handles
from mkdocs_handoff.reports.owners.ownership import ownership
from mkdocs_handoff.reports.readiness.answering import doubt
from mkdocs_handoff.schema.validate import Validators
from mkdocs_handoff.staleness.judge import staleness
from mkdocs_handoff.text.files import inside
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.relations import Wanted
    from mkdocs_handoff.findings import Finding, Place
    from mkdocs_handoff.handoffs.parts import AcceptedGap, Named
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.past import Past
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.owners.codeowners import Comparison
    from mkdocs_handoff.reports.owners.ownership import Ownership
    from mkdocs_handoff.staleness.verdict import Staleness

MODEL, DATASET, DECISION, EVALUATION, PIPELINE, PLAYBOOK = (
    "model",
    "dataset",
    "decision",
    "evaluation",
    "pipeline",
    "playbook",
)


@dataclass(frozen=True)
class Given:
    """A project on a day. What several checks, or several handoffs, need is computed once.

    Attributes:
        catalog: The records.
        root: The project's root.
        findings: What lint tells.
        owned: Who owns what, that day.
        staleness: How the records stand, that day.
        history: What git knows.
        today: The day.
        approvals: Who approved which commit.
    """

    catalog: Catalog
    root: Path
    findings: tuple[Finding, ...]
    owned: Ownership
    staleness: Staleness
    history: History
    today: date
    approvals: Approvals = NONE

    @cached_property
    def _deserted(self) -> dict[Identity, bool]:
        return {}

    def deserted(self, owner: Identity) -> bool:
        """Tell whether there is nobody behind an owner any more; a few own very many records."""
        known = self._deserted
        if owner not in known:
            known[owner] = self.owned.membership.deserted(owner)
        return known[owner]

    @cached_property
    def signatures(self) -> Mapping[Identity, tuple[Signature, ...]]:
        """The signatures of all handoffs that are signed: old versions are read for all of them together."""
        signed = [one for one in handoffs(self.catalog) if one.sign_offs]
        return signatures(self.catalog, signed, self.history, self.approvals) if signed else {}

    @cached_property
    def observations(self) -> Observations:
        """What was observed of the models."""
        return Observations(self.catalog, self.root)

    @cached_property
    def findings_about(self) -> Mapping[str, tuple[Finding, ...]]:
        """What lint tells of each record, by its identity as text."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            if finding.subject:
                found[finding.subject].append(finding)
        return {subject: tuple(listed) for subject, listed in found.items()}

    @cached_property
    def wanted_by(self) -> Mapping[Identity, tuple[tuple[Wanted, Place], ...]]:
        """What each record refers to and nobody has written."""
        found: dict[Identity, list[tuple[Wanted, Place]]] = defaultdict(list)
        for wanted in self.catalog.wanted:
            for asker, place in wanted.wanted_by:
                found[asker].append((wanted, place))
        return {asker: tuple(listed) for asker, listed in found.items()}

    @cached_property
    def compared(self) -> Comparison | None:
        """CODEOWNERS held against the records; None where there is no such file."""
        written = codeowners.found(self.root, self.history)
        if written is None:
            return None
        return codeowners.comparison(self.catalog, self.owned, self.handles, written, self.history)

    @cached_property
    def handles(self) -> Handles:
        """How teams and people are written as code owners."""
        return Handles(self.catalog)

    @cached_property
    def validators(self) -> Validators:
        """The compiled schemas of the kinds that move."""
        return Validators()

    @cached_property
    def rolls(self) -> Rolls:
        """Who was in which team on any day."""
        return Rolls(self.catalog)

    @cached_property
    def lineages(self) -> Lineages:
        """What is known of the lineage of each model."""
        return Lineages(self.catalog, self.root)

    @cached_property
    def contributors(self) -> Contributors:
        """The people behind the names in commits."""
        return Contributors(self.catalog)

    def has_file(self, path: str) -> bool:
        """Tell whether a path, from the project's root, is a file in the project."""
        full = self.root / path
        try:
            return inside(self.root, full) and os.path.isfile(full)  # noqa: PTH113
        except (OSError, ValueError):
            return False


def given(project: Project, past: Past) -> Given:
    """Return what readiness is computed from, for a front that has neither ownership nor staleness yet."""
    catalog, root = project.catalog, project.settings.root
    return Given(
        catalog,
        root,
        project.counting.whole,
        ownership(catalog, past.today),
        staleness(catalog, root, past.history, past.today),
        past.history,
        past.today,
        project.approvals,
    )


@dataclass(frozen=True)
class Case:
    """One handoff, or one model that might be handed over: what each check is given.

    Attributes:
        given: The project.
        of: The handoff or model.
        scope: What whoever takes it over has to have.
        handoff: The handoff; None where a model is asked about by itself.
    """

    given: Given
    of: Identity
    scope: Scope
    handoff: Handoff | None

    @property
    def catalog(self) -> Catalog:
        """The records of the project."""
        return self.given.catalog

    @cached_property
    def records(self) -> tuple[Record, ...]:
        """The records in scope, in order."""
        return tuple(self.catalog.records[identity] for identity in self.scope)

    @cached_property
    def subjects(self) -> tuple[Record, ...]:
        """What moves."""
        return tuple(self.catalog.records[identity] for identity in self.scope.subjects)

    @cached_property
    def models(self) -> tuple[Record, ...]:
        """The models among what moves."""
        return tuple(record for record in self.subjects if record.kind == MODEL)

    @cached_property
    def findings(self) -> tuple[tuple[Record, Finding], ...]:
        """What lint tells of the records in scope."""
        about = self.given.findings_about
        return tuple((record, finding) for record in self.records for finding in about.get(str(record.identity), ()))

    @cached_property
    def wanted(self) -> tuple[tuple[Record, Wanted, Place], ...]:
        """What records in scope refer to and nobody has written."""
        by = self.given.wanted_by
        return tuple((record, *one) for record in self.records for one in by.get(record.identity, ()))

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """Return the records in scope of a kind."""
        return tuple(record for record in self.records if record.kind == kind)

    @cached_property
    def data(self) -> tuple[Record, ...]:
        """The data that models are trained and evaluated on, and data that moves by itself."""
        found = {record.identity: record for record in self.subjects if record.kind == DATASET}
        for model in self.models:
            for relation in self.catalog.outgoing.get(model.identity, ()):
                if relation.target.kind == DATASET and relation.path[:1] in _DATA:
                    found[relation.target] = self.catalog.records[relation.target]
        return tuple(found.values())

    def playbooks(self, subject: Record) -> tuple[Record, ...]:
        """Return the playbooks of a subject: those that it names, and those that apply to it."""
        catalog = self.catalog
        said = (one.target for one in catalog.outgoing.get(subject.identity, ()) if one.path[:1] == ("playbooks",))
        apply = (one.source for one in catalog.incoming.get(subject.identity, ()) if one.path[:1] == ("applies_to",))
        return tuple(catalog.records[one] for one in dict.fromkeys((*said, *apply)) if one.kind == PLAYBOOK)

    def doubt(self, named: Named | None, on: str) -> str:
        """Return why somebody cannot answer for what was waived, accepted or signed on a day; empty: they can."""
        return doubt(self.catalog, named, on, self.given.today)

    def unfit(self, named: Named | None, on: str) -> str:
        """Return why somebody may not go on without something on a day, as `doubt`: it is for the receiving side."""
        why = self.doubt(named, on)
        if why or self.handoff is None:
            return why
        return outsider(self.handoff, named, day_of(on), self.given.rolls)

    @cached_property
    def _accepted(self) -> Mapping[Identity, tuple[AcceptedGap, ...]]:
        found: dict[Identity, list[AcceptedGap]] = defaultdict(list)
        for gap in self.handoff.gaps if self.handoff is not None else ():
            about = gap.record.identity if gap.record is not None else self.of
            if about is not None:
                found[about].append(gap)
        return {about: tuple(listed) for about, listed in found.items()}

    def accepted(self, record: Identity, path: tuple[str | int, ...]) -> AcceptedGap | None:
        """Return the acceptance of a gap, by a person and not yet over: of the field, or of one around it."""
        field = ".".join(map(str, path))
        for gap in self._accepted.get(record, ()):
            named = gap.field.strip().replace("[", ".").replace("]", "")
            over = bool(gap.until) and gap.until < self.given.today.isoformat()
            if over or not (field == named or field.startswith(f"{named}.")):
                continue
            if not self.unfit(gap.accepted_by, gap.accepted_on):
                return gap
        return None


_DATA = (("training_data",), ("datasets",), ("evaluation_data",))


def case(given: Given, of: Identity) -> Case:
    """Return what the checks of one handoff or model are given."""
    written = handoff(given.catalog, of) if of.kind == HANDOFF else None
    return Case(given, of, scope(given.catalog, of), written)


def mappings(record: Record, *path: str) -> list[tuple[tuple[str | int, ...], Any]]:
    """Return the items of a list, each with its path; what is no list has none."""
    here: Any = record.fields
    for step in path:
        here = here.get(step) if isinstance(here, dict) or hasattr(here, "get") else None
    return [((*path, number), item) for number, item in enumerate(here)] if isinstance(here, list) else []
