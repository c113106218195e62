"""How far an observed metric is from what was accepted, as tables: of a model, and of a handoff's models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.observations.thresholds import figure
from mkdocs_handoff.pages.html.blocks import Chip, Column, Items, Link, Text
from mkdocs_handoff.pages.views.tables import filled

if TYPE_CHECKING:
    from mkdocs_handoff.observations.baselines import Baseline
    from mkdocs_handoff.pages.html.blocks import Block, Table
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.layout import Layout
    from mkdocs_handoff.reports.observed import Divergence, ObservedMetric


def diverged_view(inputs: Inputs, layout: Layout) -> Table | None:
    """Return how far the models of a handoff are from what it was agreed on; None where none of them is observed."""
    found = inputs.observations.since(layout.record.identity)
    if not found:
        return None
    columns = (
        Column("metric", "Metric"),
        Column("model", "Model"),
        Column("asked", "Asked for", numeric=True),
        Column("accepted", "Accepted", numeric=True),
        Column("latest", "Latest", numeric=True),
        Column("off", "Latest differs by", numeric=True),
        Column("recent", "Recent mean differs by", numeric=True),
        Column("met", "Now"),
    )
    rows: list[tuple[Block | None, ...]] = []
    several = len({one.model for one in found}) > 1
    for one in found:
        seen = one.observed
        cells = _divergence(one.divergence)
        if seen is not None:
            metrics = inputs.observations.of(one.model).metrics
            number = next(at for at, each in enumerate(metrics) if each is seen)
            drawn = layout.here.record(one.model, observed_anchor(number))
            name: Block = Link(metric_name(seen), drawn, "See it drawn")
        else:
            name = Text(one.baseline.metric)
        accepted = one.baseline.value
        since = seen is not None and (one.divergence is not None or accepted is None)
        rows.append(
            (
                name,
                layout.links.link(one.model) if several else None,
                _asked(one.baseline),
                Text(figure(accepted), "number") if accepted is not None else Text("not looked at yet", "muted"),
                Text(figure(seen.latest), "number", seen.unit) if seen is not None and since else None,
                *cells[:2],
                cells[2] if since else Chip("not observed since" if seen is not None else "not observed", "quiet"),
            )
        )
    return filled("Divergence since acceptance", columns, rows)


def observed_anchor(number: int) -> str:
    """Return the id of a metric's part of its model's page; metrics count from 0."""
    return f"handoff-observed-{number + 1}"


def metric_name(one: ObservedMetric) -> str:
    """Return what a metric is called where several files hold one of its name."""
    return f"{one.metric} ({one.title})" if one.title else one.metric


def accepted_view(one: ObservedMetric, layout: Layout) -> Table | None:
    """What was accepted last, and how far the metric is from it."""
    agreed = one.baseline
    if agreed is None or agreed.value is None:
        return None
    columns = (
        Column("handoff", "Accepted in" if agreed.accepted else "Criterion of"),
        Column("asked", "Asked for", numeric=True),
        Column("accepted", "Seen then", numeric=True),
        Column("off", "Latest differs by", numeric=True),
        Column("recent", "Recent mean differs by", numeric=True),
        Column("met", "Now"),
    )
    row: tuple[Block | None, ...] = (
        layout.links.link(agreed.handoff, note=agreed.day),
        _asked(agreed),
        Text(figure(agreed.value), "number", one.unit),
        *(
            _divergence(one.divergence)
            if one.divergence is not None
            else (None, None, Chip("not observed since", "quiet"))
        ),
    )
    return filled(f"{metric_name(one)} against what was accepted", columns, [row])


def _asked(agreed: Baseline) -> Block | None:
    if agreed.target is None:
        return None
    sign = {">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}.get(agreed.operator, agreed.operator)
    return Text(f"{sign} {figure(agreed.target)}", "number")


def _divergence(one: Divergence | None) -> tuple[Block | None, Block | None, Block | None]:
    """How far the latest value and the mean of the last ones are off, and whether they would be accepted."""
    if one is None:
        return None, None, None
    words = {True: Chip("met", "good"), False: Chip("missed", "warn")}
    met: Block | None = words[one.met] if one.met is not None else None
    if met is not None and one.recent_met is not None and one.recent_met != one.met:
        met = Items((met, Text(f"by the mean {'met' if one.recent_met else 'missed'}", "muted")), inline=True)
    mean = _off(one.recent_absolute, one.recent_relative)
    return (
        _off(one.absolute, one.relative),
        Text(f"{mean.text}, of {one.count}", "number") if one.count > 1 else None,
        met,
    )


def _off(absolute: float, relative: float | None) -> Text:
    """A difference with its sign; one that is too small to show is none."""
    word = figure(abs(absolute))
    if word == "0" or not absolute:
        return Text("±0", "number")
    sign = "+" if absolute > 0 else "\u2212"
    share = f" ({sign}{abs(relative) * 100:.1f} %)" if relative is not None else ""
    return Text(f"{sign}{word}{share}", "number")
