"""What may no longer hold: the page of stale records, and the same rows wherever else they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from shlex import quote
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.pages.anchors import cause_anchor
from mkdocs_handoff.pages.html.blocks import Link, Text
from mkdocs_handoff.pages.html.values import chip
from mkdocs_handoff.pages.sitemap import OWNERSHIP, STALENESS
from mkdocs_handoff.pages.views.evidence import change_lines, sentence
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.pages.views.standing import TONES, successor, verdict_chip
from mkdocs_handoff.pages.views.trend import trend
from mkdocs_handoff.reports.stale.groups import ASKING
from mkdocs_handoff.reports.stale.rows import why
from mkdocs_handoff.staleness.risk import PRODUCTION
from mkdocs_handoff.staleness.verdict import About, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.pages.html.blocks import Block, Chip, VerdictChip
    from mkdocs_handoff.pages.views.evidence import ChangeLine
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.links import Links
    from mkdocs_handoff.pages.views.trend import TrendView
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.stale.groups import CauseGroup, Tally
    from mkdocs_handoff.reports.stale.rows import StaleRow
    from mkdocs_handoff.staleness.differences import Difference

ROWS = 250
"""So many records stand in the table; the command lists all of them. With these the page stays below 500 kB."""

MINE = 100
"""So many stand on the page of a team or person."""

_GROUPS = 50
_MEMBERS = 10
_FEW = 3
_UNWRITTEN = "No team or person of this name is written down"


@dataclass(frozen=True, slots=True)
class StandingRow:
    """A record among others.

    Attributes:
        kind: For people.
        stage: Production, or a lifecycle that matters; None where it says nothing.
        why: The gravest reason in a few words; `more` says how many other reasons there are.
        owner: Who is accountable, or that nobody is; of a team or person itself, that it is its own business.
        roles: What the owner of the page is to it.
        through: The member or predecessor by whom it is theirs.
        rest: How many records rest on it.
        anchor: An id, on the first row of a verdict.
    """

    link: Link
    kind: str
    stage: Chip | None
    verdict: VerdictChip
    why: str
    more: int
    owner: Block
    rest: int
    due: str
    roles: str = ""
    through: Link | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Attention:
    """What a team or person should look at, by risk; `more` says how many are left out, `report` has all of them."""

    rows: tuple[StandingRow, ...]
    more: int
    report: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many records have a verdict; `href` leads to the first of them."""

    verdict: str
    tone: str
    number: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Records that one answer may settle, or that lack the same.

    Attributes:
        title: What happened, or what they lack.
        link: The title, as a link to the record or owner that it is about.
        told: What is known of it, in words.
        differences: In which fields the record differs, with how many `fields` more.
        paths: The files that changed, with how many `paths_more` more.
        changes: The commits, with how many `commits` more; the subject is left out where it is the title.
        uncommitted: Files that differ from the last commit.
        rows: The records, by risk; `more` says how many are left out.
        size: How many there are in all.
        files: Where another accountable owner must be named, with how many `files_more` more; none where no owner left.
        successor: Who comes after the owner who left; None where nobody does.
        command: What settles all of them; empty where nothing does.
    """

    anchor: str
    title: str
    link: Link | None
    told: str
    differences: tuple[Difference, ...]
    fields: int
    paths: tuple[str, ...]
    paths_more: int
    changes: tuple[ChangeLine, ...]
    commits: int
    uncommitted: tuple[str, ...]
    rows: tuple[StandingRow, ...]
    more: int
    size: int
    files: tuple[str, ...]
    files_more: int
    successor: Link | None
    command: str


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
        groups=tuple(_group(group, at, inputs) for group in caused[:_GROUPS]),
        groups_more=max(0, len(caused) - _GROUPS),
        lacking=tuple(_group(group, at, inputs) for group in report.by_cause if group.cause is None),
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


def standing_row(row: StaleRow, links: Links, catalog: Catalog) -> StandingRow:
    """Return a record's line."""
    first = row.reasons[0] if row.reasons else None
    return StandingRow(
        link=links.link(row.identity),
        kind=catalog.kinds[row.kind].title,
        stage=chip(row.stage) if row.stage in (PRODUCTION, "draft", "deprecated") else None,
        verdict=verdict_chip(row.standing),
        why=sentence(why(first)) if first is not None and first.cause is None else why(first) if first else "",
        more=max(0, len(row.reasons) - 1),
        owner=_accountable(row, links),
        rest=row.dependents,
        due=row.due.isoformat() if row.due is not None else "",
    )


def _accountable(row: StaleRow, links: Links) -> Block:
    if row.owner is not None:
        return links.link(row.owner)
    if row.owner_text:
        return Link(row.owner_text, hint=_UNWRITTEN, state="plain")
    return Text("itself" if row.kind in (TEAM, PERSON) else "nobody", "muted")


def attention(owner: Identity, inputs: Inputs, links: Links) -> Attention | None:
    """Return what a team or person should look at; None where there is nothing."""
    concerns = inputs.stale.concerns(owner)
    if not concerns:
        return None
    rows = tuple(
        replace(
            standing_row(one.row, links, inputs.catalog),
            roles=", ".join(one.roles),
            through=links.link(one.through) if one.through is not None else None,
        )
        for one in concerns[:MINE]
    )
    return Attention(rows, len(concerns) - len(rows), links.here.report(STALENESS))


def asking(counts: Mapping[Verdict, int]) -> tuple[Count, ...]:
    """Return the verdicts that ask for something and that there are, with their numbers."""
    return tuple(Count(one.value, TONES[one], counts[one]) for one in ASKING if counts.get(one))


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
    return Link(one.name, hint=_UNWRITTEN, state="plain")


def _group(group: CauseGroup, at: Listing, inputs: Inputs) -> Group:
    catalog = inputs.catalog
    cause = group.cause
    lines = change_lines(group.changes)
    reasons = [reason for one in group.members for reason in one.reasons]
    told = [reason.differences or () for reason in reasons]
    most = max(told, key=len, default=())
    about = reasons[0].target if cause is not None and reasons else None
    title = group.title
    if cause is not None and (cause.about is About.RECORD or (cause.about is About.FILES and not lines)):
        title = f"{cause.title} changed"
    words = ""
    if cause is None:
        words = {
            Verdict.STALE: "The date by which they were to be reviewed has passed.",
            Verdict.DUE: "They are to be reviewed within 14 days.",
            Verdict.UNKNOWN: "No review, and no history that could stand in for one; or git could not be asked.",
        }[group.verdict]
    elif cause.about is About.OWNER or (not lines and not group.uncommitted):
        words = sentence(reasons[0].text) + "."
    files = cause is not None and cause.about is About.FILES
    paths = tuple(dict.fromkeys(change.path for reason in reasons for change in reason.changes)) if files else ()
    members = group.members[:_MEMBERS]
    gone = about if cause is not None and cause.about is About.OWNER else None
    mended = tuple(dict.fromkeys(one.row.path for one in group.members)) if gone is not None else ()
    return Group(
        anchor=cause_anchor(cause) if cause is not None else f"handoff-lack-{group.verdict.value}",
        title=title,
        link=Link(title, at.here.record(about)) if about is not None else None,
        told=words,
        differences=most[:_FEW],
        fields=max(0, len(most) - _FEW),
        paths=paths[:_FEW],
        paths_more=max(0, len(paths) - _FEW),
        changes=tuple(replace(one, subject="") if one.subject == title else one for one in lines[:_FEW]),
        commits=max(0, len(lines) - _FEW),
        uncommitted=group.uncommitted[:_FEW],
        rows=tuple(standing_row(one.row, at, catalog) for one in members),
        more=len(group.members) - len(members),
        size=len(group.members),
        files=mended[:_FEW],
        files_more=max(0, len(mended) - _FEW),
        successor=successor(gone, inputs, at) if gone is not None else None,
        command=f"mkdocs-handoff review --cause {quote(cause.name)} --by person:NAME" if cause is not None else "",
    )
