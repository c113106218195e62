"""Whether what is written may still be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.glossary import TERM
from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.reports.readiness.ask import KNOWLEDGE
from mkdocs_handoff.reports.readiness.check import Area
from mkdocs_handoff.reports.readiness.told import Lack, Sort, few, lack, tell
from mkdocs_handoff.staleness.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case

FRESH = Sort(
    Area.STALENESS,
    "scope-is-fresh",
    "Nothing in scope is suspect, stale, or without any review",
    "Look at the record, mend it, and answer with `mkdocs-handoff review`.",
    KNOWLEDGE,
)
WATCHED = Sort(
    Area.STALENESS,
    "scope-is-watched",
    "Every record in scope would become suspect if what it speaks of changed (for information)",
    "Name in `covers` the code that it speaks of.",
    KNOWLEDGE,
    gates=False,
)
SORTS = (FRESH, WATCHED)
_WRONG = (Verdict.SUSPECT, Verdict.STALE, Verdict.UNKNOWN)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of staleness."""
    standings = case.given.staleness.standings
    told = [record for record in case.records if record.identity in standings]
    due = [str(record.identity) for record in told if standings[record.identity].verdict is Verdict.DUE]
    note = f"soon due: {few(due)}" if due else ""
    yield tell(case, FRESH, "record", (_standing(case, record) for record in told), note=note)
    ageing = (
        record
        for record in told
        if standings[record.identity].verdict is not Verdict.HISTORICAL and record.kind not in (TEAM, PERSON, TERM)
    )
    yield tell(case, WATCHED, "record", (_watched(case, record) for record in ageing))


def _standing(case: Case, record: Record) -> list[Lack]:
    standing = case.given.staleness.standings[record.identity]
    if standing.verdict not in _WRONG:
        return []
    if standing.clock is None:
        return [lack(record, ("last_reviewed",), f"{record.identity}, which nobody has reviewed")]
    text = standing.reasons[0].text if standing.reasons else ""
    return [lack(record, ("last_reviewed",), f"{record.identity} is {standing.verdict}", more=text)]


def _watched(case: Case, record: Record) -> list[Lack]:
    standing = case.given.staleness.standings[record.identity]
    return [lack(record, ("covers",), f"{record.identity} is unwatched")] if standing.unwatched else []
