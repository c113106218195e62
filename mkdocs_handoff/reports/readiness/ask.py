"""Whom to ask about a record: who is named there, its owner in the role that knows, else whoever changed it last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.owners import ACCOUNTABLE
from mkdocs_handoff.reports.readiness.check import Ask

if TYPE_CHECKING:
    from mkdocs_handoff.handoffs.parts import Named
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.reports.readiness.given import Given

KNOWLEDGE = ("domain expert", "technical owner")
DATA = ("data steward", "domain expert")
OPERATIONS = ("operations", "incident response", "technical owner")
TECHNICAL = ("technical owner", "domain expert")


def ask(given: Given, roles: tuple[str, ...], record: Record | None, who: Named | None = None) -> Ask | None:
    """Return whom to ask; None where there is nobody.

    Args:
        given: The project.
        roles: Whose word is looked for first, among the record's owners.
        record: What it is about.
        who: Whom a field names; asked before everybody else.
    """
    if who is not None and (who.identity is None or not given.deserted(who.identity)):
        return Ask(who.identity, who.text, "named there")
    if record is None:
        return None
    holders = given.owned.holders.get(record.identity, ())
    for role in (*roles, ACCOUNTABLE, ""):
        for holder in holders:
            if (not role or holder.role == role) and holder.identity and not given.deserted(holder.identity):
                text = given.catalog.title(holder.identity)
                return Ask(holder.identity, text, f"{holder.role} of {record.identity}")
    changes = given.history.changes(record.source.path)
    if not changes:
        return None
    commit = changes[0].commit
    found = given.contributors.find(commit.name, commit.email)
    return Ask(found.person, found.name, f"changed {record.source.path} last")
