"""Every rule, seen from the outside: a small project in, the lines of `mkdocs-handoff lint` out.

`HANDOFF_WRITE_EXPECTED=1 pytest tests/test_examples.py` writes the `expected.txt` files; read what changed before you
commit it.
"""

from __future__ import annotations

import os
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.cli.shown import findings
from tests.projects import EXAMPLES, copied, examples, lint

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project

BAD = list(examples("bad"))
GOOD = list(examples("good"))


def concise(project: Project) -> str:
    with chdir(project.settings.root):  # places are printed as they can be opened from the current folder
        return findings.concise(findings.Checked(project, project.findings))


def name_of(example: Path) -> str:
    return example.relative_to(EXAMPLES).as_posix()


@pytest.mark.parametrize("example", BAD, ids=name_of)
def test_a_bad_example_gives_its_findings(example: Path, tmp_path: Path) -> None:
    printed = concise(lint(copied(example, tmp_path / "project")))
    expected = example / "expected.txt"
    if os.environ.get("HANDOFF_WRITE_EXPECTED"):
        expected.write_text(printed, encoding="utf-8")
    assert printed == expected.read_text(encoding="utf-8")
    family, rule = example.parent.name, example.name
    assert any(f" {family}/{rule.partition('-')[0]}" in line for line in printed.splitlines()), "its own rule"


def test_a_first_valid_card_takes_no_more_than_fifteen_lines() -> None:
    (card,) = (EXAMPLES / "good" / "fifteen-line-card").glob("models/*.md")
    assert len(card.read_text(encoding="utf-8").splitlines()) <= 15


@pytest.mark.parametrize("example", GOOD, ids=name_of)
def test_a_good_example_gives_none(example: Path, tmp_path: Path) -> None:
    project = lint(copied(example, tmp_path / "project"))
    assert concise(project) == ""
    assert project.catalog.records
