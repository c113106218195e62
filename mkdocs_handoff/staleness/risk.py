"""Which records to look at first: the gravest verdict, then what most depends on, then what is in production."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.staleness.verdict import GRAVITY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.staleness.verdict import Standing

PRODUCTION = "production"
_STAGES = (PRODUCTION, "active", "deprecated", "staging", "development", "draft", "retired")


def by_risk(standings: Iterable[Standing], catalog: Catalog) -> tuple[Standing, ...]:
    """Return standings in the order in which they should be looked at."""
    return tuple(
        sorted(
            standings,
            key=lambda one: (
                GRAVITY[one.verdict],
                -len(dependents(one.identity, catalog)),
                _STAGES.index(stage(catalog.records[one.identity])),
                one.identity,
            ),
        )
    )


def dependents(identity: Identity, catalog: Catalog) -> tuple[Identity, ...]:
    """Return the records that rest directly on one: they become suspect with it, or it flows into them."""
    found: dict[Identity, None] = {}
    for relation in catalog.incoming.get(identity, ()):
        if relation.suspect or relation.lineage == "from":
            found[relation.source] = None
    for relation in catalog.outgoing.get(identity, ()):
        if relation.lineage == "into":
            found[relation.target] = None
    found.pop(identity, None)
    return tuple(found)


def stage(record: Record) -> str:
    """Return how far a record has come: the highest stage of its versions, else its lifecycle."""
    if record.lifecycle in ("retired", "draft"):
        return record.lifecycle
    versions: Any = record.get("versions")
    stages = {str(one.get("stage")) for one in versions or () if isinstance(one, dict)}
    return next((one for one in _STAGES if one in stages and one != "retired"), record.lifecycle)
