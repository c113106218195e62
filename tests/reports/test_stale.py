"""The staleness report: files, commits and a day in; what to look at first, and who should, out."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.history.history import history, unasked
from mkdocs_handoff.project import load
from mkdocs_handoff.reports.owners.ownership import ownership
from mkdocs_handoff.reports.stale.groups import LACKS
from mkdocs_handoff.reports.stale.report import OWN_PAGE, StaleReport, narrowed, stale
from mkdocs_handoff.reports.stale.rows import why
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.staleness.judge import staleness
from mkdocs_handoff.staleness.verdict import About, Verdict
from tests.history.repositories import ENVIRONMENT, Repository, repository

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.stale.rows import StaleRow

TODAY = date(2026, 11, 23)
EVENTS = "title: Events\nowners: ann\nlast_reviewed: 2026-06-01\nreview_every: 1 year\nlimitations: {said}\n"
PROJECT: dict[str, str | bytes | None] = {
    "teams/risk.yml": "title: Risk\nlast_reviewed: 2026-10-01\nmembers:\n- {ref: ann}\n- {ref: bob}\n",
    "teams/credit.yml": "title: Credit\nlast_reviewed: 2026-10-01\nparent: risk\n",
    "people/ann.yml": "title: Ann\nlast_reviewed: 2026-10-01\n",
    "people/bob.yml": "title: Bob\nlast_reviewed: 2026-10-01\n",
    "src/train.py": "one\n",
    "datasets/events.yml": EVENTS.format(said="none"),
    "models/churn.yml": "title: Churn\nlifecycle: active\nversions: [{version: '1', stage: production}]\n"
    "owners: [risk, {ref: bob, role: operations}]\n"
    "last_reviewed: 2026-06-01\nreview_every: 1 year\ncovers: [src/]\ntraining_data: [events]\n",
    "models/limit.yml": "title: Limit\nowners: credit\nlast_reviewed: 2026-06-01\nreview_every: 1 year\n"
    "training_data: [events]\n",
    "models/fraud.yml": "title: Fraud\nowners: bob\nlast_reviewed: 2026-06-01\nreview_every: 1 year\n",
    "models/late.yml": "title: Late\nowners: ghost\nlast_reviewed: 2026-01-01\nreview_every: 6 months\n",
    "models/soon.yml": "title: Soon\nlast_reviewed: 2026-05-28\nreview_every: 6 months\n",
    "models/old.yml": "title: Old\nlifecycle: retired\n",
}


def at(day: str) -> int:
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()) + 43_200


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A project whose sources, data and owner changed after the reviews."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = repository(tmp_path / "repo")
    made.commit(PROJECT, "Begin", time=at("2026-01-01"))
    made.commit({"src/train.py": "two\n"}, "Train otherwise", time=at("2026-07-01"))
    made.commit({"datasets/events.yml": EVENTS.format(said="half is missing")}, "Say it", time=at("2026-08-01"))
    gone = "title: Bob\nlast_reviewed: 2026-10-01\nleft: 2026-09-30\nsucceeded_by: ann\n"
    made.commit({"people/bob.yml": gone}, "Bob has left", time=at("2026-10-02"))
    return made


def report(root: Path, *, asked: bool = True) -> StaleReport:
    project = load(find_settings(root))
    past = history(root, today=TODAY) if asked else unasked()
    standings = staleness(project.catalog, root, past, TODAY)
    return stale(project.catalog, standings, ownership(project.catalog, TODAY))


def names(rows: Sequence[StaleRow]) -> list[str]:
    return [str(row.identity) for row in rows]


def named(found: StaleReport, name: str) -> Identity:
    return next(one for one in found.row if str(one) == name)


def test_rows_ask_for_something_and_stand_by_risk(repo: Repository) -> None:
    found = report(repo.root)
    assert names(found.rows) == ["model:churn", "model:fraud", "model:limit", "model:late", "model:soon"]
    assert {row.verdict for row in found.every} == {
        Verdict.SUSPECT,
        Verdict.STALE,
        Verdict.DUE,
        Verdict.FRESH,
        Verdict.HISTORICAL,
    }
    assert sum(found.counts.values()) == len(found.every) == 11
    assert [found.counts[verdict] for verdict in Verdict] == [3, 1, 1, 0, 5, 1]


def test_a_row_says_who_answers_where_it_is_and_what_rests_on_it(repo: Repository) -> None:
    found = report(repo.root)
    churn = found.row[named(found, "model:churn")]
    assert (churn.title, churn.kind, churn.stage, churn.lifecycle) == ("Churn", "model", "production", "active")
    assert (churn.owner_text, [str(one) for one in churn.teams]) == ("Risk", ["team:risk"])
    assert (churn.path, churn.line, str(churn.reviewed), str(churn.due)) == (
        "models/churn.yml",
        1,
        "2026-06-01",
        "2027-06-01",
    )
    events = found.row[named(found, "dataset:events")]
    assert (events.dependents, [str(one) for one in events.teams]) == (2, ["team:risk"])
    late = found.row[named(found, "model:late")]
    assert (late.owner, late.owner_text, late.teams) == (None, "ghost", ())


def test_causes_come_first_and_then_what_is_lacking(repo: Repository) -> None:
    found = report(repo.root)
    told = [(one.title, names([each.row for each in one.members])) for one in found.by_cause]
    assert told == [
        ("Events", ["model:churn", "model:limit"]),
        ("Train otherwise", ["model:churn"]),
        ("Bob left", ["model:fraud"]),
        (LACKS[Verdict.STALE], ["model:late"]),
        (LACKS[Verdict.DUE], ["model:soon"]),
    ]
    events, train = found.by_cause[:2]
    assert [change.commit.subject for change in events.changes] == ["Say it"]
    assert events.cause is not None
    assert events.cause.name == "dataset:events"
    assert [len(each.reasons) for each in events.members] == [1, 1], "the reasons of this cause, and no others"
    assert train.uncommitted == ()


def test_what_is_not_committed_yet_is_evidence_too(repo: Repository) -> None:
    repo.write({"src/train.py": "three\n"})
    found = report(repo.root)
    group = next(one for one in found.by_cause if one.cause is not None and one.cause.about is About.FILES)
    assert group.uncommitted == ("src/train.py",)


def test_a_team_answers_for_its_people_its_parts_and_those_who_left(repo: Repository) -> None:
    found = report(repo.root)
    risk, ann, bob = (named(found, name) for name in ("team:risk", "person:ann", "person:bob"))
    assert names(found.of_owner(risk)) == ["model:churn", "model:fraud", "model:limit"]
    assert names(found.of_owner(named(found, "team:credit"))) == ["model:limit"]
    assert names(found.of_owner(ann)) == ["model:fraud"], "she succeeds Bob"
    assert names(found.of_owner(bob)) == ["model:fraud"]
    fresh = names(found.of_owner(ann, quiet=True))
    assert {"dataset:events", "person:ann"} <= set(fresh)
    told = {str(one.row.identity): (one.roles, str(one.through)) for one in found.concerns(risk)}
    assert told == {
        "model:churn": (("accountable",), "None"),
        "model:fraud": (("accountable",), "person:bob"),
        "model:limit": (("accountable",), "team:credit"),
    }
    told = {str(one.row.identity): (one.roles, str(one.through)) for one in found.concerns(bob)}
    assert told == {"model:churn": (("operations",), "None"), "model:fraud": (("accountable",), "None")}


def test_a_team_answers_for_its_own_record(repo: Repository) -> None:
    repo.commit({"teams/credit.yml": "title: Credit\nlast_reviewed: 2025-01-01\nparent: risk\n"}, time=at("2026-11-01"))
    found = report(repo.root)
    credit = named(found, "team:credit")
    own = next(one for one in found.concerns(credit) if one.row.identity == credit)
    assert (own.roles, own.through) == ((OWN_PAGE,), None)
    parent = next(one for one in found.concerns(named(found, "team:risk")) if one.row.identity == credit)
    assert (parent.roles, parent.through) == ((OWN_PAGE,), credit)


def test_counts_by_owner_and_kind(repo: Repository) -> None:
    found = report(repo.root)
    owners = {one.name: (one.attention, dict(one.counts)) for one in found.by_owner}
    assert [one.name for one in found.by_owner][-1] == "", "nobody comes last"
    assert owners["Risk"] == (1, {Verdict.SUSPECT: 1, Verdict.FRESH: 1})
    assert owners["ghost"] == (1, {Verdict.STALE: 1})
    assert owners[""] == (1, {Verdict.DUE: 1, Verdict.HISTORICAL: 1})
    assert sum(sum(one.counts.values()) for one in found.by_owner) == len(found.every)
    kinds = {one.name: one.counts for one in found.by_kind}
    assert kinds["model"][Verdict.SUSPECT] == 3
    assert Verdict.SUSPECT not in kinds["team"]


def test_rows_can_be_narrowed(repo: Repository) -> None:
    found = report(repo.root)
    risk = named(found, "team:risk")
    assert names(narrowed(found, owner=risk, kind="model")) == ["model:churn", "model:fraud", "model:limit"]
    assert names(narrowed(found, verdicts=[Verdict.STALE, Verdict.DUE])) == ["model:late", "model:soon"]
    assert "dataset:events" in names(narrowed(found, owner=risk, verdicts=[Verdict.FRESH]))
    assert narrowed(found, kind="dataset") == ()


def test_fresh_records_that_nothing_watches_are_told(repo: Repository) -> None:
    found = report(repo.root)
    assert "person:ann" in names(found.unwatched)
    assert not {row.verdict for row in found.unwatched} - {Verdict.FRESH}


def test_why_is_a_few_words(repo: Repository) -> None:
    found = report(repo.root)
    told = {str(row.identity): [why(reason) for reason in row.reasons] for row in found.rows}
    assert told["model:churn"] == ["src/train.py changed", "Events changed"]
    assert told["model:fraud"] == ["Bob left"]
    assert (told["model:late"], told["model:soon"]) == (["review overdue"], ["review due"])


def test_without_git_only_reviews_count(repo: Repository) -> None:
    found = report(repo.root, asked=False)
    assert found.blind
    churn = found.row[named(found, "model:churn")]
    assert churn.verdict is Verdict.UNKNOWN
    last = found.by_cause[-1]
    assert (last.cause, last.title) == (None, LACKS[Verdict.UNKNOWN])
    assert "model:churn" in names([each.row for each in last.members])


def test_nothing_makes_an_empty_report(tmp_path: Path) -> None:
    found = report(tmp_path, asked=False)
    assert (found.every, found.by_cause, found.by_owner, set(found.counts.values())) == ((), (), (), {0})
