"""`mkdocs-handoff digest` from the outside: a team's weekly message."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from mkdocs_handoff.cli.main import main
from tests.history.repositories import repository
from tests.projects import write_files
from tests.staleness.wiki import Wiki, noon

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

TODAY = "2026-06-01"
FILES: dict[str, str | bytes | None] = {
    "teams/lab.yml": "title: Lab\nmembers: [ann]\nlast_reviewed: 2026-05-01\n",
    "teams/ops.yml": "title: Ops\nlast_reviewed: 2026-05-01\n",
    "people/ann.yml": "title: Ann\nleft: 2026-07-01\nlast_reviewed: 2026-05-01\n",
    "people/bob.yml": "title: Bob\nmember_of: ops\nlast_reviewed: 2026-05-01\n",
    "people/cy.yml": "title: Cy\nleft: 2026-05-29\nsucceeded_by: bob\nlast_reviewed: 2026-05-01\n",
    "models/churn.yml": "title: Churn\nowner: team:lab\nlast_reviewed: 2026-04-01\ncovers: [src/a.py]\n",
    "models/price.yml": "title: Price\nowner: lab\nlast_reviewed: 2026-04-01\ncovers: [src/a.py, src/b.py]\n",
    "models/paid.yml": "title: Paid\nowner: ops\nlast_reviewed: 2026-04-01\ncovers: [src/a.py]\n",
    "models/solo.yml": "title: Solo\nowner: cy\nlast_reviewed: 2026-04-10\n",
    "datasets/visits.yml": "title: Visits\nowner: ann\nlast_reviewed: 2025-11-01\nreviewers: [bob, cy]\n",
    "datasets/rounds.yml": "title: Rounds\nowner: lab\nlast_reviewed: 2025-12-10\nreviewers: [bob, cy]\n",
    "src/a.py": "1\n",
    "src/b.py": "1\n",
}


pytestmark = pytest.mark.usefixtures("only_ours")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def made(folder: Path, *arguments: str, today: str = TODAY) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        status = main(["digest", "--today", today, *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


@pytest.fixture
def wiki(tmp_path: Path) -> Wiki:
    """One cause of two records of a team and one of another; two weeks of changes."""
    made = Wiki(repository(tmp_path / "repo"))
    made.on("2026-03-01", FILES)
    made.on("2026-05-10", {"src/b.py": "2\n"}, "Earlier")
    made.repo.commit({"src/a.py": "2\n"}, "Read gaps", time=noon("2026-05-28"), author="Mei <mei@example.org>")
    return made


def test_a_message_says_what_is_new_and_what_to_do(run: Run, wiki: Wiki) -> None:
    sha = wiki.repo.head[:10]
    status, out, err = run(wiki.root, "--owner", "lab")
    assert (status, err) == (0, "")
    assert out == (
        "Lab, 2026-06-01: 4 of 6 records ask for a look (2 suspect, 1 stale, 1 due).\n"
        "New since 2026-05-25: 1 suspect, 1 due. Before: 1 suspect, 1 stale.\n"
        "Ann leaves on 2026-07-01 and is accountable for 1 record.\n"
        "1. 2 records are suspect (1 new): model:churn, model:price. Why: 2026-05-28 Mei: Read gaps. Ask Mei. "
        f"One answer (for 1 of others too): mkdocs-handoff review --cause {sha} --by person:NAME\n"
        "2. Visits (dataset:visits, datasets/visits.yml) is stale: reviewed on 2025-11-01, to be reviewed every "
        "6 months: overdue since 2026-05-01. Ask Ann.\n"
        "3. Rounds (dataset:rounds, datasets/rounds.yml) is due, new (2026-05-27): reviewed on 2025-12-10, to be "
        "reviewed every 6 months: due by 2026-06-10. Ask Bob.\n"
        "Still true? mkdocs-handoff review RECORD --by person:NAME\n"
    )


@pytest.mark.parametrize(
    ("days", "today", "told"),
    [
        ("7", TODAY, "New since 2026-05-25: 1 suspect, 1 due. Before: 1 suspect, 1 stale."),
        ("30", TODAY, "New since 2026-05-02: 2 suspect, 1 due. Before: 1 stale."),
        ("31", TODAY, "New since 2026-05-01: 2 suspect, 1 stale, 1 due. Before: none."),
        ("4", TODAY, "Nothing new since 2026-05-28."),
        ("5", TODAY, "New since 2026-05-27: 1 suspect. Before: 1 suspect, 1 stale, 1 due."),
        ("1", "2026-06-11", "New since 2026-06-10: 1 stale. Before: 2 suspect, 1 stale."),
    ],
)
def test_what_is_new_goes_by_the_day_on_which_it_began(run: Run, wiki: Wiki, days: str, today: str, told: str) -> None:
    assert run(wiki.root, "--owner", "lab", "--days", days, today=today)[1].splitlines()[1] == told


def test_an_owner_who_left_is_new_and_the_successor_is_asked(run: Run, wiki: Wiki) -> None:
    _, out, _ = run(wiki.root, "--owner", "bob")
    assert "1. Solo (model:solo, models/solo.yml) is suspect, new (2026-05-29): the accountable owner Cy left" in out
    assert out.splitlines()[2].endswith(" Ask Bob.")


def test_what_nobody_can_date_is_not_new(run: Run, wiki: Wiki) -> None:
    wiki.repo.git("checkout", "-q", "-b", "old", "HEAD~2")
    write_files(wiki.root, {"src/a.py": "3\n"})
    _, out, _ = run(wiki.root, "--owner", "ops")
    assert "(1 suspect)" in out
    assert "Nothing new since 2026-05-25." in out
    assert "not committed yet" in out
    assert " Ask " not in out


def test_nothing_to_do_is_one_line(run: Run, wiki: Wiki) -> None:
    wiki.on("2026-05-31", {"models/paid.yml": "title: Paid\nowner: ops\nlast_reviewed: 2026-06-01\n"})
    assert run(wiki.root, "--owner", "ops") == (0, "Ops, 2026-06-01: nothing to look at, of 3 records.\n", "")


def test_several_teams_have_a_message_each(run: Run, wiki: Wiki) -> None:
    _, out, _ = run(wiki.root, "--owner", "ops", "--owner", "lab", "--owner", "team:ops")
    assert [text.partition(",")[0] for text in out.split("\n\n")] == ["Ops", "Lab"]


def test_a_message_stays_short(run: Run, tmp_path: Path) -> None:
    made = Wiki(repository(tmp_path / "repo"))
    old = "owner: t\nlast_reviewed: 2025-01-01\n"
    made.on(
        "2026-01-01",
        {
            "teams/t.yml": "title: T\nmember_of: []\nlast_reviewed: 2026-01-01\n",
            "people/p.yml": "title: P\nmember_of: t\nleft: 2026-08-01\nlast_reviewed: 2026-01-01\n",
            **{f"models/m{number:02}.yml": f"title: M {number}\n{old}" for number in range(30)},
            **{
                f"models/p{number}.yml": f"title: P {number}\nowner: p\nlast_reviewed: 2026-05-01\n"
                for number in range(2)
            },
        },
    )
    _, out, _ = run(made.root, "--owner", "t", "--site-url", "https://docs.example.org/handoff/")
    lines = out.splitlines()
    assert len(lines) <= 15
    assert lines[0].startswith("T, 2026-06-01: 30 of 34 records ask for a look (30 stale)")
    assert lines[2] == "P leaves on 2026-08-01 and is accountable for 2 records."
    assert lines[-3:] == [
        "25 more: mkdocs-handoff staleness --owner team:t",
        "Still true? mkdocs-handoff review RECORD --by person:NAME",
        "Report: https://docs.example.org/handoff/",
    ]


def test_markdown_links_records_to_their_files(run: Run, tmp_path: Path) -> None:
    made = Wiki(repository(tmp_path / "repo"), "sub dir/")
    made.on(
        "2026-01-01",
        {
            "handoff.yml": "namespace: x\n",
            "teams/t.yml": "title: T_t_\nlast_reviewed: 2026-05-01\n",
            "models/a (b).yml": "title: '[A](javascript:x) <b>| @all'\nowner: t\nlast_reviewed: 2025-01-01\n",
        },
    )
    arguments = ("--owner", "t", "--files-url", "https://forge.example.org/blob/main/")
    _, out, _ = run(made.root, *arguments, "--format", "markdown")
    html = MarkdownIt("commonmark").render(out)
    assert re.findall(r'href="([^"]*)"', html) == [
        "https://forge.example.org/blob/main/sub%20dir/models/a%20%28b%29.yml"
    ]
    assert "<b>" not in html
    assert ">[A](javascript:x) &lt;b&gt;| @\u200ball</a>" in html
    assert "<strong>T_t_</strong>, 2026-06-01: 1 of 2 records asks for a look" in html
    assert "<ol>" in html
    _, out, _ = run(made.root, *arguments)
    assert "https://forge.example.org/blob/main/sub%20dir/models/a%20%28b%29.yml )" in out
    assert "<" not in out
    assert "@\u200ball" in out


def test_a_chat_obeys_nothing_that_others_wrote(run: Run, wiki: Wiki) -> None:
    wiki.repo.commit({"src/a.py": "9\n"}, "<!channel> @here\x1b[1m", time=noon("2026-05-30"))
    _, out, _ = run(wiki.root, "--owner", "lab")
    assert "\u2039!channel\u203a @\u200bhere" in out
    assert not set(out) & set("<>\x1b")


def test_a_history_that_cannot_be_read_is_told_in_the_message(run: Run, wiki: Wiki, tmp_path: Path) -> None:
    plain = wiki.without_git(tmp_path / "plain")
    _, out, err = run(plain.root, "--owner", "lab")
    assert "What changed is unknown: this is no git repository." in out.splitlines()[0]
    assert "no history" in err
    clone = wiki.repo.clone(tmp_path / "clone", "--depth", "1")
    assert "the clone is shallow" in run(clone.root, "--owner", "lab")[1].splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--owner", "labb"], "did you mean 'team:lab'?"),
        (["--owner", "lab", "--today", "2026-13-01"], "is no day"),
        (["--owner", "lab", "--site-url", "javascript:alert(1)"], "--site-url is 'javascript:alert(1)'"),
        (["--owner", "lab", "--files-url", "https://x y"], "--files-url is 'https://x y'"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, wiki: Wiki, arguments: list[str], message: str) -> None:
    status, out, err = run(wiki.root, *arguments)
    assert (status, out) == (2, "")
    assert message in err


@pytest.mark.parametrize("arguments", [[], ["--owner", "lab", "--days", "0"], ["--owner", "lab", "--days", "a"]])
def test_a_wrong_call_exits_with_two(run: Run, wiki: Wiki, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(wiki.root, *arguments)
    assert stopped.value.code == 2


def test_the_same_run_prints_the_same(run: Run, wiki: Wiki) -> None:
    assert run(wiki.root, "--owner", "lab") == run(wiki.root, "--owner", "team:lab")
