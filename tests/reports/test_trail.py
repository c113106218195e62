"""Who changed a record's file, and who looked at it: files and commits in, the trail out."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff.history.history import history, unasked
from mkdocs_handoff.project import load
from mkdocs_handoff.reports.trail import SHOWN, Entry, Trail, Trails, told
from mkdocs_handoff.settings import find_settings
from tests.history.repositories import DAY, ENVIRONMENT, START, Repository, repository

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2024, 6, 1)
CARD = "models/churn.md"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    return repository(tmp_path / "repo")


def trails(repo: Repository, *, bulk: int = 100) -> Trails:
    project = load(find_settings(repo.root))
    found = history(repo.root, bulk=bulk, today=TODAY)
    return Trails(project.catalog, found, project.approvals, TODAY)


def trail(repo: Repository, name: str = "model:churn", *, bulk: int = 100) -> Trail:
    project = load(find_settings(repo.root))
    (identity,) = [one for one in project.catalog.records if str(one) == name]
    return trails(repo, bulk=bulk).of(identity)


def card(text: str) -> dict[str, str | bytes | None]:
    return {CARD: f"---\ntitle: Churn\n---\n{text}\n"}


def parts(entry: Entry) -> list[str]:
    return [f"{part.what} {', '.join(who.name for who in part.who)} {part.day}".rstrip() for part in entry.parts]


def approve(repo: Repository, *requests: dict[str, Any]) -> None:
    repo.write({"approvals.json": json.dumps({"version": 1, "requests": requests})})


def test_each_change_has_author_day_and_subject(repo: Repository) -> None:
    first = repo.commit(card("one"), "Begin", author="Ann Lee <ann@example.org>")
    second = repo.commit(card("two"), "Say more", author="Bo <bo@example.org>")
    found = trail(repo)
    assert [(one.commit, one.subject, one.author.name) for one in found.entries] == [
        (second, "Say more", "Bo"),
        (first, "Begin", "Ann Lee"),
    ]
    assert [str(one.day) for one in found.entries] == ["2023-11-15", "2023-11-14"]
    assert found.entries[0].short == second[:8]
    assert (found.total, found.earlier, found.notes, found.reason) == (2, 0, (), "")


@pytest.mark.parametrize(
    ("subject", "shown", "reference"),
    [
        ("Say more (#12)", "Say more", "#12"),
        ('Revert "Say more (#12)" (#15)', 'Revert "Say more (#12)"', "#15"),
        ("Merge pull request #12 from ann/topic", "Merge pull request #12 from ann/topic", "#12"),
        ("Merged in topic (pull request #7)", "Merged in topic", "#7"),
        ("Merged PR 31: Say more", "Merged PR 31: Say more", "#31"),
        ("Say more (!12)", "Say more", "!12"),
        ("(#12)", "(#12)", "#12"),
        ("Fix #12 in the card", "Fix #12 in the card", ""),
        ("Say (#0)", "Say (#0)", ""),
        ("Merge branch 'topic' into 'main'", "Merge branch 'topic' into 'main'", ""),
        ("a\x1b[31mb\x00\u202ec\ud83d  d", "a [31mb c\ufffd d", ""),
        ("x" * 400, "x" * 299 + "…", ""),
    ],
)
def test_the_request_is_read_from_the_subject(subject: str, shown: str, reference: str) -> None:
    assert told(subject) == (shown, reference)


def test_people_of_trailers_are_named_in_words(repo: Repository) -> None:
    message = (
        "Say more\n\nSigned-off-by: Ann <ann@example.org>\nAcked-by: Dee <dee@example.org>\n"
        "reviewed-by: Bo <bo@example.org>\nReviewed-by: Cy <cy@example.org>\nReviewed-by: Cy <cy@example.org>\n"
        "Co-authored-by: <eve@example.org>\n"
    )
    repo.commit(card("one"), message)
    (entry,) = trail(repo).entries
    assert parts(entry) == ["with eve", "reviewed by Bo, Cy", "acknowledged by Dee", "signed off by Ann"]


def test_people_with_a_record_are_known_by_address_login_and_name(repo: Repository) -> None:
    people = {
        "people/ann-lee.yml": "title: Ann Lee\nemail: Ann@Example.org\n",
        "people/bo-kim.yml": "title: Bo Kim\ngithub: BoKim\n",
        "people/twin.yml": "title: The Twin\n",
        "people/other-twin.yml": "title: The Twin\n",
    }
    repo.commit({**people, **card("1")}, "1", author="A <ann@example.org>")
    repo.commit(card("2"), "2", author="bk <12+bokim@users.noreply.github.com>")
    repo.commit(card("3"), "3", author="bo kim <home@example.com>")
    repo.commit(card("4"), "4", author="The Twin <twin@example.com>")
    found = [entry.author for entry in trail(repo).entries]
    assert [str(one.person) for one in reversed(found)] == ["person:ann-lee", "person:bo-kim", "person:bo-kim", "None"]
    assert found[-1].name == "A"


def test_a_rename_is_told_and_the_past_goes_on(repo: Repository) -> None:
    repo.commit({"models/old.md": "---\ntitle: Churn\n---\none\n"}, "Begin")
    repo.git("mv", "models/old.md", CARD)
    repo.record("Rename")
    found = trail(repo).entries
    assert [(one.subject, one.did) for one in found] == [("Rename", "renamed from models/old.md"), ("Begin", "")]


def test_sweeps_and_ignored_commits_are_listed_as_such(repo: Repository) -> None:
    repo.commit(card("one"), "Begin")
    repo.commit({**card("two"), **{f"x/{number}": "x" for number in range(5)}}, "Sweep")
    ignored = repo.commit(card("three"), "Reformat")
    repo.commit({".git-blame-ignore-revs": f"{ignored}\n"}, "Ignore")
    found = trail(repo, bulk=3).entries
    assert [(one.subject, one.did) for one in found] == [
        ("Reformat", "named in .git-blame-ignore-revs"),
        ("Sweep", "part of a sweep over 6 files"),
        ("Begin", ""),
    ]


def test_a_sidecars_changes_are_the_records_and_a_commit_stands_once(repo: Repository) -> None:
    sidecar = f"{CARD}.handoff.yml"
    repo.commit(card("one"), "Card")
    repo.commit({sidecar: "cost: 3 EUR\n"}, "Sidecar")
    repo.commit(card("two"), "Card again")
    repo.commit({**card("three"), sidecar: "cost: 4 EUR\n"}, "Both")
    found = trail(repo)
    assert [one.subject for one in found.entries] == ["Both", "Card again", "Sidecar", "Card"]
    repo.write({sidecar: "cost: 5 EUR\n"})
    assert trail(repo).notes == (
        f"The sidecar {sidecar} differs from the last commit; what changed since is not listed.",
    )


def test_a_file_of_many_records_says_so(repo: Repository) -> None:
    repo.commit({"glossary.yml": "terms:\n  - {term: a, definition: A.}\n  - {term: b, definition: B.}\n"}, "Terms")
    found = trail(repo, "term:a")
    assert found.notes == ("The file holds 2 records: these are the changes of all of it.",)
    assert [one.subject for one in found.entries] == ["Terms"]


def test_a_long_trail_is_cut_and_counted(repo: Repository) -> None:
    for number in range(SHOWN + 3):
        repo.commit(card(str(number)), f"Change {number}")
    found = trail(repo)
    assert [one.subject for one in found.entries] == [f"Change {number}" for number in range(SHOWN + 2, 2, -1)]
    assert (found.total, found.earlier) == (SHOWN + 3, 3)


@pytest.mark.parametrize(
    ("change", "note"),
    [
        (
            lambda repo: repo.write(card("two")),
            "The file differs from the last commit; what changed since is not listed.",
        ),
        (lambda repo: repo.git("mv", CARD, "models/new.md"), "The file was renamed since the last commit."),
    ],
)
def test_what_is_not_committed_is_told(repo: Repository, change: Any, note: str) -> None:
    repo.commit(card("one"), "Begin")
    change(repo)
    found = trail(repo, "model:churn" if (repo.root / CARD).exists() else "model:new")
    assert found.notes == (note,)
    assert [one.subject for one in found.entries] == ["Begin"]


def test_a_file_without_commits_says_so(repo: Repository) -> None:
    repo.commit({"x": "x"})
    repo.write(card("one"))
    assert trail(repo) == Trail(notes=("The file is not committed yet.",))
    repo.git("add", CARD)
    assert trail(repo) == Trail(notes=("The file is added, but not committed yet.",))


def test_a_shallow_clone_says_where_it_begins(repo: Repository, tmp_path: Path) -> None:
    repo.commit(card("one"), "One")
    repo.commit(card("two"), "Two")
    repo.commit(card("three"), "Three")
    two = repo.clone(tmp_path / "two", "--depth", "2")
    assert [one.subject for one in trail(two).entries] == ["Three"]
    assert trail(two).notes == ("Earlier changes lie before this shallow clone begins.",)
    one = repo.clone(tmp_path / "one", "--depth", "1")
    assert trail(one) == Trail(notes=("All changes lie before this shallow clone begins.",))


def test_without_history_there_is_a_reason(tmp_path: Path) -> None:
    plain = Repository(tmp_path / "plain")
    plain.write(card("one"))
    project = load(find_settings(plain.root))
    (identity,) = project.catalog.records
    off = Trails(project.catalog, unasked(), project.approvals, TODAY).of(identity)
    assert off == Trail(reason="the settings switch history off")


def test_a_clock_that_was_wrong_is_told(repo: Repository) -> None:
    repo.commit(card("one"), "Now", time=START)
    repo.commit(card("two"), "Then", time=START + 3650 * DAY)
    assert [(one.subject, one.late) for one in trail(repo).entries] == [("Then", True), ("Now", False)]


def sign(repo: Repository, tmp_path: Path) -> tuple[str, ...]:
    key = tmp_path / "key"
    if not key.exists():
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True, capture_output=True)
        repo.git("config", "gpg.format", "ssh")
        repo.git("config", "user.signingkey", str(key))
    return ("-S",)


def test_signatures_are_told_and_asked_once(repo: Repository, tmp_path: Path) -> None:
    repo.commit({**card("one"), "models/other.md": "---\ntitle: Other\n---\n"}, "Plain")
    repo.commit(card("two"), "Signed", options=sign(repo, tmp_path))
    project = load(find_settings(repo.root))
    asked: list[int] = []
    found = history(repo.root, today=TODAY)
    ask = found.signatures
    found.signatures = lambda commits: asked.append(len(commits)) or ask(commits)  # type: ignore[method-assign,func-returns-value]
    made = Trails(project.catalog, found, project.approvals, TODAY)
    shown = {str(identity): made.of(identity) for identity in project.catalog.records}
    assert [one.signature for one in shown["model:churn"].entries] == ["ssh", ""]
    assert [one.signature for one in shown["model:other"].entries] == [""]
    assert asked == [2]


def test_approvals_are_found_by_commit_and_by_number(repo: Repository) -> None:
    repo.write({"people/bo-kim.yml": "title: Bo Kim\ngithub: bokim\n"})
    one = repo.commit(card("one"), "One")
    repo.commit(card("two"), "Two (#13)")
    repo.commit(card("three"), "Three (#99)")
    approve(
        repo,
        {
            "forge": "github",
            "number": 12,
            "url": "https://github.com/acme/models/pull/12",
            "commits": [one[:7]],
            "approvals": [{"by": "bokim", "at": "2023-11-13T23:00:00Z", "state": "approved"}],
        },
        {
            "forge": "github",
            "number": 13,
            "commits": [],
            "approvals": [
                {"by": "dee", "state": state} for state in ("outdated", "late", "own", "changes-requested", "dismissed")
            ],
        },
    )
    third, second, first = trail(repo).entries
    assert (first.request, first.url, parts(first)) == (
        "pull request #12",
        "https://github.com/acme/models/pull/12",
        ["approved by bokim 2023-11-13"],
    )
    assert str(first.parts[0].who[0].person) == "person:bo-kim"
    assert (second.request, parts(second)) == (
        "pull request #13",
        [
            "outdated approval by dee",
            "approved after the merge by dee",
            "own approval by dee",
            "changes requested by dee",
            "dismissed review by dee",
        ],
    )
    assert (third.request, third.parts) == ("#99", ())


def test_on_gitlab_an_issues_number_is_no_merge_request(repo: Repository) -> None:
    repo.commit(card("one"), "One (#17)")
    repo.commit(card("two"), "Two (!17)")
    approve(
        repo,
        {
            "forge": "gitlab",
            "number": 17,
            "commits": [],
            "approvals": [{"by": "bo", "name": "Bo", "state": "approved"}],
        },
    )
    assert [(one.request, parts(one)) for one in trail(repo).entries] == [
        ("merge request !17", ["approved by Bo"]),
        ("#17", []),
    ]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b"\xff\xfe",
        b'{"version": 2, "requests": []}',
        b'{"version": 1, "requests": [{"forge": "github", "number": 1, "commits": ["xyz"], "approvals": []}]}',
        b'{"version": 1, "requests": [{"forge": "github", "number": 1, "commits": [], "approvals": [{"by": "a"}]}]}',
        b'{"version": 1, "requests": [], "more": 1}',
        b"[" * 200_000,
        b'{"version": ' + b"1" * 5000 + b"}",
    ],
)
def test_a_broken_file_of_approvals_is_a_finding_and_no_more(repo: Repository, text: bytes) -> None:
    repo.commit({**card("one"), "approvals.json": text}, "One (#1)")
    project = load(find_settings(repo.root))
    assert [(one.rule, one.severity, one.place.path) for one in project.findings] == [
        ("approvals/invalid", "warning", "approvals.json")
    ]
    assert [one.request for one in trail(repo).entries] == ["#1"]


def test_another_file_of_approvals_can_be_named(repo: Repository) -> None:
    repo.commit({**card("one"), "handoff.yml": "approvals: ci/who.json\n", "approvals.json": "broken"}, "One (#1)")
    assert trail(repo).entries[0].request == "#1"
    repo.write(
        {"ci/who.json": '{"version": 1, "requests": [{"forge": "other", "number": 1, "commits": [], "approvals": []}]}'}
    )
    assert trail(repo).entries[0].request == "pull request #1"
