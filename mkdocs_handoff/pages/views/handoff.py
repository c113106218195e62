"""A handoff: who acts next, whether it can be taken over, what happened when, and who signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.handoff import handoff
from mkdocs_handoff.handoffs.words import OPEN
from mkdocs_handoff.pages.html.blocks import Link, Rich
from mkdocs_handoff.pages.views.readiness import readiness
from mkdocs_handoff.pages.views.signatures import signatures
from mkdocs_handoff.reports.handoffs.acts import waiting
from mkdocs_handoff.reports.handoffs.timeline import timeline
from mkdocs_handoff.reports.readiness.readiness import readiness as readiness_of

if TYPE_CHECKING:
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.layout import Layout
    from mkdocs_handoff.pages.views.readiness import ReadinessView
    from mkdocs_handoff.pages.views.signatures import SignatureView
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.handoffs.acts import Act, Waiting
    from mkdocs_handoff.reports.handoffs.timeline import Event


@dataclass(frozen=True, slots=True)
class ActView:
    """Something that waits for somebody. `due` is its day, empty where none is written."""

    what: str
    text: Rich | None
    due: str
    overdue: bool


@dataclass(frozen=True, slots=True)
class WaitingView:
    """All that waits for one person or team; `who` is None where nobody is named."""

    who: Link | None
    acts: tuple[ActView, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    """Something that happened, or is to. `sort` is one of `Sort`; `text` is the record's own words."""

    sort: str
    what: str
    text: Rich | None
    who: Link | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class DayView:
    """What happened on a day, or is to."""

    day: str
    events: tuple[EventView, ...]


@dataclass(frozen=True)
class HandoffView:
    """A handoff, ready to be shown.

    Attributes:
        open: Whether something is left to do.
        waiting: For whom something waits, the most urgent first.
        before: What happened, by day, the latest first.
        ahead: What is to happen, by day, the earliest first.
        readiness: The checks; None for a handoff that is over: there is nothing to hold up any more.
        signatures: Who said yes.
        today: The day from which it was looked at.
    """

    open: bool
    waiting: tuple[WaitingView, ...]
    before: tuple[DayView, ...]
    ahead: tuple[DayView, ...]
    readiness: ReadinessView | None
    signatures: tuple[SignatureView, ...]
    today: str


def view(identity: Identity, inputs: Inputs, layout: Layout) -> HandoffView:
    """Make what is computed of a handoff ready for its page."""
    of = handoff(inputs.catalog, identity)
    events = timeline(of, inputs.today)
    return HandoffView(
        open=of.status in OPEN,
        waiting=tuple(_waiting(one, layout) for one in waiting(inputs.catalog, of, inputs.today)),
        before=_days([one for one in reversed(events) if not one.ahead], layout),
        ahead=_days([one for one in events if one.ahead], layout),
        readiness=readiness(readiness_of(inputs.ready, identity), layout.links) if of.status in OPEN else None,
        signatures=signatures(inputs.signatures[identity], layout),
        today=inputs.today.isoformat(),
    )


def _waiting(one: Waiting, layout: Layout) -> WaitingView:
    who = None
    if one.who is not None:
        who = layout.links.link(one.who)
    elif one.text:
        who = Link(one.text, state="plain")
    return WaitingView(who, tuple(_act(act, layout) for act in one.acts))


def _act(act: Act, layout: Layout) -> ActView:
    return ActView(act.what, _rich(act.text, layout), act.due.isoformat() if act.due is not None else "", act.overdue)


def _days(events: list[Event], layout: Layout) -> tuple[DayView, ...]:
    found: dict[str, list[EventView]] = {}
    for event in events:
        who = None
        if event.who is not None:
            named = event.who.identity
            who = layout.links.link(named) if named is not None else Link(event.who.text, state="plain")
        shown = EventView(event.sort.value, event.what, _rich(event.text, layout), who, event.overdue)
        found.setdefault(event.day.isoformat(), []).append(shown)
    return tuple(DayView(day, tuple(held)) for day, held in found.items())


def _rich(text: str, layout: Layout) -> Rich | None:
    """Return a field's Markdown; terms are linked where the field itself stands, not here."""
    if not text.strip():
        return None
    return Rich(layout.markdown.html(text, layout.record.source.path, terms=False), text)
