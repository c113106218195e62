"""How teams keep up what they know: files and commits in, counts by team out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.history.history import history, unasked
from mkdocs_handoff.reports.owners.ownership import ownership
from mkdocs_handoff.reports.progress import Progress, by_team, progress
from mkdocs_handoff.staleness.judge import staleness
from tests.history.repositories import ENVIRONMENT, Repository, repository
from tests.projects import lint

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 23)
SEEN = "last_reviewed: 2026-11-01\nreview_every: 1 year\n"
PROJECT: dict[str, str | bytes | None] = {
    "teams/risk.yml": f"title: Risk\nowners: risk\n{SEEN}members: [{{ref: ann}}]\n",
    "teams/lab.yml": "title: Lab\nowners: lab\n",
    "people/ann.yml": f"title: Ann\nowners: ann\n{SEEN}",
    "datasets/rows.yml": "title: Rows\nowners: nobody-here\n",
    "models/churn.yml": f"title: Churn\nowners: risk\n{SEEN}training_data: [rows]\n",
    "models/old.yml": "title: Old\nowners: risk\nlast_reviewed: 2024-01-01\nreview_every: 1 year\n",
    "models/gone.yml": "title: Gone\nowners: risk\nlifecycle: retired\n",
    "pipelines/a.yml": "title: A\nowners: lab\nruns:\n- {on: 2026-01-01, result: different}\n"
    "- {on: 2026-05-01, result: same}\n- {on: 2026-02-01, result: failed}\n",
    "pipelines/b.yml": "title: B\nowners: lab\n"
    "runs: [{on: 2026-05-01, result: same}, {on: 2026-05-01, result: failed}]\n",
    "pipelines/c.yml": "title: C\nowners: lab\n",
}


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) + 43_200


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = repository(tmp_path / "repo")
    late = {"pipelines/c.yml": PROJECT["pipelines/c.yml"]}
    made.commit({name: text for name, text in PROJECT.items() if name not in late}, "Begin", time=at("2025-11-30"))
    made.commit({"models/churn.yml": f"{PROJECT['models/churn.yml']!s}version: 2\n"}, time=at("2026-10-02"))
    made.commit(late, time=at("2026-11-05"))
    return made


def computed(root: Path, *, asked: bool = True) -> tuple[Progress, dict[str, Progress]]:
    catalog = lint(root).catalog
    past = history(root, today=TODAY) if asked else unasked()
    standings = staleness(catalog, root, past, TODAY).standings
    everything, teams = progress(catalog, ownership(catalog, TODAY), standings, past, TODAY)
    return everything, {str(one.team): one for one in teams}


def test_reviews_links_and_pipelines_count_for_the_team(repo: Repository) -> None:
    everything, teams = computed(repo.root)
    assert list(teams) == ["team:lab", "team:risk", "None"], "by title; what no team owns at the end"
    risk, lab = teams["team:risk"], teams["team:lab"]
    assert (risk.records, str(risk.reviewed)) == (4, "3 of 4"), "Ann's own record counts for her team; retired does not"
    assert str(lab.verified) == "1 of 3", "the last run counts; of one day the one that is written last"
    assert risk.links.whole > risk.links.part >= 0
    assert everything.records == sum(one.records for one in teams.values()) == 9
    assert everything.links == risk.links


def test_months_count_what_was_there_and_was_changed(repo: Repository) -> None:
    _, teams = computed(repo.root)
    risk, lab = teams["team:risk"], teams["team:lab"]
    assert [f"{month.first:%Y-%m}" for month in risk.months] == ["2025-12", *(f"2026-{n:02}" for n in range(1, 12))]
    assert [str(month.changed) for month in risk.months][-3:] == ["0 of 4", "1 of 4", "0 of 4"]
    assert [str(month.changed) for month in lab.months][-2:] == ["0 of 3", "1 of 4"], "not there before it was written"
    assert str(lab.updated) == "1 of 4"


def test_without_git_no_month_is_told(repo: Repository) -> None:
    everything, _ = computed(repo.root, asked=False)
    assert (everything.months, bool(everything.updated)) == ((), False)


def test_a_line_of_the_trend_has_all_teams(repo: Repository) -> None:
    everything, teams = computed(repo.root)
    told = by_team(everything, teams.values())
    assert list(told) == ["all", "team:lab", "team:risk", "none"]
    assert told["team:lab"] == {"records": 4, "reviewed": 0, "links": 0, "known": 0, "pipelines": 3, "verified": 1}
