"""Lineage at column level: from the columns of the first data, through datasets and features, to a model's inputs.

Only what records state is an edge: `column_lineage` of a dataset, `columns` of a feature's sources and of what a
pipeline's step reads and makes, `feature` and `column` of a model's inputs.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.interface import columns as columns_of
from mkdocs_handoff.catalog.interface import type_of
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.flow.link import Teller, listed
from mkdocs_handoff.reports.flow.making import feeding
from mkdocs_handoff.reports.flow.scope import DATASET, made_from, scope, sources_of, step_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.reports.flow.scope import Scope

MOST = 400
"""So many columns are followed at most."""


@dataclass(frozen=True, slots=True, order=True)
class Column:
    """A column of a dataset, an input of a model, or a feature as a whole (`name` is empty then).

    `owner` is empty where a dataset is named that is no record; `name` has both then, as written.
    """

    owner: Identity | None
    name: str


@dataclass(frozen=True)
class Columns:
    """Column-level lineage.

    Attributes:
        flows: From which column into which, from the origin on; each once.
        cut: Whether there is more than was followed.
    """

    flows: tuple[tuple[Column, Column], ...]
    cut: bool = False


def columns(catalog: Catalog, model: Identity) -> Columns:
    """Return the column-level lineage of a model, as far as it is stated."""
    around = scope(catalog, model)
    flows: dict[tuple[Column, Column], int] = {}
    waiting = deque((flow, 0) for flow in _into_model(catalog, around))
    seen: set[Column] = set()
    while waiting and len(flows) < MOST:
        flow, depth = waiting.popleft()
        flows.setdefault(flow, depth)
        if flow[0] not in seen:
            seen.add(flow[0])
            waiting.extend(((source, flow[0]), depth + 1) for source in _into(catalog, flow[0]))
    return Columns(tuple(sorted(flows, key=lambda flow: -flows[flow])), cut=bool(waiting))


def _into_model(catalog: Catalog, around: Scope) -> Iterator[tuple[Column, Column]]:
    """What goes into the model's inputs; without any, what its pipeline's step reads that makes it."""
    model = around.model.identity
    fed = feeding(around, Teller(catalog))
    found = False
    for path, port in listed(around.model, "inputs"):
        name = str(port.get("name") or f"input {int(path[1]) + 1}")
        sources = [Column(one, "") for one in fed.get(path, ())]
        column = port.get("column")
        if isinstance(column, str) and not sources:
            sources = [_held(catalog, around, column)]
        found = found or bool(sources)
        yield from ((source, Column(model, name)) for source in sources)
    if not found and around.pipeline is not None:
        yield from ((source, Column(model, "")) for source in _read(catalog, model, None))


def _held(catalog: Catalog, around: Scope, column: str) -> Column:
    """The column of the training data that an input names."""
    holders = (one for one in around.datasets if type_of(column, columns_of(catalog.records[one])) is not None)
    return Column(next(holders, next(iter(around.datasets), None)), column)


def _into(catalog: Catalog, here: Column) -> list[Column]:
    """What flows into a column of a dataset, or into a feature."""
    if here.owner is None or here.owner not in catalog.records:
        return []
    record = catalog.records[here.owner]
    if here.owner.kind != DATASET:
        found = []
        for path, one in listed(record, "sources"):
            target = catalog.targets.get((here.owner, (*path, "ref")))
            owner = target if isinstance(target, Identity) else None
            names = one.get("columns")
            before = f"{one.get('ref')}." if owner is None else ""
            found += [Column(owner, f"{before}{name}") for name in (names if isinstance(names, list) else ())]
        return found or (_read(catalog, here.owner, None) if record.kind == "feature" else [])
    stated = _stated(catalog, here)
    return stated or _read(catalog, here.owner, here.name)


def _stated(catalog: Catalog, here: Column) -> list[Column]:
    """The columns that a dataset's `column_lineage` names for one of its own: the last step that speaks of it."""
    if here.owner is None:
        return []
    sources = [one.target for one in sources_of(catalog, here.owner)]
    for _, step in reversed(list(listed(catalog.records[here.owner], "lineage"))):
        made: Any = step.get("column_lineage")
        named = made if isinstance(made, dict) else {}
        written = named.get(here.name)
        if written is None:
            written = next((value for key, value in named.items() if "*" in key and fnmatchcase(here.name, key)), None)
        if written is not None:
            texts = written if isinstance(written, list) else [written]
            return [_column(catalog, str(text), sources) for text in texts]
    return []


def _column(catalog: Catalog, text: str, sources: list[Identity]) -> Column:
    """Read `dataset.column`: the dataset is one that this one is made from, by name, alias or identity."""
    dataset, _, name = text.rpartition(".")
    if not dataset and len(set(sources)) == 1:
        return Column(sources[0], text)
    while dataset:
        bare = dataset.removeprefix(f"{DATASET}:")
        found = next((one for one in sources if one.name == bare.casefold()), None)
        if found is None:
            found = next((one for one in catalog.find(f"{DATASET}:{bare}") if one.kind == DATASET), None)
        if found is not None:
            return Column(found, name)
        dataset, _, more = dataset.rpartition(".")  # a column's own name may hold a dot
        name = f"{more}.{name}"
    return Column(None, text)


def _read(catalog: Catalog, made: Identity, column: str | None) -> list[Column]:
    """The columns that a pipeline's step reads which makes a record (and, where it lists columns, this one of it)."""
    found: dict[Column, None] = {}
    for dataset, (pipeline, number) in made_from(catalog, made):
        step = step_of(catalog.records[pipeline], number)
        if column is not None and not _makes(catalog, pipeline, number, made, column):
            continue
        read = step.get("inputs")
        for place, one in enumerate(read if isinstance(read, list) else ()):
            names = one.get("columns") if isinstance(one, dict) else None
            target = catalog.targets.get((pipeline, ("steps", number, "inputs", place, "ref")))
            if target == dataset and isinstance(names, list):
                found.update(dict.fromkeys(Column(dataset, str(name)) for name in names))
    return list(found)


def _makes(catalog: Catalog, pipeline: Identity, number: int, made: Identity, column: str) -> bool:
    """Whether a step says that it makes a column of a record; one that names none of its columns says nothing."""
    outputs = step_of(catalog.records[pipeline], number).get("outputs")
    for place, one in enumerate(outputs if isinstance(outputs, list) else ()):
        names = one.get("columns") if isinstance(one, dict) else None
        target = catalog.targets.get((pipeline, ("steps", number, "outputs", place, "ref")))
        if target == made and isinstance(names, list):
            return any(str(name) == column or fnmatchcase(column, str(name)) for name in names)
    return False
