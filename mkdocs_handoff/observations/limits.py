"""What limits a metric of a model: its monitors, guardrails and decision thresholds, joined by the metric's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from mkdocs_handoff.catalog.relations import External
from mkdocs_handoff.observations.thresholds import Threshold, Unread, threshold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.catalog.relations import Wanted
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.text.yaml import Path

What = Literal["monitor", "guardrail", "decision threshold"]
_FIELDS: tuple[tuple[str, What, str], ...] = (
    ("monitors", "monitor", "threshold"),
    ("guardrails", "guardrail", "threshold"),
    ("decision_thresholds", "decision threshold", "value"),
)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a metric.

    Attributes:
        what: What draws it. A decision threshold is a value at which a score becomes an action: nothing crosses it.
        name: Its id; empty where it has none.
        path: Where it stands in the model's record.
        threshold: Where normal ends, or why that is not known.
        guardrail: The guardrail that acts, by its id: its own, or the one that a monitor names.
        action: What that does; `response` is of what sort.
        playbook: What a person does then: its own playbook, or that of the guardrail.
        alert: Whom a monitor tells.
    """

    what: What
    name: str
    path: Path
    threshold: Threshold | Unread
    guardrail: str = ""
    action: str = ""
    response: str = ""
    playbook: Identity | Wanted | None = None
    alert: str = ""


def named(metric: str) -> str:
    """Return a metric's name as names are compared: case and space do not count."""
    return " ".join(metric.split()).casefold()


def limits(
    model: Record, metric: str, catalog: Catalog, *, unit: str = "", higher_is_better: bool | None = None
) -> Iterator[Limit]:
    """Yield what limits a metric, in the order of the record.

    Args:
        model: The model's record.
        metric: The name of the metric.
        catalog: What references lead to.
        unit: The unit of the observed values as they state it; without one, a monitor's own unit is taken for it.
        higher_is_better: Which side is bad, where a bare number does not tell.
    """
    guardrails = {
        str(one["id"]): (path, one) for path, one in _listed(model, "guardrails") if one.get("id") is not None
    }
    monitored = unit_of(model, metric, "")
    for name, what, key in _FIELDS:
        for path, one in _listed(model, name):
            written = one.get("metric")
            if not isinstance(written, str) or named(written) != named(metric) or one.get(key) in (None, ""):
                continue
            acting = guardrails.get(str(one.get("guardrail"))) if what == "monitor" else (path, one)
            guard = acting[1] if acting is not None and what != "decision threshold" else {}
            own = _playbook(model, path, one, catalog)
            yield Limit(
                what,
                _text(one, "id"),
                path,
                _threshold(one, key, unit, monitored, higher_is_better=higher_is_better),
                guardrail=_text(guard, "id") or (str(guard.get("condition") or "").strip()[:80] if guard else ""),
                action=_text(guard, "action"),
                response=_text(guard, "response"),
                playbook=own or (_playbook(model, acting[0], acting[1], catalog) if acting is not None else None),
                alert=_text(one, "alert"),
            )


def _threshold(
    one: Mapping[str, Any], key: str, unit: str, monitored: str, *, higher_is_better: bool | None
) -> Threshold | Unread:
    """Read one threshold; not where what is observed and what is monitored are in two units: nothing is converted."""
    if unit and monitored and _plain(unit) != _plain(monitored):
        text = " ".join(str(one[key]).split())
        why = f"the monitor is in {monitored!r}, and the values are in {unit!r}"
        return Unread(text, why, "State both in one unit: nothing is converted.")
    return threshold(one[key], unit=unit or monitored, normal=one.get("normal"), higher_is_better=higher_is_better)


def _plain(unit: str) -> str:
    found = " ".join(unit.split())
    return "%" if found.casefold() == "percent" else found


def unit_of(model: Record, metric: str, unit: str) -> str:
    """Return the unit of a metric: that of the observations, or that of its monitor."""
    if unit:
        return unit
    for _, one in _listed(model, "monitors"):
        if isinstance(one.get("metric"), str) and named(one["metric"]) == named(metric) and one.get("unit"):
            return str(one["unit"])
    return ""


def limited(model: Record) -> tuple[str, ...]:
    """Return the metrics that a model's monitors, guardrails and decision thresholds speak of."""
    found = (one.get("metric") for name, *_ in _FIELDS for _, one in _listed(model, name))
    return tuple(dict.fromkeys(one for one in found if isinstance(one, str)))


def _listed(model: Record, name: str) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    listed = model.get(name)
    for number, one in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(one, dict):
            yield (name, number), one


def _playbook(model: Record, path: Path, one: Mapping[str, Any], catalog: Catalog) -> Identity | Wanted | None:
    inner = ("playbook", "ref") if isinstance(one.get("playbook"), dict) else ("playbook",)
    target = catalog.targets.get((model.identity, (*path, *inner)))
    return None if isinstance(target, External) else target


def _text(one: Mapping[str, Any], key: str) -> str:
    value = one.get(key)
    return "" if value is None or isinstance(value, dict | list) else str(value).strip()
