"""What only one person knows, from owners, reviews and git authors together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.history.history import history, unasked
from mkdocs_handoff.project import load
from mkdocs_handoff.reports.owners.ownership import ownership
from mkdocs_handoff.reports.owners.single_points import Point, SinglePoints, single_points
from mkdocs_handoff.settings import find_settings
from tests.history.repositories import ENVIRONMENT, Repository, repository

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 23)
ANN, BOB, CY = "Ann Lee <ann@example.org>", "Bob <bob@elsewhere.org>", "Cy <cy@example.org>"
PEOPLE: dict[str, str | bytes | None] = {
    "people/ann.yml": "title: Ann Lee\nemail: Ann@example.org\n",
    "people/bob.yml": "title: Bob\ngithub: bobby\n",
    "people/gus.yml": "title: Gus\nemail: gus@example.org\nleft: 2026-01-31\n",
    "teams/one.yml": "title: One\nmembers: [ann, {ref: bob, dateOut: 2026-01-01}]\n",
    "teams/two.yml": "title: Two\nmembers: [ann, bob]\n",
}


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    return repository(tmp_path / "repo")


def report(root: Path, *, git: bool = True) -> SinglePoints:
    project = load(find_settings(root))
    past = history(root, today=DAY) if git else unasked()
    return single_points(project.catalog, ownership(project.catalog, DAY), past)


def told(points: tuple[Point, ...]) -> list[tuple[str, str, int]]:
    return [(one.record.name, one.only.who.name if one.only else "", len(one.dependents)) for one in points]


def test_owners_count_in_every_role_and_teams_through_who_is_there_today(repo: Repository) -> None:
    repo.write(
        {
            **PEOPLE,
            "datasets/person.yml": "title: P\nowners: ann\n",
            "datasets/role.yml": "title: R\nowners: [ann, {ref: bob, role: operations}]\n",
            "datasets/one.yml": "title: O\nowners: team:one\n",
            "datasets/two.yml": "title: T\nowners: team:two\n",
            "datasets/gone.yml": "title: G\nowners: [gus, {ref: bob, role: operations}]\n",
            "datasets/lost.yml": "title: L\nowners: gus\n",
            "datasets/ghost.yml": "title: H\nowners: team:ghost\n",
            "datasets/past.yml": "title: X\nowners: ann\nlifecycle: retired\n",
            "models/m.yml": "title: M\nowners: team:two\ntraining_data: [one, one, lost]\nevaluation_data: [one]\n",
            "models/n.yml": "title: N\nowners: team:two\ntraining_data: [one, two]\n",
        }
    )
    found = report(repo.root, git=False)
    assert told(found.points) == [("one", "Ann Lee", 2), ("gone", "Bob", 0), ("person", "Ann Lee", 0)]
    assert told(found.lost) == [("lost", "", 1)]
    assert [one.who.name for one in found.lost[0].gone] == ["Gus"]
    assert [(one.who.name, len(one.points), one.dependents) for one in found.leaving] == [
        ("Ann Lee", 2, 2),
        ("Bob", 1, 0),
    ]
    assert found.points[0].only is not None
    assert found.points[0].only.how == ("accountable, as a member of One",)
    assert len(found.basis.limits) == 2
    assert "history off" in found.basis.limits[0]
    assert "1 record has neither" in found.basis.limits[1]


def test_people_are_one_by_address_login_and_name(repo: Repository) -> None:
    texts = {name: f"title: {name}\n" for name in ("address", "login", "name", "stranger", "robot")}
    repo.commit(PEOPLE)
    for name, author in {
        "address": "A. Lee <ANN@example.org>",
        "login": "x <123+Bobby@users.noreply.github.com>",
        "name": "ann lee <private@example.org>",
        "stranger": CY,
        "robot": "dependabot[bot] <49+dependabot[bot]@users.noreply.github.com>",
    }.items():
        repo.commit({f"models/{name}.yml": texts[name]}, author=author)
    found = report(repo.root)
    assert told(found.points) == [
        ("address", "Ann Lee", 0),
        ("login", "Bob", 0),
        ("name", "Ann Lee", 0),
        ("stranger", "Cy", 0),
    ]
    assert found.basis.nameless == ("Cy",)
    assert found.basis.known == 4
    assert any("name only" in one for one in found.basis.limits)


def test_a_quarter_of_the_changes_is_knowledge_and_a_typo_is_not(repo: Repository) -> None:
    repo.commit({**PEOPLE, "models/typo.yml": "title: 0\n", "models/quarter.yml": "title: 0\n"}, author=ANN)
    for number in range(1, 4):
        repo.commit({"models/typo.yml": f"title: {number}\n"}, author=ANN)
    for number in range(1, 3):
        repo.commit({"models/quarter.yml": f"title: {number}\n"}, author=ANN)
    repo.commit({"models/typo.yml": "title: x\n", "models/quarter.yml": "title: x\n"}, author=BOB)
    found = report(repo.root)
    assert told(found.points) == [("typo", "Ann Lee", 0)]
    assert found.points[0].only is not None
    assert found.points[0].only.how == ("made 80% of the changes of models/typo.yml",)


def test_reviews_and_authors_of_what_is_covered_count(repo: Repository) -> None:
    repo.commit({**PEOPLE, "src/x.py": "x"}, author=BOB)
    model = "title: M\ncovers: ['src/**']\n"
    repo.commit({"models/covers.yml": model, "models/alone.yml": "title: A\n"}, author=ANN)
    trailers = ("-m", "Reviewed-by: Bob <bob@elsewhere.org>")
    repo.commit({"models/reviewed.yml": "title: R\n"}, author=ANN, options=trailers)
    repo.commit({"models/field.yml": "title: F\nreviewers: [bob, 'Dee Doe <dee@example.org>']\n"}, author=ANN)
    together = ("-m", "Co-authored-by: Bob <bob@elsewhere.org>")
    repo.commit({"models/together.yml": "title: T\n"}, author=ANN, options=together)
    repo.commit({"models/acked.yml": "title: K\n"}, author=ANN, options=("-m", "Acked-by: Bob <b@x.org>"))
    assert told(report(repo.root).points) == [("acked", "Ann Lee", 0), ("alone", "Ann Lee", 0)]


def test_a_shallow_clone_says_so(repo: Repository, tmp_path: Path) -> None:
    repo.commit({**PEOPLE, "models/m.yml": "title: M\n"}, author=BOB)
    repo.commit({"models/m.yml": "title: N\n"}, author=ANN)
    found = report(repo.clone(tmp_path / "clone", "--depth", "1").root)
    assert any("shallow" in one for one in found.basis.limits)
    assert not report(repo.root).basis.shallow
