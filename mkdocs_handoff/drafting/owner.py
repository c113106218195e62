"""Who will answer for a record that nobody has written yet: as CODEOWNERS says of its file, else who works here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import TEAM
from mkdocs_handoff.history import codeowners
from mkdocs_handoff.history.repository import State, repository
from mkdocs_handoff.history.user import user
from mkdocs_handoff.reports.owners.contributors import Contributors
from mkdocs_handoff.reports.owners.handles import Handles
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Who may own a record.

    Attributes:
        owner: The team or person; None where nobody who is written down was found.
        why: Where that comes from, or what was found and is nobody's record.
    """

    owner: Identity | None
    why: str


def suggestion(project: Project, path: str) -> Suggestion:
    """Return who probably owns a file that is not there yet: its code owner, a team before a person; else git's user.

    Args:
        project: With its teams and persons.
        path: The file, from the project's root.
    """
    root = project.settings.root
    handles = Handles(project.catalog)
    asked = repository(root) if project.settings.history else None
    inside = asked is not None and asked.state in (State.READY, State.EMPTY)
    top, prefix = (asked.top, asked.prefix) if asked is not None and inside else (root, "")
    unknown: list[str] = []
    found = codeowners.read(top)
    rule = codeowners.match(found.rules, prefix + path) if found is not None else None
    if found is not None and rule is not None:
        meant = {owner: handles.meant(owner) for owner in rule.owners}
        known = sorted((one for each in meant.values() for one in each), key=lambda one: one.kind != TEAM)
        where = f"{found.path}, line {rule.line}"
        if known:
            return Suggestion(known[0], where)
        unknown += [f"{where} names {one_line(owner)}, whom no record describes" for owner in rule.owners]
    name, email = user(root) if inside else ("", "")
    if name or email:
        person = Contributors(project.catalog).find(name, email).person
        if person is not None:
            return Suggestion(person, "git's user")
        unknown.append(f"git's user {one_line(name or email)} is no person who is written down")
    return Suggestion(None, "; ".join(unknown))
