"""Teams over time, owners who are gone, records behind whose owners there is nobody any more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import Rolls, membership
from mkdocs_handoff.project import load
from mkdocs_handoff.reports.owners.ownership import ownership
from mkdocs_handoff.reports.owners.roster import departed, roster
from mkdocs_handoff.settings import find_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity

    Write = Callable[[Mapping[str, str | bytes]], Path]

DAY = date(2026, 11, 23)


def read(write: Write, files: Mapping[str, str | bytes]) -> tuple[Catalog, dict[str, Identity]]:
    catalog = load(find_settings(write(files))).catalog
    return catalog, {str(identity): identity for identity in catalog.records}


TEAM = {
    "teams/t.yml": "title: T\nmembers:\n"
    "  - {ref: bob, role: lead, since: 2024-01-01, dateOut: 2026-01-31, replacedByUsername: ann}\n"
    "  - {ref: ann, since: 2024-09-01}\n"
    "  - {ref: cy}\n"
    "  - {ref: dee, dateIn: 2026-12-01}\n"
    "  - {ref: eve, dateOut: 2026-12-31}\n"
    "  - ghost\n",
    "people/ann.yml": "title: Ann\n",
    "people/bob.yml": "title: Bob\n",
    "people/cy.yml": "title: Cy\nleft: 2026-11-23\nsucceeded_by: ann\n",
    "people/dee.yml": "title: Dee\n",
    "people/eve.yml": "title: Eve\n",
    "people/fay.yml": "title: Fay\nmember_of: t\nleft: 2027-01-31\n",
    "people/gus.yml": "title: Gus\nmember_of: t\nactive: false\n",
}


def test_who_was_is_and_will_be_in_a_team(write_project: Write) -> None:
    catalog, by_name = read(write_project, TEAM)
    people = membership(catalog, DAY)
    told = [
        (one.text, one.present, one.since, one.until, one.successor_text) for one in people.members[by_name["team:t"]]
    ]
    assert told == [
        ("ann", True, "2024-09-01", "", ""),
        ("eve", True, "", "2026-12-31", ""),
        ("ghost", True, "", "", ""),
        ("Fay", True, "", "2027-01-31", ""),
        ("bob", False, "2024-01-01", "2026-01-31", "Ann"),
        ("cy", False, "", "2026-11-23", "Ann"),
        ("dee", False, "2026-12-01", "", ""),
        ("Gus", False, "", "", ""),
    ]
    assert people.members[by_name["team:t"]][4].successor == by_name["person:ann"]
    assert [one.text for one in people.people(by_name["team:t"])] == ["ann", "eve", "ghost", "Fay"]
    assert by_name["team:t"] in people.teams[by_name["person:ann"]]
    assert people.former[by_name["person:bob"]] == (by_name["team:t"],)
    assert set(map(str, people.gone)) == {"person:cy", "person:gus"}


def test_the_day_before_nobody_is_gone_yet(write_project: Write) -> None:
    catalog, by_name = read(write_project, TEAM)
    people = membership(catalog, date(2026, 11, 22))
    assert [one.text for one in people.people(by_name["team:t"])] == ["ann", "cy", "eve", "ghost", "Fay"]


def test_people_of_teams_within_a_team_are_its_people_even_in_a_circle(write_project: Write) -> None:
    catalog, by_name = read(
        write_project,
        {
            "teams/a.yml": "title: A\nchildren: [b]\n",
            "teams/b.yml": "title: B\nchildren: [c]\n",
            "teams/c.yml": "title: C\nparent: b\nchildren: [a]\nmembers: [ann]\n",
            "teams/d.yml": "title: D\nmembers: [bob]\n",
            "teams/e.yml": "title: E\n",
            "people/ann.yml": "title: Ann\n",
            "people/bob.yml": "title: Bob\nleft: 2026-01-01\n",
        },
    )
    people = membership(catalog, DAY)
    assert [one.text for one in people.people(by_name["team:a"])] == ["ann"]
    assert list(map(str, people.within(by_name["team:b"]))) == ["team:b", "team:c", "team:a"]
    deserted = [name for name in ("team:a", "team:d", "team:e", "person:bob") if people.deserted(by_name[name])]
    assert deserted == ["team:d", "person:bob"]  # of E nobody wrote down who is in it


def test_gone_and_orphaned(write_project: Write) -> None:
    catalog, by_name = read(
        write_project,
        {
            "models/accountable.yml": "title: A\nowners: [bob, {ref: ann, role: operations}]\n",
            "models/other.yml": "title: O\nowners: [ann, {ref: bob, role: operations}]\n",
            "models/orphan.yml": "title: P\nowners:\n"
            "  [team:old, {ref: bob, role: operations}, {ref: x, role: approver}]\n",
            "models/past.yml": "title: Q\nowners: bob\nlifecycle: retired\n",
            "models/none.yml": "title: N\nowners: [{ref: ann, role: operations}]\n",
            "models/two.yml": "title: W\nowners: [ann, team:new]\n",
            "teams/old.yml": "title: Old\nmembers: [bob]\n",
            "teams/new.yml": "title: New\nmembers: [ann, bob]\n",
            "teams/shut.yml": "title: Shut\nlifecycle: retired\n",
            "models/shut.yml": "title: S\nowners: team:shut\n",
            "people/ann.yml": "title: Ann\n",
            "people/bob.yml": "title: Bob\nleft: 2026-09-30\nsucceeded_by: ann\n",
        },
    )
    owned = ownership(catalog, DAY)
    gone = [(one.record.name, one.role, departed(one)) for one in owned.gone]
    assert gone == [
        ("accountable", "accountable", "left 2026-09-30, succeeded by Ann"),
        ("orphan", "operations", "left 2026-09-30, succeeded by Ann"),
        ("other", "operations", "left 2026-09-30, succeeded by Ann"),
        ("shut", "accountable", "is gone"),
    ]
    assert [one.name for one in owned.orphaned] == ["orphan", "shut"]
    assert [one.name for one in owned.nobody] == ["none"]
    assert [one.name for one in owned.several] == ["two"]
    assert not ownership(catalog, date(2026, 9, 29)).orphaned[:-1]
    rows = {row.record: [one.name for one in row.troubles] for row in roster(catalog, owned, None)}
    assert rows[by_name["model:orphan"]] == ["orphaned", "gone", "unknown"]
    assert rows[by_name["model:past"]] == []


def test_rolls_say_of_any_day_who_was_there(write_project: Write) -> None:
    catalog, name = read(
        write_project,
        {
            "teams/risk.yml": "title: Risk\nmembers: [{ref: person:ann, since: 2026-03-01, dateOut: 2026-04-30}]\n",
            "teams/desk.yml": "title: Desk\nparent: team:risk\n",
            "teams/empty.yml": "title: Empty\n",
            "people/ann.yml": "title: Ann\n",
            "people/bob.yml": "title: Bob\nmember_of: team:desk\nleft: 2026-05-31\n",
        },
    )
    rolls = Rolls(catalog)
    ann, bob, risk = name["person:ann"], name["person:bob"], name["team:risk"]
    days = [
        date(2026, 2, 28),
        date(2026, 3, 1),
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 5, 31),
        date(2026, 6, 1),
    ]
    assert [rolls.has(risk, ann, day) for day in days] == [False, True, True, False, False, False]
    assert [rolls.has(risk, bob, day) for day in days] == [True, True, True, True, True, False]
    assert [rolls.knows(team) for team in (risk, name["team:desk"], name["team:empty"])] == [True, True, False]
    assert rolls.gone(bob, date(2026, 5, 30)) is None
    assert rolls.gone(bob, date(2026, 5, 31)) is not None
