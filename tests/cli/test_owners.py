"""`mkdocs-handoff owners` and `single-points` from the outside."""

from __future__ import annotations

import csv
import io
import json
import stat
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.cli.shown.tables import as_csv, as_markdown, as_table
from tests.history.repositories import ENVIRONMENT, Repository, repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

TODAY = ("--today", "2026-11-23")
FILES: dict[str, str | bytes | None] = {
    "models/a.yml": "title: A\nowners: [team:t, {ref: bob, role: operations}]\ncovers: ['src/**']\n",
    "models/b.yml": "title: B\n",
    "models/c.yml": "title: C\nowners: bob\n",
    "teams/t.yml": "title: Tee\ngithub: acme/t\nmembers: [ann]\n",
    "people/ann.yml": "title: Ann\nemail: ann@example.org\n",
    "people/bob.yml": "title: Bob\ngithub: bob\nleft: 2026-10-31\nsucceeded_by: ann\n",
    "src/x.py": "x",
}


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
    made = repository(tmp_path / "repo")
    made.commit(FILES, author="Ann <ann@example.org>")
    monkeypatch.setenv("COLUMNS", "300")
    return made


@pytest.fixture
def run(repo: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def made(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(repo.root)
        status = main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return made


def test_the_table_has_records_owners_and_what_is_wrong(run: Run) -> None:
    status, out, err = run("owners", *TODAY)
    assert status == 0
    lines = out.splitlines()
    assert lines[0].split() == ["RECORD", "ACCOUNTABLE", "WHAT", "IS", "WRONG", "OTHER", "ROLES"]
    assert [line.split()[0] for line in lines[1:]] == ["model:a", "model:b", "model:c"]
    assert "Bob (operations) left 2026-10-31, succeeded by Ann" in lines[1]
    assert "nobody owns it" in lines[2]
    assert "there is nobody behind any of its owners" in lines[3]
    assert "3 with something wrong (2 gone, 1 orphaned, 1 unowned); there is no CODEOWNERS file" in err


def test_check_fails_and_a_day_before_bob_left_he_is_there(run: Run) -> None:
    assert run("owners", "--check", *TODAY)[0] == 1
    status, out, _ = run("owners", "--check", "--owner", "bob", "--today", "2026-10-30")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()[1:]] == ["model:a", "model:c"]


def test_an_owner_that_codeowners_has_no_name_for_is_told(run: Run, repo: Repository) -> None:
    repo.write({"CODEOWNERS": "* @acme/other\n", "teams/t.yml": "title: Tee\nmembers: [ann]\n"})
    _, _, err = run("owners", *TODAY)
    assert "CODEOWNERS: owners that it has no name for (add `github:` to their records): team:t\n" in err


def test_the_same_as_json_csv_and_markdown(run: Run, repo: Repository) -> None:
    repo.write({"CODEOWNERS": "/models/ @acme/other\n/teams/ @acme/t\n/gone @acme/t\n!x\n"})
    document = json.loads(run("owners", "--format", "json", *TODAY)[1])
    first = document["records"][0]
    assert first["owners"] == [
        {"owner": "team:t", "role": "accountable"},
        {"owner": "person:bob", "role": "operations"},
    ]
    assert {one["name"] for one in first["troubles"]} == {"gone", "other code owner", "no code owner"}
    told = document["codeowners"]
    assert told["path"] == "CODEOWNERS"
    assert {(one["path"], one["line"]) for one in told["disagreeing"]} == {("models/a.yml", 1), ("models/c.yml", 1)}
    assert {one["path"] for one in told["unowned"]} == {"src/**"}
    assert [one["line"] for one in told["idle"]] == [3]
    assert [one["line"] for one in told["mistakes"]] == [4]
    assert told["strangers"] == [{"name": "@acme/other", "lines": [1]}]
    assert run("owners", "--format", "csv", *TODAY)[1].startswith("record,accountable,troubles,others,path\n")
    rows = list(csv.DictReader(io.StringIO(run("owners", "--format", "csv", *TODAY)[1])))
    assert rows[0]["record"] == "model:a"
    assert rows[0]["path"] == "models/a.yml"
    assert run("owners", "--format", "markdown", *TODAY)[1].startswith("| Record | Accountable |")


def test_the_block_is_printed_written_and_checked(run: Run, repo: Repository) -> None:
    status, out, err = run("owners", "--codeowners", *TODAY)
    assert status == 0
    assert [line for line in out.splitlines() if not line.startswith("#")] == ["/src/ @acme/t", "/models/a.yml @acme/t"]
    assert err == "left out, because person:bob is gone: models/c.yml\n"
    assert run("owners", "--codeowners", "--check", *TODAY)[0] == 1
    assert run("owners", "--codeowners", "--write", *TODAY)[0] == 0
    file = repo.root / ".github/CODEOWNERS"
    assert file.read_text() == out
    status, out, _ = run("owners", "--codeowners", "--check", *TODAY)
    assert status == 1
    assert ".github/CODEOWNERS: models/b.yml has no code owner" in out
    before = b"* @acme/t  # caf\xe9\r\n"
    file.write_bytes(before + file.read_bytes().replace(b"\n", b"\r\n") + b"# after")
    file.chmod(0o640)
    repo.write({"models/b.yml": "title: B\nowners: ann\n", "models/c.yml": None})
    assert run("owners", "--codeowners", "--write", *TODAY)[0] == 0
    made = file.read_bytes()
    assert made.startswith(before)
    assert made.endswith(b"# end mkdocs-handoff\r\n# after")
    assert b"/models/b.yml ann@example.org\r\n" in made
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert sorted(path.name for path in file.parent.iterdir()) == ["CODEOWNERS"]
    assert run("owners", "--codeowners", "--check", *TODAY)[0] == 0
    status, _, err = run("owners", "--codeowners", "--write", *TODAY)
    assert "up to date" in err
    assert file.read_bytes() == made


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--today", "soon"), "no day"),
        (("--owner", "nobody-here"), "no team or person"),
        (("--write",), "--codeowners"),
        (("--codeowners", "--write", "--check"), "choose one"),
        (("--codeowners", "--format", "json"), "one form"),
    ],
)
def test_what_cannot_be_asked(run: Run, arguments: tuple[str, ...], words: str) -> None:
    status, out, err = run("owners", *arguments)
    assert (status, out) == (2, "")
    assert words in err


def test_half_a_block_and_a_link_out_of_the_repository_are_left_alone(
    run: Run, repo: Repository, tmp_path: Path
) -> None:
    repo.write({"CODEOWNERS": "# begin mkdocs-handoff\n"})
    status, _, err = run("owners", "--codeowners", "--write", *TODAY)
    assert status == 2
    assert "CODEOWNERS: the lines" in err
    outside = tmp_path / "outside"
    outside.write_bytes(b"* @x\n")
    (repo.root / "CODEOWNERS").unlink()
    (repo.root / "CODEOWNERS").symlink_to(outside)
    assert run("owners", "--codeowners", "--write", *TODAY)[0] == 2
    assert outside.read_bytes() == b"* @x\n"


def test_single_points(run: Run) -> None:
    status, out, err = run("single-points", *TODAY)
    assert status == 0
    assert [line.split()[:3] for line in out.splitlines()[1:4]] == [
        ["0", "model:a", "Ann"],
        ["0", "model:b", "Ann"],
        ["0", "model:c", "Ann"],
    ]
    assert "If Ann leaves: 3 records nobody else knows." in out
    assert err == "3 records: 3 known by one person alone; from owners, reviews and authors in git\n"
    assert run("single-points", "--person", "bob", *TODAY)[1] == ""
    document = json.loads(run("single-points", "--person", "ann", "--format", "json", *TODAY)[1])
    assert document["leaving"][0]["person"] == "person:ann"
    assert document["points"][0]["only"]["how"][0] == "accountable, as a member of Tee"
    assert document["basis"]["limits"] == []
    assert run("single-points", "--format", "csv", *TODAY)[1].startswith("dependents,record,only,how\n")
    status, _, err = run("single-points", "--person", "nobody-here", *TODAY)
    assert status == 2
    assert "no person 'nobody-here'" in err


def words(text: str) -> list[str]:
    return sorted(text.split())


@pytest.mark.parametrize("width", [50, 60, 80, 120, 200])
@pytest.mark.parametrize("command", ["owners", "single-points"])
def test_tables_fit_the_terminal(
    run: Run, repo: Repository, command: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit(
        {"models/a-name-that-is-long.yml": "title: L\nowners: [nobody-who-is-known, {ref: bob, role: data steward}]\n"}
    )
    monkeypatch.setenv("COLUMNS", str(width))
    out = run(command, *TODAY)[1]
    assert max(map(len, out.splitlines())) <= width
    assert "model:a-name-that-is-long" in out
    monkeypatch.setenv("COLUMNS", "1000")
    wide = run(command, *TODAY)[1]
    assert set(words(wide)) - set(words(out)) <= set(wide.splitlines()[0].split()), "no word is lost but of the head"
    monkeypatch.delenv("COLUMNS", raising=False)
    assert max(map(len, run(command, *TODAY)[1].splitlines())) <= 120, "where no terminal says how wide it is"


def test_a_table_that_does_not_fit_stands_below_itself() -> None:
    rows = [["model:abc", "", "x y"], ["model:d", "a b c d", "wwwwwwwwwwwwwww z"]]
    assert as_table(["r", "s", "t"], rows, 20) == "model:abc    x y\nmodel:d  a b c d\n  t: wwwwwwwwwwwwwww\n  z\n"
    assert as_table(["r", "s"], [["ab cd", "ef gh ij kl"]], 10) == "R     S\nab    ef\ncd    gh\n      ij\n      kl\n"


def test_tables_hold_any_text() -> None:
    rows = [["漢", "a|b\n"], ["e\u0301x", "=1"]]
    assert as_table(["x", "y"], rows) == "X   Y\n漢  a|b\ne\u0301x  =1\n"
    assert as_markdown(["x", "y"], rows).splitlines()[2] == "| 漢 | a\\|b |"
    assert as_csv(["x", "y"], rows) == 'x,y\n漢,"a|b\n"\ne\u0301x,\'=1\n'
