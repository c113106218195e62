"""The README's first steps, as somebody follows them in an empty folder: what it prints is what there is to see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.main import main
from tests.projects import HERE, lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

README = (HERE.parent / "README.md").read_text(encoding="utf-8")
STEPS = README.partition("## In your repository\n")[2].partition("## What it reads\n")[0]


def blocks(language: str, text: str = STEPS) -> list[str]:
    """Return what stands between fences."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return what a terminal shows of a command."""
    main([*arguments])
    shown = capsys.readouterr()
    return shown.out + shown.err


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The model card of the README, and the code that it covers, in an empty folder."""
    for name in ("CI", "GITHUB_ACTIONS", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    text = blocks("markdown")[0]
    write_files(tmp_path, {"models/churn.md": text, "src/train/fit.py": ""})
    return text


def test_the_first_lint_prints_what_the_readme_shows(card: str, capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = [block for block in blocks("console") if "mkdocs-handoff lint" in block]
    made, asked, expected = shown.split("\n", 2)
    assert made == "$ mkdir -p src/train && touch src/train/fit.py"
    assert asked == "$ mkdocs-handoff lint"
    assert printed(capsys, "lint") == expected


def test_lint_is_content_with_the_team(card: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    team, ann, bo = [block for block in blocks("yaml") if "title:" in block][:3]
    write_files(tmp_path, {"teams/retention.yml": team, "people/ann-lee.yml": ann, "people/bo-kim.yml": bo})
    assert "Lint is content now." in STEPS
    assert printed(capsys, "lint") == "4 records in 4 files: nothing to mend\n"
    write_files(tmp_path, {"docs/index.md": blocks("markdown")[1]})
    assert lint(tmp_path).findings == ()


def test_the_slip_that_the_readme_shows_is_told_so(
    card: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = README.partition("## What lint says\n\n```\n")[2].partition("\n```\n")[0]
    assert "custmer-events" in told
    slip = card.replace("[customer-events]", "[custmer-events]", 1)
    write_files(tmp_path, {"models/churn.md": slip, "datasets/customer-events.yml": "title: Events\n"})
    assert told in printed(capsys, "lint")
