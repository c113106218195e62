"""What was observed of a model over time: where it stands, what it crossed, how far it is from what was accepted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from mkdocs_handoff.observations.baselines import Baseline, baseline, baselines
from mkdocs_handoff.observations.limits import Limit, limits, named, unit_of
from mkdocs_handoff.observations.read import Problem, Series, read
from mkdocs_handoff.observations.sources import FIELD, observations
from mkdocs_handoff.observations.thresholds import Threshold

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity

MODEL = "model"
RECENT = 30
"""How many of the last values are averaged, to tell a trend from one bad day."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """How often a limit was crossed.

    Attributes:
        limit: The limit.
        values: How many values lie beyond it.
        times: How many runs of values one after the other those are.
        first: The time of the first value beyond it, `last` of the last one; None where there is none.
        since: Since when all values are beyond it; None where the latest is not.
    """

    limit: Limit
    values: int = 0
    times: int = 0
    first: float | None = None
    last: float | None = None
    since: float | None = None


@dataclass(frozen=True, slots=True)
class Divergence:
    """How far a metric is from what was accepted.

    Attributes:
        absolute: The latest value less the accepted one; `relative` is that as a share of the accepted one, None at 0.
        recent: The mean of the last values, `recent_absolute` and `recent_relative` its distance.
        count: How many those are: at most `RECENT`, all from the day of acceptance on where that is known.
        met: Whether the latest value would be accepted, `recent_met` whether that mean would be.
    """

    baseline: Baseline
    absolute: float
    relative: float | None
    recent: float
    recent_absolute: float
    recent_relative: float | None
    count: int
    met: bool | None
    recent_met: bool | None


@dataclass(frozen=True, slots=True)
class ObservedMetric:
    """What was observed of one metric.

    Attributes:
        series: All times and values, for a drawing.
        unit: The unit that its observations state, else its monitor.
        latest: The last value; `time` is its time.
        lowest: The lowest value with its time, `highest` the highest.
        crossings: One for each limit, those of decision thresholds and of unread ones without values.
        baseline: What was accepted last; `divergence` how far it is from that, None where no value is known.
    """

    metric: str
    title: str
    file: str
    unit: str
    series: Series
    latest: float
    time: float
    lowest: tuple[float, float]
    highest: tuple[float, float]
    crossings: tuple[Crossing, ...]
    baseline: Baseline | None = None
    divergence: Divergence | None = None

    @property
    def out(self) -> tuple[Crossing, ...]:
        """The limits that the latest value is beyond."""
        return tuple(one for one in self.crossings if one.since is not None)


@dataclass(frozen=True, slots=True)
class Observed:
    """What was observed of a model: its metrics in the order of files and columns, and what could not be read."""

    model: Identity
    metrics: tuple[ObservedMetric, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Diverged:
    """A metric that a handoff was agreed on, of one model that it hands over.

    Attributes:
        observed: What was observed of it; None: nothing is observed under this name.
        divergence: How far it is from what this handoff accepted.
    """

    model: Identity
    baseline: Baseline
    observed: ObservedMetric | None = None
    divergence: Divergence | None = None


class Observations:
    """What was observed of the models of a project; each model's files are read when it is first asked for."""

    def __init__(self, catalog: Catalog, root: Path) -> None:
        self._catalog = catalog
        self._root = root
        self._known: dict[Identity, Observed] = {}

    def of(self, model: Identity) -> Observed:
        """Return what was observed of a model."""
        if model not in self._known:
            self._known[model] = observed(self._catalog, self._root, model)
        return self._known[model]

    def since(self, handoff: Identity) -> tuple[Diverged, ...]:
        """Return how far the models of a handoff are from what it was agreed on; nothing where none is observed."""
        models = subjects(self._catalog, handoff)
        seen = {one: self.of(one) for one in models if self._catalog.records[one].get(FIELD)}
        return diverged(self._catalog, handoff, seen)


def observed(catalog: Catalog, root: Path, model: Identity) -> Observed:
    """Return what was observed of a model; nothing where its record names no observations.

    Args:
        catalog: All records.
        root: The project's root.
        model: The model.
    """
    record = catalog.records[model]
    metrics: list[ObservedMetric] = []
    problems: list[Problem] = []
    for one in observations(record):
        reading = read(root, one)
        problems += reading.problems
        for series in reading.series:
            agreed = baseline(catalog, model, series.metric)
            better = agreed.higher_is_better if agreed is not None else None
            limited = limits(record, series.metric, catalog, unit=one.unit, higher_is_better=better)
            metrics.append(_metric(series, tuple(limited), agreed, unit_of(record, series.metric, one.unit)))
    return Observed(model, tuple(metrics), tuple(dict.fromkeys(problems)))


def diverged(catalog: Catalog, handoff: Identity, seen: dict[Identity, Observed]) -> tuple[Diverged, ...]:
    """Return how far the models of a handoff are from what it was agreed on, in the order of its criteria.

    A criterion that no model of it observes is told once, of the first model that observes anything.

    Args:
        catalog: All records.
        handoff: The handoff.
        seen: What was observed of each of its models that names observations.
    """
    found: list[Diverged] = []
    for one in baselines(catalog, handoff):
        held = [
            Diverged(model, one, metric, divergence(metric.series, one))
            for model, report in seen.items()
            for metric in report.metrics
            if named(metric.metric) == named(one.metric)
        ]
        found += held or [Diverged(model, one) for model in list(seen)[:1]]
    return tuple(found)


def subjects(catalog: Catalog, handoff: Identity) -> tuple[Identity, ...]:
    """Return the models that a handoff hands over."""
    found = (one.target for one in catalog.outgoing.get(handoff, ()) if one.path[:1] == ("subjects",))
    return tuple(dict.fromkeys(one for one in found if one.kind == MODEL))


def divergence(series: Series, agreed: Baseline) -> Divergence | None:
    """Return how far a series is from what was accepted; None where nobody has looked, or nothing came since."""
    if agreed.value is None or not series.times:
        return None
    after = _day(agreed.day)
    since = next(
        (at for at in range(max(0, len(series.times) - RECENT), len(series.times)) if series.times[at] >= after), -1
    )
    if since < 0:
        return None
    last = series.values[since:]
    latest, mean = series.values[-1], math.fsum(last) / len(last)
    return Divergence(
        agreed,
        latest - agreed.value,
        _share(latest - agreed.value, agreed.value),
        mean,
        mean - agreed.value,
        _share(mean - agreed.value, agreed.value),
        len(last),
        agreed.met(latest),
        agreed.met(mean),
    )


def moment(seconds: float) -> str:
    """Return a time as text: the day at midnight, else with hour and minute, in UTC."""
    found = datetime.fromtimestamp(seconds, UTC)
    return found.strftime("%Y-%m-%d") if seconds % 86400 == 0 else found.strftime("%Y-%m-%d %H:%M")


def _metric(series: Series, limited: tuple[Limit, ...], agreed: Baseline | None, unit: str) -> ObservedMetric:
    times, values = series.times, series.values
    lowest, highest = min(values), max(values)
    return ObservedMetric(
        series.metric,
        series.title,
        series.file,
        unit,
        series,
        values[-1],
        times[-1],
        (lowest, times[values.index(lowest)]),
        (highest, times[values.index(highest)]),
        tuple(_crossing(series, one, lowest, highest) for one in limited),
        agreed,
        divergence(series, agreed) if agreed is not None else None,
    )


def _crossing(series: Series, limit: Limit, lowest: float, highest: float) -> Crossing:
    found = limit.threshold
    if not isinstance(found, Threshold) or limit.what == "decision threshold":
        return Crossing(limit)
    if not found.crossed(lowest) and not found.crossed(highest):
        return Crossing(limit)  # most series: no value need be looked at
    beyond = [at for at, value in enumerate(series.values) if found.crossed(value)]
    starts = [at for at, before in zip(beyond, [-2, *beyond], strict=False) if at != before + 1]
    times = series.times
    return Crossing(
        limit,
        len(beyond),
        len(starts),
        times[beyond[0]],
        times[beyond[-1]],
        times[starts[-1]] if beyond[-1] == len(times) - 1 else None,
    )


def _share(distance: float, value: float) -> float | None:
    return distance / abs(value) if value else None


def _day(day: str) -> float:
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return -math.inf
