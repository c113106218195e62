"""What a model is made of: its datasets, features and pipeline, as far as its lineage reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.reports.flow.link import listed
from mkdocs_handoff.reports.quality import EVALUATION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.relations import Relation
    from mkdocs_handoff.records.record import Identity, Record

DATASET, FEATURE, PIPELINE = "dataset", "feature", "pipeline"
TRAINING_FIELDS = ("training_data", "datasets")


@dataclass(frozen=True)
class Scope:
    """What a model's lineage reaches.

    Attributes:
        datasets: Training data, sources of features, and what those are made from: what flows into others first.
        features: Those that the model uses.
        pipeline: The one that `reproduce` names, where somebody has written it.
        evaluations: Those of the model that are not retired, with the version that they name.
        measured: Datasets that only evaluations use.
    """

    model: Record
    datasets: tuple[Identity, ...]
    features: tuple[Identity, ...]
    pipeline: Record | None
    evaluations: tuple[tuple[Record, str], ...]
    measured: tuple[Identity, ...]


def scope(catalog: Catalog, model: Identity) -> Scope:
    """Collect what a model is made of. What another model is made of is that model's."""
    record = catalog.records[model]
    said = catalog.outgoing.get(model, ())
    features = _of(FEATURE, said, ("features",), ("inputs",))
    evaluations = _evaluations(catalog, model)
    makers = [one.target for one in said if one.path == ("reproduce", "pipeline") or one.path[:2] == _PIPELINE]
    pipeline = next((catalog.records[one] for one in makers), None)
    reached = [one.target for one in trained_on(catalog, record)]
    for feature in features:
        reached += _of(DATASET, catalog.outgoing.get(feature, ()), ("sources",))
    if pipeline is not None:
        reached += [one.target for one in catalog.outgoing.get(pipeline.identity, ()) if read_by_step(one)]
    datasets = _upstream(catalog, reached)
    measured = dict.fromkeys(
        one.target
        for evaluation, _ in evaluations
        for one in catalog.outgoing.get(evaluation.identity, ())
        if one.target.kind == DATASET and one.path[:1] == ("dataset",)
    )
    rest = tuple(one for one in _upstream(catalog, measured) if one not in set(datasets))
    return Scope(record, datasets, features, pipeline, evaluations, rest)


_PIPELINE = ("reproduce", "pipeline")
_TRAINING = tuple((name,) for name in TRAINING_FIELDS)


def trained_on(catalog: Catalog, model: Record) -> list[Relation]:
    """Return what a model says of the datasets that it, or a version of it that is not retired, was trained on."""
    retired = {path for path, one in listed(model, "versions") if one.get("stage") == "retired"}
    return [
        one
        for one in catalog.outgoing.get(model.identity, ())
        if one.target.kind == DATASET
        and (
            one.path[:1] in _TRAINING
            or (one.path[:1] == ("versions",) and one.path[2:3] == ("training_data",) and one.path[:2] not in retired)
        )
    ]


def read_by_step(relation: Relation) -> bool:
    """Whether a pipeline's step reads a dataset."""
    return relation.target.kind == DATASET and relation.path[:1] == ("steps",) and relation.path[2:3] == ("inputs",)


def sources_of(catalog: Catalog, dataset: Identity) -> list[Relation]:
    """Return what a dataset says that it is made from."""
    return [
        one
        for one in catalog.outgoing.get(dataset, ())
        if one.target.kind == DATASET
        and one.target != dataset
        and (one.path[:1] == ("source_datasets",) or (one.path[:1] == ("lineage",) and one.path[2:3] == ("inputs",)))
    ]


def _upstream(catalog: Catalog, found: Iterable[Identity]) -> tuple[Identity, ...]:
    """Return datasets with all that they are made from, what flows into others before them."""
    every: dict[Identity, None] = {}
    entered: set[Identity] = set()
    waiting = [(one, False) for one in reversed(tuple(dict.fromkeys(found)))]
    while waiting:
        here, done = waiting.pop()
        if done:
            every[here] = None
        elif here.kind == DATASET and here not in entered:
            entered.add(here)
            above = [one.target for one in sources_of(catalog, here)]
            above += [source for source, _ in made_from(catalog, here)]
            waiting.append((here, True))
            waiting += [(one, False) for one in reversed(above)]
    return tuple(every)


def made_from(catalog: Catalog, target: Identity) -> list[tuple[Identity, tuple[Identity, int]]]:
    """Return the datasets that the step of a pipeline reads which makes a record, with pipeline and number of step."""
    found: list[tuple[Identity, tuple[Identity, int]]] = []
    for one in catalog.incoming.get(target, ()):
        if one.source.kind == PIPELINE and one.path[:1] == ("steps",) and one.path[2:3] == ("outputs",):
            number = one.path[1]
            found += [
                (other.target, (one.source, int(number)))
                for other in catalog.outgoing.get(one.source, ())
                if read_by_step(other) and other.path[1] == number and other.target != target
            ]
    return found


def _evaluations(catalog: Catalog, model: Identity) -> tuple[tuple[Record, str], ...]:
    found: dict[Identity, str] = {}
    for one in catalog.incoming.get(model, ()):
        if one.source.kind == EVALUATION and one.path[:1] == ("model",):
            found[one.source] = one.version
    for one in catalog.outgoing.get(model, ()):
        if one.target.kind == EVALUATION and one.path[:1] == ("evaluations",):
            found.setdefault(one.target, one.version)
    pairs = ((catalog.records[one], version) for one, version in sorted(found.items()))
    return tuple((record, version) for record, version in pairs if record.lifecycle != "retired")


def _of(kind: str, relations: Iterable[Relation], *fields: tuple[str, ...]) -> tuple[Identity, ...]:
    found = (one.target for one in relations if one.target.kind == kind and one.path[:1] in fields)
    return tuple(dict.fromkeys(found))


def step_of(pipeline: Record, number: int) -> dict[str, Any]:
    """Return a pipeline's step; an empty one where it has none of that number."""
    steps = pipeline.get("steps")
    one = steps[number] if isinstance(steps, list) and number < len(steps) else None
    return one if isinstance(one, dict) else {}
