"""What goes along with models that are handed over, and what stays although it looks as if it belonged to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Collection

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.ownership import Ownership

MIGRATION = "migration"
_WITH = ("pipeline", "feature", "dataset", "evaluation", "playbook")
_ABOUT = {"evaluation": "model", "playbook": "applies_to"}
"""Kinds that go along where this field of theirs names nothing else than what moves."""


@dataclass(frozen=True, slots=True)
class Along:
    """What goes along with models.

    Attributes:
        moving: What the giving team owns, by kind and name.
        staying: The rest, each with why it stays.
    """

    moving: tuple[Identity, ...]
    staying: tuple[tuple[Identity, str], ...]


def along(catalog: Catalog, owned: Ownership, models: Collection[Identity], giver: Identity) -> Along:
    """Return what goes along with models, as far as the giver owns it.

    That is the pipelines, features and datasets that they name, and the evaluations and playbooks that are for nothing
    else. A playbook for handing over is followed, and does not move.

    Args:
        catalog: The records.
        owned: Who owns what.
        models: What moves.
        giver: The team that hands over.
    """
    moving: dict[Identity, None] = {}
    staying: list[tuple[Identity, str]] = []
    for one in sorted(_near(catalog, models), key=lambda one: (_WITH.index(one.kind), one)):
        record = catalog.records[one]
        if one.kind in _ABOUT and (record.lifecycle == "retired" or record.get("type") == MIGRATION):
            continue
        elsewhere = _elsewhere(catalog, one, {*models, *moving})
        holder = owned.accountable(one)
        owner = holder.identity if holder is not None else None
        if owner is None or (owner != giver and giver not in owned.teams.get(owner, ())):
            why = f"it is owned by {one_line(holder.text)}" if holder is not None else "nobody owns it"
            staying.append((one, why))
        elif elsewhere:
            staying.append((one, f"it is also for {', '.join(map(str, elsewhere))}"))
        else:
            moving[one] = None
    return Along(tuple(moving), tuple(staying))


def _near(catalog: Catalog, models: Collection[Identity]) -> set[Identity]:
    """Return what models name, what makes them, and what is written for them."""
    found: set[Identity] = set()
    for model in models:
        outgoing = catalog.outgoing.get(model, ())
        found |= {relation.target for relation in outgoing if relation.path and relation.target.kind in _WITH}
        for relation in catalog.incoming.get(model, ()):
            kind = relation.source.kind
            if (kind in _ABOUT and relation.path[:1] == (_ABOUT[kind],)) or (
                kind == "pipeline" and "outputs" in relation.path
            ):
                found.add(relation.source)
    return found


def _elsewhere(catalog: Catalog, of: Identity, moving: Collection[Identity]) -> list[Identity]:
    """Return what an evaluation or a playbook speaks of beside what moves; nothing for all other kinds."""
    field = _ABOUT.get(of.kind)
    named = (one.target for one in catalog.outgoing.get(of, ()) if field and one.path[:1] == (field,))
    return [one for one in dict.fromkeys(named) if one not in moving]
