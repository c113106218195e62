"""Holding all records against rules between records."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.relations import Wanted
from mkdocs_handoff.demands.advice import advice
from mkdocs_handoff.demands.select import Selector
from mkdocs_handoff.demands.values import fails, stated_gap, values
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.demands.demand import Demand, Rule
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Record

PLACEHOLDER = re.compile(r"\{\s*([a-z]+)\s*\}")
"""What a finding fills in, in a rule's message and hint."""


def check(catalog: Catalog, rules: Iterable[Rule]) -> Iterator[Finding]:
    """Yield where records do not have what rules ask for.

    Args:
        catalog: All records.
        rules: Our own and the project's.
    """
    selector = Selector(catalog)
    for rule in rules:
        for record in selector.chosen(rule.select):
            for demand in rule.must:
                yield from _fields(rule, demand, record, selector)
                yield from _neighbours(rule, demand, record, selector)


def _fields(rule: Rule, demand: Demand, record: Record, selector: Selector) -> Iterator[Finding]:
    failed = [fails(record, field, demand.test) for field in demand.fields]
    if not failed or None in failed:  # of several fields one is enough
        return
    first = next((one for one in failed if one is not None and one[1] is not None), None)
    place = record.source.place(first[0]) if first is not None else selector.witness(record, rule.select)
    words = {"field": " or ".join(demand.fields), "value": "" if first is None else first[1]}
    yield _finding(rule, demand, record, place, words)


def _neighbours(rule: Rule, demand: Demand, record: Record, selector: Selector) -> Iterator[Finding]:
    if demand.related is None:
        return
    edges = list(selector.neighbours(record.identity, demand.related))
    found = dict.fromkeys(edge.to for edge in edges)
    words: dict[str, Any] = {"count": len(found), "field": " or ".join(sorted(demand.related.fields))}
    if len(found) < demand.least:
        if any(stated_gap(record, field) for field in demand.related.fields):
            return
        written = (path for field in sorted(demand.related.fields) for path, _ in values(record, field))
        path = next(written, ())
        place = record.source.place(path[:1]) if path else selector.witness(record, rule.select)
        yield _finding(rule, demand, record, place, words)
    elif demand.most == 0:
        for to in found:
            edge = next((one for one in edges if one.to == to and one.out), None)
            place = selector.place(record, edge) if edge is not None else selector.witness(record, rule.select)
            title = to.name if isinstance(to, Wanted) else selector.catalog.title(to)
            yield _finding(rule, demand, record, place, words | {"neighbour": title, "other": to})
    elif demand.most is not None and len(found) > demand.most:
        said = dict(reversed([(edge.to, edge) for edge in edges if edge.out]))  # of each neighbour the first
        extra = next(iter(list(reversed(said.values()))[demand.most :]), None)
        place = selector.place(record, extra) if extra is not None else selector.witness(record, rule.select)
        yield _finding(rule, demand, record, place, words)


def _finding(rule: Rule, demand: Demand, record: Record, place: Place, words: dict[str, Any]) -> Finding:
    known = {
        "title": record.title,
        "name": record.identity.name,
        "kind": record.kind,
        "record": record.identity,
        **words,
    }

    def filled(text: str) -> str:
        return PLACEHOLDER.sub(lambda match: one_line(str(known.get(match[1], "")), 80), text)

    hint = filled(rule.hint or advice(demand))
    return Finding(place, rule.name, filled(rule.message), hint, rule.severity, str(record.identity))
