"""Records that one cause made suspect, or that lack the same, as the page of stale records has them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from shlex import quote
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.anchors import cause_anchor
from mkdocs_handoff.pages.html.blocks import Link
from mkdocs_handoff.pages.views.attention import StandingRow, standing_row
from mkdocs_handoff.pages.views.evidence import change_lines, sentence
from mkdocs_handoff.pages.views.standing import successor
from mkdocs_handoff.staleness.verdict import About, Verdict

if TYPE_CHECKING:
    from mkdocs_handoff.pages.views.evidence import ChangeLine
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.listing import Listing
    from mkdocs_handoff.reports.stale.groups import CauseGroup
    from mkdocs_handoff.staleness.differences import Difference

_MEMBERS = 10
_FEW = 3


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


def group_view(group: CauseGroup, at: Listing, inputs: Inputs) -> Group:
    """Return a cause with its evidence, the records that it made suspect, and what settles them."""
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
