"""A builder that serves: every edit of what pages are made of shows, and nothing that is broken ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import article, serve, words, write
from tests.site.lab import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

FILES = {
    **PROJECT,
    "models/churn.md": """
        ---
        title: Churn
        score: {from: reports/metrics.json#/auc}
        ---
        # Churn

        First words.
        """,
    "reports/metrics.json": '{"auc": 0.11}',
    "docs/index.md": "# Welcome\n\nIt has [[churn#score]].\n",
    "schemas/thing.schema.json": '{"title": "Thing", "x-plural": "Things", "x-globs": ["things/*.yml"]}',
    "things/one.yml": "title: One\n",
    "templates/pages/team.html": "<h1>{{ page.title }}</h1><p>Layout A</p>",
    "handoff.yml": "nav: Knowledge\n",
}
CHURN = "docs/handoff/models/churn/"
HOME = "docs/"


def test_edits_show_and_nothing_broken_ends_it(builder: str, tmp_path: Path) -> None:
    root = write(tmp_path / "lab", FILES)
    with serve(builder, root, "--livereload") as served:
        served.wait(CHURN, "First words.")
        builds = served.output.count("Building documentation")

        # A record.
        write(root, {"models/churn.md": FILES["models/churn.md"].replace("First", "Second")})
        served.wait(CHURN, "Second words.")
        assert served.output.count("Building documentation") == builds + 1, "one edit, one build"

        # A file that values come from.
        served.wait(HOME, "0.11")
        write(root, {"reports/metrics.json": '{"auc": 0.22}'})
        served.wait(HOME, "0.22")

        # A record that breaks shows why, and comes back.
        write(root, {"models/churn.md": "---\ntitle: [\n---\n"})
        broken = served.wait(CHURN, lambda page: "Second words." not in page and bool(page))
        assert "models/churn.md" in words(article(broken))
        assert "yaml/syntax" in served.output
        write(root, {"models/churn.md": FILES["models/churn.md"].replace("First", "Third")})
        served.wait(CHURN, "Third words.")

        # A new file in a watched folder.
        write(root, {"models/lapse.yml": "title: Lapse\n"})
        served.wait("docs/handoff/models/lapse/", "Lapse")

        # A schema: the kind gets another name; broken, it takes the kind away; mended, it brings it back.
        schema = FILES["schemas/thing.schema.json"]
        served.wait("docs/handoff/things/", "Things")
        write(root, {"schemas/thing.schema.json": schema.replace("Things", "Gadgets")})
        served.wait("docs/handoff/gadgets/", "Gadgets")
        write(root, {"schemas/thing.schema.json": "{"})
        served.wait("docs/handoff/gadgets/", lambda page: "Gadgets" not in article(page))
        write(root, {"schemas/thing.schema.json": schema})
        served.wait("docs/handoff/things/", "Things")

        # A template, then a broken one.
        team = "docs/handoff/teams/core/"
        served.wait(team, "Layout A")
        write(root, {"templates/pages/team.html": "<h1>x</h1><p>Layout B</p>"})
        served.wait(team, "Layout B")
        write(root, {"templates/pages/team.html": "<h1>x</h1>{% if %}"})
        served.wait(team, "templates/pages/team.html")
        write(root, {"templates/pages/team.html": "<h1>x</h1><p>Layout C</p>"})
        served.wait(team, "Layout C")

        # The settings, then settings that cannot be used: the last good ones serve on.
        served.wait(HOME, "Knowledge")
        write(root, {"handoff.yml": "nav: Library\n"})
        served.wait(HOME, "Library")
        write(root, {"handoff.yml": "navv: Attic\n"})
        served.wait_for_output("handoff.yml:1:1: error settings/unknown")
        assert "Library" in served.get(HOME)
        write(root, {"handoff.yml": "nav: Attic\n"})
        served.wait(HOME, "Attic")
        assert "Traceback" not in served.output


def test_broken_settings_at_the_start_are_served_with_the_standard_ones(builder: str, tmp_path: Path) -> None:
    root = write(tmp_path / "lab", {**FILES, "handoff.yml": "navv: Attic\n"})
    with serve(builder, root, "--livereload") as served:
        served.wait(HOME, "Handoff")
        assert "error settings/unknown" in served.output
        write(root, {"handoff.yml": "nav: Attic\n"})
        served.wait(HOME, "Attic")


def test_nothing_is_built_without_an_edit(builder: str, tmp_path: Path) -> None:
    """A plugin that writes below a watched folder builds for ever."""
    root = write(tmp_path / "lab", FILES)
    with serve(builder, root, "--livereload") as served:
        served.wait(CHURN, "First words.")
        write(root, {"docs/index.md": "# Welcome\n\nEdited.\n"})
        served.wait(HOME, "Edited.")
        builds = served.output.count("Building documentation")
        with pytest.raises(AssertionError):
            served.wait_for_output("Building documentation", builds + 1, patience=3)
