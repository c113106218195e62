"""People are known by their e-mail addresses too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.records.record import Identity
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path


def test_an_address_names_whoever_has_it(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "",
        "models/a.yml": "title: A\nowners: Ann@example.org\n",
        "models/b.yml": "title: B\nowners: ann@example.com\n",
        "people/smith.yml": "title: Ann Smith\nemail: ann@example.org\n",
    }
    project = lint(write_files(tmp_path, files))
    smith = Identity("person", "smith")
    assert [relation.source.name for relation in project.catalog.incoming[smith]] == ["a"]
    assert told(project) == ["models/b.yml:2:9 owner/unknown"]


def test_a_version_that_looks_like_a_host_is_a_version(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "",
        "models/a.yml": "title: A\nversions: [{version: 2.1.0}]\n",
        "evaluations/e.yml": "title: E\nmodel: a@2.1.0\n",
    }
    project = lint(write_files(tmp_path, files))
    assert [relation.version for relation in project.catalog.incoming[Identity("model", "a")]] == ["2.1.0"]
