"""What reports add to the pages of some kinds: a team's people, what an owner owns, what a decision replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.blocks import Column, Items, Link, Table, Text
from mkdocs_handoff.pages.views.life import life
from mkdocs_handoff.pages.views.measured import metrics_table, value
from mkdocs_handoff.pages.views.tables import filled
from mkdocs_handoff.reports.quality import metrics

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.catalog.membership import Member
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
    )
    rows: list[tuple[Block | None, ...]] = [
        (
            layout.links.link(identity, note=" ".join(notes.get(identity, ()))),  # few have one: no column of their own
            Text(kinds[identity.kind].title),
            Text(", ".join(dict.fromkeys(roles[identity]))),
            life(inputs.catalog.records[identity], kinds[identity.kind]),
        )
        for identity in roles
    ]
    return {"owns": filled(f"What {record.title} owns", columns, rows)}


def team(record: Record, inputs: Inputs, layout: Layout) -> dict[str, Block]:
    """A team: its people, those who were in it, and what it owns."""
    members = inputs.ownership.members.get(record.identity, ())
    present = [one for one in members if one.present]
    former = [one for one in members if not one.present]
    found = _owned(record, inputs, layout)
    if present:
        links = tuple(_member(one, layout) for one in present)
        table = _people(f"People of {record.title}", present, layout)
        found["members"] = table if len(table.columns) > 1 else Items(links, inline=True)
    if former:
        found["former"] = _people(f"Who was in {record.title}", former, layout)
    return found


def _member(one: Member, layout: Layout) -> Link:
    return layout.links.link(one.person) if one.person else Link(one.text, state="plain")


def _people(caption: str, members: list[Member], layout: Layout) -> Table:
    """People over time: since when, until when, and who came after."""
    columns = (
        Column("person", "Person"),
        Column("role", "Role"),
        Column("since", "Joined"),
        Column("until", "Left" if not members[0].present else "Leaves"),
        Column("successor", "Succeeded by"),
    )
    rows: list[tuple[Block | None, ...]] = [
        (
            _member(one, layout),
            Text(one.role) if one.role else None,
            *(Text(day, "date") if day else None for day in (one.since, one.until)),
            _successor(one, layout),
        )
        for one in members
    ]
    return filled(caption, columns, rows)


def _successor(one: Member, layout: Layout) -> Block | None:
    if one.successor is not None:
        return layout.links.link(one.successor)
    return Link(one.successor_text, state="plain") if one.successor_text else None


def person(record: Record, inputs: Inputs, layout: Layout) -> dict[str, Block]:
    """A person: their teams, those they were in, and what they own."""
    membership = inputs.ownership.membership
    found = _owned(record, inputs, layout)
    for name, teams in (("teams", membership.teams), ("former", membership.former)):
        theirs = teams.get(record.identity, ())
        if theirs:
            links = tuple(layout.links.link(one, note=_when(record.identity, one, inputs)) for one in theirs)
            found[name] = Items(links, inline=True)
    return found


def _when(person: Identity, team: Identity, inputs: Inputs) -> str:
    """Return since when and until when somebody is or was in a team, in words."""
    one = next((one for one in inputs.ownership.members[team] if one.person == person), None)
    if one is None:
        return ""
    left = f"{'leaves' if one.present else 'left'} {one.until}" if one.until else ""
    after = f"succeeded by {one.successor_text}" if one.successor_text and not one.present else ""
    return ", ".join(word for word in (f"joined {one.since}" if one.since else "", left, after) if word)


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
