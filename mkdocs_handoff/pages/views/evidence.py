"""Why a record's verdict is what it is, in sentences with links, fields and commits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.anchors import cause_anchor
from mkdocs_handoff.pages.html.blocks import Text
from mkdocs_handoff.pages.sitemap import STALENESS
from mkdocs_handoff.staleness.verdict import About
from mkdocs_handoff.today import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.pages.html.blocks import Block
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.links import Links
    from mkdocs_handoff.staleness.differences import Difference
    from mkdocs_handoff.staleness.verdict import Reason

_FEW = 4
_NAMING = frozenset("/*.:_")
"""A first word with one of these is no word: `src/train/**`, `dataset:visits`, `params.yaml`."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which something is shown, the last one included; empty: without beginning, or without end.

    `later`: it begins after the day of the build, so that only a script will show it.
    """

    start: str = ""
    end: str = ""
    later: bool = False


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A commit, in one line."""

    short: str
    subject: str
    who: str
    day: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A reason: blocks that make a sentence, the fields that differ, the commits that did it.

    Attributes:
        told: The sentence.
        window: The days on which it is true.
        differences: So many as can be shown; `fields` says how many more there are.
        untold: Whether nobody can tell in which fields a record differs.
        changes: Likewise the newest commits; `commits` says how many more there are.
        shared: Where the page of stale records tells of the same cause, if others have it too; `others` is how many.
    """

    told: tuple[Block, ...]
    window: Window = Window()
    differences: tuple[Difference, ...] = ()
    fields: int = 0
    untold: bool = False
    changes: tuple[ChangeLine, ...] = ()
    commits: int = 0
    shared: str = ""
    others: int = 0


def evidence(reason: Reason, inputs: Inputs, links: Links) -> Evidence:
    """Return a reason, ready for its page."""
    if reason.cause is None:
        return Evidence(_said(reason.text))
    shared, others = _shared(reason, inputs, links)
    lines = change_lines(reason.changes)
    return Evidence(
        told=_told(reason, inputs, links),
        differences=(reason.differences or ())[:_FEW],
        fields=max(0, len(reason.differences or ()) - _FEW),
        untold=reason.about is About.RECORD and not reason.differences,
        changes=lines[:_FEW],
        commits=max(0, len(lines) - _FEW),
        shared=shared,
        others=others,
    )


def _told(reason: Reason, inputs: Inputs, links: Links) -> tuple[Block, ...]:
    open_ = " and is not committed yet" if reason.uncommitted and not reason.changes else ""
    if reason.about is About.OWNER and reason.target is not None:
        gone = inputs.ownership.membership.gone.get(reason.target)
        when = f"left on {gone.on}" if gone is not None and gone.on is not None else "is gone, nobody wrote since when"
        told: tuple[Block, ...] = (Text("The accountable owner"), links.link(reason.target), Text(f"{when};"))
        if gone is not None and gone.successor is not None:
            return (*told, links.link(gone.successor), Text("succeeds."))
        after = f"{gone.text} succeeds" if gone is not None and gone.text else "nobody succeeds"
        return (*told, Text(f"{after}."))
    if reason.about is About.RECORD and reason.target is not None:
        return (links.link(reason.target), Text(f"changed{open_}."))
    paths = tuple(dict.fromkeys((*(change.path for change in reason.changes), *reason.uncommitted)))
    if not paths:
        return _said(reason.text)
    shown = [Text(path, "code") for path in paths[:_FEW]]
    more = [Text(f"and {len(paths) - _FEW} more files")] if len(paths) > _FEW else []
    return (*shown, *more, Text(f"changed{open_}."))


def _shared(reason: Reason, inputs: Inputs, links: Links) -> tuple[str, int]:
    """Return where the page of stale records tells of a cause that other records have too, and how many."""
    if reason.cause is None:
        return "", 0
    others = inputs.sharing.get(reason.cause, 1) - 1
    return (links.here.report(STALENESS, cause_anchor(reason.cause)), others) if others else ("", 0)


def change_lines(changes: Iterable[Change]) -> tuple[ChangeLine, ...]:
    """Return commits in lines, each once."""
    commits = {change.commit.sha: change.commit for change in changes}
    return tuple(
        ChangeLine(sha[:10], commit.subject, commit.name, day(commit.time).isoformat())
        for sha, commit in commits.items()
    )


def sentence(text: str) -> str:
    """Return a reason's text as a sentence of its own; what begins with a path or a record's name stays as it is."""
    return text if _begins_with_name(text) else text[:1].upper() + text[1:]


def coded(text: str) -> str:
    """Return a note as a sentence of its own, with the path or name that it begins with between backticks."""
    first, space, rest = text.partition(" ")
    return f"`{first}`{space}{rest}" if _begins_with_name(text) else sentence(text)


def _said(text: str) -> tuple[Block, ...]:
    """Return a sentence as blocks: a path or name in code, then the words."""
    first, _, rest = text.partition(" ")
    return (Text(first, "code"), Text(f"{rest}.")) if _begins_with_name(text) else (Text(sentence(text) + "."),)


def _begins_with_name(text: str) -> bool:
    first, _, rest = text.partition(" ")
    return bool(rest) and not _NAMING.isdisjoint(first.rstrip(",.:"))
