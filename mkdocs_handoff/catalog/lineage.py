"""What flows into what: origin, dataset, feature, model version, evaluation."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
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
    """Collect the flow from all relations that carry it."""
    into: dict[Identity, dict[Identity, None]] = defaultdict(dict)
    out_of: dict[Identity, dict[Identity, None]] = defaultdict(dict)
    for relation in relations:
        if relation.lineage and relation.source != relation.target:
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

    What no circle passes through is peeled off from both ends first; that leaves little, as a rule nothing.
    """
    left = _peeled(_peeled({node: set(targets) for node, targets in edges.items()}))
    groups: list[list[_Node]] = []
    seen: set[_Node] = set()
    for node in left:
        if node in seen:
            continue
        group = [other for other in _reachable(left, node) if node in _reachable(left, other)]
        if group:
            seen.update(group)
            groups.append([other for other in left if other in group])
    return groups


def _peeled(edges: dict[_Node, set[_Node]]) -> dict[_Node, set[_Node]]:
    """Return the edges turned round, without the nodes that nothing leads into."""
    incoming: dict[_Node, int] = dict.fromkeys(edges, 0)
    for targets in edges.values():
        for target in targets:
            incoming[target] = incoming.get(target, 0) + 1
    ends = [node for node, count in incoming.items() if not count]
    gone: set[_Node] = set()
    while ends:
        node = ends.pop()
        gone.add(node)
        for target in edges.get(node, ()):
            incoming[target] -= 1
            if not incoming[target]:
                ends.append(target)
    turned: dict[_Node, set[_Node]] = {node: set() for node in incoming if node not in gone}
    for node, targets in edges.items():
        for target in targets:
            if node not in gone and target not in gone:
                turned[target].add(node)
    return turned


def _reachable(edges: Mapping[_Node, set[_Node]], start: _Node) -> set[_Node]:
    found: set[_Node] = set()
    waiting = list(edges.get(start, ()))
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting.extend(edges.get(node, ()))
    return found
