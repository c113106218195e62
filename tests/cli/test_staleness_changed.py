"""`staleness --changed`: what a branch makes suspect, as a table and as a comment's text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from tests.history.repositories import ENVIRONMENT, Repository, repository

if TYPE_CHECKING:
    from pathlib import Path

DATA = "title: Sales | <b>\nlast_reviewed: 2023-11-14\nlimitations: Only paid ones.\n"
CARD = "title: Churn\nowners: team:risk\nlast_reviewed: 2023-11-14\ntraining_data: sales\ncovers: src/**\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A branch `topic` that changed a data set."""
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
    made = repository(tmp_path / "repo")
    made.commit({"handoff.yml": "", "datasets/sales.yml": DATA, "models/churn.yml": CARD, "src/a.py": "1\n"})
    made.git("checkout", "-q", "-b", "topic")
    made.commit({"datasets/sales.yml": DATA.replace("paid", "lent")}, "Lend @everyone")
    monkeypatch.chdir(made.root)
    return made


def told(capsys: pytest.CaptureFixture[str], *options: str, status: int = 0) -> str:
    assert main(["staleness", "--today", "2023-12-01", *options]) == status
    return capsys.readouterr().out


def test_a_comment_asks_whether_it_is_still_true(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    text = told(capsys, "--changed", "main", "--format", "markdown")
    assert text == (
        "<!-- mkdocs-handoff: what this change makes suspect -->\n"
        "### This change makes 1 record suspect: is it still true?\n"
        "\n"
        f"**Sales \\| &lt;b&gt;** ({repo.head[:10]} by Ann)\n"
        "- limitations: was Only paid ones., is Only lent ones.\n"
        "\n"
        "- [ ] Churn (`model:churn`, `models/churn.yml`). Ask team:risk.\n"
        "\n"
        "Mend what is wrong. If it is still true: "
        "`mkdocs-handoff review --cause dataset:sales --by person:NAME`\n"
    )


def test_a_change_that_makes_nothing_suspect_says_so(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--changed", "topic", "--format", "markdown").endswith("This change makes no record suspect.\n")
    assert told(capsys, "--changed", "topic", "--fail-on", "suspect") == "This change makes no record suspect.\n"


def test_it_is_a_gate_with_the_other_formats(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(told(capsys, "--changed", "--format", "json", "--fail-on", "suspect", status=1))
    assert [one["record"] for one in document["records"]] == ["model:churn"]
    repo.write({"src/a.py": "2\n"})
    assert "src/a.py changed in this change (not committed yet)" in told(capsys, "--changed", "main")


def test_what_cannot_be_told_is_said(
    repo: Repository, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["staleness", "--changed", "nowhere"]) == 2
    assert "no branch or commit that this one left" in capsys.readouterr().err
    assert main(["staleness", "--changed", "main", "--append"]) == 2
    shallow = repo.clone(tmp_path / "shallow", "--depth=1", "--branch=topic")
    monkeypatch.chdir(shallow.root)
    assert main(["staleness", "--changed", "origin/main"]) == 2
    assert "fetch-depth: 0" in capsys.readouterr().err
    (tmp_path / "plain").mkdir()
    monkeypatch.chdir(tmp_path / "plain")
    (tmp_path / "plain" / "handoff.yml").touch()
    (tmp_path / "plain" / "models").mkdir()
    (tmp_path / "plain" / "models" / "churn.yml").write_text(CARD)
    assert main(["staleness", "--changed", "main"]) == 2
    assert "no git repository" in capsys.readouterr().err


def test_a_shallow_clone_of_one_branch_knows_no_change(
    repo: Repository, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shallow = repo.clone(tmp_path / "shallow", "--depth=1", "--branch=topic")
    shallow.git("remote", "set-head", "origin", "topic")
    monkeypatch.chdir(shallow.root)
    assert main(["staleness", "--changed"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "`fetch-depth: 0`" in captured.err
    whole = repo.clone(tmp_path / "whole", "--branch=topic")
    whole.git("remote", "set-head", "origin", "topic")
    monkeypatch.chdir(whole.root)
    assert told(capsys, "--changed") == "This change makes no record suspect.\n", "a whole clone can tell"


def test_a_comment_says_what_one_answer_covers(repo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repo.git("checkout", "-q", "main")
    repo.commit({"src/a.py": "2\n"}, "Before the change")
    repo.git("checkout", "-q", "-b", "code")
    repo.commit({"src/a.py": "3\n"}, "First")
    repo.commit({"src/a.py": "4\n"}, "Second")
    sha = repo.head[:10]
    text = told(capsys, "--changed", "main", "--format", "markdown")
    assert f"**Second** ({sha} by Ann and 1 more)\n" in text
    assert text.endswith(
        f"`mkdocs-handoff review --cause {sha} --by person:NAME`. "
        "One answer covers the files as they are now, 2 earlier commits included.\n"
    )
