"""One check of readiness: plain data that pages, the command's table and its JSON show alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.handoffs.parts import Named
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.text.yaml import Path


class Area(StrEnum):
    """What a check is about, in the order of reading."""

    OWNERSHIP = "ownership"
    KNOWLEDGE_MAP = "knowledge map"
    INTERFACE = "interface"
    VOCABULARY = "vocabulary"
    DECISIONS = "decisions"
    REPRODUCIBILITY = "reproducibility"
    DATA = "data"
    OPERATIONS = "operations"
    GUARDRAILS = "guardrails"
    PLAYBOOK = "playbook"
    ACCEPTANCE = "acceptance"
    STALENESS = "staleness"
    QUESTIONS = "questions"


class State(StrEnum):
    """What came of a check."""

    FAILED = "failed"
    UNKNOWN = "unknown"
    """Stated: somebody wrote down that nobody knows."""
    WAIVED = "waived"
    PASSED = "passed"


@dataclass(frozen=True, slots=True)
class At:
    """Where in a record something stands, or belongs.

    Its line is looked up when it is asked for: reading a file again for its lines costs as much as reading it.
    """

    record: Record
    path: Path = ()
    key: bool = False

    @property
    def place(self) -> Place:
        """The place in the record's file, or in its sidecar."""
        return self.record.source.place(self.path, key=self.key)


@dataclass(frozen=True, slots=True)
class Ask:
    """Whom to ask: a team or person (None where no record has the name), and what they are to it."""

    who: Identity | None
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Waived:
    """Who goes on without a check, why, and until when (`YYYY-MM-DD`, empty: no end is written)."""

    by: Named | None
    reason: str
    until: str
    at: At

    @property
    def place(self) -> Place:
        """Where it is written."""
        return self.at.place


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    Attributes:
        area: What it is about.
        name: Stable within its area, and what a waiver names: `owner-is-taker`.
        title: What is asked, as a sentence that is true when it passes: "Every record in scope has an owner".
        state: What came of it.
        reason: What was found, with counts: "7 of 9; missing: …".
        about: The record that the check is about; None where it is about several.
        at: Where to mend it; None where nothing is to be mended. `place` is its file and line.
        mend: How to mend it; empty likewise.
        ask: Whom to ask; None where nobody can be named.
        waived: By whom, where it is waived.
        missing: All that is missing, and where.
        gates: Whether it holds a handoff up: what is told for information only does not.
        signing: Whether nothing but a signature settles it.
        idle: Whether it would look at models, and none moves: it is not asked then.
    """

    area: Area
    name: str
    title: str
    state: State
    reason: str
    about: Identity | None = None
    at: At | Place | None = None
    mend: str = ""
    ask: Ask | None = None
    waived: Waived | None = None
    missing: tuple[tuple[At | Place, str], ...] = ()
    gates: bool = True
    signing: bool = False
    idle: bool = False

    @property
    def path(self) -> str:
        """The check's full name: `ownership/owner-is-taker`."""
        return f"{self.area}/{self.name}"

    @property
    def place(self) -> Place | None:
        """Where to mend it; None where nothing is to be mended."""
        return None if self.at is None else placed(self.at)

    @property
    def more(self) -> tuple[tuple[Place, str], ...]:
        """The places of all that is missing, with what is missing there, where it is more than one."""
        return tuple((placed(at), text) for at, text in self.missing) if len(self.missing) > 1 else ()

    @property
    def holds_up(self) -> bool:
        """Whether it failed, or nobody knows, and nobody waived it."""
        return self.gates and self.open

    @property
    def open(self) -> bool:
        """Whether it failed, or nobody knows."""
        return self.state in (State.FAILED, State.UNKNOWN)

    @property
    def to_be_signed(self) -> bool:
        """Whether a signature is all that it waits for, and nobody is held up by that yet."""
        return self.signing and self.open and not self.gates


def placed(at: At | Place) -> Place:
    """Return the file and line of what is missing."""
    return at.place if isinstance(at, At) else at


@dataclass(frozen=True)
class Readiness:
    """All checks of a handoff, or of a model that may be handed over, by area.

    Attributes:
        of: The handoff or model.
        subjects: What moves.
        scope: How many records are in scope.
        checks: In the order of `Area`, then as each area lists them.
        not_asked: The full names of checks that are not asked: of a handoff, where there is none, or not yet.
        over: How and when the handoff ended: "completed on 2026-11-20"; empty where it is open, or a model is asked.
    """

    of: Identity
    subjects: tuple[Identity, ...]
    scope: int
    checks: tuple[Check, ...]
    not_asked: tuple[str, ...] = ()
    over: str = ""

    @property
    def to_be_signed(self) -> tuple[Check, ...]:
        """The checks that wait for nothing but a signature, where that holds nothing up yet."""
        return tuple(check for check in self.checks if check.to_be_signed)

    def before_signing(self) -> Readiness:
        """Return the same as it is asked before the signatures: what only they settle holds nothing up."""
        return replace(self, checks=tuple(replace(one, gates=False) if one.signing else one for one in self.checks))

    @property
    def counts(self) -> Counter[State]:
        """How many checks there are in each state."""
        return Counter(check.state for check in self.checks)

    @property
    def holding_up(self) -> tuple[Check, ...]:
        """The checks that failed, or whose answer nobody knows, and that nobody waived."""
        return tuple(check for check in self.checks if check.holds_up)

    @property
    def ready(self) -> bool:
        """Whether the receiving team can take it over: nothing is left that nobody answered for."""
        return not self.holding_up and not self.ended

    @property
    def ended(self) -> bool:
        """Whether the handoff was called off: nothing is taken over by it, whatever passes."""
        return bool(self.over) and not self.over.startswith("completed")

    def area(self, area: Area) -> tuple[Check, ...]:
        """Return the checks of an area."""
        return tuple(check for check in self.checks if check.area is area)
