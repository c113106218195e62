"""What is recorded of a model's metrics: the value that holds, and every other number that prose may rightly name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.observations.thresholds import threshold
from mkdocs_handoff.text.numbers import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.statements.words import Words
    from mkdocs_handoff.text.yaml import Path

EVALUATES = ("evaluates", "is evaluated by")
_OF_ONE = ("baseline", "threshold", "target")


@dataclass(frozen=True, slots=True)
class Value:
    """A recorded value of all the data, and where it stands."""

    record: Identity
    path: Path
    place: Place
    value: float
    unit: str = ""


@dataclass(slots=True)
class Measured:
    """What is recorded of metrics, by the name that `Words.metric` gives them.

    Attributes:
        current: The values that hold now, of all the data.
        known: Every number recorded of the metric: slices, baselines, older versions, targets, limits.
    """

    current: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def holds(self, metric: str) -> Value | None:
        """Return the value that holds of a metric, or None where there is none, or several that differ."""
        found = self.current.get(metric, [])
        return found[0] if found and all(one.value == found[0].value for one in found) else None

    def units(self) -> dict[str, str]:
        """Return in which unit each metric is recorded that has one, but for percent."""
        values = {metric: self.holds(metric) for metric in self.current}
        return {metric: one.unit for metric, one in values.items() if one is not None and one.unit not in ("", "%")}


def measured(record: Record, catalog: Catalog, words: Words) -> Measured:
    """Return what is recorded of the metrics of a model, or of the model that an evaluation measured.

    Of an evaluation only its own values hold in its own prose.
    """
    result = Measured()
    if record.kind == "evaluation":
        _evaluation(record, result, words, current=True)
        models = [one.target for one in catalog.outgoing.get(record.identity, ()) if one.name == EVALUATES[0]]
    else:
        models = [record.identity]
    for model in dict.fromkeys(models):
        _model(catalog.records[model], result, catalog, words, current=record.kind == "model")
    return result


def _model(model: Record, result: Measured, catalog: Catalog, words: Words, *, current: bool) -> None:
    live = {str(one.get("version")) for _, one in _listed(model, "versions") if one.get("stage") == "production"}
    for identity, holds in _evaluations(model, catalog, live).items():
        record = catalog.records[identity]
        _evaluation(record, result, words, current=current and holds and record.lifecycle == "active")
    for path, version in _listed(model, "versions"):
        holds = current and version.get("stage") == "production" and len(live) == 1
        figures = version.get("metrics")
        for name, value in figures.items() if isinstance(figures, Mapping) else ():
            _add(model, (*path, "metrics", name), {"type": name, "value": value}, result, words, current=holds)
    _stated(model, result, words, current=current)
    for name in ("monitors", "guardrails", "acceptance_criteria"):
        _limits(model, name, result, words)
    for relation in catalog.incoming.get(model.identity, ()):
        if relation.source.kind == "handoff":
            _limits(catalog.records[relation.source], "acceptance_criteria", result, words)


def _evaluations(model: Record, catalog: Catalog, live: set[str]) -> dict[Identity, bool]:
    """Return the evaluations of a model, and whether what each measured is in production, as far as they say."""
    seen: dict[Identity, bool] = {}
    for one in catalog.outgoing.get(model.identity, ()):
        if one.name == EVALUATES[1] and one.target.kind == "evaluation":
            seen.setdefault(one.target, True)
    for one in catalog.incoming.get(model.identity, ()):
        if one.name == EVALUATES[0] and one.source.kind == "evaluation":
            seen[one.source] = not (live and one.version and one.version not in live)
    return seen


def _stated(model: Record, result: Measured, words: Words, *, current: bool) -> None:
    """Add what a model's own card states: `metrics` by name, and the `model-index` of an adopted card."""
    figures = model.get("metrics")
    for name, value in figures.items() if isinstance(figures, Mapping) else ():
        metric = value if isinstance(value, Mapping) else {"value": value}
        _add(model, ("metrics", name), {"type": name, **metric}, result, words, current=current)
    for path, entry in _listed(model, "model-index"):
        for number, outcome in enumerate(_mappings(entry.get("results"))):
            for position, metric in enumerate(_mappings(outcome.get("metrics"))):
                at = (*path, "results", number, "metrics", position)
                _add(model, at, metric, result, words, current=current)


def _evaluation(record: Record, result: Measured, words: Words, *, current: bool) -> None:
    for path, metric in _listed(record, "metrics"):
        _add(record, path, metric, result, words, current=current)


def _add(
    record: Record, path: Path, metric: Mapping[str, Any], result: Measured, words: Words, *, current: bool
) -> None:
    names = dict.fromkeys(words.metric(str(metric[key])) for key in ("type", "name") if metric.get(key))
    value = recorded_number(metric.get("value"))
    interval = metric.get("confidence_interval")
    bounds = interval.values() if isinstance(interval, Mapping) else ()
    for name in names:
        for other in (value, *map(recorded_number, bounds), *(recorded_number(metric.get(key)) for key in _OF_ONE)):
            if other is not None:
                result.known[name].append(other)
    if value is not None and current and not metric.get("slice") and names:
        at = (*path, "value") if "value" in metric and record.kind != "model" else path
        place = record.source.place(at)
        one = Value(record.identity, path, place, value, str(metric.get("unit") or ""))
        first = next(iter(names))  # the type says what was measured; the name is for people
        result.current[first].append(one)


def _limits(record: Record, name: str, result: Measured, words: Words) -> None:
    for _, one in _listed(record, name):
        metric = words.metric(str(one.get("metric") or ""))
        for key in ("target", "observed", "threshold", "normal"):
            if metric and one.get(key) not in (None, ""):
                result.known[metric].extend(lines(one[key]))


def lines(written: Any) -> tuple[float, ...]:
    """Return the numbers that a limit or a range names."""
    value = recorded_number(written)
    return (value,) if value is not None else threshold(written).lines


def recorded_number(value: Any) -> float | None:
    """Return a recorded value as a number, or None; a share may be in percent, and the only item of a list."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return number_of(value.strip().removesuffix("%") if isinstance(value, str) else value)


def _listed(record: Record, name: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    value = record.get(name)
    for number, one in enumerate(value if isinstance(value, list) else ()):
        if isinstance(one, Mapping):
            yield (name, number), one


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [one if isinstance(one, Mapping) else {} for one in value] if isinstance(value, list) else []
