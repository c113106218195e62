"""What was measured of a model: tables of metrics, each under a line that says which, of what, on what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.relations import External
from mkdocs_handoff.pages.html.blocks import Block, Chip, Column, Items, Link, Table, Text
from mkdocs_handoff.pages.html.values import address, chip, numeral
from mkdocs_handoff.pages.prose import shown
from mkdocs_handoff.pages.views.tables import filled
from mkdocs_handoff.records.record import Identity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.pages.views.layout import Layout
    from mkdocs_handoff.reports.quality import Measured, Metric


@dataclass(frozen=True, slots=True)
class MeasuredView:
    """What one evaluation measured, as a table under a line that says which, of what, on what."""

    source: Link | None
    version: str
    date: str
    where: Block | None
    table: Table
    details: tuple[Block, ...] = ()


def measured_views(measured: Iterable[Measured], layout: Layout) -> tuple[MeasuredView, ...]:
    """Return what each evaluation measured; the model's own index has no source of its own."""
    return tuple(
        MeasuredView(
            source=None if one.source == layout.record.identity else layout.links.link(one.source),
            version=one.version,
            date=one.date,
            where=where(one, layout),
            table=metrics_table(one.metrics, [value(metric) for metric in one.metrics], _title(one, layout)),
            details=tuple(_detail(name, text) for name, text in one.details),
        )
        for one in measured
        if one.metrics or one.details
    )


def _detail(name: str, text: str) -> Block:
    return address(text, name) if text.startswith(("https://", "http://")) else Text(f"{name}: {text}")


def _title(measured: Measured, layout: Layout) -> str:
    return layout.catalog.title(measured.source)


def metrics_table(metrics: Iterable[Metric], values: Iterable[Block], caption: str) -> Table:
    """Return metrics as a table; columns that nothing fills are left out.

    Args:
        metrics: What was measured.
        values: Their values, ready to be shown.
        caption: What the table is.
    """
    columns = (
        Column("metric", "Metric"),
        Column("slice", "Slice"),
        Column("value", "Value", numeric=True),
        Column("interval", "Interval", numeric=True),
        Column("asked", "Asked for", numeric=True),
        Column("baseline", "Baseline", numeric=True),
        Column("details", "Details"),
    )
    rows: list[tuple[Block | None, ...]] = [
        (
            Text(one.name),
            Text(one.slice) if one.slice else None,
            found,
            Text(f"{shown(one.lower)} to {shown(one.upper)}", "number") if one.lower is not None else None,
            asked(one),
            Text(shown(one.baseline), "number") if one.baseline is not None else None,
            Text("; ".join(f"{name}: {text}" for name, text in one.details)) if one.details else None,
        )
        for one, found in zip(metrics, values, strict=True)
    ]
    return filled(caption, columns, rows)


def asked(metric: Metric) -> Block | None:
    """Return what a metric was asked to reach, and whether it does."""
    if metric.threshold is None:
        return None
    sign = {True: "≥ ", False: "≤ "}.get(metric.higher_is_better, "") if metric.higher_is_better is not None else ""
    wanted = Text(f"{sign}{shown(metric.threshold)}", "number")
    return wanted if metric.met is None else Items((wanted, met(metric)), inline=True)


def value(metric: Metric) -> Block:
    """Return a metric's value with its unit."""
    if isinstance(metric.value, int | float) and not isinstance(metric.value, bool):
        return numeral(metric.value, metric.unit)
    return Text(shown(metric.value), "", metric.unit)


def met(metric: Metric) -> Chip:
    """Return whether a metric reaches what was asked for."""
    return chip("met" if metric.met else "missed")


def where(measured: Measured, layout: Layout) -> Block | None:
    """Return what was measured on: a record, an address outside, or a name."""
    data = measured.dataset
    if isinstance(data, Identity):
        return layout.links.link(data, note=measured.split)
    if isinstance(data, External):
        return address(data.url, data.name, measured.split)
    return Text(f"{data} {measured.split}".strip()) if data else None
