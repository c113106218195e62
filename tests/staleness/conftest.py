"""What the tests of verdicts share: a wiki in a real repository, and nothing of the user's git configuration."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.history.repositories import ENVIRONMENT, repository
from tests.staleness.wiki import Wiki

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _only_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing of the user's configuration, and nothing that a hook exported, reaches a test."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def wiki(tmp_path: Path) -> Wiki:
    """A wiki without any files."""
    return Wiki(repository(tmp_path / "repo"))
