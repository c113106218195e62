"""What flows into what: origin, dataset, feature, model version, evaluation."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from mkdocs_handoff.catalog.relations import Relation
    from mkdocs_handoff.records.record import Identity


@dataclass(frozen=True, slots=True)
class Lineage:
    """The flow between records: for each, what flows into it and what it flows into, in order of appearance."""

    into: Mapping[Identity, tuple[Identity, ...]] = field(default_factory=dict)
    out_of: Mapping[Identity, tuple[Identity, ...]] = field(default_factory=dict)

    def around(self, identity: Identity, most: int = 40) -> tuple[set[Identity], set[tuple[Identity, Identity]]]:
        """Return the records up and down the flow from one, nearest first up to `most`, and the flows among them."""
        found = {identity}
        for table, limit in ((self.into, most // 2), (self.out_of, most)):  # half for what is upstream, at the most
            waiting = deque(table.get(identity, ()))
            while waiting and len(found) < limit:
                here = waiting.popleft()
                if here not in found:
                    found.add(here)
                    waiting.extend(table.get(here, ()))
        return found, {(source, target) for target in found for source in self.into.get(target, ()) if source in found}


def lineage(relations: Iterable[Relation]) -> Lineage:
    """Collect the flow from all relations that carry it.

    What a record says it makes and reads again lies within it, between two of its steps: it flows out of it only.
    """
    relations = [one for one in relations if one.lineage and one.source != one.target]
    made = {(one.source, one.target) for one in relations if one.lineage == "into"}
    into: dict[Identity, dict[Identity, None]] = defaultdict(dict)
    out_of: dict[Identity, dict[Identity, None]] = defaultdict(dict)
    for relation in relations:
        if relation.lineage == "into" or (relation.source, relation.target) not in made:
            ends = (relation.target, relation.source)
            source, target = ends if relation.lineage == "from" else ends[::-1]
            into[target][source] = None
            out_of[source][target] = None
    return Lineage(
        {target: tuple(sources) for target, sources in into.items()},
        {source: tuple(targets) for source, targets in out_of.items()},
    )


_Node = TypeVar("_Node", bound="Hashable")


def cycles(edges: Mapping[_Node, Sequence[_Node]]) -> list[list[_Node]]:
    """Return the groups of nodes that reach each other in a circle, each once, in order of appearance.

    Tarjan's strongly connected components, without recursion: one step per edge.
    """
    nodes = {node: number for number, node in enumerate(dict.fromkeys(chain(edges, *edges.values())))}
    index: dict[_Node, int] = {}
    low: dict[_Node, int] = {}
    open_: dict[_Node, None] = {}
    groups: list[list[_Node]] = []
    for start in nodes:
        if start in index:
            continue
        index[start] = low[start] = len(index)
        open_[start] = None
        waiting = [(start, iter(edges.get(start, ())))]
        while waiting:
            node, targets = waiting[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    open_[target] = None
                    waiting.append((target, iter(edges.get(target, ()))))
                    break
                if target in open_:
                    low[node] = min(low[node], index[target])
            else:
                waiting.pop()
                if waiting:
                    low[waiting[-1][0]] = min(low[waiting[-1][0]], low[node])
                if low[node] == index[node]:
                    group: list[_Node] = []
                    while not group or group[-1] != node:
                        group.append(open_.popitem()[0])
                    if len(group) > 1 or node in edges.get(node, ()):
                        groups.append(sorted(group, key=nodes.__getitem__))
    return sorted(groups, key=lambda group: nodes[group[0]])
