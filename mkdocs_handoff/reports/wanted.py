"""What is referred to and not written yet, the most wanted first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.relations import Wanted
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Identity


@dataclass(frozen=True, slots=True)
class Asker:
    """A record that refers to what is wanted, and where it does."""

    record: Identity
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class WantedRecord:
    """A record that somebody should write.

    Attributes:
        wanted: As the catalog knows it.
        kind: The kind's name; empty where the references leave it open, and a kind that has no schema stays as written.
        askers: Who refers to it, each once.
        path: Where its file would stand: the kind's first place; empty where that is not known.
    """

    wanted: Wanted
    kind: str
    askers: tuple[Asker, ...]
    path: str = ""


def wanted(catalog: Catalog) -> tuple[WantedRecord, ...]:
    """Return the wanted records, ranked by how many references want them."""
    found = []
    for one in catalog.wanted:
        places: dict[Identity, list[Place]] = {}
        for asker, place in one.wanted_by:
            places.setdefault(asker, []).append(place)
        kind = catalog.kinds.get(one.kind)
        glob = kind.globs[0] if kind is not None and kind.globs else ""
        path = glob.replace("*", one.name, 1) if glob.count("*") == 1 else ""
        askers = tuple(Asker(asker, tuple(at)) for asker, at in places.items())
        found.append(WantedRecord(one, one.kind, askers, path))
    return tuple(found)
