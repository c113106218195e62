"""Which records a rule means, and which neighbours they have. Each question is asked of a record once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.relations import Wanted
from mkdocs_handoff.demands.values import fails, values
from mkdocs_handoff.demands.ways import NAMED
from mkdocs_handoff.findings import Place
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.text.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.demands.demand import Neighbour, Selection
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.text.yaml import Path


@dataclass(frozen=True, slots=True)
class Edge:
    """What leads from a record to a neighbour.

    Attributes:
        to: The neighbour; one that nobody has written is wanted.
        out: Whether the record itself says so.
        name: How the relation reads from the record.
        path: The field that says so, in whichever of the two records; empty for prose.
        line: The line of the prose.
        kinds: Of one that is wanted, what it may be; empty where the field takes records of every kind.
    """

    to: Identity | Wanted
    out: bool
    name: str
    path: Path = ()
    line: int = 0
    kinds: frozenset[str] = frozenset()

    def stands_in(self, fields: frozenset[str], root: Field) -> bool:
        """Tell whether one of these fields says so, or something below it.

        The note beside a reference may speak of others than the field refers to: it speaks for itself alone.

        Args:
            fields: As dotted paths.
            root: What the schema says of the record that says so.
        """
        words = [step for step in self.path if isinstance(step, str)]
        first = 1
        on_way = list(root.along(self.path))
        if on_way and on_way[-1].reference is None and words[-1] not in NAMED:
            for number, shape in enumerate(on_way, 1):
                if shape.reference is not None:
                    first = 1 + sum(isinstance(step, str) for step in self.path[:number])
        return any(".".join(words[:length]) in fields for length in range(first, len(words) + 1))


class Selector:
    """Answers for one catalog; in time that grows with records and relations, whatever rules ask."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._wanted: dict[Identity, list[Edge]] = defaultdict(list)
        self._matched: dict[tuple[int, Identity], bool] = {}
        self._asked: dict[int, Selection] = {}  # what `_matched` knows by its address stays alive
        for (source, path), target in catalog.targets.items():
            if isinstance(target, Wanted):
                reference = catalog.kinds[source.kind].root.at(path).reference
                if reference is None:  # `{ref: name}`: the mapping is the reference
                    reference = catalog.kinds[source.kind].root.at(path[:-1]).reference
                name = reference.relation if reference is not None else ""
                open_ = () if reference is None or reference.any_kind else reference.kinds
                kinds = frozenset((target.kind,) if target.kind else open_)
                self._wanted[source].append(Edge(target, True, name, path, kinds=kinds))  # noqa: FBT003

    def chosen(self, selection: Selection) -> Iterator[Record]:
        """Yield the records that a selection means, in the catalog's order."""
        for identity, record in self.catalog.records.items():
            if self.matches(identity, selection):
                yield record

    def matches(self, identity: Identity, selection: Selection) -> bool:
        """Tell whether a selection means a record."""
        key = (id(selection), identity)
        known = self._matched.get(key)
        if known is None:
            self._asked[id(selection)] = selection
            known = self._matched[key] = self._looked(self.catalog.records[identity], selection)
        return known

    def _looked(self, record: Record, selection: Selection) -> bool:
        if selection.kinds and record.kind not in selection.kinds:
            return False
        if selection.lifecycles and record.lifecycle not in selection.lifecycles:
            return False
        if selection.files and not any(matches(record.source.path, glob) for glob in selection.files):
            return False
        if selection.stages and not any(str(value) in selection.stages for _, value in stages(record)):
            return False
        if selection.tags and not any(str(value) in selection.tags for _, value in values(record, "tags")):
            return False
        if any(fails(record, field, test) is not None for field, test in selection.where):
            return False
        return all(next(self.neighbours(record.identity, one), None) is not None for one in selection.related)

    def neighbours(self, identity: Identity, wanted: Neighbour) -> Iterator[Edge]:
        """Yield what leads to the neighbours that are meant; several edges may lead to one."""
        for edge in self._edges(identity, wanted):
            if wanted.relations and edge.name not in wanted.relations:
                continue
            if wanted.fields:
                source = edge.to if isinstance(edge.to, Identity) and not edge.out else identity
                if not edge.stands_in(wanted.fields, self.catalog.kinds[source.kind].root):
                    continue
            if isinstance(edge.to, Wanted):
                # A bare name in a field that takes several kinds is not yet of one: it counts where each would.
                if not wanted.selection.kinds or (edge.kinds and edge.kinds <= wanted.selection.kinds):
                    yield edge
            elif self.matches(edge.to, wanted.selection):
                yield edge

    def _edges(self, identity: Identity, wanted: Neighbour) -> Iterator[Edge]:
        if not wanted.written:
            yield from self._wanted.get(identity, ())
            return
        if wanted.direction != "in":
            for one in self.catalog.outgoing.get(identity, ()):
                yield Edge(one.target, True, one.name, one.path, one.line)  # noqa: FBT003
        if wanted.direction != "out":
            for one in self.catalog.incoming.get(identity, ()):
                yield Edge(one.source, False, one.inverse, one.path, one.line)  # noqa: FBT003

    def witness(self, record: Record, selection: Selection) -> Place:
        """Return the place of what makes a record one that is meant: the most telling of its fields."""
        source = record.source
        for path, value in stages(record) if selection.stages else ():
            if str(value) in selection.stages:
                return source.place(path)
        for field, _ in selection.where:
            for path, _value in values(record, field):
                return source.place(path)
        for one in selection.related:
            for edge in self.neighbours(record.identity, one):
                if edge.out:
                    return self.place(record, edge)
        for field, asked in (("lifecycle", selection.lifecycles), ("tags", selection.tags)):
            if asked and field in record.fields:
                return source.place((field,))
        return source.place()

    def place(self, record: Record, edge: Edge) -> Place:
        """Return where a record speaks of a neighbour."""
        if edge.line and not edge.path:
            return Place(record.source.path, edge.line)
        return record.source.place(edge.path)


def stages(record: Record) -> Iterator[tuple[Path, object]]:
    """Yield the stages in which versions of a record stand, with their paths."""
    yield from values(record, "versions.stage")
