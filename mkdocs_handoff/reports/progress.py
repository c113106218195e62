"""How teams get on with what they know: what is reviewed, kept up to date, linked and made again, now and over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.membership import PERSON
from mkdocs_handoff.reports.links import Lineages
from mkdocs_handoff.reports.stale.trend import ALL, NONE
from mkdocs_handoff.staleness.verdict import Verdict
from mkdocs_handoff.today import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.owners.ownership import Ownership
    from mkdocs_handoff.staleness.verdict import Standing

MONTHS = 12
"""So many months are told, the running one included."""

_VERIFIED = ("same", "within tolerance")
_IN_TIME = (Verdict.FRESH, Verdict.DUE)
PIPELINE, MODEL = "pipeline", "model"

PROGRESS_COUNTS = (
    ("reviewed", "records", "Reviewed, and the review still holds"),
    ("known", "links", "Links known"),
    ("verified", "pipelines", "Pipelines verified"),
)
"""What is told as a share: the part, the whole (as `counts` names them), and a title."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.part + other.part, self.whole + other.whole)

    def __bool__(self) -> bool:
        return bool(self.whole)

    def __str__(self) -> str:
        return f"{self.part} of {self.whole}"


@dataclass(frozen=True, slots=True)
class Month:
    """How many of the records that there were in a month somebody changed in it.

    Attributes:
        first: The month's first day.
    """

    first: date
    changed: Share


@dataclass(frozen=True)
class Progress:
    """How one team gets on, or all of them.

    Attributes:
        team: The team; None for what no team owns.
        records: How many it answers for that age.
        reviewed: Of these, how many a person reviewed, and whose review still holds (review coverage).
        links: Of the links that its models need, from origin to evaluation, how many are known.
        verified: Of its pipelines, how many were run again last time with the same result, or within tolerance.
        months: How many of its records were changed in each month (documentation update rate), the earliest first;
            empty where git cannot be asked.
        kinds: How many of its records are of each kind, most first.
    """

    team: Identity | None
    records: int
    reviewed: Share
    links: Share
    verified: Share
    months: tuple[Month, ...] = ()
    kinds: tuple[tuple[str, int], ...] = ()

    @property
    def updated(self) -> Share:
        """Of its records, how many were changed in the last of the months."""
        return self.months[-1].changed if self.months else Share()


def progress(
    catalog: Catalog,
    owned: Ownership,
    standings: Mapping[Identity, Standing],
    history: History,
    today: date,
    lineages: Lineages | None = None,
) -> tuple[Progress, tuple[Progress, ...]]:
    """Return how all records get on together, and those of each team, by title.

    Records that do not age (a decision in force, a completed handoff, what is retired) are not counted: nobody has to
    keep them up to date. A record counts for the team that owns it today, in earlier months as well; one that a person
    owns for that person's team: this is no report on persons.

    Args:
        catalog: The catalog.
        owned: Who owns what.
        standings: How each record stands.
        history: What git knows.
        today: The last of the months is the one that it is in.
        lineages: The links of models, which also look at files; None: no file is looked for.
    """
    ageing = [identity for identity, one in standings.items() if one.verdict is not Verdict.HISTORICAL]
    by_owner: dict[Identity | None, list[Identity]] = defaultdict(list)
    for identity in ageing:
        by_owner[_team(owned, identity)].append(identity)
    months = _months(today) if history.readable else ()
    lives = {identity: _life(catalog.records[identity], history) for identity in ageing} if months else {}
    lineages = lineages or Lineages(catalog)
    counted = {identity: _links(lineages, identity) for identity in ageing if identity.kind == MODEL}

    def of(team: Identity | None, held: Iterable[Identity]) -> Progress:
        held = list(held)
        pipelines = [catalog.records[identity] for identity in held if identity.kind == PIPELINE]
        return Progress(
            team=team,
            records=len(held),
            reviewed=Share(
                sum(
                    standings[identity].reviewed is not None and standings[identity].verdict in _IN_TIME
                    for identity in held
                ),
                len(held),
            ),
            links=sum((counted[identity] for identity in held if identity in counted), Share()),
            verified=Share(sum(map(verified, pipelines)), len(pipelines)),
            months=tuple(Month(first, _share(first, (lives[identity] for identity in held))) for first in months),
            kinds=tuple(Counter(identity.kind for identity in held).most_common()),
        )

    each = (of(team, held) for team, held in by_owner.items())
    ordered = sorted(each, key=lambda one: (one.team is None, "" if one.team is None else catalog.title(one.team)))
    return of(None, ageing), tuple(ordered)


def _links(lineages: Lineages, model: Identity) -> Share:
    found = lineages.of(model)
    return Share(found.known, len(found.links))


def _team(owned: Ownership, record: Identity) -> Identity | None:
    """Return the team that keeps a record up: of a person who is accountable the first of their teams."""
    holder = owned.accountable(record)
    if holder is None or holder.identity is None or holder.identity.kind != PERSON:
        return holder.identity if holder is not None else None
    return next(iter(owned.teams.get(holder.identity, ())), None)


def by_team(everything: Progress, teams: Iterable[Progress]) -> dict[str, dict[str, int]]:
    """Return what a line of the trend says of all teams, and of each by its name; `none` is what no team owns."""
    return {ALL: counts(everything), **{str(one.team) if one.team is not None else NONE: counts(one) for one in teams}}


def counts(one: Progress) -> dict[str, int]:
    """Return what a line of the trend says of an owner (`reports.stale.trend.PROGRESS`)."""
    return {
        "records": one.records,
        "reviewed": one.reviewed.part,
        "links": one.links.whole,
        "known": one.links.part,
        "pipelines": one.verified.whole,
        "verified": one.verified.part,
    }


def verified(pipeline: Record) -> bool:
    """Tell whether a pipeline was run again last time with the same result, or within tolerance.

    The last run is the one with the latest day; of one day the one written last.
    """
    listed: Any = pipeline.get("runs")
    runs = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    last = max(enumerate(runs), key=lambda one: (str(one[1].get("on") or ""), one[0]), default=None)
    return last is not None and last[1].get("result") in _VERIFIED


def _months(today: date) -> tuple[date, ...]:
    number = today.year * 12 + today.month - 1
    return tuple(date(one // 12, one % 12 + 1, 1) for one in range(max(12, number - MONTHS + 1), number + 1))


@dataclass(frozen=True, slots=True)
class _Life:
    """The month in which a record's file began, None where git does not know it, and those in which it was changed."""

    began: date | None
    changed: frozenset[date]


def _life(record: Record, history: History) -> _Life:
    """Return when somebody changed a record's file, by substantive commits."""
    months = [day(change.commit.time).replace(day=1) for change in history.changes(record.source.path)]
    first = history.trail(record.source.path)[-1:]
    return _Life(day(first[0].commit.time).replace(day=1) if first else None, frozenset(months))


def _share(month: date, lives: Iterable[_Life]) -> Share:
    there = [life for life in lives if life.began is not None and life.began <= month]
    return Share(sum(month in life.changed for life in there), len(there))
