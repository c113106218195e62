"""Whether somebody answers for everything, and the receiving team can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.owners import owners
from mkdocs_handoff.handoffs.words import AGREED, COMPLETED
from mkdocs_handoff.reports.owners.ownership import asks_for_owner
from mkdocs_handoff.reports.readiness.check import Area, At
from mkdocs_handoff.reports.readiness.told import NO_MODEL, Lack, Sort, lack, tell
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.handoffs.handoff import Handoff
    from mkdocs_handoff.handoffs.parts import Named
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.reports.owners.ownership import Holder
    from mkdocs_handoff.reports.readiness.check import Check
    from mkdocs_handoff.reports.readiness.given import Case
    from mkdocs_handoff.text.yaml import Path

_ROLES = ("operations", "incident response", "approver")
_MOVING = ("operations", "incident response")
_LEAST = 2
_OWNERS: Path = ("owners",)

OWNERS = Sort(
    Area.OWNERSHIP,
    "owners-are-there",
    "Every record in scope has an accountable owner who is there",
    "Name one team or person as accountable in `owners`, who has a record and has not left.",
)
ROLES = Sort(
    Area.OWNERSHIP,
    "roles-are-named",
    "Each model names who operates it, who answers an incident, and who approves a change",
    "Add owners with the roles `operations`, `incident response` and `approver`.",
)
TEAM = Sort(
    Area.OWNERSHIP,
    "receiving-team-exists",
    "The receiving team is written down, and is there",
    "Write the team's record, or name in `to` one that exists.",
    handoff=True,
)
TWO = Sort(
    Area.OWNERSHIP,
    "receiving-team-has-two",
    "The receiving team has two people who are there today",
    "Name the team's people in its record. What one person alone can do is lost with that person.",
    handoff=True,
)
PEOPLE = Sort(
    Area.OWNERSHIP,
    "people-are-members",
    "Those who hand over and those who take over are in the teams they act for",
    "Write their membership into the team's record, or name others in `from_people` and `to_people`.",
    handoff=True,
)
TAKER = Sort(
    Area.OWNERSHIP,
    "owner-is-taker",
    "The receiving team is accountable for all that moves (asked once the handoff is completed)",
    "Make the receiving team accountable in the record's `owners`.",
    handoff=True,
)
MOVED = Sort(
    Area.OWNERSHIP,
    "roles-have-moved",
    "Operations and incident response are with people outside of the giving team (asked once the handoff is completed)",
    "Give the role to the receiving team, or to one of its people, in the record's `owners`.",
    handoff=True,
)
CODE = Sort(
    Area.OWNERSHIP,
    "codeowners-agree",
    "CODEOWNERS gives the files of what moves to their accountable owner (asked once the handoff is completed)",
    "`mkdocs-handoff owners --codeowners --write` writes the lines that the records ask for.",
    handoff=True,
)
_NAMELESS = "Add `github:` to {}: without it CODEOWNERS has no name for that owner."
SORTS = (OWNERS, ROLES, TEAM, TWO, PEOPLE, TAKER, MOVED, CODE)


def checks(case: Case) -> Iterator[Check]:
    """Yield the checks of ownership."""
    asking = {name for name in {record.kind for record in case.records} if asks_for_owner(case.catalog.kinds[name])}
    owned = case.given.owned.holders
    living = (record for record in case.records if record.lifecycle != "retired")
    asked = (record for record in living if record.kind in asking or record.identity in owned)
    yield tell(case, OWNERS, "record", (_owner(case, record) for record in asked))
    yield tell(case, ROLES, "role", _roles(case), nothing=NO_MODEL)
    if case.handoff is not None:
        yield from _teams(case, case.handoff)


def _owner(case: Case, record: Record) -> list[Lack]:
    owned = case.given.owned
    holder = owned.accountable(record.identity)
    if holder is None:
        return [lack(record, ("owners",), f"an owner of {record.identity}")]
    if holder.identity is None:
        return [lack(record, ("owners",), f"a record of {holder.text}, who answers for {record.identity}")]
    if case.given.deserted(holder.identity):
        return [
            lack(
                record, ("owners",), f"{case.catalog.title(holder.identity)} is gone, and answers for {record.identity}"
            )
        ]
    return []


def _roles(case: Case) -> Iterator[list[Lack]]:
    for model in case.models:
        named = {
            holder.role
            for holder in case.given.owned.holders.get(model.identity, ())
            if holder.identity is None or not case.given.deserted(holder.identity)
        }
        for role in _ROLES:
            yield [] if role in named else [lack(model, ("owners",), f"{role} of {model.identity}")]


def _teams(case: Case, of: Handoff) -> Iterator[Check]:
    people = case.given.owned.membership
    taker = of.taker.identity if of.taker is not None else None
    named = of.taker.text if of.taker is not None else "a team"
    there = taker is not None and taker not in people.gone
    wrong = f"{named} is gone" if taker is not None else f"a record of {named}"
    yield tell(case, TEAM, "team", [[] if there else [lack(of.record, ("to",), wrong)]])
    if taker is not None:
        found = people.people(taker)
        names = ", ".join(one.text if one.person is None else case.catalog.title(one.person) for one in found)
        who = f"a second person: {names} is alone" if found else "any member"
        few_ = [lack(case.catalog.records[taker], ("members",), who)]
        yield tell(case, TWO, "team", [few_ if len(found) < _LEAST else []], note=counted(len(found), "member"))
    yield tell(case, PEOPLE, "name", _people(case, of), nothing="nobody is named")
    if of.status == COMPLETED:
        yield tell(case, TAKER, "subject", (_taker(case, of, record, taker) for record in case.subjects), moving=True)
        yield tell(case, MOVED, "role", _moved(case, of), nothing="no role is named", moving=True)
        yield _code(case)


def _people(case: Case, of: Handoff) -> Iterator[list[Lack]]:
    membership = case.given.owned.membership
    for team, named in ((of.giver, of.from_people), (of.taker, of.to_people)):
        inside = membership.within(team.identity) if team is not None and team.identity is not None else ()
        # Who has left since is no stranger to a handoff that is agreed on.
        present = {
            member.person
            for one in inside
            for member in membership.members.get(one, ())
            if member.present or of.status in AGREED
        }
        for one in named:
            yield [] if one.identity in present or one.identity in inside else [_stranger(of, one, team)]


def _stranger(of: Handoff, one: Named, team: Named | None) -> Lack:
    return lack(of.record, one.path, f"{one} is not in {team or 'any team'}")


def _taker(case: Case, of: Handoff, record: Record, taker: Identity | None) -> list[Lack]:
    holder = case.given.owned.accountable(record.identity)
    people = case.given.owned.membership
    owner = holder.identity if holder is not None else None
    if taker is not None and owner is not None:
        within = people.within(taker)
        if owner in within or any(owner == one.person for team in within for one in people.members.get(team, ())):
            return []
    said = (
        f"{holder.text if owner is None else case.catalog.title(owner)} owns" if holder is not None else "nobody owns"
    )
    return [
        lack(record, ("owners",) if record.get("owners") else ("owner",), f"{said} {record.identity}", who=of.taker)
    ]


def _moved(case: Case, of: Handoff) -> Iterator[list[Lack]]:
    """Each role that somebody has to hold when the giving team does not come any more; unnamed ones are told above."""
    giving, taking = _side(case, of.giver), _side(case, of.taker)
    for model in case.models:
        holders = case.given.owned.holders.get(model.identity, ())
        for role in _MOVING:
            held = [one for one in holders if one.role == role]
            if not held:
                continue
            good = any(
                one.identity is not None
                and not case.given.deserted(one.identity)
                and (one.identity in taking or one.identity not in giving)
                for one in held
            )
            names = ", ".join(one.text if one.identity is None else case.catalog.title(one.identity) for one in held)
            text = f"somebody but {names} for {role} of {model.identity}"
            yield [] if good else [lack(model, _written(case, model, held[0]), text, who=of.taker)]


def _written(case: Case, record: Record, holder: Holder) -> Path:
    """Return where a record names an owner."""
    paths = (one.path for one in owners(record) if one.role == holder.role)
    return next((one for one in paths if case.catalog.targets.get((record.identity, one)) == holder.identity), _OWNERS)


def _side(case: Case, team: Named | None) -> frozenset[Identity]:
    """Return a team, all that are part of it, and the people who are in it today."""
    if team is None or team.identity is None:
        return frozenset()
    people = case.given.owned.membership
    members = (one.person for one in people.people(team.identity) if one.person is not None)
    return frozenset((*people.within(team.identity), *members))


def _code(case: Case) -> Check:
    compared = case.given.compared
    if compared is None:
        return tell(case, CODE, "file", (), nothing="there is no CODEOWNERS file")
    moved = {record.identity: record for record in case.subjects}
    wrong: dict[Identity, list[Lack]] = {}
    told = [
        *((one.records, one.line, one.path, "nobody") for one in compared.unowned),
        *((one.records, one.line, one.path, " ".join(one.owners)) for one in (*compared.disagreeing, *compared.unsure)),
    ]
    for records, line, path, named in told:
        for identity in records:
            if identity in moved:
                said = f"{compared.path}:{line} gives" if line else f"{compared.path} leaves"
                text = f"{said} {path} to {named}"
                nameless = _nameless(case, identity)
                at = At(moved[identity], ("owners",)) if nameless is None else At(nameless, ("github",))
                mend = "" if nameless is None else _NAMELESS.format(nameless.source.path)
                wrong.setdefault(identity, []).append(Lack(at, text, moved[identity], mend=mend))
    return tell(case, CODE, "subject", (wrong.get(identity, []) for identity in moved), moving=True)


def _nameless(case: Case, subject: Identity) -> Record | None:
    """Return the record of the accountable owner of a subject, where CODEOWNERS has no name for it to write."""
    holder = case.given.owned.accountable(subject)
    if holder is None or holder.identity is None or case.given.handles.written(holder.identity):
        return None
    return case.catalog.records[holder.identity]
