"""Whether a file's mode binds this process: root may read and write everything, and CI often is root."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest


def _bind() -> bool:
    """Tell whether a file that nobody may read cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.touch(mode=0)
        return not os.access(file, os.R_OK, effective_ids=os.access in os.supports_effective_ids)


bound = pytest.mark.skipif(
    not _bind(), reason="this user may read and write everything; `.ci/run` tests without that right"
)
