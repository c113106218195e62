"""What site tests share: both builders, and a small project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import BUILDERS, write
from tests.site.lab import PROJECT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(params=BUILDERS)
def builder(request: pytest.FixtureRequest) -> str:
    """Both builders, one after the other."""
    return str(request.param)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The small project."""
    return write(tmp_path / "lab", PROJECT)
