"""What only one person knows, and what is lost when somebody leaves, as rows and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.cli.asked.options import CSV
from mkdocs_handoff.cli.shown import tables
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.reports.owners.contributors import Contributor
    from mkdocs_handoff.reports.owners.single_points import Basis, Knower, Leaving, Point

_HEAD = ("Depending", "Record", "Only", "What shows it")
COLUMNS = ("dependents", "record", "only", "how")
"""The names of CSV, of the same cells."""


def rows(form: str, points: tuple[Point, ...], lost: tuple[Point, ...]) -> str:
    """Return a row for each record that one person knows, or nobody any more."""
    listed = [
        (str(len(point.dependents)), str(point.record), *(_shown(point.only) if point.only else _shown_gone(point)))
        for point in (*points, *lost)
    ]
    return tables.shown(form, COLUMNS if form == CSV else _HEAD, listed)


def leaving(every: Iterable[Leaving], *, after: bool) -> str:
    """Return a line for each person: what nobody else knows; `after` something, a blank line comes first."""
    lines = [_told(one) for one in every]
    gap = [""] if after and lines else []
    return "".join(f"{line}\n" for line in [*gap, *lines])


def as_json(points: tuple[Point, ...], lost: tuple[Point, ...], leaving: tuple[Leaving, ...], basis: Basis) -> str:
    """Return one JSON document."""
    return json.dumps(_document(points, lost, leaving, basis), ensure_ascii=False, indent=2) + "\n"


def _shown(knower: Knower) -> tuple[str, str]:
    return knower.who.name, ", ".join(knower.how)


def _shown_gone(point: Point) -> tuple[str, str]:
    return "nobody", f"gone: {', '.join(one.who.name for one in point.gone)}"


def _told(one: Leaving) -> str:
    number, depending = len(one.points), one.dependents
    more = f"; {depending:,} {'depends' if depending == 1 else 'depend'} on what they know" if depending else ""
    return f"If {one.who.name} leaves: {counted(number, 'record')} nobody else knows{more}."


def summary(points: tuple[Point, ...], lost: tuple[Point, ...], basis: Basis) -> str:
    """Return one closing line, and what limits the report."""
    told = f"{counted(basis.records, 'record')}: {len(points):,} known by one person alone"
    if lost:
        told += f", {len(lost):,} by nobody any more"
    sources = "owners and reviews" if basis.history else "owners, reviews and authors in git"
    return "\n".join([f"{told}; from {sources}", *basis.limits])


def _document(
    points: tuple[Point, ...], lost: tuple[Point, ...], leaving: tuple[Leaving, ...], basis: Basis
) -> dict[str, Any]:
    def who(one: Contributor) -> dict[str, Any]:
        return {"name": one.name, "person": str(one.person) if one.person is not None else None}

    def knower(one: Knower) -> dict[str, Any]:
        return {**who(one.who), "how": list(one.how)}

    def point(one: Point) -> dict[str, Any]:
        return {
            "record": str(one.record),
            "only": knower(one.only) if one.only is not None else None,
            "gone": [knower(each) for each in one.gone],
            "dependents": [str(each) for each in one.dependents],
        }

    return {
        "version": 1,
        "points": [point(one) for one in points],
        "lost": [point(one) for one in lost],
        "leaving": [
            {**who(one.who), "records": [str(each.record) for each in one.points], "dependents": one.dependents}
            for one in leaving
        ],
        "basis": {
            "records": basis.records,
            "known": basis.known,
            "history": not basis.history,
            "shallow": basis.shallow,
            "limits": list(basis.limits),
        },
    }
