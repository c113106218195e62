"""What may no longer hold: the page of stale records."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.blocks import Link, Text
from mkdocs_handoff.pages.sitemap import OWNERSHIP, STALENESS
from mkdocs_handoff.pages.views.attention import UNWRITTEN, Count, standing_row
from mkdocs_handoff.pages.views.causes import group_view
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.pages.views.standing import TONES
from mkdocs_handoff.pages.views.trend import trend
from mkdocs_handoff.staleness.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.pages.html.blocks import Block
    from mkdocs_handoff.pages.views.attention import StandingRow
    from mkdocs_handoff.pages.views.causes import Group
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.trend import TrendView
    from mkdocs_handoff.reports.stale.groups import Tally

ROWS = 250
"""So many records stand in the table; the command lists all of them. With these the page stays below 500 kB."""

_GROUPS = 50


@dataclass(frozen=True, slots=True)
class CountRow:
    """The counts of a kind or an owner, in the order of the page's columns."""

    name: Block
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class StalenessView:
    """What may no longer hold.

    Attributes:
        counts: By verdict.
        unwatched: How many fresh records nothing watches.
        today: The day of the build; `after` is the next one.
        blind: Why git could not be asked.
        groups: By cause; `groups_more` says how many causes are left out.
        lacking: Records that no change made suspect, by what they lack.
        rows: By risk; `rows_more` says how many are left out.
        columns: The verdicts for which there are counts, in order.
        by_owner: Owners who have something to look at; `owners_more` says how many have nothing.
    """

    title: str
    description: str
    home: Link
    today: str
    blind: str
    shallow: bool
    counts: tuple[Count, ...]
    unwatched: int
    groups: tuple[Group, ...]
    groups_more: int
    lacking: tuple[Group, ...]
    rows: tuple[StandingRow, ...]
    rows_more: int
    columns: tuple[str, ...]
    by_owner: tuple[CountRow, ...]
    owners_more: int
    by_kind: tuple[CountRow, ...]
    trend: TrendView | None
    ownership: str


def staleness(inputs: Inputs) -> StalenessView:
    """Make the page ready."""
    at = Listing(inputs.sitemap.reports[STALENESS], inputs)
    report = inputs.stale
    catalog = inputs.catalog
    rows = _anchored(tuple(standing_row(row, at, catalog) for row in report.rows[:ROWS]))
    caused = [group for group in report.by_cause if group.cause is not None]
    columns = tuple(verdict for verdict in Verdict if report.counts[verdict])
    asked = [one for one in report.by_owner if one.attention]
    anchors = {row.verdict.text: f"#{row.anchor}" for row in rows if row.anchor}
    return StalenessView(
        title="Staleness",
        description="Which records may no longer hold, what to look at first, and who should look.",
        home=at.home(),
        today=report.today.isoformat(),
        blind=report.blind,
        shallow=report.shallow,
        counts=tuple(
            Count(verdict.value, TONES[verdict], report.counts[verdict], anchors.get(verdict.value, ""))
            for verdict in Verdict
        ),
        unwatched=len(report.unwatched),
        groups=tuple(group_view(group, at, inputs) for group in caused[:_GROUPS]),
        groups_more=max(0, len(caused) - _GROUPS),
        lacking=tuple(group_view(group, at, inputs) for group in report.by_cause if group.cause is None),
        rows=rows,
        rows_more=max(0, len(report.rows) - ROWS),
        columns=tuple(verdict.value for verdict in columns),
        by_owner=tuple(CountRow(_owner(one, at), _numbers(one, columns)) for one in asked),
        owners_more=len(report.by_owner) - len(asked),
        by_kind=tuple(
            CountRow(Link(catalog.kinds[one.name].plural, at.here.index(one.name)), _numbers(one, columns))
            for one in report.by_kind
        ),
        trend=trend(inputs, report),
        ownership=at.here.report(OWNERSHIP),
    )


def _anchored(rows: tuple[StandingRow, ...]) -> tuple[StandingRow, ...]:
    """Give the first row of each verdict an id."""
    found = []
    before = ""
    for row in rows:
        new = row.verdict.text != before
        found.append(replace(row, anchor=f"handoff-first-{row.verdict.text}") if new else row)
        before = row.verdict.text
    return tuple(found)


def _numbers(one: Tally, columns: Sequence[Verdict]) -> tuple[int, ...]:
    return tuple(one.counts.get(verdict, 0) for verdict in columns)


def _owner(one: Tally, at: Listing) -> Block:
    if one.owner is not None:
        return at.link(one.owner)
    if not one.name:
        return Text("nobody", "muted")
    return Link(one.name, hint=UNWRITTEN, state="plain")
