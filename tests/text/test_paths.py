"""Paths in records: one rule for fields, files that values come from, and observations."""

from __future__ import annotations

import pytest

from mkdocs_handoff.text.paths import located


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("o/x.csv", "o/x.csv"),
        ("./x.csv", "models/a/x.csv"),
        ("../x.csv", "models/x.csv"),
        ("o//./x.csv", "o/x.csv"),
        ("o\\x.csv", "o/x.csv"),
        (".gitignore", ".gitignore"),
        ("../../../x.csv", None),
        ("x/../../y.csv", None),
        ("/etc/x.csv", None),
        ("C:/x.csv", None),
        ("https://example.org/x", None),
        ("x\0", None),
        ("", None),
        (".git/config", None),
        ("sub/.GIT/config", None),
        ("../../.git/config", None),
    ],
)
def test_a_path_means_one_file_of_the_project_or_none(written: str, meant: str | None) -> None:
    assert located(written, "models/a") == meant


def test_a_path_of_nothing_at_the_root_may_lie_beside_the_record() -> None:
    there = {"models/a/x", "y", "models/a/y"}.__contains__
    assert [located(one, "models/a", there) for one in ("x", "y", "z")] == ["models/a/x", "y", "z"]
