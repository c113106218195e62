"""Who will answer for a record that nobody has written yet: as CODEOWNERS says of its file, else who works here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import TEAM, membership
from mkdocs_handoff.history import codeowners
from mkdocs_handoff.history.repository import State, repository
from mkdocs_handoff.history.user import user
from mkdocs_handoff.reports.owners.contributors import Contributors
from mkdocs_handoff.reports.owners.handles import Handles
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
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


def suggestion(project: Project, path: str, day: date) -> Suggestion:
    """Return who probably owns a file that is not there yet.

    That is its code owner, a team before a person; else git's user, or rather the one team of that person.

    Args:
        project: With its teams and persons.
        path: The file, from the project's root.
        day: On which people are in a team, or are not.
    """
    root = project.settings.root
    asked = repository(root) if project.settings.history else None
    inside = asked is not None and asked.state in (State.READY, State.EMPTY)
    top, prefix = (asked.top, asked.prefix) if asked is not None and inside else (root, "")
    owner, found = _code_owner(project.catalog, top, prefix + path)
    if owner is not None:
        return Suggestion(owner, found)
    name, email = user(root) if inside else ("", "")
    person = Contributors(project.catalog).find(name, email).person if name or email else None
    if person is not None:
        teams = membership(project.catalog, day).teams.get(person, ())
        team = teams[0] if len(teams) == 1 else None
        why = f"the team of {person}, who is git's user" if team is not None else "git's user"
        return Suggestion(team or person, "; ".join(filter(None, (why, found))))
    nobody = f"git's user {one_line(name or email)} is no person who is written down" if name or email else ""
    return Suggestion(None, "; ".join(filter(None, (found, nobody))))


def _code_owner(catalog: Catalog, top: Path, path: str) -> tuple[Identity | None, str]:
    """Return the owner that CODEOWNERS names for a file, and where; else why nobody is found there."""
    found = codeowners.read(top)
    rule = codeowners.match(found.rules, path) if found is not None else None
    if found is None or rule is None:
        return None, ""
    handles = Handles(catalog)
    meant = {owner: handles.meant(owner) for owner in rule.owners}
    known = sorted((one for each in meant.values() for one in each), key=lambda one: one.kind != TEAM)
    where = f"{found.path}, line {rule.line}"
    nobodies = ", ".join(one_line(owner) for owner, each in meant.items() if not each)
    nobody = f"{nobodies}, which no record has as its `github:` or `email:`"
    if known:
        # A team comes before a person: whoever gets the person wants to know which team was there.
        return known[0], f"{where}; it names {nobody}, as well" if nobodies and known[0].kind != TEAM else where
    return None, f"{where} names {nobody}" if nobodies else ""
