"""What reports add to the pages of some kinds: a team's people, what an owner owns, what a decision replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.pages.blocks import Block, Column, Items, Link, Text
from mkdocs_handoff.pages.glance import filled, metrics_table, value
from mkdocs_handoff.pages.layout import chip
from mkdocs_handoff.reports.quality import metrics

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.pages.desk import Desk
    from mkdocs_handoff.pages.layout import Layout
    from mkdocs_handoff.records.record import Identity, Record


def _owned(record: Record, desk: Desk, layout: Layout) -> dict[str, Block]:
    """What a team or person owns: one row for each record, with all roles."""
    roles: dict[Identity, list[str]] = {}
    notes: dict[Identity, list[str]] = {}
    for held in desk.ownership.holdings.get(record.identity, ()):
        roles.setdefault(held.record, []).append(held.role)
        if held.note:
            notes.setdefault(held.record, []).append(held.note)
    if not roles:
        return {}
    kinds = desk.catalog.kinds
    columns = (
        Column("record", "Record"),
        Column("kind", "Kind"),
        Column("role", "Role"),
        Column("lifecycle", "Lifecycle"),
        Column("note", "Note"),
    )
    rows: list[tuple[Block | None, ...]] = [
        (
            layout.link(identity),
            Text(kinds[identity.kind].title),
            Text(", ".join(dict.fromkeys(roles[identity]))),
            chip(desk.catalog.records[identity].lifecycle),
            Text(" ".join(notes[identity])) if identity in notes else None,
        )
        for identity in roles
    ]
    return {"owns": filled(f"What {record.title} owns", columns, rows)}


def team(record: Record, desk: Desk, layout: Layout) -> dict[str, Block]:
    """A team: its people, and what it owns."""
    members = desk.ownership.members.get(record.identity, ())
    found = _owned(record, desk, layout)
    if members:
        links = [layout.link(one.person) if one.person else Link(one.text, state="plain") for one in members]
        rows: list[tuple[Block | None, ...]] = [
            (link, *(Text(text) if text else None for text in (one.role, one.since, one.until)))
            for link, one in zip(links, members, strict=True)
        ]
        columns = (
            Column("person", "Person"),
            Column("role", "Role"),
            Column("since", "Since"),
            Column("until", "Until"),
        )
        table = filled(f"People of {record.title}", columns, rows)
        found["members"] = table if len(table.columns) > 1 else Items(tuple(links), inline=True)
    return found


def person(record: Record, desk: Desk, layout: Layout) -> dict[str, Block]:
    """A person: their teams, and what they own."""
    teams = desk.ownership.teams.get(record.identity, ())
    found = _owned(record, desk, layout)
    if teams:
        found["teams"] = Items(tuple(layout.link(one) for one in teams), inline=True)
    return found


def decision(record: Record, desk: Desk, layout: Layout) -> dict[str, Block]:
    """A decision: what it replaced, and what replaced it, whichever end says so."""
    older, newer = desk.supersession
    found: dict[str, Block] = {}
    for name, table in (("replaces", older), ("replaced_by", newer)):
        if table.get(record.identity):
            found[name] = Items(tuple(layout.link(one) for one in table[record.identity]), inline=True)
    return found


def evaluation(record: Record, desk: Desk, layout: Layout) -> dict[str, Block]:
    """An evaluation: its metrics in one table, each with its interval and what was asked for."""
    del desk
    found = metrics(record)
    values = [layout.marked(value(one), (*one.path, "value")) for one in found]
    return {"metrics": metrics_table(found, values, "What was measured")} if found else {}


MORE: dict[str, Callable[[Record, Desk, Layout], dict[str, Block]]] = {
    "team": team,
    "person": person,
    "decision": decision,
    "evaluation": evaluation,
}
"""By kind. A kind that is not here is shown from its schema alone."""
