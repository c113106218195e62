"""The reading path of a model or a handoff, and the button that leads to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.handoffs.words import HANDOFF
from mkdocs_handoff.pages.html.addresses import Addresses
from mkdocs_handoff.pages.views.links import Links
from mkdocs_handoff.pages.views.standing import verdict_chip
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from mkdocs_handoff.pages.html.blocks import Block, Link
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.reading import ReadingPath

_HOUR = 60
_LONG = 90


@dataclass(frozen=True, slots=True)
class Button:
    """What leads to a reading path: its address, and how much it is."""

    href: str
    told: str


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A page to read: `number` on the path, empty for somebody to talk to; `state` is its verdict."""

    number: str
    link: Link
    kind: str
    why: str
    time: str
    state: Block | None


@dataclass(frozen=True, slots=True)
class StageView:
    """What to read together. `time` is empty where there is nothing to read."""

    title: str
    anchor: str
    about: str
    time: str
    items: tuple[ItemRow, ...]
    more: tuple[str, ...]


@dataclass(frozen=True)
class ReadingPathView:
    """The page of a reading path; `moves` tells a handoff from a model."""

    title: str
    subject: Link
    moves: bool
    told: str
    stages: tuple[StageView, ...]
    left_out: tuple[tuple[Link, str], ...]


def button(identity: Identity, inputs: Inputs, here: Addresses) -> Button | None:
    """Return what leads from a record's page to its reading path; None where it has none."""
    target = inputs.sitemap.paths.get(identity)
    if target is None:
        return None
    path = inputs.reading_paths.of(identity)
    return Button(inputs.sitemap.link(target, here.page), _told(path))


def reading_path(identity: Identity, inputs: Inputs) -> ReadingPathView:
    """Make the reading path of a model or a handoff ready for its page."""
    here = Addresses(inputs.sitemap.paths[identity], inputs.sitemap, inputs.prose, inputs.root)
    links = Links(inputs.catalog, here)
    path = inputs.reading_paths.of(identity)
    stages = []
    number = 0
    for at, stage in enumerate(path.stages, 1):
        rows = []
        for one in stage.items:
            number += one.minutes > 0
            kind = inputs.catalog.kinds[one.identity.kind].title
            state = verdict_chip(inputs.staleness.standings[one.identity]) if one.minutes else None
            time = f"{one.minutes} min" if one.minutes else ""
            rows.append(
                ItemRow(str(number) if one.minutes else "", links.link(one.identity), kind, one.why, time, state)
            )
        time = _time(stage.minutes) if stage.minutes else ""
        stages.append(StageView(stage.title, f"handoff-stage-{at}", stage.about, time, tuple(rows), stage.more))
    title = f"Reading path: {inputs.catalog.title(identity)}"
    left = tuple((links.link(one.identity), one.why) for one in path.left_out)
    return ReadingPathView(title, links.link(identity), identity.kind == HANDOFF, _told(path), tuple(stages), left)


def _told(path: ReadingPath) -> str:
    return f"{counted(path.pages, 'page')}, about {_time(path.minutes)}"


def _time(minutes: int) -> str:
    """Return a time as people guess it: minutes by fives up to an hour and a half, then half hours."""
    if minutes < 5:
        return counted(minutes, "minute")
    if minutes <= _LONG:
        return f"{-(-minutes // 5) * 5} minutes" if -(-minutes // 5) * 5 != _HOUR else "one hour"
    halves = -(-minutes // 30)
    return f"{halves // 2}{'½' if halves % 2 else ''} hours"
