"""What tests of commands share: git asks nobody but the test who it is, where it keeps things, and what day it is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.history.repositories import ENVIRONMENT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def only_ours(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Take away what the environment tells git, and put the tests' own there."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {**ENVIRONMENT, "XDG_CACHE_HOME": str(tmp_path / "cache")}.items():
        monkeypatch.setenv(name, value)
