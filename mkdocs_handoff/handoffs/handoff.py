"""A handoff as its record writes it: plain data, references resolved, every part with the path of its field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.fields import Fields, mapping
from mkdocs_handoff.handoffs.parts import (
    AcceptedGap,
    Access,
    Criterion,
    Issue,
    Named,
    Question,
    Rework,
    Session,
    SignOff,
    StepState,
    Waiver,
)
from mkdocs_handoff.handoffs.words import APPROVER, HANDOFF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.text.yaml import Path


@dataclass(frozen=True)
class Handoff:
    """A handoff, as written.

    Attributes:
        subjects: What moves; those that no record stands for have no identity.
        giver: The team that hands over (`from`); None where the field names nothing.
        taker: The team that takes over (`to`), likewise.
        dates: By name, as written: `requested`, `started`, `planned`, `accepted`, `completed`, ...
    """

    record: Record
    status: str
    subjects: tuple[Named, ...]
    giver: Named | None
    taker: Named | None
    from_people: tuple[Named, ...]
    to_people: tuple[Named, ...]
    decision_makers: tuple[Named, ...]
    playbook: Named | None
    dates: Mapping[str, str]
    criteria: tuple[Criterion, ...]
    steps: tuple[StepState, ...]
    waivers: tuple[Waiver, ...]
    questions: tuple[Question, ...]
    issues: tuple[Issue, ...]
    gaps: tuple[AcceptedGap, ...]
    access: tuple[Access, ...]
    sessions: tuple[Session, ...]
    rework: tuple[Rework, ...]
    sign_offs: tuple[SignOff, ...]

    @property
    def identity(self) -> Identity:
        """The record's identity."""
        return self.record.identity

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """Return where a part is written."""
        return self.record.source.place(path, key=key)

    @property
    def moved(self) -> tuple[Identity, ...]:
        """The subjects that are records."""
        return tuple(one.identity for one in self.subjects if one.identity is not None)


def handoff(catalog: Catalog, identity: Identity) -> Handoff:
    """Return a handoff's record as plain data. What is of another shape than the schema asks for is left out.

    Args:
        catalog: Knows the record, and what its references name.
        identity: Of the handoff.
    """
    record = catalog.records[identity]
    read = Fields(catalog, record)
    return Handoff(
        record=record,
        status=read.text((), "status"),
        subjects=read.names((), "subjects"),
        giver=read.name((), "from"),
        taker=read.name((), "to"),
        from_people=read.names((), "from_people"),
        to_people=read.names((), "to_people"),
        decision_makers=read.names((), "decision-makers"),
        playbook=read.name((), "playbook"),
        dates={key: value for key, value in mapping(record.get("dates")).items() if isinstance(value, str) and value},
        criteria=tuple(_criterion(read, path) for path in read.items("acceptance_criteria")),
        steps=tuple(
            StepState(path, read.text(path, "step"), read.text(path, "status") or "open", read.name(path, "by"), on)
            for path, on in read.dated("steps", "on")
        ),
        waivers=tuple(
            Waiver(
                path,
                read.text(path, "check"),
                read.text(path, "reason"),
                read.name(path, "waived_by"),
                read.text(path, "waived_on"),
                expires,
            )
            for path, expires in read.dated("waivers", "expires")
        ),
        questions=tuple(_question(read, path) for path in read.items("questions")),
        issues=tuple(
            Issue(
                path,
                read.text(path, "id"),
                read.text(path, "description"),
                read.text(path, "severity"),
                read.name(path, "owner"),
                due,
            )
            for path, due in read.dated("known_issues", "due")
        ),
        gaps=tuple(
            AcceptedGap(
                path,
                read.name(path, "record"),
                read.text(path, "field"),
                read.text(path, "reason"),
                read.name(path, "accepted_by"),
                read.text(path, "accepted_on"),
                until,
            )
            for path, until in read.dated("accepted_gaps", "until")
        ),
        access=tuple(
            Access(
                path,
                read.text(path, "system"),
                read.text(path, "role"),
                read.names(path, "granted_to"),
                read.text(path, "granted_on"),
                read.names(path, "revoked_from"),
                revoked,
            )
            for path, revoked in read.dated("access_transfer", "revoked_from_on")
        ),
        sessions=tuple(
            Session(path, on, read.text(path, "topic"), read.names(path, "attendees"))
            for path, on in read.dated("sessions", "date")
        ),
        rework=tuple(_rework(read, path) for path in read.items("rework")),
        sign_offs=tuple(_sign_off(read, path) for path in read.items("sign_offs")),
    )


def handoffs(catalog: Catalog) -> tuple[Handoff, ...]:
    """Return all handoffs, in the catalog's order."""
    return tuple(handoff(catalog, identity) for identity in catalog.records if identity.kind == HANDOFF)


def handing_over(catalog: Catalog, subject: Identity) -> tuple[Handoff, ...]:
    """Return the handoffs that a record is a subject of, in the catalog's order."""
    found = {
        relation.source
        for relation in catalog.incoming.get(subject, ())
        if relation.source.kind == HANDOFF and relation.path[:1] == ("subjects",)
    }
    return tuple(handoff(catalog, identity) for identity in sorted(found))


def _criterion(read: Fields, path: Path) -> Criterion:
    item = read.item(path)
    return Criterion(
        path=path,
        id=read.text(path, "id"),
        area=read.text(path, "area"),
        statement=read.text(path, "statement"),
        type=read.text(path, "type"),
        status=read.text(path, "status") or "open",
        target=item.get("target"),
        operator=read.text(path, "operator"),
        observed=item.get("observed"),
        metric=read.text(path, "metric"),
        record=read.name(path, "record"),
        verified_by=read.name(path, "verified_by"),
        verified_on=read.text(path, "verified_on"),
        owner=read.name(path, "owner"),
        due=read.text(path, "due"),
        waiver_reason=read.text(path, "waiver_reason"),
        waived_by=read.name(path, "waived_by"),
        waiver_expires=read.text(path, "waiver_expires"),
    )


def _question(read: Fields, path: Path) -> Question:
    return Question(
        path=path,
        id=read.text(path, "id"),
        question=read.text(path, "question"),
        asked_by=read.name(path, "asked_by"),
        asked_on=read.text(path, "asked_on"),
        to=read.name(path, "to"),
        answer=read.text(path, "answer"),
        answered_by=read.name(path, "answered_by"),
        answered_on=read.text(path, "answered_on"),
    )


def _rework(read: Fields, path: Path) -> Rework:
    hours = read.item(path).get("effort_hours")
    return Rework(
        path=path,
        date=read.text(path, "date"),
        reason=read.text(path, "reason"),
        item=read.text(path, "item"),
        record=read.name(path, "record"),
        hours=float(hours) if isinstance(hours, int | float) and not isinstance(hours, bool) else None,
        found_by=read.name(path, "found_by"),
    )


def _sign_off(read: Fields, path: Path) -> SignOff:
    role = read.text(path, "role")
    seen = mapping(read.item(path).get("seen"))
    return SignOff(
        path=path,
        role=role,
        side=read.text(path, "for") if role == APPROVER else role,
        by=read.name(path, "by"),
        on=read.text(path, "on"),
        statement=read.text(path, "statement"),
        digest=read.text(path, "digest"),
        seen={str(name): str(value) for name, value in seen.items()},
    )
