"""The parts of a handoff: plain data, each with the path of the field that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.text.yaml import Path


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a field names; `identity` is None where no record has that name."""

    identity: Identity | None
    text: str
    path: Path

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Criterion:
    """What must be so, and what was seen. `status` is `open` where none is written."""

    path: Path
    id: str
    area: str
    statement: str
    type: str
    status: str
    target: Any
    operator: str
    observed: Any
    metric: str
    record: Named | None
    verified_by: Named | None
    verified_on: str
    owner: Named | None
    due: str
    waiver_reason: str
    waived_by: Named | None
    waiver_expires: str


@dataclass(frozen=True, slots=True)
class StepState:
    """How far a step of the playbook is. `step` is the step's id, or its number from 1."""

    path: Path
    step: str
    status: str
    by: Named | None
    on: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A check of readiness, or a whole area, that both sides go on without."""

    path: Path
    check: str
    reason: str
    waived_by: Named | None
    waived_on: str
    expires: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question; answered where `answer` is not empty."""

    path: Path
    id: str
    question: str
    asked_by: Named | None
    asked_on: str
    to: Named | None
    answer: str
    answered_by: Named | None
    answered_on: str


@dataclass(frozen=True, slots=True)
class Issue:
    """A known problem."""

    path: Path
    id: str
    description: str
    severity: str
    owner: Named | None
    due: str


@dataclass(frozen=True, slots=True)
class AcceptedGap:
    """A field that nobody knows, or that does not apply, and who goes on without it."""

    path: Path
    record: Named | None
    field: str
    reason: str
    accepted_by: Named | None
    accepted_on: str
    until: str


@dataclass(frozen=True, slots=True)
class Access:
    """Access that moves from one side to the other."""

    path: Path
    system: str
    role: str
    granted_to: tuple[Named, ...]
    granted_on: str
    revoked_from: tuple[Named, ...]
    revoked_from_on: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session that was held."""

    path: Path
    date: str
    topic: str
    attendees: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Rework:
    """What came back: `reason` is `correct`, `add` or `clarify` (%C/A, Martin & Osterling); `hours` None if unknown."""

    path: Path
    date: str
    reason: str
    item: str
    record: Named | None
    hours: float | None
    found_by: Named | None


@dataclass(frozen=True, slots=True)
class SignOff:
    """A signature.

    Attributes:
        role: The side that is signed for: `from`, `to`, or `approver`.
        side: The side that an approver stands in for; empty where nobody wrote it, else as `role`.
        digest: Of all that was signed; empty where none was written.
        seen: The fingerprint of each thing that was signed, by name.
    """

    path: Path
    role: str
    side: str
    by: Named | None
    on: str
    statement: str
    digest: str
    seen: Mapping[str, str]
