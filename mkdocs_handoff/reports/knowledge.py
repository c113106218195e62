"""The knowledge map: which data flows through which features into which models, and what was measured of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.reports.quality import EVALUATION

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity, Record

MODEL = "model"
DATASET = "dataset"
FEATURE = "feature"


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a model, with its stage."""

    version: str
    stage: str


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model: what flows into it and out of it.

    Attributes:
        datasets: All that it is made of, through features and other data as well.
        upstream: Other models that it is built on.
    """

    model: Identity
    datasets: tuple[Identity, ...]
    features: tuple[Identity, ...]
    upstream: tuple[Identity, ...]
    versions: tuple[Version, ...]
    evaluations: tuple[Identity, ...]


@dataclass(frozen=True)
class KnowledgeMap:
    """The map.

    Attributes:
        models: One row for each model, by title.
        unused: Datasets and features from which no model is made.
        nodes: Everything that lineage joins, in the catalog's order.
        flows: From what into what.
    """

    models: tuple[ModelRow, ...]
    unused: tuple[Identity, ...]
    nodes: tuple[Identity, ...]
    flows: tuple[tuple[Identity, Identity], ...]


def knowledge(catalog: Catalog) -> KnowledgeMap:
    """Compute the map."""
    into = catalog.lineage.into
    rows = tuple(_row(record, catalog) for record in catalog.of_kind(MODEL))
    used = {identity for row in rows for identity in (*row.datasets, *row.features)}
    unused = (identity for identity in catalog.records if identity.kind in (DATASET, FEATURE) and identity not in used)
    flows = tuple((source, target) for target in catalog.records for source in into.get(target, ()))
    joined = {identity for flow in flows for identity in flow}
    nodes = tuple(identity for identity in catalog.records if identity in joined)
    return KnowledgeMap(rows, tuple(unused), nodes, flows)


def versions(record: Record) -> tuple[Version, ...]:
    """Return the versions of a model as it lists them; its single `version` where it lists none."""
    listed: Any = record.get("versions")
    found = [
        Version(str(one.get("version") or ""), str(one.get("stage") or ""))
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict)
    ]
    single = record.get("version")
    return tuple(found) or ((Version(str(single), ""),) if single not in (None, "") else ())


def _row(record: Record, catalog: Catalog) -> ModelRow:
    above = _upstream(record.identity, catalog)
    below = catalog.lineage.out_of.get(record.identity, ())
    return ModelRow(
        model=record.identity,
        datasets=_of(DATASET, above),
        features=_of(FEATURE, catalog.lineage.into.get(record.identity, ())),
        upstream=_of(MODEL, catalog.lineage.into.get(record.identity, ())),
        versions=versions(record),
        evaluations=_of(EVALUATION, below),
    )


def _of(kind: str, identities: Iterable[Identity]) -> tuple[Identity, ...]:
    return tuple(sorted(identity for identity in identities if identity.kind == kind))


def _upstream(identity: Identity, catalog: Catalog) -> list[Identity]:
    """All data and features above a model; what lies above another model is that model's."""
    found: dict[Identity, None] = {}
    waiting = list(catalog.lineage.into.get(identity, ()))
    while waiting:
        here = waiting.pop()
        if here in found or here == identity:
            continue
        found[here] = None
        if here.kind != MODEL:
            waiting.extend(catalog.lineage.into.get(here, ()))
    return list(found)
