"""What reports add to the pages of some kinds: a team's people, what an owner owns, what a decision replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.blocks import Column, Items, Link, Text
from mkdocs_handoff.pages.html.values import chip
from mkdocs_handoff.pages.views.measured import metrics_table, value
from mkdocs_handoff.pages.views.tables import filled
from mkdocs_handoff.reports.quality import metrics

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.pages.html.blocks import Block
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.layout import Layout
    from mkdocs_handoff.records.record import Identity, Record


def _owned(record: Record, inputs: Inputs, layout: Layout) -> dict[str, Block]:
    """What a team or person owns: one row for each record, with all roles."""
    roles: dict[Identity, list[str]] = {}
    notes: dict[Identity, list[str]] = {}
    for held in inputs.ownership.holdings.get(record.identity, ()):
        roles.setdefault(held.record, []).append(held.role)
        if held.note:
            notes.setdefault(held.record, []).append(held.note)
    if not roles:
        return {}
    kinds = inputs.catalog.kinds
    columns = (
        Column("record", "Record"),
        Column("kind", "Kind"),
        Column("role", "Role"),
        Column("lifecycle", "Lifecycle"),
        Column("note", "Note"),
    )
    rows: list[tuple[Block | None, ...]] = [
        (
            layout.links.link(identity),
            Text(kinds[identity.kind].title),
            Text(", ".join(dict.fromkeys(roles[identity]))),
            chip(inputs.catalog.records[identity].lifecycle),
            Text(" ".join(notes[identity])) if identity in notes else None,
        )
        for identity in roles
    ]
    return {"owns": filled(f"What {record.title} owns", columns, rows)}


def team(record: Record, inputs: Inputs, layout: Layout) -> dict[str, Block]:
    """A team: its people, and what it owns."""
    members = inputs.ownership.members.get(record.identity, ())
    found = _owned(record, inputs, layout)
    if members:
        links = [layout.links.link(one.person) if one.person else Link(one.text, state="plain") for one in members]
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


def person(record: Record, inputs: Inputs, layout: Layout) -> dict[str, Block]:
    """A person: their teams, and what they own."""
    teams = inputs.ownership.teams.get(record.identity, ())
    found = _owned(record, inputs, layout)
    if teams:
        found["teams"] = Items(tuple(layout.links.link(one) for one in teams), inline=True)
    return found


def decision(record: Record, inputs: Inputs, layout: Layout) -> dict[str, Block]:
    """A decision: what it replaced, and what replaced it, whichever end says so."""
    older, newer = inputs.supersession
    found: dict[str, Block] = {}
    for name, table in (("replaces", older), ("replaced_by", newer)):
        if table.get(record.identity):
            found[name] = Items(tuple(layout.links.link(one) for one in table[record.identity]), inline=True)
    return found


def evaluation(record: Record, inputs: Inputs, layout: Layout) -> dict[str, Block]:
    """An evaluation: its metrics in one table, each with its interval and what was asked for."""
    del inputs
    found = metrics(record)
    values = [layout.marked(value(one), (*one.path, "value")) for one in found]
    return {"metrics": metrics_table(found, values, "What was measured")} if found else {}


ADDITIONS: dict[str, Callable[[Record, Inputs, Layout], dict[str, Block]]] = {
    "team": team,
    "person": person,
    "decision": decision,
    "evaluation": evaluation,
}
"""By kind. A kind that is not here is shown from its schema alone."""
