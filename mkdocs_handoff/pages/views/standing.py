"""How a record stands, for its own page: the verdict, the evidence, and what the verdict will be on later days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.owners import departure
from mkdocs_handoff.pages.html.blocks import Link, Text, VerdictChip
from mkdocs_handoff.pages.views.evidence import Evidence, Window, coded, evidence
from mkdocs_handoff.staleness.judge import SOON
from mkdocs_handoff.staleness.verdict import GRAVITY, About, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.links import Links
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.stale.rows import StaleRow
    from mkdocs_handoff.staleness.verdict import Reason, Standing

TONES = {
    Verdict.SUSPECT: "bad",
    Verdict.STALE: "warn",
    Verdict.DUE: "info",
    Verdict.UNKNOWN: "quiet",
    Verdict.FRESH: "good",
    Verdict.HISTORICAL: "quiet",
}
"""The tone of a verdict's chip; handoff.js has the same ones."""

LOOKS = {Verdict.SUSPECT: "danger", Verdict.STALE: "warning", Verdict.DUE: "note", Verdict.UNKNOWN: "info"}
"""The theme's class for a banner of this verdict; handoff.js has the same ones."""

_BRIEF = 2
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Titled:
    """A banner's title, and the days on which it is the right one."""

    text: str
    window: Window


@dataclass(frozen=True, slots=True)
class Rename:
    """That another accountable owner must be named: in which file, who succeeds, and the days on which it is said."""

    path: str
    successor: Link | None
    window: Window


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands below the title of a page that may no longer hold, or will not on some later day.

    Attributes:
        verdict: As of the build.
        look: The theme's class for it.
        window: The days on which it is shown.
        brief: Whether there are so few reasons that all of their evidence can stand open.
        command: What to run if all of it is still true.
        path: The file to mend if it is not.
        rename: What to do first where the accountable owner is gone, or leaves; None for one who stays.
        ask: Whom to ask; None where nobody is written down.
        today: The day of the build; `after` is the next one.
    """

    verdict: str
    look: str
    due: str
    departs: str
    window: Window
    titles: tuple[Titled, ...]
    evidence: tuple[Evidence, ...]
    brief: bool
    notes: tuple[str, ...]
    command: str
    path: str
    rename: Rename | None
    ask: Link | None
    today: str
    after: str


@dataclass(frozen=True, slots=True)
class StandingView:
    """How a record stands.

    Attributes:
        chip: The verdict; None for a record that does not age.
        due: The last day on which it holds.
        changed: The day of the last change, where it stands in for a review.
        every: The review interval.
        watch: What is watched, in words.
        life: Why it does not age; empty for a record that does.
        banner: None where nothing is wrong and nothing will be.
    """

    chip: VerdictChip | None
    due: str
    changed: str
    every: str
    watch: str
    life: str
    banner: Banner | None


def verdict_chip(standing: Standing) -> VerdictChip:
    """Return a verdict as any page shows it."""
    return VerdictChip(standing.verdict.value, TONES[standing.verdict], _iso(standing.due), _iso(standing.departs))


def standing(identity: Identity, inputs: Inputs, links: Links) -> StandingView:
    """Make a record's verdict ready for its page."""
    row = inputs.stale.row[identity]
    stands = row.standing
    if stands.verdict is Verdict.HISTORICAL:
        return StandingView(None, "", "", "", "", stands.reasons[0].text, None)
    # Every year, and not every 1 year.
    every = str(row.record.get("review_every") or inputs.catalog.kinds[identity.kind].review_every or "")
    every = every.removeprefix("1 ")
    return StandingView(
        chip=verdict_chip(stands),
        due=_iso(stands.due),
        changed=_iso(stands.clock) if stands.by_commit else "",
        every=every,
        watch=_watch(stands),
        life="",
        banner=_banner(row, every, inputs, links),
    )


def _iso(of: date | None) -> str:
    return of.isoformat() if of is not None else ""


def _watch(stands: Standing) -> str:
    watched = stands.watched
    if not watched:
        return "Unwatched: nothing would tell that it no longer holds"
    parts = [
        f"{number} {name if number == 1 else name + 's'}"
        for number, name in ((len(watched.globs), "glob"), (len(watched.records), "record"))
        if number
    ]
    return f"Watches {' and '.join(parts)}"


def _stages(stands: Standing, today: date) -> tuple[tuple[Verdict, date], ...]:
    """Return the verdicts that the record will have if nothing changes but the day, each with its first day.

    The first one is that of the build; each is graver than the one before it.
    """
    coming: list[tuple[date, Verdict]] = []
    if stands.due is not None:
        coming += [(stands.due - SOON, Verdict.DUE), (stands.due + _DAY, Verdict.STALE)]
    if stands.departs is not None:
        coming.append((stands.departs, Verdict.SUSPECT))
    found = [(stands.verdict, today)]
    for first, verdict in sorted(coming, key=lambda one: one[0]):
        if first > today and GRAVITY[verdict] < GRAVITY[found[-1][0]]:
            found.append((verdict, first))
    return tuple(found)


def _banner(row: StaleRow, every: str, inputs: Inputs, links: Links) -> Banner | None:
    stands, today = row.standing, inputs.today
    stages = _stages(stands, today)
    shown = [number for number, (verdict, _) in enumerate(stages) if verdict is not Verdict.FRESH]
    if not shown:
        return None
    first = shown[0]
    ends = [*(start - _DAY for _, start in stages[1:]), None]
    titles = tuple(
        Titled(
            _title(stages[number][0], stands),
            Window(_iso(stages[number][1]) if number else "", _iso(ends[number]), later=number > 0),
        )
        for number in shown
    )
    return Banner(
        verdict=stands.verdict.value,
        look=LOOKS.get(stands.verdict, "note"),
        due=_iso(stands.due),
        departs=_iso(stands.departs),
        window=Window(_iso(stages[first][1]) if first else "", later=first > 0),
        titles=titles,
        evidence=(
            *(evidence(reason, inputs, links) for reason in stands.reasons if _lasts(reason)),
            *_leaving(stands, links),
            *_timed(stands, every, today),
        ),
        brief=sum(reason.cause is not None for reason in stands.reasons) <= _BRIEF,
        notes=tuple(coded(note) for note in stands.notes),
        command=f"mkdocs-handoff review {row.identity} --by person:NAME",
        path=row.path,
        rename=_rename(row, inputs, links),
        ask=_whom(row, inputs, links),
        today=today.isoformat(),
        after=_iso(today + _DAY),
    )


def _lasts(reason: Reason) -> bool:
    """Whether a reason is no matter of days: those are told by `_timed`, for the day of the reader."""
    return not (reason.about is About.CLOCK and reason.verdict in (Verdict.STALE, Verdict.DUE))


def _title(verdict: Verdict, stands: Standing) -> str:
    if verdict is Verdict.STALE and stands.reviewed is None:
        return "Stale: never reviewed"
    if verdict is Verdict.STALE:
        return f"Stale: its review was due by {_iso(stands.due)}"
    if verdict is Verdict.DUE:
        return f"Due: its review is due by {_iso(stands.due)}"
    if verdict is Verdict.UNKNOWN:
        return "Unknown: nobody can tell whether this still holds"
    if all(reason.about is About.OWNER for reason in stands.reasons if reason.verdict is Verdict.SUSPECT):
        return "Suspect: its accountable owner is gone"
    if stands.reviewed is None:
        return "Suspect: what this page speaks of has changed since this page was last edited; it was never reviewed"
    return f"Suspect: what this page speaks of has changed since its review of {stands.reviewed}"


def _timed(stands: Standing, every: str, today: date) -> Iterator[Evidence]:
    """Yield what the clock says: that a review is due, that it is overdue, each on its days."""
    if stands.due is None or stands.clock is None:
        return
    since = "Reviewed on" if stands.reviewed is not None else "Never reviewed; last changed on"
    told = f"{since} {stands.clock}, to be reviewed every {every}:"
    soon, last = stands.due - SOON, stands.due
    if today <= last:
        window = Window(_iso(soon), _iso(last), later=soon > today)
        yield Evidence((Text(f"{told} due by {last}."),), window)
    window = Window(_iso(last + _DAY), later=last >= today)
    yield Evidence((Text(f"{told} overdue since {last}."),), window)


def _leaving(stands: Standing, links: Links) -> Iterator[Evidence]:
    if stands.departs is not None and stands.watched.owner is not None:
        told = (Text("The accountable owner"), links.link(stands.watched.owner), Text(f"left on {stands.departs}."))
        yield Evidence(told, Window(_iso(stands.departs), later=True))


def _rename(row: StaleRow, inputs: Inputs, links: Links) -> Rename | None:
    stands, owner = row.standing, row.owner
    now = any(reason.about is About.OWNER for reason in stands.reasons)
    if owner is None or not (now or stands.departs is not None):
        return None
    return Rename(
        row.path, successor(owner, inputs, links), Window() if now else Window(_iso(stands.departs), later=True)
    )


def successor(owner: Identity, inputs: Inputs, links: Links) -> Link | None:
    """Return who comes after an owner who is gone or leaves; None where nobody does."""
    left = departure(inputs.catalog.records[owner])
    if left is None or not left.successor:
        return None
    found = inputs.catalog.find(left.successor)
    return links.link(found[0]) if len(found) == 1 else Link(left.successor, state="plain")


def _whom(row: StaleRow, inputs: Inputs, links: Links) -> Link | None:
    """Return whom to ask: the owner; of one who is gone the successor, else the team."""
    if row.owner is None:
        return Link(row.owner_text, state="plain") if row.owner_text else None
    gone = inputs.ownership.membership.gone.get(row.owner)
    if gone is None:
        return links.link(row.owner)
    if gone.successor is not None:
        return links.link(gone.successor)
    team = next((one for one in row.teams if one != row.owner), None)
    return links.link(team) if team is not None else None
