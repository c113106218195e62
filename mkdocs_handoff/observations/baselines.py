"""What was accepted: the values of metrics that a handoff was agreed on, against which later ones are held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.observations.limits import named
from mkdocs_handoff.text.numbers import number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.text.yaml import Path

HANDOFF, EVALUATION = "handoff", "evaluation"
_OVER = frozenset(("rejected", "rolled-back", "cancelled"))
_BETTER = {">=": True, ">": True, "<=": False, "<": False}


@dataclass(frozen=True, slots=True)
class Baseline:
    """The value of a metric that a handoff was agreed on.

    Attributes:
        handoff: The handoff; `path` is its criterion.
        criterion: The criterion's id.
        value: What was observed, or what the evaluation measured that the criterion names; None: nobody has looked.
        operator: How a value is held against `target`; both are empty where the criterion has none that is a number.
        source: The evaluation that the value is from; None where the criterion states it.
        day: When it was accepted, else when it was looked at; empty where neither is written.
        accepted: Whether the handoff is accepted.
        status: Of the criterion.
    """

    handoff: Identity
    path: Path
    criterion: str
    metric: str
    value: float | None
    operator: str = ""
    target: float | None = None
    source: Identity | None = None
    day: str = ""
    accepted: bool = False
    status: str = ""

    @property
    def higher_is_better(self) -> bool | None:
        """Which side of the target is good; None where the criterion does not tell."""
        return _BETTER.get(self.operator) if self.target is not None else None

    def met(self, value: float) -> bool | None:
        """Tell whether a value would be accepted; None where no target says so."""
        if self.target is None or not self.operator:
            return None
        order = {
            ">=": value >= self.target,
            ">": value > self.target,
            "<=": value <= self.target,
            "<": value < self.target,
        }
        return order.get(self.operator, (value == self.target) == (self.operator == "=="))


def baselines(catalog: Catalog, handoff: Identity) -> tuple[Baseline, ...]:
    """Return the metrics that a handoff was agreed on, in the order of its criteria."""
    return tuple(_criteria(catalog.records[handoff], catalog))


def baseline(catalog: Catalog, model: Identity, metric: str) -> Baseline | None:
    """Return what was accepted last of a metric of a model; None where no handoff of it speaks of the metric.

    An accepted handoff comes before one that is under way. Handoffs that were rejected, rolled back or cancelled
    accepted nothing.
    """
    found = [
        one
        for handoff in handoffs(catalog, model)
        for one in baselines(catalog, handoff)
        if named(one.metric) == named(metric)
    ]
    known = [one for one in found if one.value is not None] or found
    return max(known, key=lambda one: (one.accepted, one.day, one.handoff, -_number(one.path)), default=None)


def handoffs(catalog: Catalog, model: Identity) -> tuple[Identity, ...]:
    """Return the handoffs of a model that did not come to nothing."""
    found = (
        one.source
        for one in catalog.incoming.get(model, ())
        if one.source.kind == HANDOFF and one.path[:1] == ("subjects",)
    )
    return tuple(one for one in dict.fromkeys(found) if str(catalog.records[one].get("status")) not in _OVER)


def _criteria(record: Record, catalog: Catalog) -> Iterator[Baseline]:
    dates = record.get("dates")
    accepted = str(dates.get("accepted") or "") if isinstance(dates, dict) else ""
    done = str(record.get("status")) in ("accepted", "completed")
    listed = record.get("acceptance_criteria")
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(one, dict) or one.get("type") != "metric":
            continue
        path: Path = ("acceptance_criteria", number)
        metric = str(one.get("metric") or one.get("id") or "")
        if not metric:
            continue
        value, source = _number_of(one.get("observed")), None
        if value is None:
            value, source = _measured(record, path, metric, catalog)
        operator, target = str(one.get("operator") or ""), _number_of(one.get("target"))
        yield Baseline(
            record.identity,
            path,
            str(one.get("id") or ""),
            metric,
            value,
            operator if target is not None else "",
            target if operator else None,
            source,
            accepted if done and accepted else str(one.get("verified_on") or ""),
            done,
            str(one.get("status") or ""),
        )


def _measured(record: Record, path: Path, metric: str, catalog: Catalog) -> tuple[float | None, Identity | None]:
    """The value that the evaluation of a criterion measured of all its data, not of a slice."""
    source = next(
        (
            one.target
            for one in catalog.outgoing.get(record.identity, ())
            if one.path[: len(path) + 1] == (*path, "record") and one.target.kind == EVALUATION
        ),
        None,
    )
    listed = catalog.records[source].get("metrics") if source is not None else None
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and not one.get("slice") and metric_name(one) == named(metric):
            return _number_of(one.get("value")), source
    return None, None


def metric_name(one: Mapping[str, Any]) -> str:
    """Return the name of an evaluation's metric, as names are compared."""
    return named(str(one.get("name") or one.get("type") or one.get("metric") or ""))


def _number_of(value: Any) -> float | None:
    return number_of(value[0] if isinstance(value, list) and len(value) == 1 else value)


def _number(path: Path) -> int:
    return path[-1] if isinstance(path[-1], int) else 0
