"""What was observed of a model over time, drawn, with its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.observations.thresholds import Threshold, Unread, figure
from mkdocs_handoff.pages.anchors import wanted_anchor
from mkdocs_handoff.pages.html.blocks import Chip, Column, Items, Link, Rich, Table, Text
from mkdocs_handoff.pages.plot import Plot, Rule, draw
from mkdocs_handoff.pages.views.divergence import accepted_view, metric_name, observed_anchor
from mkdocs_handoff.pages.views.tables import filled
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.observed import MODEL, moment
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from markupsafe import Markup

    from mkdocs_handoff.observations.limits import Limit
    from mkdocs_handoff.pages.html.blocks import Block
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.layout import Layout
    from mkdocs_handoff.reports.observed import Crossing, ObservedMetric

_PLOTS = 12
"""More metrics of one model stand in tables without a drawing."""

_STEPS, _MOST = 2400, 480
_PROBLEMS = 12
_TONES = {"monitor": "monitor", "guardrail": "guardrail", "decision threshold": "decision"}


@dataclass(frozen=True, slots=True)
class AlarmView:
    """A limit that the latest value is beyond, and what is to be done.

    Attributes:
        told: The latest value, what it is beyond, and since when.
        guardrail: The guardrail that acts, and `action` what it does.
        playbook: What a person does.
        alert: Whom it tells.
    """

    told: str
    guardrail: str
    action: Rich | None
    playbook: Link | None
    alert: str


@dataclass(frozen=True, slots=True)
class MetricView:
    """One metric.

    Attributes:
        drawing: Its values over time.
        alarms: What the latest value is beyond.
        summary: The latest, lowest and highest value.
        limits: Each limit with how often it was crossed; None where there is none.
        divergence: How far it is from what was accepted; None where nothing was.
    """

    anchor: str
    metric: str
    title: str
    file: str
    status: Chip | None
    drawing: Markup | None
    alarms: tuple[AlarmView, ...]
    summary: Table
    limits: Table | None
    divergence: Table | None


@dataclass(frozen=True, slots=True)
class ObservedView:
    """What was observed of a model; `problems` is what could not be read, `more` how many problems are not listed."""

    metrics: tuple[MetricView, ...]
    problems: tuple[str, ...]
    more: int


def observed_view(inputs: Inputs, layout: Layout) -> ObservedView | None:
    """Return what was observed of a model; None where its record names no observations, and for other kinds."""
    record = layout.record
    if record.kind != MODEL or not record.get("observations"):
        return None
    report = inputs.observations.of(record.identity)
    columns = min(_MOST, _STEPS // max(1, min(_PLOTS, len(report.metrics))))
    return ObservedView(
        tuple(
            _metric(one, number, layout, columns if number < _PLOTS else 0) for number, one in enumerate(report.metrics)
        ),
        tuple(map(str, report.problems[:_PROBLEMS])),
        len(report.problems[_PROBLEMS:]),
    )


def out_of_bounds(inputs: Inputs, layout: Layout) -> tuple[Link, ...]:
    """Return the metrics of a model whose latest value is beyond a limit, each as a link to its drawing."""
    metrics = inputs.observations.of(layout.record.identity).metrics
    return tuple(
        Link(metric_name(one), f"#{observed_anchor(number)}", f"{figure(one.latest)} on {moment(one.time)}")
        for number, one in enumerate(metrics)
        if one.out
    )


def _metric(one: ObservedMetric, number: int, layout: Layout, columns: int) -> MetricView:
    anchor = observed_anchor(number)
    judged = [each for each in one.crossings if isinstance(each.limit.threshold, Threshold) and _acts(each.limit)]
    status = Chip("out of bounds", "warn") if one.out else Chip("in bounds", "good") if judged else None
    drawn = None
    if columns:
        title = f"{metric_name(one)}, {moment(one.series.times[0])} to {moment(one.time)}"
        plot = Plot(
            str(number + 1), title, _told(one), one.series.times, one.series.values, tuple(_rules(one)), columns
        )
        drawn = draw(plot, figure, moment)
    return MetricView(
        anchor,
        one.metric,
        one.title,
        one.file,
        status,
        drawn,
        tuple(_alarm(one, each, layout) for each in one.out),
        _summary(one),
        _limits(one, layout) if one.crossings else None,
        accepted_view(one, layout) if one.baseline is not None else None,
    )


def _acts(limit: Limit) -> bool:
    return limit.what != "decision threshold"


def _told(one: ObservedMetric) -> str:
    """What can be seen in the drawing."""
    parts = [
        f"{counted(len(one.series.times), 'value')}; the latest {figure(one.latest)}",
        f"the lowest {figure(one.lowest[0])} on {moment(one.lowest[1])}",
        f"the highest {figure(one.highest[0])} on {moment(one.highest[1])}",
    ]
    for each in one.crossings:
        found = each.limit.threshold
        if isinstance(found, Threshold) and _acts(each.limit):
            times = f"{counted(each.times, 'time')}" if each.times else "never"
            since = f", and since {moment(each.since)}" if each.since is not None else ""
            parts.append(f"{_limit(each.limit)}: {found} {times}{since}")
    if one.baseline is not None and one.baseline.value is not None:
        parts.append(f"accepted at {figure(one.baseline.value)}")
    return "; ".join(parts)


def _rules(one: ObservedMetric) -> list[Rule]:
    """Lines, one where two limits are the same."""
    found: dict[tuple[float, bool, bool], Rule] = {}
    order = sorted(one.crossings, key=lambda each: each.limit.what != "guardrail")
    for each in order:
        limit, bounds = each.limit, each.limit.threshold
        for value in bounds.lines:
            sided = isinstance(bounds, Threshold) and _acts(limit)
            above = sided and isinstance(bounds, Threshold) and value == bounds.above
            below = sided and isinstance(bounds, Threshold) and value == bounds.below
            label = f"{_limit(limit)} {figure(value)}"
            found.setdefault((value, above, below), Rule(value, label, _TONES[limit.what], above, below))
    rules = list(found.values())
    if one.baseline is not None and one.baseline.value is not None:
        rules.append(Rule(one.baseline.value, f"accepted {figure(one.baseline.value)}", "baseline"))
    return rules


def _limit(limit: Limit) -> str:
    return f"{limit.what} {limit.name}".rstrip()


def _summary(one: ObservedMetric) -> Table:
    columns = (
        Column("what", "Value"),
        Column("value", one.metric, numeric=True),
        Column("time", "Time"),
    )
    rows = [
        ("Latest", one.latest, one.time),
        ("Lowest", *one.lowest),
        ("Highest", *one.highest),
    ]
    made: list[tuple[Block | None, ...]] = [
        (Text(word), Text(figure(value), "number", one.unit), Text(moment(time), "date")) for word, value, time in rows
    ]
    of = counted(len(one.series.times), "value")
    return Table(f"{metric_name(one)}: latest, lowest and highest of {of}", columns, tuple(made))


def _limits(one: ObservedMetric, layout: Layout) -> Table:
    columns = (
        Column("limit", "Limit"),
        Column("when", "Out of bounds when"),
        Column("times", "Crossed", numeric=True),
        Column("when_crossed", "First, last"),
        Column("now", "Now"),
        Column("then", "Then"),
    )
    rows: list[tuple[Block | None, ...]] = []
    for each in one.crossings:
        limit, bounds = each.limit, each.limit.threshold
        then = _then(limit, layout)
        if not isinstance(bounds, Threshold) or not _acts(limit):
            acts = _acts(limit)
            why = f"{bounds.text}: not read, {bounds.why}" if acts and isinstance(bounds, Unread) else bounds.text
            now = Chip("not known", "warn") if acts else None
            rows.append((Text(_limit(limit)), Text(why), None, None, now, then))
            continue
        rows.append(
            (
                Text(_limit(limit)),
                Text(str(bounds)),
                Text(counted(each.times, "time") if each.times else "never", "number"),
                _between(each),
                Chip("out of bounds", "warn") if each.since is not None else Chip("in bounds", "good"),
                then,
            )
        )
    return filled(f"Limits of {metric_name(one)}", columns, rows)


def _then(limit: Limit, layout: Layout) -> Block | None:
    """What happens beyond a limit: the guardrail that acts, and what a person does."""
    named = Text(f"guardrail {limit.guardrail}") if limit.guardrail and limit.what != "guardrail" else None
    parts = tuple(one for one in (named, _playbook(limit, layout)) if one is not None)
    return Items(parts, inline=True) if len(parts) > 1 else parts[0] if parts else None


def _between(each: Crossing) -> Block | None:
    """The first and the last time beyond a limit."""
    days = tuple(dict.fromkeys(moment(one) for one in (each.first, each.last) if one is not None))
    dates = tuple(Text(one, "date") for one in days)
    return Items(dates, inline=True) if len(dates) > 1 else dates[0] if dates else None


def _alarm(one: ObservedMetric, each: Crossing, layout: Layout) -> AlarmView:
    limit = each.limit
    side = limit.threshold.side(one.latest) if isinstance(limit.threshold, Threshold) else ""
    since = moment(each.since) if each.since is not None else ""
    action = Rich(layout.markdown.html(limit.action, layout.record.source.path), limit.action) if limit.action else None
    return AlarmView(
        f"{figure(one.latest)}{' ' + one.unit if one.unit else ''}, {side} since {since} ({_limit(limit)})",
        limit.guardrail,
        action,
        _playbook(limit, layout),
        limit.alert,
    )


def _playbook(limit: Limit, layout: Layout) -> Link | None:
    target = limit.playbook
    if target is None:
        return None
    if isinstance(target, Identity):
        return layout.links.link(target)
    hint = f"{target} is wanted: nobody has written it yet"
    return Link(target.name, layout.here.report("wanted", wanted_anchor(target)), hint, "wanted")
