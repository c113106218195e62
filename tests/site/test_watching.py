"""What `serve` watches: everything that pages are made of, and not the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.pages.sitemap import sitemap
from mkdocs_handoff.project import Project, load
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.site import watching
from tests.builders import write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "mkdocs.yml": "site_name: Lab\nplugins: [{handoff: {}}]\n",
    "docs/index.md": "# Home\n",
    "docs/decisions/0001-x.md": "---\nstatus: accepted\n---\n# X\n",
    "models/churn.md": "---\ntitle: C\nscore: {from: reports/deep/m.json#/auc}\n---\n![p](../pictures/p.svg)\n",
    "models/churn.md.handoff.yml": "risk_level: low\n",
    "reports/deep/m.json": '{"auc": 1}',
    "reports/other.json": "{}",
    "pictures/p.svg": "<svg/>",
    "glossary.yml": "terms: [{term: A}]\n",
    "schemas/thing.schema.json": '{"x-plural": "Things", "x-globs": ["things/**/*.yml"]}',
    "things/deep/a.yml": "title: A\n",
}


def read(root: Path) -> Project:
    return load(find_settings(root))


def watched(project: Project) -> tuple[tuple[str, ...], tuple[str, ...]]:
    deep = watching.folders(project)
    return deep, watching.files(project, sitemap(project), deep)


class Server:
    """Stands in for the builder's server."""

    def __init__(self) -> None:
        self.watched: dict[str, bool] = {}

    def watch(self, path: str, func: Any = None, *, recursive: bool = True) -> None:
        assert path not in self.watched
        self.watched[path] = recursive

    def unwatch(self, path: str) -> None:
        del self.watched[path]

    def relative(self, root: Path) -> dict[str, bool]:
        return {path.removeprefix(f"{root}/"): deep for path, deep in self.watched.items()}


def test_files_of_observations_are_watched(tmp_path: Path) -> None:
    files = {**FILES, "models/seen.yml": "title: S\nobservations: [observations/s.csv, ../../out.csv]\n"}
    _, found = watched(read(write(tmp_path, {**files, "observations/s.csv": "date,a\n"})))
    assert "observations/s.csv" in found
    assert not any("out.csv" in path for path in found)


def test_folders_of_kinds_schemas_and_templates_are_watched(tmp_path: Path) -> None:
    deep, files = watched(read(write(tmp_path, FILES)))
    assert {"models", "things", "schemas", "templates", "teams"} <= set(deep)
    assert not {"", ".", "docs", "docs/decisions"} & set(deep)
    assert files == ("glossary.yml", "handoff.yml", "mkdocs.yml", "pictures/p.svg", "reports/deep/m.json")


def test_a_glob_from_the_root_watches_the_folders_that_hold_records_now(tmp_path: Path) -> None:
    config = "site_name: Lab\nplugins: [{handoff: {records: {model: ['**/model.yml']}}}]\n"
    files = {"mkdocs.yml": config, "docs/index.md": "", "zoo/a/model.yml": "title: A\n", "model.yml": "title: B\n"}
    deep, single = watched(read(write(tmp_path, files)))
    assert "zoo" in deep
    assert "" not in deep
    assert "model.yml" in single


def test_the_server_watches_what_exists_and_follows_what_comes_and_goes(tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    server = Server()
    watcher = watching.Watcher(server)  # type: ignore[arg-type]

    def update() -> dict[str, bool]:
        project = read(root)
        watcher.update(project, sitemap(project))
        return server.relative(root)

    now = update()
    assert now["models"] is True
    assert now["things"] is True
    assert now["reports/deep"] is False
    assert now["pictures"] is False
    assert now["glossary.yml"] is False
    assert str(root) not in server.watched
    assert not {"teams", "templates", "handoff.yml"} & set(now)
    assert update() == now
    write(root, {"teams/core.yml": "title: C\n", "handoff.yml": "nav: false\n"})
    assert {"teams", "handoff.yml"} <= set(update())
    (root / "glossary.yml").unlink()
    assert "glossary.yml" not in update()


def test_what_tells_of_approvals_owners_and_the_trend_is_watched_where_it_is_there(tmp_path: Path) -> None:
    more = {".github/CODEOWNERS": "* @a\n", "approvals.json": "{}", "staleness.jsonl": ""}
    _, without = watched(read(write(tmp_path / "without", FILES)))
    _, files = watched(read(write(tmp_path / "with", {**FILES, **more})))
    assert set(files) - set(without) == set(more)
