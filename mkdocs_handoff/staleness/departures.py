"""Owners who are gone, as reasons and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.owners import ACCOUNTABLE, departure, gone, owners
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.staleness.verdict import About, Cause, Reason, Verdict
from mkdocs_handoff.staleness.watch import seen_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record


def owner_left(
    record: Record, owner: Identity, reviewed: date | None, fingerprint: str, catalog: Catalog, today: date
) -> Reason | None:
    """Return that the accountable owner left after the review: whoever reviewed it later knew.

    Args:
        record: The record.
        owner: Its accountable team or person.
        reviewed: The day of its last review.
        fingerprint: Of the owner's record: a review leaves it when the owner is gone.
        catalog: Knows the owner, and the successor.
        today: The day that counts as today.
    """
    left = gone(catalog.records[owner], today)
    if left is None:
        return None
    if left.on is not None and reviewed is not None and left.on <= reviewed:
        return None
    if seen_of(record).get(str(owner)) == fingerprint:
        return None
    title = catalog.title(owner)
    when = f"left on {left.on}" if left.on is not None else "is gone, and nobody wrote since when"
    after = f"; {_named(left.successor, catalog)} succeeds" if left.successor else "; nobody succeeds"
    cause = Cause(About.OWNER, str(owner), f"{title} {'left' if left.on else 'is gone'}")
    return Reason(Verdict.SUSPECT, About.OWNER, f"the accountable owner {title} {when}{after}", cause, owner)


def leaves(owner: Identity | None, catalog: Catalog, today: date) -> date | None:
    """Return the day on which an owner is going to leave, if one is written."""
    left = departure(catalog.records[owner]) if owner is not None else None
    return left.on if left is not None and left.on is not None and left.on > today else None


def others_gone(record: Record, catalog: Catalog, today: date) -> Iterator[str]:
    """Yield a note of each owner in another role who is gone."""
    for owner in owners(record):
        target = catalog.targets.get((record.identity, owner.path))
        if owner.role == ACCOUNTABLE or not isinstance(target, Identity):
            continue
        left = gone(catalog.records[target], today)
        if left is not None:
            when = f" left on {left.on}" if left.on is not None else " is gone"
            yield f"the {owner.role} {catalog.title(target)}{when}"


def _named(text: str, catalog: Catalog) -> str:
    found = catalog.find(text)
    return catalog.title(found[0]) if len(found) == 1 else text
