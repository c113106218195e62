"""Who answers for a record, in which role."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from datetime import date

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Path

ACCOUNTABLE = "accountable"
ROLES = (
    ACCOUNTABLE,
    "domain expert",
    "data steward",
    "technical owner",
    "business owner",
    "operations",
    "approver",
    "incident response",
)
_OWNER = "owner"
"""The role of whom another format names as one of several owners, and does not say as what."""

# DataHub 1.7, OwnershipType; CUSTOM says its role elsewhere, NONE nowhere.
_UNSAID = frozenset(("custom", "none"))
_TYPES = {"TECHNICAL_OWNER": "technical owner", "BUSINESS_OWNER": "business owner", "DATA_STEWARD": "data steward"}


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner as written: the path of the reference, its text, and the role."""

    path: Path
    text: str
    role: str
    note: str = ""


def owners(record: Record) -> tuple[Owner, ...]:
    """Return a record's owners in the order of writing. A bare name is accountable, unless another format has it."""
    found: list[Owner] = []
    single: Any = record.get("owner")
    if isinstance(single, str) and single.strip():
        found.append(Owner(("owner",), single, ACCOUNTABLE))
    elif isinstance(single, list) and single:
        found.append(Owner(("owner", 0), str(single[0]), ACCOUNTABLE))
    listed: Any = record.get("owners")
    for number, item in enumerate(listed if isinstance(listed, list) else []):
        if isinstance(item, str):
            found.append(Owner(("owners", number), item, ACCOUNTABLE))
        elif isinstance(item, dict) and isinstance(item.get("ref"), str):
            role = item.get("role") or _TYPES.get(str(item.get("type")), "")
            role = role or (_theirs(item.get("type")) if imported(record) else ACCOUNTABLE)
            found.append(Owner(("owners", number, "ref"), item["ref"], str(role), str(item.get("note") or "")))
    return tuple(found)


def imported(record: Record) -> bool:
    """Tell whether a record's list of owners is another format's, which knows no accountable one."""
    origin = record.origins.get(("owners",))
    return origin is not None and origin.how == "imported"


def _theirs(kind: object) -> str:
    """Return the role of an owner of whom another format may say the kind of ownership."""
    words = str(kind or "").lower().replace("_", " ").strip()
    return words if words and words not in _UNSAID else _OWNER


@dataclass(frozen=True, slots=True)
class Departure:
    """A person who is gone, or is going.

    Attributes:
        on: The day; None where nobody wrote it (`active: false`).
        successor: Who comes after, as written; empty where nobody does.
    """

    on: date | None
    successor: str = ""


def departure(person: Record) -> Departure | None:
    """Return when a person or team left, or None for one who stays.

    A person leaves by `left`, or is gone with `active: false`; either, and a team, by being retired.
    """
    named: Any = person.get("succeeded_by")
    successor = str(named[0] if isinstance(named, list) and named else named or "")
    left = day_of(person.get("left"))
    if left is not None:
        return Departure(left, successor)
    if person.get("active") is False or person.lifecycle == "retired":
        return Departure(None, successor)
    return None


def gone(person: Record, today: date) -> Departure | None:
    """Return the departure of a person or team that is gone on a day, or None for one that is there."""
    left = departure(person)
    return left if left is not None and (left.on is None or left.on <= today) else None
