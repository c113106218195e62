"""How handoffs went: how long they took, and what came back.

Time to onboard is from the start to the first change that the receiving team made by itself (Google SRE, ch. 32).
Rework has the reasons of percent complete and accurate (Martin & Osterling): `correct`, `add`, `clarify`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.handoff import handoffs
from mkdocs_handoff.handoffs.words import AGREED
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.records.record import Identity

REASONS = ("correct", "add", "clarify")
AFTERWARDS = timedelta(days=30)
"""Rework up to so long after the acceptance counts as the handoff's."""


@dataclass(frozen=True)
class Course:
    """How one handoff went. Days are None where a date that they need is not written.

    Attributes:
        giver: The team that hands over; None where no record has the name.
        taker: The team that takes over, likewise.
        time_to_onboard: Days from `started` to `first_independent_change`; None as well where that day is still to
            come, or was before the start.
        independent: The day of that first change; None where it is still to come.
        lead_time: Days from `requested` to `accepted`.
        rework: How often something had to be corrected, added or clarified.
        hours: What that took, of those that say it; None where none does.
        reworked: The records that rework names.
        without_rework: Whether nothing came back; None while that cannot be told yet (not accepted, or accepted less
            than 30 days ago), unless something came back already.
        criteria: How many are passed or waived, and how many there are.
    """

    identity: Identity
    status: str
    giver: Identity | None
    taker: Identity | None
    requested: date | None
    started: date | None
    accepted: date | None
    completed: date | None
    time_to_onboard: int | None
    independent: date | None
    lead_time: int | None
    rework: Mapping[str, int]
    hours: float | None
    reworked: tuple[Identity, ...]
    without_rework: bool | None
    criteria: tuple[int, int]

    @property
    def begun(self) -> date | None:
        """The day that it is sorted by: started, else requested."""
        return self.started or self.requested


def courses(catalog: Catalog, today: date) -> tuple[Course, ...]:
    """Return how all handoffs went, those that began last first; those without a day at the end."""
    found = [course(one, today) for one in handoffs(catalog)]
    found.sort(key=lambda one: one.identity)
    return tuple(sorted(found, key=lambda one: -(one.begun.toordinal() if one.begun else 0)))


def course(of: Handoff, today: date) -> Course:
    """Return how a handoff went."""
    dates = {name: day_of(written) for name, written in of.dates.items()}
    accepted = dates.get("accepted")
    until = accepted + AFTERWARDS if accepted is not None else None
    counted = [one for one in of.rework if until is None or (day := day_of(one.date)) is None or day <= until]
    hours = [one.hours for one in counted if one.hours is not None]
    settled = until is not None and until <= today and of.status in AGREED
    reasons = Counter(one.reason for one in counted)
    return Course(
        identity=of.identity,
        status=of.status,
        giver=of.giver.identity if of.giver is not None else None,
        taker=of.taker.identity if of.taker is not None else None,
        requested=dates.get("requested"),
        started=dates.get("started"),
        accepted=accepted,
        completed=dates.get("completed"),
        time_to_onboard=_days(dates.get("started"), _past(dates.get("first_independent_change"), today)),
        independent=_past(dates.get("first_independent_change"), today),
        lead_time=_days(dates.get("requested"), _past(accepted, today)),
        rework={reason: reasons[reason] for reason in (*REASONS, *(one for one in reasons if one not in REASONS))},
        hours=sum(hours) if hours else None,
        reworked=tuple(
            dict.fromkeys(
                one.record.identity for one in counted if one.record is not None and one.record.identity is not None
            )
        ),
        without_rework=False if counted else True if settled else None,
        criteria=(sum(one.status in ("pass", "waived") for one in of.criteria), len(of.criteria)),
    )


def _past(day: date | None, today: date) -> date | None:
    """Return a day unless it is still to come: nothing is measured up to what has not happened."""
    return day if day is not None and day <= today else None


def _days(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start is not None and end is not None and end >= start else None
