"""`mkdocs-handoff staleness` from the outside: real repositories, fixed days, formats read back."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.commands.staleness import VERDICTS
from mkdocs_handoff.cli.main import main
from mkdocs_handoff.cli.shown.quoting import cell, chat, code, markdown
from mkdocs_handoff.cli.shown.terminal import columns, padded, printable, wrapped
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.staleness.verdict import Verdict
from tests.history.repositories import ENVIRONMENT, repository
from tests.projects import HERE, write_files
from tests.staleness.wiki import Wiki, noon

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

TODAY = "2026-06-01"
COMMAND = [sys.executable, "-c", "from mkdocs_handoff.cli.main import run; run()"]
COMMANDS = ("lint", "rule", "staleness", "review", "digest", "owners", "single-points", "approvals")
FILES: dict[str, str | bytes | None] = {
    "teams/lab.yml": "title: Lab\nmembers: [ann]\nlast_reviewed: 2026-05-01\n",
    "teams/ops.yml": "title: Ops\nlast_reviewed: 2026-05-01\n",
    "people/ann.yml": "title: Ann\nlast_reviewed: 2026-05-01\n",
    "people/bob.yml": "title: Bob\nmember_of: ops\nlast_reviewed: 2026-05-01\n",
    "people/cy.yml": "title: Cy\nleft: 2026-05-29\nsucceeded_by: bob\nlast_reviewed: 2026-05-01\n",
    "models/churn.yml": "title: Churn\nowner: team:lab\nlast_reviewed: 2026-04-01\ncovers: [src/**]\n",
    "models/price.yml": "title: Price\nowner: bob\nlast_reviewed: 2026-04-02\ncovers: [src/**]\n",
    "models/solo.yml": "title: Solo\nowner: cy\nlast_reviewed: 2026-04-10\n",
    "models/old.yml": "title: Old\nowner: ann\nlifecycle: retired\n",
    "datasets/visits.yml": "title: Visits\nowner: lab\nlast_reviewed: 2025-11-01\n",
    "datasets/rounds.yml": "title: Rounds\nowner: lab\nlast_reviewed: 2025-12-10\n",
    "datasets/calm.yml": "title: Calm\nowner: ops\nlast_reviewed: 2026-05-20\n",
    "src/a.py": "1\n",
}
RISK = ["model:churn", "model:price", "model:solo", "dataset:visits", "dataset:rounds", "dataset:new"]


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_") or name == "COLUMNS"]:
        monkeypatch.delenv(name)
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def made(folder: Path, *arguments: str, today: str = TODAY) -> tuple[int, str, str]:
        monkeypatch.chdir(folder)
        status = main(["staleness", "--today", today, *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


@pytest.fixture
def wiki(tmp_path: Path) -> Wiki:
    """One change of code makes two models suspect; one owner left; one review is overdue, one due; one is unknown."""
    made = Wiki(repository(tmp_path / "repo"))
    made.on("2026-03-01", FILES)
    made.repo.commit({"src/a.py": "2\n"}, "Read | gaps", time=noon("2026-05-28"), author="Mei <mei@example.org>")
    write_files(made.root, {"datasets/new.yml": "title: New\nowner: ops\n"})
    return made


def records(out: str) -> list[str]:
    return [one["record"] for one in json.loads(out)["records"]]


def test_the_table_tells_first_what_one_cause_did(run: Run, wiki: Wiki) -> None:
    status, out, err = run(wiki.root)
    sha = wiki.repo.head[:10]
    assert status == 0
    lines = out.splitlines()
    assert lines[0] == f"Cause: {sha} 2026-05-28 Mei: Read | gaps - 2 records"
    assert lines[1].split()[:4] == ["suspect", "model:churn", "team:lab", "2026-10-01"]
    assert "src/a.py changed after the review of 2026-04-01" in lines[1]
    assert "Others" in lines
    told = [line.split()[1] for line in lines if line.startswith(tuple(Verdict))]
    assert told == RISK
    assert err == (
        "13 records: 3 suspect, 1 stale, 1 due, 1 unknown, 6 fresh (6 of them unwatched), 1 historical; "
        "7 not shown (--all shows every one)\n"
        "still true? mkdocs-handoff review RECORD --by PERSON, or --cause CAUSE for all of one\n"
    )


def test_a_reason_that_several_share_is_told_once(run: Run, wiki: Wiki) -> None:
    write_files(wiki.root, {"models/price.yml": str(FILES["models/price.yml"]).replace("04-02", "04-01")})
    _, out, _ = run(wiki.root)
    assert out.count("src/a.py changed") == 1
    assert "as above" in out


def test_nothing_to_tell_is_said(run: Run, wiki: Wiki) -> None:
    status, out, err = run(wiki.root, "--verdict", "fresh", "--kind", "model")
    assert (status, out) == (0, "No record that is told of needs a look.\n")
    assert err.startswith("4 records: 3 suspect, 1 historical")


def test_a_record_that_is_named_is_told_of_whatever_its_verdict(run: Run, wiki: Wiki) -> None:
    wiki.on("2026-05-30", {"datasets/calm.yml": f"{FILES['datasets/calm.yml']}covers: [gone/**]\n"})
    _, out, _ = run(wiki.root, "calm")
    assert out.split()[:2] == ["fresh", "dataset:calm"]
    assert "unwatched" in out
    assert "note: gone/** covers no file" in " ".join(out.split())


@pytest.mark.parametrize("columns_", ["60", "80", "100", "200"])
def test_lines_fit_the_terminal(wiki: Wiki, columns_: str) -> None:
    result = process(wiki.root, "staleness", "--today", TODAY, COLUMNS=columns_)
    assert max(map(len, result.stdout.splitlines())) <= int(columns_)
    assert all(name in result.stdout for name in RISK)


def test_colour_only_where_a_person_looks(wiki: Wiki) -> None:
    call = [*COMMAND, "staleness", "--today", TODAY]
    shown = {}
    for name, environment in {"tty": {"TERM": "xterm"}, "no": {"TERM": "xterm", "NO_COLOR": "1"}}.items():
        ours, theirs = pty.openpty()
        with os.fdopen(ours, "rb", buffering=0) as screen:
            surroundings = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
            done = subprocess.Popen(
                call, cwd=wiki.root, env={**surroundings, **environment}, stdout=theirs, stderr=subprocess.DEVNULL
            )
            os.close(theirs)
            shown[name] = b""
            while True:
                try:
                    read = screen.read(65536)
                except OSError:  # the other end is closed
                    break
                if not read:
                    break
                shown[name] += read
            assert done.wait(60) == 0
    assert b"\033[31msuspect" in shown["tty"]
    assert b"\033" not in shown["no"]
    assert "\033" not in process(wiki.root, "staleness", "--today", TODAY).stdout


def process(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_json_has_all_evidence(run: Run, wiki: Wiki) -> None:
    status, out, err = run(wiki.root, "--format", "json")
    document = json.loads(out)
    assert (status, err) == (0, "")
    assert list(document) == ["version", "today", "counts", "projects", "records", "causes"]
    assert (document["version"], document["today"]) == (1, TODAY)
    assert document["counts"] == {
        "records": 13,
        "suspect": 3,
        "stale": 1,
        "due": 1,
        "unknown": 1,
        "fresh": 6,
        "historical": 1,
        "unwatched": 6,
    }
    (project,) = document["projects"]
    history = {"state": "ready", "text": "ready", "shallow": False, "commit": wiki.repo.head}
    assert (project["path"], project["history"], project["errors"]) == (".", history, 0)
    assert records(out) == RISK
    churn = document["records"][0]
    assert churn["owner"] == "team:lab"
    assert (churn["verdict"], churn["reviewed"], churn["due"]) == ("suspect", "2026-04-01", "2026-10-01")
    assert (churn["path"], churn["line"], churn["watched"]["globs"]) == ("models/churn.yml", 1, ["src/**"])
    (reason,) = churn["reasons"]
    assert reason["about"] == "files"
    assert reason["commits"] == [
        {
            "sha": wiki.repo.head,
            "time": "2026-05-28T12:00:00Z",
            "author": "Mei",
            "subject": "Read | gaps",
            "paths": ["src/a.py"],
        }
    ]
    cause = document["causes"][0]
    assert (cause["name"], cause["records"]) == (wiki.repo.head[:10], RISK[:2])
    assert cause["name"] == reason["cause"]


def test_json_tells_differences_of_fields_and_what_is_not_committed(run: Run, tmp_path: Path) -> None:
    wiki = Wiki(repository(tmp_path / "repo"))
    text = str(FILES["datasets/calm.yml"])
    price_text = f"{FILES['models/price.yml']}training_data: [{{ref: calm}}]\n"
    wiki.on("2026-03-01", {**FILES, "models/price.yml": price_text, "datasets/calm.yml": f"{text}license: mit\n"})
    wiki.on("2026-05-29", {"datasets/calm.yml": f"{text}license: gpl-3.0\n"})
    write_files(wiki.root, {"src/a.py": "3\n"})
    price = json.loads(run(wiki.root, "price", "--format", "json")[1])["records"][0]
    by_about = {reason["about"]: reason for reason in price["reasons"]}
    assert by_about["files"]["uncommitted"] == ["src/a.py"]
    assert by_about["record"]["target"] == "dataset:calm"
    assert {"field": "license", "before": "mit", "after": "gpl-3.0"} in by_about["record"]["differences"]


def test_csv_is_a_line_a_record(run: Run, wiki: Wiki) -> None:
    _, out, _ = run(wiki.root, "--format", "csv", "--all")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == 13
    assert [row["record"] for row in rows[:6]] == RISK
    by_name = {row["record"]: row for row in rows}
    assert by_name["dataset:calm"]["unwatched"] == "yes"
    assert by_name["model:churn"]["owner_title"] == "Lab"
    assert "\r" not in out


def table_of(text: str) -> list[list[str]]:
    """Return the cells of the one table in a text, as a reader sees them."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    rows: list[list[str]] = []
    for before, token in pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if before.type in ("th_open", "td_open"):
            rows[-1].append("".join(child.content for child in token.children or ()))
            assert not any(child.type in ("link_open", "image") for child in token.children or ())
    return rows


def test_markdown_is_a_comment(run: Run, wiki: Wiki) -> None:
    _, out, _ = run(wiki.root, "--format", "markdown")
    assert out.startswith("**Staleness on 2026-06-01**: 13 records: 3 suspect, ")
    assert f"- `{wiki.repo.head[:10]}` 2026-05-28 Mei: Read \\| gaps (2 records)\n" in out
    head, *rows = table_of(out)
    assert head == ["Verdict", "Record", "Owner", "Due", "Why"]
    assert [row[1].partition(" (")[2].rstrip(")") for row in rows] == RISK
    assert "'Read | gaps'" in rows[0][4]


def test_a_comment_is_no_longer_than_forges_take(run: Run, tmp_path: Path) -> None:
    made = Wiki(repository(tmp_path / "repo"))
    text = f"title: {'x' * 250}\nlast_reviewed: 2025-01-01\n"
    made.on("2026-01-01", {f"models/m{number}.yml": text for number in range(200)})
    _, out, _ = run(made.root, "--format", "markdown")
    assert 55_000 < len(out) < 65_536
    told = len(table_of(out)) - 1
    assert out.endswith(f"\nAnd {200 - told} more: `mkdocs-handoff staleness` lists all.\n")


HOSTILE = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> `x` [y](javascript:z) @ann **b**"


def test_what_others_wrote_is_only_shown(run: Run, wiki: Wiki) -> None:
    title = json.dumps(f"{HOSTILE}\nsecond\x1b[31m line")
    wiki.on("2026-05-29", {"models/churn.yml": f"title: {title}\nowner: team:lab\nlast_reviewed: 2026-04-01\n"
                           "covers: [src/**]\n"})  # fmt: skip
    wiki.repo.commit({"src/a.py": "3\n"}, HOSTILE, time=noon("2026-05-30"))
    _, out, _ = run(wiki.root, "--format", "markdown")
    row = next(row for row in table_of(out) if "model:churn" in row[1])
    assert len(row) == 5
    assert row[1] == f"{HOSTILE.replace('@', '@' + chr(0x200B))} second [31m line (model:churn)"
    assert "<img" not in out
    _, out, _ = run(wiki.root, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert rows[0]["title"].startswith("'=cmd|")
    assert not any(value.startswith(("=", "+", "-", "@")) for row in rows for value in row.values())
    _, out, _ = run(wiki.root)
    assert "\x1b" not in out
    assert (
        json.loads(run(wiki.root, "--format", "json")[1])["records"][0]["reasons"][0]["commits"][0]["subject"]
        == HOSTILE
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--owner", "lab"], ["model:churn", "dataset:visits", "dataset:rounds"]),
        (["--owner", "team:lab", "--kind", "dataset"], ["dataset:visits", "dataset:rounds"]),
        (["--owner", "ops"], ["model:price", "dataset:new"]),
        (["--owner", "person:bob"], ["model:price", "model:solo"]),
        (["--owner", "lab", "--owner", "cy"], ["model:churn", "model:solo", "dataset:visits", "dataset:rounds"]),
        (["--owner", "ops", "--all", "--kind", "dataset"], ["dataset:new", "dataset:calm"]),
        (["--kind", "model"], RISK[:3]),
        (["--kind", "model", "--kind", "dataset", "--verdict", "stale"], ["dataset:visits"]),
        (["--verdict", "historical"], ["model:old"]),
        (["--verdict", "due", "--verdict", "unknown"], ["dataset:rounds", "dataset:new"]),
        (["model:churn"], ["model:churn"]),
        (["churn", "calm"], ["model:churn", "dataset:calm"]),
        (["models"], RISK[:3]),
        (["."], RISK),
        (["models/price.yml", "visits"], ["model:price", "dataset:visits"]),
    ],
)
def test_what_is_asked_for_is_told(run: Run, wiki: Wiki, arguments: list[str], told: list[str]) -> None:
    status, out, _ = run(wiki.root, "--format", "json", *arguments)
    assert (status, records(out)) == (0, told)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([], 0),
        (["--fail-on", "suspect"], 1),
        (["--fail-on", "suspect", "--kind", "dataset"], 0),
        (["--fail-on", "stale", "--kind", "dataset"], 1),
        (["--fail-on", "stale", "datasets/rounds.yml"], 0),
        (["--fail-on", "due", "datasets/rounds.yml"], 1),
        (["--fail-on", "due", "datasets/new.yml"], 0),
        (["--fail-on", "unknown", "datasets/new.yml"], 1),
        (["--fail-on", "unknown", "calm", "model:old"], 0),
        (["--fail-on", "suspect", "--format", "csv"], 1),
    ],
)
def test_the_exit_status_is_what_was_asked_for(run: Run, wiki: Wiki, arguments: list[str], status: int) -> None:
    assert run(wiki.root, *arguments)[0] == status


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--owner", "labb"], "there is no team or person 'labb'; did you mean 'team:lab'?"),
        (["--owner", "zzz"], "there is no team or person 'zzz': there are "),
        (["--owner", "model:churn"], "there is no team or person 'model:churn'"),
        (
            ["--owner", "nobody-yet"],
            "'team:nobody-yet' is named as an owner of model:x, but no record says who",
        ),
        (["--kind", "modle"], "there is no kind 'modle'; did you mean 'model'?"),
        (["--kind", "zzz"], "there is no kind 'zzz': it is one of "),
        (["chrun"], "there is no record, file or folder 'chrun'; did you mean 'model:churn'?"),
        (["models/gone.yml"], "there is no record, file or folder 'models/gone.yml'"),
        (["twin"], "'twin' may mean "),
        (["--today", "yesterday"], "'yesterday' is no day"),
        (["-f", "nowhere.yml"], "there is no configuration 'nowhere.yml'"),
        (["--append", "gone/trend.jsonl"], "gone/trend.jsonl cannot be written: there is no folder gone"),
        (["--append", "models/churn.yml"], "models/churn.yml is no file of a trend: line 1 is no JSON"),
        (["--append", "models/churn.yml"], "--append took models/churn.yml as its FILE"),
        (["--append", "models/"], "models/ is a folder, and holds no trend; --append took models/ as its FILE"),
        (["--append", "model:churn"], "model:churn is a record, and holds no trend; --append took model:churn as"),
        (["--changed", "models/churn.yml"], "--changed took models/churn.yml as its BASE: write paths before options"),
        (["src"], "'src' holds no record; `mkdocs-handoff lint src` may tell why"),
        (["models", "src/a.py"], "'src/a.py' holds no record"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, wiki: Wiki, arguments: list[str], message: str) -> None:
    write_files(wiki.root, {"models/x.yml": "title: X\nowner: team:nobody-yet\n",
                            "models/twin.yml": "title: T\n", "datasets/twin.yml": "title: T\n"})  # fmt: skip
    before = (wiki.root / "models/churn.yml").read_bytes()
    status, out, err = run(wiki.root, *arguments)
    assert (status, out) == (2, "")
    assert message in err
    assert (wiki.root / "models/churn.yml").read_bytes() == before


def test_a_missing_history_is_said_once(run: Run, wiki: Wiki, tmp_path: Path) -> None:
    plain = wiki.without_git(tmp_path / "plain")
    status, out, err = run(plain.root, "--format", "json")
    assert status == 0
    assert err == (
        "mkdocs-handoff: no history: this is no git repository; verdicts rest on review dates and fingerprints alone\n"
    )
    assert json.loads(out)["projects"][0]["history"]["state"] == "no-repository"
    write_files(plain.root, {"handoff.yml": "history: false\n"})
    assert run(plain.root, "--format", "json")[2] == "", "who wants none knows"


def test_a_shallow_clone_is_said_with_how_to_mend_it(run: Run, wiki: Wiki, tmp_path: Path) -> None:
    clone = wiki.repo.clone(tmp_path / "clone", "--depth", "1")
    _, out, err = run(clone.root, "--format", "json")
    assert err.count("this clone is shallow") == 1
    assert "`git fetch --unshallow`" in err
    assert "`fetch-depth: 0`" in err
    assert json.loads(out)["projects"][0]["history"]["shallow"] is True


@pytest.mark.parametrize("command", [
    ["staleness"], ["staleness", "--append"], ["owners"], ["owners", "--codeowners"], ["single-points"],
    ["digest", "--owner", "lab"], ["review", "churn", "--by", "ann", "--still-true"],
])  # fmt: skip
def test_a_folder_without_records_is_another_project(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    made = Wiki(repository(tmp_path / "repo"), "services/churn/")
    made.on("2026-03-01", {**FILES, "handoff.yml": ""})
    monkeypatch.chdir(made.repo.root)
    assert main([*command, "--today", TODAY]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"mkdocs-handoff: no record files found below {made.repo.root}: they are looked for")
    assert captured.err.endswith("name the project's configuration with -f, or go to its folder\n")
    assert not (made.repo.root / "staleness.jsonl").exists()
    assert main([*command, "--today", TODAY, "-f", "services/churn/handoff.yml"]) == 0


def test_counts_that_would_be_wrong_for_ever_are_not_added(run: Run, wiki: Wiki, tmp_path: Path) -> None:
    plain = wiki.without_git(tmp_path / "plain")
    shallow = wiki.repo.clone(tmp_path / "shallow", "--depth", "1")
    for root, words in ((plain.root, "`history: false`"), (shallow.root, "`fetch-depth: 0`")):
        status, out, err = run(root, "--append")
        assert (status, out) == (2, "")
        assert err.startswith("mkdocs-handoff: nothing is added to the trend: ")
        assert words in err
        assert not (root / "staleness.jsonl").exists()
    write_files(plain.root, {"handoff.yml": "history: false\n"})
    assert run(plain.root, "--append")[0] == 0


def test_an_uncommitted_change_beside_commits_is_told_once(
    run: Run, wiki: Wiki, capsys: pytest.CaptureFixture[str]
) -> None:
    write_files(wiki.root, {"src/a.py": "3\n"})
    for form in ("table", "csv", "markdown"):
        _, out, _ = run(wiki.root, "churn", "--format", form)
        assert " ".join(out.split()).count("not committed") == 1, form
    for arguments in (["review", "churn", "--by", "ann", "--still-true"],):
        assert main([*arguments, "--today", TODAY]) == 0
        assert capsys.readouterr().out.count("not committed") == 1


def test_errors_in_files_that_were_read_are_told_apart(run: Run, wiki: Wiki) -> None:
    write_files(wiki.root, {"models/wrong.yml": "title: Wrong\nlifecycle: actve\n"})
    assert run(wiki.root, "--format", "json")[2] == (
        "mkdocs-handoff: lint finds 1 error: every file was read, but what is wrong may hide a change "
        "(`mkdocs-handoff lint`)\n"
    )


def test_what_cannot_be_read_is_not_passed_over(run: Run, wiki: Wiki) -> None:
    write_files(wiki.root, {"models/broken.yml": "title: [\n"})
    _, _, err = run(wiki.root, "--format", "json")
    assert err == (
        "mkdocs-handoff: lint finds 1 error: a file that cannot be read has no verdict (`mkdocs-handoff lint`)\n"
    )


def test_several_projects_of_one_repository(run: Run, tmp_path: Path) -> None:
    made = Wiki(repository(tmp_path / "repo"))
    made.on(
        "2026-03-01",
        {
            "a/handoff.yml": "namespace: a\n",
            "a/models/m.yml": "title: M\nlast_reviewed: 2025-01-01\n",
            "b/handoff.yml": "namespace: b\n",
            "b/models/m.yml": "title: M\nlast_reviewed: 2026-05-01\n",
            "b/models/n.yml": "title: N\nlast_reviewed: 2025-01-01\nowner: t\n",
            "b/teams/t.yml": "title: T\nlast_reviewed: 2026-05-01\n",
        },
    )
    _, out, err = run(made.root, "a", "b/models/n.yml")
    assert [line for line in out.splitlines() if line.endswith(":")] == ["a:", "b:"]
    assert err.splitlines()[:2] == ["a: 1 record: 1 stale", "b: 1 record: 1 stale"]
    _, out, _ = run(made.root, "--format", "json", "a", "b")
    found = json.loads(out)
    assert [(one["project"], one["path"]) for one in found["records"]] == [
        ("a", "a/models/m.yml"),
        ("b", "b/models/n.yml"),
    ]
    assert records(run(made.root, "--format", "json", "a", "b", "--owner", "t")[1]) == ["model:n"]
    assert run(made.root, "a", "b", "--append", "t.jsonl")[0] == 2
    assert run(made.root, "a", "b", "--append")[0] == 0
    assert (made.root / "a/staleness.jsonl").is_file()
    assert (made.root / "b/staleness.jsonl").is_file()


def test_a_day_is_a_line_of_the_trend(run: Run, wiki: Wiki) -> None:
    assert run(wiki.root, "--append", "--kind", "term", today="2026-05-01")[0] == 0, "counts are of the whole project"
    file = wiki.root / "staleness.jsonl"
    first = file.read_text()
    counts, _, progress = first.partition(', "progress": ')
    assert counts == (
        '{"day": "2026-05-01", "records": 13, "suspect": 2, "stale": 0, "due": 1, "unknown": 1, "fresh": 8, '
        f'"historical": 1, "unwatched": 8, "unowned": 0, "commit": "{wiki.repo.head}"'
    ), "a commit of a later day has a wrong clock"
    assert json.loads(progress[:-2])["team:lab"] == {
        "records": 3,
        "reviewed": 2,
        "links": 4,
        "known": 0,
        "pipelines": 0,
        "verified": 0,
    }
    run(wiki.root, "--append")
    text = file.read_text()
    assert text.startswith(first)
    assert [json.loads(line)["day"] for line in text.splitlines()] == ["2026-05-01", TODAY]
    write_files(
        wiki.root, {"datasets/new2.yml": "title: New\nowner: ops\n", "staleness.jsonl": text + "<<<<<<< ours\n"}
    )
    _, _, err = run(wiki.root, "--append", "staleness.jsonl")
    assert "mkdocs-handoff: staleness.jsonl: line 3 is no JSON; it stays as it is\n" in err
    lines = file.read_text().splitlines()
    assert (lines[0] + "\n", lines[2]) == (first, "<<<<<<< ours")
    assert json.loads(lines[1])["records"] == 14, "the line of the same day is a new one"
    assert [path.name for path in wiki.root.iterdir() if path.name.startswith(".staleness")] == []


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    file, link = tmp_path / "a", tmp_path / "link"
    file.write_bytes(b"old")
    file.chmod(0o640)
    link.symlink_to(file)
    files.write(link, b"new")
    assert link.is_symlink()
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    with pytest.raises(UsageError, match="cannot be written"):
        files.write(tmp_path / "gone" / "a", b"new")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageError, match="folder cannot be written"):
        files.write(tmp_path / "folder", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "folder", "link"]


def test_the_same_run_prints_the_same(wiki: Wiki) -> None:
    for form in ("table", "json", "csv", "markdown"):
        outs = {
            process(wiki.root, "staleness", "--today", TODAY, "--format", form, "--all", PYTHONHASHSEED=seed).stdout
            for seed in ("1", "2")
        }
        assert len(outs) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_help_loads_neither_history_nor_catalog(command: str, tmp_path: Path) -> None:
    call = [sys.executable, "-X", "importtime", *COMMAND[1:], command, "--help"]
    result = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "mkdocs_handoff.cli.commands.staleness" in loaded
    assert "Exit status:" in result.stdout or command == "rule"
    heavy = ("history", "catalog", "records", "staleness", "reports", "project", "past", "schema", "text")
    assert not [name for name in loaded if name.startswith(tuple(f"mkdocs_handoff.{room}" for room in heavy))]


def names_in(value: object) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(name for inner in value.values() for name in names_in(inner))}
    return {name for inner in value for name in names_in(inner)} if isinstance(value, list) else set()


def test_every_field_is_documented(run: Run, wiki: Wiki) -> None:
    wiki.on("2026-03-02", {"models/price.yml": f"{FILES['models/price.yml']}training_data: [{{ref: calm}}]\n"})
    wiki.on("2026-05-29", {"datasets/calm.yml": f"{FILES['datasets/calm.yml']}license: mit\n"})
    documentation = (HERE.parent / "docs/staleness.md").read_text(encoding="utf-8")
    named = names_in(json.loads(run(wiki.root, "--format", "json")[1]))
    assert {"differences", "before", "sha"} <= named
    named -= {*Verdict, "records"}
    assert [name for name in sorted(named) if not re.search(rf"`{name}(\[\])?`", documentation)] == []
    head = run(wiki.root, "--format", "csv")[1].splitlines()[0].split(",")
    assert [name for name in head if f"`{name}`" not in documentation] == []


def test_verdicts_are_those_of_the_engine() -> None:
    assert tuple(Verdict) == VERDICTS


def test_quoting() -> None:
    assert markdown("a|b\n<i>@x [y]") == "a\\|b &lt;i&gt;@&#8203;x \\[y\\]"
    begun = [markdown(text) for text in ("# x", "- x", "12. x", "3) x", "==", "2026-01-01", "$x$", ".x")]
    assert begun == ["\\# x", "\\- x", "12\\. x", "3\\) x", "\\==", "2026-01-01", "\\$x\\$", ".x"]
    assert [code(text) for text in ("a_b", "a`b", "a|b")] == ["`a_b`", "a\\`b", "a\\|b"]
    assert printable("a\x1b[31m\u202e\nb") == "a [31m  b"
    assert chat("<!channel> @here\x07") == "\u2039!channel\u203a @\u200bhere"
    assert [cell(text) for text in ("=1", " +1", "-x", "@y", "\tz", "a=1", "")] == [
        "'=1", "' +1", "'-x", "'@y", "'\tz", "a=1", "",
    ]  # fmt: skip


def test_columns_of_a_terminal() -> None:
    assert [columns(text) for text in ("abc", "模型", "e\u0301")] == [3, 4, 1]
    assert padded("模", 4) == "模  "
    assert wrapped("aa bb cccccc d", 5) == ["aa bb", "cccccc", "d"]
    assert wrapped("", 5) == [""]
