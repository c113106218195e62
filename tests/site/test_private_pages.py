"""What names persons unfavourably is in a preview, and in a built site only where the settings want it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import article, build, serve, words, write
from tests.site.lab import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

FILES = {
    **PROJECT,
    "models/alone.md": "---\ntitle: Alone\nowners: person:ann-only\n---\n# Alone\n",
    "people/ann-only.yml": "title: Ann Only\n",
}


def test_single_points_are_previewed_and_published_only_where_wanted(builder: str, tmp_path: Path) -> None:
    root = write(tmp_path / "lab", FILES)
    built = build(builder, root)
    assert built.code == 0, built.output
    assert built.has("handoff/ownership/index.html")
    assert not built.has("handoff/single-points/index.html")
    assert "single-points" not in built.html("handoff/ownership/")
    assert "Single points" not in built.html("search/search_index.json")
    with serve(builder, root) as served:
        page = served.wait("docs/handoff/single-points/", "Ann Only")
        assert "This page is private." in words(article(page))
    write(root, {"handoff.yml": "single_points: true\n"})
    built = build(builder, root)
    assert "This page names persons." in words(article(built.html("handoff/single-points/")))
