"""Whether the receiving side has made it again: one test for lint, for readiness and for completing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.membership import PERSON
from mkdocs_handoff.handoffs.waiving import outsider
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.membership import Rolls
    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.text.yaml import Path

FIELD = "reproduction"
SAME = ("same", "within tolerance")


def lacking(catalog: Catalog, of: Handoff, rolls: Rolls) -> tuple[Path, str] | None:
    """Return what a reproduction lacks to count, and where that belongs; None where it counts.

    It counts where somebody of the receiving side made it again, on a day, and got the same. A list of differences
    says nothing by itself: somebody has to say that they are small enough.

    Args:
        catalog: Knows what the names mean.
        of: The handoff.
        rolls: Knows who was in which team.
    """
    value: Any = of.record.get(FIELD)
    if not isinstance(value, dict) or not value:
        return (FIELD,), "a run by the receiving side"
    day = day_of(value.get("on"))
    by = catalog.targets.get((of.identity, (FIELD, "by")))
    if not isinstance(by, Identity) or not _of_taker(of, by, rolls):
        return (FIELD, "by"), f"a run by the receiving side: it was {value.get('by') or 'nobody'}"
    if day is None:
        return (FIELD, "on"), "the day of the run by the receiving side"
    if value.get("result") in SAME or (value.get("result") is None and value.get("checksums_match") is True):
        return None
    return (FIELD, "checksums_match"), "a run that gave the same"


def _of_taker(of: Handoff, by: Identity, rolls: Rolls) -> bool:
    team = of.taker.identity if of.taker is not None else None
    if team is None:
        return False
    if by.kind != PERSON:
        return rolls.holds(team, by)
    if rolls.knows(team):
        return rolls.ever(team, by)
    return of.giver is None or of.giver.identity is None or not rolls.ever(of.giver.identity, by)


def accepted(of: Handoff, rolls: Rolls) -> bool:
    """Tell whether somebody who may goes on without a reproduction: an accepted gap of the handoff itself.

    Args:
        of: The handoff.
        rolls: Knows who was in which team.
    """
    return any(
        gap.field == FIELD
        and (gap.record is None or gap.record.identity == of.identity)
        and gap.accepted_by is not None
        and gap.accepted_by.identity is not None
        and gap.accepted_by.identity.kind == PERSON
        and not outsider(of, gap.accepted_by, day_of(gap.accepted_on), rolls)
        for gap in of.gaps
    )
