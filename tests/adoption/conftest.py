"""Rendering small projects: files in, pages out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pages.rendered import Rendered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@pytest.fixture
def render(write_project: Callable[[Mapping[str, str | bytes]], Path]) -> Callable[..., Rendered]:
    """Return a function that writes a project and renders it."""

    def made(files: Mapping[str, str | bytes], *, directory_urls: bool = True) -> Rendered:
        return Rendered(write_project(files), directory_urls=directory_urls)

    return made
