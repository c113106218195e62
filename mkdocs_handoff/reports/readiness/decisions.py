"""Whether it is written down why things are as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.checks import SUPERSEDED, SUPERSEDES
from mkdocs_handoff.handoffs.words import HANDOFF
from mkdocs_handoff.reports.readiness.ask import KNOWLEDGE
from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.given import DECISION
from mkdocs_handoff.reports.readiness.told import NO_MODEL, Lack, Sort, lack, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

IN_FORCE = Sort(
    Area.DECISIONS,
    "models-have-decisions",
    "At least one decision in force tells why each model is as it is",
    "Write down the decision that somebody who takes over would ask for first, and let it `affects` the model.",
    KNOWLEDGE,
)
SUPERSEDED_ONE = Sort(
    Area.DECISIONS,
    "none-is-superseded",
    "No field in scope rests on a decision that another one superseded",
    "Name the decision that is in force.",
    KNOWLEDGE,
)
DEVIATIONS = Sort(
    Area.DECISIONS,
    "deviations-have-reasons",
    "Every deviation from a baseline has a rationale",
    "Write `deviates_from` with `baseline` and `rationale`.",
    KNOWLEDGE,
)
SORTS = (IN_FORCE, SUPERSEDED_ONE, DEVIATIONS)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of decisions."""
    yield tell(case, IN_FORCE, "model", (_decided(case, model) for model in case.models), nothing=NO_MODEL)
    resting = (_resting(case, record) for record in case.records if record.kind not in (DECISION, HANDOFF))
    yield tell(case, SUPERSEDED_ONE, "record", resting)
    deviating = (record for record in case.of_kind(DECISION) if record.get("deviates_from"))
    yield tell(case, DEVIATIONS, "deviation", map(_reasoned, deviating))


def _decided(case: Case, model: Record) -> list[Lack]:
    said = (one.target for one in case.catalog.outgoing.get(model.identity, ()))
    told = (one.source for one in case.catalog.incoming.get(model.identity, ()))
    if any(_in_force(case, one) for one in (*said, *told) if one.kind == DECISION):
        return []
    return [lack(model, ("decisions",), f"a decision about {model.identity}")]


def _in_force(case: Case, decision: Identity) -> bool:
    return case.catalog.records[decision].get("status") == "accepted" and not _newer(case, decision)


def _newer(case: Case, decision: Identity) -> list[Identity]:
    catalog = case.catalog
    said = [one.target for one in catalog.outgoing.get(decision, ()) if one.name == SUPERSEDED]
    return said + [one.source for one in catalog.incoming.get(decision, ()) if one.name == SUPERSEDES]


def _resting(case: Case, record: Record) -> list[Lack]:
    found = []
    for one in case.catalog.outgoing.get(record.identity, ()):
        if one.target.kind == DECISION and one.path and not one.line:
            over = case.catalog.records[one.target].get("status") == "superseded"
            newer = _newer(case, one.target)
            if over or newer:
                after = f": {', '.join(map(str, newer))} came after it" if newer else ""
                found.append(lack(record, one.path, f"{record.identity} rests on {one.target}{after}"))
    return found


def _reasoned(record: Record) -> list[Lack]:
    value = record.get("deviates_from")
    if isinstance(value, dict) and value.get("rationale"):
        return []
    return [lack(record, ("deviates_from", "rationale"), f"the rationale of {record.identity}")]
