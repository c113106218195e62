"""Reading paths in a built site: pages that a button leads to, and that no navigation lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import build, write
from tests.site.lab import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

MORE = {
    f"playbooks/{name}.yml": f"title: {name}\ntype: incident\napplies_to: [churn]\n" for name in ("a", "b", "c", "d")
}


@pytest.mark.slow
def test_a_reading_path_is_built_and_stands_below_its_kind(builder: str, tmp_path: Path) -> None:
    built = build(builder, write(tmp_path / "lab", {**PROJECT, **MORE}))
    page = built.html("handoff/reading-path/model-churn/")
    assert "Reading path: Churn &amp; &lt;co&gt;" in page
    assert 'href="../../models/churn/"' in page
    assert "It handles Churn &amp; &lt;co&gt;." in page
    assert 'href="../../reading-path/model-churn/"' in built.html("handoff/models/churn/")
    assert "reading-path" not in built.html("")
    assert "not included in the" not in built.output
    assert "WARNING" not in built.output
