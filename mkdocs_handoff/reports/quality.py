"""How good a model is: what was measured, by which evaluation, of which version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.relations import External
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.text.yaml import Path

EVALUATION = "evaluation"


@dataclass(frozen=True, slots=True)
class Metric:
    """One measured value. Numbers are numbers; what a card writes as text stays text.

    Attributes:
        lower: The confidence interval's ends, `upper` likewise.
        met: Whether it meets its threshold; None where there is none, or where nobody says which way is better.
        path: The field, within the record that states it.
        details: What else is written of it, in words (a configuration, a verification token).
    """

    name: str
    value: Any
    path: Path
    unit: str = ""
    slice: str = ""
    lower: Any = None
    upper: Any = None
    higher_is_better: bool | None = None
    threshold: Any = None
    baseline: Any = None
    met: bool | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Measured:
    """What one evaluation, or one entry of a model's own index, measured.

    Attributes:
        source: The record that states it: an evaluation, or the model itself.
        dataset: What it was measured on: a record, an address outside, or a name.
        details: What else a card's index writes of it, in words: the task, the data's configuration, who says so.
    """

    source: Identity
    version: str
    date: str
    dataset: Identity | External | str
    split: str
    metrics: tuple[Metric, ...]
    details: tuple[tuple[str, str], ...] = ()


def quality(catalog: Catalog, model: Identity) -> tuple[Measured, ...]:
    """Return what was measured of a model: its evaluations, the newest first, then its own index (Hugging Face)."""
    found: dict[Identity, str] = {}
    for relation in catalog.incoming.get(model, ()):
        if relation.source.kind == EVALUATION and relation.path[:1] == ("model",):
            found[relation.source] = relation.version
    for relation in catalog.outgoing.get(model, ()):
        if relation.target.kind == EVALUATION and relation.path[:1] == ("evaluations",):
            found.setdefault(relation.target, "")
    measured = [_evaluation(catalog, catalog.records[identity], version) for identity, version in found.items()]
    measured.sort(key=lambda one: one.source)
    measured.sort(key=lambda one: one.date, reverse=True)
    return (*measured, *(one for one in own(catalog.records[model]) if one.metrics))


def own(model: Record) -> tuple[Measured, ...]:
    """Return what a card's own index states (Hugging Face): entries without a figure too, with all they say."""
    return tuple(_index(model))


def in_production(record: Record) -> tuple[str, ...]:
    """Return the versions of a model that are in production; its single `version` where it lists none."""
    listed = record.get("versions")
    staged = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    running = tuple(
        str(one.get("version")) for one in staged if one.get("stage") == "production" and one.get("version")
    )
    single = record.get("version")
    return running or ((str(single),) if single not in (None, "", []) and not staged else ())


def metrics(record: Record) -> tuple[Metric, ...]:
    """Return the metrics that a record lists under `metrics`."""
    listed = record.get("metrics")
    return tuple(_metrics(listed if isinstance(listed, list) else [], ("metrics",)))


def _evaluation(catalog: Catalog, record: Record, version: str) -> Measured:
    data: Any = record.get("dataset")
    path = next(
        (relation for relation in catalog.outgoing.get(record.identity, ()) if relation.path[:1] == ("dataset",)), None
    )
    if path is not None:
        dataset: Identity | External | str = path.target
    else:
        outside = next(
            (
                catalog.targets.get((record.identity, ("dataset", *step)))
                for step in ((), ("ref",), ("id",))
                if isinstance(catalog.targets.get((record.identity, ("dataset", *step))), External)
            ),
            None,
        )
        dataset = outside if isinstance(outside, External) else _name(data)
    split = str(data.get("split") or "") if isinstance(data, dict) else ""
    return Measured(record.identity, version, str(record.get("date") or ""), dataset, split, metrics(record))


def _index(record: Record) -> Iterator[Measured]:
    index = record.get("model-index")
    entries = index if isinstance(index, list) else []
    names = [str(entry.get("name") or "") if isinstance(entry, dict) else "" for entry in entries]
    several = len(set(names)) > 1
    for first, entry in enumerate(entries):
        results = entry.get("results") if isinstance(entry, dict) else None
        for second, result in enumerate(results if isinstance(results, list) else []):
            if isinstance(result, dict):
                data = result.get("dataset")
                listed = result.get("metrics")
                path: Path = ("model-index", first, "results", second, "metrics")
                found = tuple(_metrics(listed if isinstance(listed, list) else [], path, detailed=True))
                split = str(data.get("split") or "") if isinstance(data, dict) else ""
                rest = {key: value for key, value in result.items() if key not in ("dataset", "metrics")}
                if isinstance(data, dict):
                    told = "name" if data.get("name") else "type"
                    rest["dataset"] = {key: value for key, value in data.items() if key not in (told, "split")}
                elif data is not None:
                    rest["dataset"] = data
                shown = {one.path[-1] for one in found}
                each = enumerate(listed) if isinstance(listed, list) else ()
                rest["metrics"] = [one for third, one in each if third not in shown] or (None if found else listed)
                details = (*((("model", names[first]),) if several and names[first] else ()), *_details(rest, ""))
                if result:
                    yield Measured(record.identity, "", "", _name(data), split, found, details)
            elif result is not None:
                yield Measured(record.identity, "", "", "", "", (), (("result", str(result)),))


def _metrics(listed: list[Any], path: Path, *, detailed: bool = False) -> Iterator[Metric]:
    for number, one in enumerate(listed):
        if not isinstance(one, dict) or one.get("value") in (None, "", []):
            continue
        interval = one.get("confidence_interval")
        ends = interval if isinstance(interval, dict) else {}
        better = one.get("higher_is_better")
        higher = better if isinstance(better, bool) else None
        yield Metric(
            name=str(one.get("name") or one.get("type") or one.get("metric") or "value"),
            value=_read(one["value"]),
            path=(*path, number),
            unit=str(one.get("unit") or ""),
            slice=str(one.get("slice") or ""),
            lower=_read(ends.get("lower")),
            upper=_read(ends.get("upper")),
            higher_is_better=higher,
            threshold=_read(one.get("threshold")),
            baseline=_read(one.get("baseline")),
            details=_rest(one) if detailed else (),
            met=_met(_read(one["value"]), _read(one.get("threshold")), higher=higher),
        )


_TOLD = frozenset(
    ("name", "value", "unit", "slice", "confidence_interval", "higher_is_better", "threshold", "baseline")
)


def _rest(metric: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    named = next((key for key in ("name", "type", "metric") if metric.get(key)), "")
    return tuple(_details({key: held for key, held in metric.items() if key not in _TOLD | {named}}, ""))


def _details(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Yield what is written in a value, each leaf with the words that lead to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _details(inner, f"{name} {key}".strip())
    elif isinstance(value, list):
        for inner in value:
            yield from _details(inner, name)
    elif value not in (None, ""):
        yield name, str(value).lower() if isinstance(value, bool) else str(value)


def _read(value: Any) -> Any:
    """Return a number where a text is one: schemas let cards write figures as text, or as a list of one.

    More than one figure is text, each with the words that lead to it.
    """
    if isinstance(value, list) and len(value) == 1:
        return _read(value[0])
    if isinstance(value, list | dict):
        return ", ".join(f"{name} {text}".strip() for name, text in _details(value, ""))
    number = Plain(value).number() if isinstance(value, str) else None
    return value if number is None else number


def _met(value: Any, threshold: Any, *, higher: bool | None) -> bool | None:
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (value, threshold))
    if not numbers or higher is None:
        return None
    return bool(value >= threshold if higher else value <= threshold)


def _name(data: Any) -> str:
    if isinstance(data, dict):
        return str(data.get("name") or data.get("type") or data.get("ref") or data.get("id") or "")
    return str(data or "")
