"""`mkdocs-handoff new` with somebody at the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.drafting.lacking import PLACEHOLDER
from mkdocs_handoff.text import yaml
from tests.cli.handing import INTERRUPT, at_a_terminal, texts
from tests.history.repositories import Repository, repository
from tests.projects import lint

if TYPE_CHECKING:
    from pathlib import Path

FILES: dict[str, str | bytes | None] = {
    "handoff.yml": "{}\n",
    "teams/risk.yml": "title: Risk\nmembers: [person:ann]\n",
    "teams/retention.yml": "title: Retention\nnamespace: far\n",
    "people/ann.yml": "title: Ann Lee\nemail: ann@example.org\n",
    "people/bob-ray.yml": "title: Bob Ray\n",
    "datasets/visits.yml": "title: Visits\n",
    "datasets/views.yml": "title: Views\n",
}


pytestmark = pytest.mark.usefixtures("only_ours")


@pytest.fixture
def small(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "repo")
    made.commit(FILES, "Begin")
    made.git("config", "user.name", "Ann Lee")
    made.git("config", "user.email", "ann@example.org")
    return made


QUESTION = r"\]: "


def test_in_a_terminal_it_asks(small: Repository) -> None:
    answers = ["Visits a day\n", "team:risk\n", "visist\n", "2, views\n"]
    status, screen = at_a_terminal(small.root, ["new", "feature", "per-day", "--format", "yml"], answers, QUESTION)
    assert status == 0, screen
    assert "Title [Per day]: " in screen
    assert "  team:risk (the team of person:ann, who is git's user)\n" in screen
    assert "several with commas between, the first decides [team:risk]: " in screen
    assert "several with commas between [later]: " in screen
    assert "there is no 'visist'; did you mean 'visits'? Type it again if it is meant so." in screen
    (document,) = yaml.read((small.root / "features/per-day.yml").read_text()).documents
    assert (document["title"], document["owners"]) == ("Visits a day", "team:risk")
    assert document["sources"] == ["visits", "views"]
    assert document["value_type"] == PLACEHOLDER


@pytest.mark.parametrize("answer", [INTERRUPT, "\x04"])
def test_who_stops_leaves_nothing_behind(answer: str, small: Repository) -> None:
    before = texts(small.root)
    status, screen = at_a_terminal(small.root, ["new", "feature", "per-day"], ["\n", answer], QUESTION)
    assert (status, "stopped: nothing was written" in screen) == (130, True)
    assert texts(small.root) == before


def test_no_input_asks_nothing_in_a_terminal_either(small: Repository) -> None:
    status, screen = at_a_terminal(small.root, ["new", "feature", "per-day", "--no-input"], [], QUESTION)
    assert (status, "written: features/per-day.md" in screen) == (0, True)


def owners(small: Repository, name: str) -> object:
    (document,) = yaml.read((small.root / f"features/{name}.yml").read_text()).documents
    return document["owners"]


@pytest.mark.parametrize(
    ("answer", "written"),
    [
        ("bob-ray", "person:bob-ray"),  # without its kind
        ("bo", "person:bob-ray"),
        ("person:b", "person:bob-ray"),
        ("ret", "team:far/retention"),
        ("1, bob", ["team:far/retention", {"ref": "person:bob-ray", "role": "domain expert"}]),
        ("1, ret", "team:far/retention"),
        ("", "team:risk"),
    ],
)
def test_an_owner_is_a_number_a_name_or_the_beginning_of_one(answer: str, written: object, small: Repository) -> None:
    answers = ["\n", f"{answer}\n", "\n"]
    status, screen = at_a_terminal(small.root, ["new", "feature", "f", "--format", "yml"], answers, QUESTION)
    assert status == 0, screen
    assert owners(small, "f") == written
    assert "several with commas between, the first decides [team:risk]: " in screen
    assert not any(one.rule.startswith("owner/") for one in lint(small.root).findings)


def test_what_may_be_several_and_a_number_that_is_none_are_asked_again(small: Repository) -> None:
    answers = ["\n", "99\n", "99\n", "\n", "vi, 0\n", "vi, 0\n", "elsewhere\n", "elsewhere\n"]
    status, screen = at_a_terminal(small.root, ["new", "feature", "f", "--format", "yml"], answers, QUESTION)
    assert status == 0, screen
    assert screen.count("there is no 99: the numbers go from 1 to 4") == 2
    assert screen.count("several begin so: views, visits") == 2
    assert screen.count("there is no 0: the numbers go from 1 to 2") == 2
    assert "there is no 'elsewhere'. Type it again if it is meant so." in screen
    (document,) = yaml.read((small.root / "features/f.yml").read_text()).documents
    assert (document["owners"], document["sources"]) == ("team:risk", "elsewhere")


def test_what_is_near_a_record_and_insisted_on_is_written(small: Repository) -> None:
    answers = ["\n", "\n", "visist\n", "visist\n"]
    status, screen = at_a_terminal(small.root, ["new", "feature", "f", "--format", "yml"], answers, QUESTION)
    assert status == 0, screen
    assert "sources: visist\n" in (small.root / "features/f.yml").read_text()


def test_a_question_does_not_name_the_standards_that_a_field_comes_from(small: Repository) -> None:
    _, screen = at_a_terminal(small.root, ["new", "handoff", "h"], ["\n"] * 9, QUESTION)
    assert "From: The team that hands over.\n" in screen


def test_where_one_is_asked_for_several_are_asked_again(small: Repository) -> None:
    arguments = ["new", "handoff", "h", "--format", "yml", "--set", "owners=team:risk", "--set", "subjects=[visits]"]
    answers = ["\n", "risk, ret\n", "ri\n", *["\n"] * 9]
    status, screen = at_a_terminal(small.root, arguments, answers, QUESTION)
    assert status == 0, screen
    assert "only one can be named here\n" in screen
    assert "Playbook: The playbook of type migration that is followed.\n  no record describes any yet\n" in screen
    assert "from: risk\n" in (small.root / "handoffs/h.yml").read_text()
