"""What the tests of history share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.history.repositories import ENVIRONMENT, Repository, repository

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the user's configuration, and nothing that a hook exported, reaches a test."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """An empty repository."""
    return repository(tmp_path / "repo")
