"""Whether a receiving team can take it over, check by check, for the page of a handoff."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.blocks import Chip, Link
from mkdocs_handoff.reports.readiness.check import Area, State

if TYPE_CHECKING:
    from mkdocs_handoff.pages.views.links import Links
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.readiness.check import Check, Readiness

_TONES = {State.PASSED: "good", State.WAIVED: "info", State.UNKNOWN: "warn", State.FAILED: "bad"}
_ORDER = (State.PASSED, State.WAIVED, State.UNKNOWN, State.FAILED)


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check.

    Attributes:
        place: Where to mend it, as `path:line`; empty where nothing is to be mended.
        more: The other places, each with what is missing there.
        ask: Whom to ask, and `why`; None where nobody can be named.
        waived: Who goes on without it, why, and until when.
        told: Whether it only informs, and holds nothing up.
    """

    title: str
    state: Chip
    reason: str
    about: Link | None
    place: str
    mend: str
    ask: Link | None
    why: str
    waived_by: Link | None
    waived: str
    more: tuple[tuple[str, str], ...]
    told: bool


@dataclass(frozen=True, slots=True)
class AreaView:
    """The checks of an area. `tally` counts the states that there are, the good ones first; `settled`: none is open."""

    title: str
    anchor: str
    settled: bool
    tally: tuple[tuple[int, Chip], ...]
    checks: tuple[CheckView, ...]


@dataclass(frozen=True)
class ReadinessView:
    """All checks.

    Attributes:
        ready: Whether nothing holds it up.
        passed: How many checks passed or are waived; `total`: how many there are that count.
        holding: Those that hold it up, in the order of areas.
        scope: How many records they looked at.
    """

    ready: bool
    passed: int
    total: int
    holding: tuple[CheckView, ...]
    areas: tuple[AreaView, ...]
    scope: int


def readiness(found: Readiness, links: Links) -> ReadinessView:
    """Make the checks ready for a page."""
    gates = [check for check in found.checks if check.gates]
    return ReadinessView(
        ready=found.ready,
        passed=sum(check.state in (State.PASSED, State.WAIVED) for check in gates),
        total=len(gates),
        holding=tuple(_check(check, links) for check in found.holding_up),
        areas=tuple(_area(area, tuple(checks), links) for area, checks in groupby(found.checks, lambda one: one.area)),
        scope=found.scope,
    )


def _area(area: Area, checks: tuple[Check, ...], links: Links) -> AreaView:
    states = [check.state for check in checks]
    return AreaView(
        title=area.value.capitalize(),
        anchor=f"handoff-ready-{area.value.replace(' ', '-')}",
        settled=not any(check.gates and check.state in (State.FAILED, State.UNKNOWN) for check in checks),
        tally=tuple((states.count(state), _chip(state)) for state in _ORDER if state in states),
        checks=tuple(_check(check, links) for check in checks),
    )


def _check(check: Check, links: Links) -> CheckView:
    waived = check.waived
    by = waived.by if waived is not None else None
    return CheckView(
        title=check.title,
        state=_chip(check.state),
        reason=check.reason,
        about=links.link(check.about) if check.about is not None else None,
        place=str(check.place) if check.place is not None else "",
        mend=check.mend,
        ask=_named(check.ask.who, check.ask.text, links) if check.ask is not None else None,
        why=check.ask.why if check.ask is not None else "",
        waived_by=_named(by.identity, by.text, links) if by is not None else None,
        waived="" if waived is None else f"{waived.reason}{f' (until {waived.until})' if waived.until else ''}",
        more=tuple((str(place), text) for place, text in check.more),
        told=not check.gates,
    )


def _chip(state: State) -> Chip:
    return Chip(state.value, _TONES[state])


def _named(who: Identity | None, text: str, links: Links) -> Link:
    return links.link(who) if who is not None else Link(text, state="plain")
