"""What all tests share: small projects in a temporary folder, and how hypothesis works."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.projects import write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

# A machine shared with other work is slow at times: an example has no deadline. In CI the same examples every time.
_CALM = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "ci", derandomize=True, max_examples=40, database=None, deadline=None, suppress_health_check=_CALM
)
settings.register_profile("here", max_examples=60, deadline=None, suppress_health_check=_CALM)
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=_CALM)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "here"))


@pytest.fixture
def write_project(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Return a function that writes a project and returns its folder; another call adds files to it."""
    root = tmp_path / "project"
    root.mkdir()
    return lambda files: write_files(root, files)
