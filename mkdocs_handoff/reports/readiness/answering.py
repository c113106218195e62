"""Whether somebody who goes on without something can answer for it: a person who is written down, and was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON
from mkdocs_handoff.catalog.owners import gone
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.handoffs.parts import Named


def doubt(catalog: Catalog, named: Named | None, on: str, today: date) -> str:
    """Return why a name does not count, in words that begin with it; empty where it does.

    Args:
        catalog: The records.
        named: Who waived, accepted or signed.
        on: The day of that, as written; empty or no day: today is asked about.
        today: The day.
    """
    if named is None:
        return "nobody answers for it"
    if named.identity is None:
        return f"{named} has no record, and so answers for nothing"
    if named.identity.kind != PERSON:
        return f"{named} is a {named.identity.kind}, and only a person answers for something"
    day = day_of(on) or today
    left = gone(catalog.records[named.identity], day)
    # As for signatures, the last day counts.
    if left is None or (left.on is not None and left.on >= day):
        return ""
    return f"{named} {'is gone' if left.on is None else f'left on {left.on}'}, and so answers for nothing"
