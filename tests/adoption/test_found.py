"""What a look claims: the files that are something, and no others that are there."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.adoption.found import globs, lines
from mkdocs_handoff.adoption.look import look
from mkdocs_handoff.adoption.preview import claiming, kinds_of
from mkdocs_handoff.project import load
from mkdocs_handoff.settings import Found, find_settings
from tests.adoption.repositories import DATASET, MADR_3, MODEL, NYGARD, team
from tests.history.repositories import repository
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project


def adopted(root: Path) -> Project:
    settings = find_settings(root).settings
    return load(Found(claiming(settings, globs(look(root), settings, kinds_of(settings)))))


def names(project: Project) -> set[str]:
    return {str(identity) for identity in project.catalog.records}


def test_all_of_a_team_is_found_and_nothing_else(tmp_path: Path) -> None:
    project = adopted(team(tmp_path))
    paths = {record.source.path for record in project.catalog.records.values()}
    assert paths == {
        "design/adr/0001-cache.md", "design/adr/0002-queue.md", "old/decisions/0001-first.md", "ml/triage/README.md",
        "ml/other/README.md", "ml/triage/.eval_results/acc.yaml", "data/tickets.md", "ops/backstage.yaml",
        "words/churn.md",
    }  # fmt: skip
    assert not project.errors
    assert {"model:triage", "model:other", "dataset:tickets", "team:support", "person:ann"} <= names(project)


def test_what_was_found_is_said_by_kind_and_format(tmp_path: Path) -> None:
    root = team(tmp_path)
    said = lines(look(root), kinds_of(find_settings(root).settings))
    assert "2 models (Hugging Face): ml/other/README.md" in said
    assert "2 decisions (MADR 3): design/adr/0001-cache.md" in said
    assert "1 decision (Nygard): old/decisions/0001-first.md" in said
    assert "1 team (Backstage): ops/backstage.yaml" in said
    assert "1 term (Kubernetes glossary): words/churn.md" in said
    assert any(".github/CODEOWNERS" in line for line in said)
    assert any("MLflow" in line for line in said)
    assert any("DVC" in line for line in said)


def test_a_folder_of_decisions_is_claimed_with_those_to_come(tmp_path: Path) -> None:
    root = team(tmp_path)
    settings = find_settings(root).settings
    claimed = globs(look(root), settings, kinds_of(settings)).records["decision"]
    assert "design/adr/[0-9]*.md" in claimed


def test_globs_stay_near_the_files(tmp_path: Path) -> None:
    root = team(tmp_path)
    settings = find_settings(root).settings
    assert globs(look(root), settings, kinds_of(settings)).records == {
        "model": ("ml/*/README.md",),
        "dataset": ("data/tickets.md",),
        "decision": ("design/adr/[0-9]*.md", "old/decisions/[0-9]*.md"),
        "term": ("words/*.md",),
        "team": ("ops/backstage.yaml",),
    }


def test_what_stands_in_its_usual_place_needs_no_setting(tmp_path: Path) -> None:
    write_files(tmp_path, {"docs/adr/0001-a.md": NYGARD.format("A"), "models/triage/README.md": MODEL})
    settings = find_settings(tmp_path).settings
    assert globs(look(tmp_path), settings, kinds_of(settings)).records == {}


def test_usual_places_stay_claimed_beside_others(tmp_path: Path) -> None:
    files = {
        "models/a/README.md": MODEL,
        "models/README.md": "# All\n",
        "zoo/b/README.md": MODEL,
        "zoo/c/README.md": MODEL,
    }
    write_files(tmp_path, files)
    assert names(adopted(tmp_path)) == {"model:a", "model:b", "model:c"}


def test_a_card_at_the_root_claims_no_other_readme(tmp_path: Path) -> None:
    write_files(tmp_path, {"README.md": MODEL, "CONTRIBUTING.md": "# How\n", "src/README.md": "# Code\n"})
    settings = find_settings(tmp_path).settings
    assert globs(look(tmp_path), settings, kinds_of(settings)).records == {"model": ("README.md",)}


@pytest.mark.parametrize("name", ["we[i]rd*name.md", "a b.md", "ü.md", "'x\".md"])
def test_a_glob_means_a_strange_name_literally(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {f"data/{name}": DATASET, "data/weirdname.md": "# No\n"})
    assert len(names(adopted(tmp_path))) == 1


def test_files_that_git_ignores_are_passed_over(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    repo.commit({".gitignore": "scratch/\n", "adr/0001-a.md": NYGARD.format("A")}, "Begin")
    write_files(repo.root, {"scratch/adr/0001-b.md": NYGARD.format("B"), "zoo/new.md": MODEL})
    assert [one.path for one in look(repo.root).seen] == ["adr/0001-a.md", "zoo/new.md"]


@pytest.mark.skipif(os.name == "nt", reason="links and pipes")
def test_links_and_pipes_are_not_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"far/card.md": MODEL, "here/a.md": MODEL})
    root = tmp_path / "here"
    (root / "link.md").symlink_to("../far/card.md")
    (root / "folder").symlink_to("../far")
    os.mkfifo(root / "pipe.md")
    assert [one.path for one in look(root).seen] == ["a.md"]


def test_a_folder_that_is_read_only_in_part_is_looked_at_all_the_same(tmp_path: Path) -> None:
    write_files(tmp_path, {"adr/0001-a.md": MADR_3.format("A"), "adr/0002-b.md": "\xff\xfe broken"})
    (tmp_path / "adr" / "0003-c.md").write_bytes(b"---\n\xff\n---\n\0")
    assert [one.path for one in look(tmp_path).seen] == ["adr/0001-a.md"]


@pytest.mark.slow
def test_50_000_unrelated_files_are_passed_over_within_ten_seconds(tmp_path: Path) -> None:
    text = "---\ntitle: A page\nstatus: open\n---\n# A page\n\n" + "Words and more words.\n" * 20
    for folder in range(500):
        place = tmp_path / ("docs" if folder % 2 else "wiki") / f"d{folder}"
        place.mkdir(parents=True)
        for number in range(100):
            (place / f"p{number}.md").write_text(text, encoding="utf-8")
    write_files(tmp_path, {"docs/d1/adr/0001-a.md": NYGARD.format("A")})
    start = time.perf_counter()
    project = adopted(tmp_path)
    assert time.perf_counter() - start < 10
    assert names(project) == {"decision:0001-a"}
