"""What a record refers to, and what refers to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.relations import MENTIONED, MENTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.catalog.relations import Relation
    from mkdocs_handoff.pages.html.blocks import Link
    from mkdocs_handoff.pages.views.links import Links
    from mkdocs_handoff.records.record import Identity


@dataclass(frozen=True, slots=True)
class Related:
    """Records that stand in one relation to this one."""

    name: str
    links: tuple[Link, ...]


def related(relations: Iterable[Relation], links: Links, *, outgoing: bool) -> tuple[Related, ...]:
    """Group relations by name, in order of appearance; what prose mentions stands last."""
    grouped: dict[str, dict[tuple[Identity, str], None]] = {}
    for relation in relations:
        name, other = (relation.name, relation.target) if outgoing else (relation.inverse, relation.source)
        version = relation.version if outgoing else ""
        grouped.setdefault(name, {})[other, version] = None
    last = (MENTIONS, MENTIONED)
    return tuple(
        Related(name, tuple(links.link(identity, version) for identity, version in sorted(grouped[name])))
        for name in sorted(grouped, key=lambda name: name in last)
    )
