"""What a look claims: the files that are something, and no others that are there."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.adoption.found import lines
from mkdocs_handoff.adoption.globs import globs
from mkdocs_handoff.adoption.look import look
from mkdocs_handoff.adoption.preview import claiming
from mkdocs_handoff.project import load
from mkdocs_handoff.resources import GUIDE
from mkdocs_handoff.settings import Found, Settings, find_settings, kinds
from tests.adoption.repositories import DATASET, MADR_3, MODEL, NYGARD, team
from tests.history.repositories import repository
from tests.projects import write_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.schema.kinds import Kind


def kinds_of(settings: Settings) -> Mapping[str, Kind]:
    return kinds.kinds_of(settings)[0]


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


def test_other_programs_schemas_are_named(tmp_path: Path) -> None:
    root = team(tmp_path)
    own = {"schemas/note.schema.json": '{"x-plural": "Notes"}', "schemas/ours.schema.json": '{"x-globs": ['}
    write_files(root, {**own, "schemas/model.schema.json": "{}", "schemas/events.schema.json": "// no JSON"})
    settings = find_settings(root).settings
    told = f"2 files of other programs' schemas (not used; {GUIDE}kinds.md tells of your own): "
    assert f"{told}schemas/events.schema.json, schemas/model.schema.json" in lines(
        look(root), kinds_of(settings), settings
    )


def test_what_was_found_is_said_by_kind_and_format(tmp_path: Path) -> None:
    root = team(tmp_path)
    said = lines(look(root), kinds_of(find_settings(root).settings), find_settings(root).settings)
    assert "2 models (Hugging Face): ml/other/README.md, ml/triage/README.md" in said
    assert "2 decisions (MADR 3): design/adr/0001-cache.md, design/adr/0002-queue.md" in said
    assert "1 decision (Nygard): old/decisions/0001-first.md" in said
    assert "1 team (Backstage): ops/backstage.yaml" in said
    assert "1 term (Kubernetes glossary): words/churn.md" in said
    assert any(".github/CODEOWNERS" in line for line in said)
    assert any("MLflow" in line for line in said)
    assert any("DVC" in line for line in said)


def test_of_many_files_the_first_are_named_and_all_on_demand(tmp_path: Path) -> None:
    files = {f"zoo/m{number}/README.md": MODEL for number in range(5)}
    write_files(tmp_path, {**files, "models/NOTES.md": "# Notes\n", "models/README.md": "# All\n"})
    settings = find_settings(tmp_path).settings
    said = lines(look(tmp_path), kinds_of(settings), settings)
    assert said == (
        "5 models (Hugging Face): zoo/m0/README.md, zoo/m1/README.md and 3 more",
        "1 model (by their place): models/NOTES.md",
    )
    every = lines(look(tmp_path), kinds_of(settings), settings, every=True)
    assert every[0] == f"5 models (Hugging Face): {', '.join(files)}"


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


CARDS = {
    "README.md": "# Ours\n",
    "a/one/README.md": MODEL,
    "b/two/README.md": MODEL,
    "c/README.md": MODEL,
    "data/x/README.md": DATASET,
}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"data/y/README.md": DATASET, "data/m/README.md": MODEL, "data/n/README.md": MODEL},
        {"models/m/README.md": MODEL, "models/d/README.md": DATASET, "datasets/z/README.md": MODEL},
        {"datasets/e/README.md": DATASET, "datasets/z/README.md": MODEL, "datasets/f.md": DATASET},
        {"models/m/README.md": MODEL, "models/r/card.md": MODEL, "models/d/README.md": DATASET},
    ],
)
def test_each_file_is_read_as_the_kind_that_it_is(tmp_path: Path, more: dict[str, str]) -> None:
    files = {**CARDS, **more}
    project = adopted(write_files(tmp_path, files))
    read = {record.source.path: record.kind for record in project.catalog.records.values()}
    assert read == {
        path: "model" if text == MODEL else "dataset" for path, text in files.items() if path != "README.md"
    }


def claimed(root: Path) -> dict[str, tuple[str, ...]]:
    settings = find_settings(root).settings
    return dict(globs(look(root), settings, kinds_of(settings)).records)


def test_not_every_readme_is_claimed_because_many_are_cards(tmp_path: Path) -> None:
    files = {f"{'abc'[n % 3]}/{'xy'[n % 2]}{n}/m/README.md": MODEL for n in range(12)}
    write_files(tmp_path, {**files, "README.md": "# Ours\n"})
    assert "**/README.md" not in claimed(tmp_path)["model"]
    assert len(names(adopted(tmp_path))) == 1  # all are called `m`: that is told, and none is lost


def test_a_folder_of_services_of_which_some_are_models_is_not_claimed_whole(tmp_path: Path) -> None:
    services = {f"services/{name}/README.md": "# A service\n" for name in ("web", "mail", "pay")}
    write_files(tmp_path, {**services, "services/churn/README.md": MODEL, "services/fraud/README.md": MODEL})
    assert claimed(tmp_path) == {"model": ("services/churn/README.md", "services/fraud/README.md")}


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
    start = time.process_time()
    project = adopted(tmp_path)
    assert time.process_time() - start < 10
    assert names(project) == {"decision:0001-a"}


DECISION = "# ADR {}\n\n## Status\n\nAccepted\n\n## Decision\n\nd\n"


@pytest.mark.parametrize("style", ["docs/architecture/adr-00{}-{}.md", "docs/architecture/{}-{}.md"])
def test_decisions_beside_other_pages_keep_their_names(tmp_path: Path, style: str) -> None:
    files = {style.format(number, name): DECISION.format(number) for number, name in ((1, "x"), (2, "y"))}
    write_files(tmp_path, {**files, "docs/architecture/overview.md": "# Overview\n"})
    project = adopted(tmp_path)
    assert {record.source.path for record in project.catalog.records.values()} == set(files)
    assert not project.errors


def test_a_glossary_in_one_file_claims_no_other_file(tmp_path: Path) -> None:
    write_files(tmp_path, {"semgrep/glossary.yaml": "auc:\n  definition: Area.\n", "semgrep/rules.md": "# R\n"})
    assert claimed(tmp_path) == {"term": ("semgrep/glossary.yaml",)}


def test_pages_of_the_folder_are_left_out_of_a_glossary(tmp_path: Path) -> None:
    term = "---\ntitle: {0}\nstatus: Completed\ncategory: C\ntags: [a]\n---\n{0} is.\n"
    files = {f"content/en/{name}.md": term.format(name) for name in ("pod", "node", "_TEMPLATE", "_index")}
    write_files(tmp_path, files)
    assert names(adopted(tmp_path)) == {"term:pod", "term:node"}
    assert claimed(tmp_path) == {"term": ("content/en/*.md",)}


def test_terms_of_one_name_in_two_folders_are_two_terms(tmp_path: Path) -> None:
    term = "---\ntitle: Pod\nshort_description: A pod.\naka: []\n---\n"
    write_files(tmp_path, {"a/en/pod.md": term, "a/en/node.md": term, "b/x.md": "# X\n"})
    assert names(adopted(tmp_path)) == {"term:pod", "term:node"}


PLACES = {
    "models/schema.yml": "version: 2\nmodels:\n  - name: orders\n",
    "models/sources.yml": "version: 2\nsources: []\n",
    "playbooks/p1.yml": "- hosts: all\n  tasks: []\n",
    "features/login.md": "# Login\n\nAs a user.\n",
    "pipelines/build.yml": "name: Build\ntrigger: [main]\npool: {vmImage: x}\nsteps: []\n",
    "docs/adr/PROCESS.md": "# How we decide\n\n### ADR status\n\nStatus has two parts.\n",
    "docs/adr/2024-01-02-sync.md": "# Sync\n\n## Attendees\n\nAnn\n\n## Decision\n\nNo.\n",
}
OURS = {
    "models/churn.yml": "title: Churn\n",
    "models/notes.md": "# Notes of a model\n",
    "people/ann.yml": "name: Ann\n",
    "features/age.yml": "value_type: INT64\nentities: [customer]\n",
    "playbooks/rollback.md": "# Rollback\n\nDo it.\n",
    "docs/adr/0003-x.md": "# X\n\nWe do it.\n",
    "docs/adr/ADR0014V01-docs.md": "# Docs\n",
    "docs/adr/okf-wizard.md": "# Wizard\n\n- **Status**: Accepted (Ann)\n\nIt is.\n",
    "docs/adr/sign-in.md": "---\nstatus: accepted\ntags: [a]\nextends: ''\n---\n# Sign in\n",
    "glossary.yml": "terms:\n  - {title: AUC, definition: Area.}\n",
    "docs/glossary.yml": "ks:\n  definition: Distance.\n",
}


def test_what_other_tools_keep_in_our_usual_places_is_left_out(tmp_path: Path) -> None:
    write_files(tmp_path, {**PLACES, **OURS})
    settings = find_settings(tmp_path).settings
    found = globs(look(tmp_path), settings, kinds_of(settings))
    assert set(found.exclude) == set(PLACES)
    assert {record.source.path for record in adopted(tmp_path).catalog.records.values()} == set(OURS)
    said = lines(look(tmp_path), kinds_of(settings), settings)
    assert any(line.startswith("7 files in usual places that are none of ours") for line in said)
    assert "1 model (by their place): models/notes.md" not in said
    assert "2 models (by their place): models/churn.yml, models/notes.md" in said


def test_a_folder_of_other_files_is_left_out_with_those_to_come(tmp_path: Path) -> None:
    write_files(tmp_path, {f"playbooks/p{number}.yml": "- hosts: all\n" for number in range(30)})
    settings = find_settings(tmp_path).settings
    assert globs(look(tmp_path), settings, kinds_of(settings)).exclude == ("playbooks/*.yml",)


def test_what_the_settings_claim_is_never_left_out(tmp_path: Path) -> None:
    files = {"handoff.yml": "records: {model: [models/*.yml]}\n", "models/schema.yml": "version: 2\nmodels: []\n"}
    settings = find_settings(write_files(tmp_path, files)).settings
    assert globs(look(tmp_path), settings, kinds_of(settings)).exclude == ()


def test_hidden_and_deleted_files_are_nothing(tmp_path: Path) -> None:
    repo = repository(tmp_path / "repo")
    repo.commit({"zoo/a.md": MODEL, "zoo/b.md": MODEL, "zoo/gone.md": "# Gone\n", "zoo/.h.md": MODEL}, "Begin")
    (repo.root / "zoo/gone.md").unlink()
    assert look(repo.root).others == ()
    assert claimed(repo.root) == {"model": ("zoo/*.md",)}


def test_results_without_a_card_are_told_as_not_read(tmp_path: Path) -> None:
    results = "- dataset: {id: x}\n  value: 1\n"
    write_files(tmp_path, {"a/.eval_results/r.yaml": results, "b/.eval_results/r.yaml": results, "b/README.md": MODEL})
    settings = find_settings(tmp_path).settings
    said = lines(look(tmp_path), kinds_of(settings), settings)
    assert "1 file of evaluations (.eval_results): b/.eval_results/r.yaml" in said
    assert "1 file of evaluations without a model's card beside them (not read): a/.eval_results/r.yaml" in said


@pytest.mark.skipif(os.name == "nt", reason="names are text")
def test_files_that_no_settings_can_name_are_passed_over(tmp_path: Path) -> None:
    write_files(tmp_path, {"adr/0001-a.md": NYGARD.format("A")})
    for name in (b"adr/0002-\xff.md", b"x\xfe.md"):
        with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:  # noqa: PTH118, PTH123 - bytes
            file.write(NYGARD.format("B"))
    assert [one.path for one in look(tmp_path).seen] == ["adr/0001-a.md"]
    assert look(tmp_path).others == ()


def test_what_stands_late_in_a_catalog_is_found(tmp_path: Path) -> None:
    api = "apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: {name: a}\nspec:\n  definition: |\n"
    api += "    x" * 20_000 + "\n"
    group = "---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: g}\nspec: {type: team}\n"
    write_files(tmp_path, {"catalog-info.yaml": api + group})
    assert [one.detected.kinds for one in look(tmp_path).seen] == [("team",)]


@pytest.mark.slow
def test_cards_beside_50_000_other_readmes_are_found_within_ten_seconds(tmp_path: Path) -> None:
    for number in range(50_000):
        place = tmp_path / f"pkgs/d{number // 100}/s{number}"
        place.mkdir(parents=True)
        (place / "README.md").write_text("# A package\n", encoding="utf-8")
    files = {f"datasets/hub/cards/c{number}/README.md": DATASET for number in range(800)}
    write_files(tmp_path, {**files, **{f"hub/models/cards/c{number}/README.md": MODEL for number in range(800)}})
    settings = find_settings(tmp_path).settings
    seen, known = look(tmp_path), kinds_of(settings)
    start = time.process_time()
    found = globs(seen, settings, known)
    assert time.process_time() - start < 5
    assert found.records == {"model": ("hub/models/cards/*/README.md",)}
