"""Files beside records: another tool's in our usual places, and a second one that says what a card says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.adoption.detect import detect
from mkdocs_handoff.adoption.editor import ours
from mkdocs_handoff.adoption.found import lines
from mkdocs_handoff.adoption.globs import globs
from mkdocs_handoff.adoption.look import look
from mkdocs_handoff.adoption.twins import twins
from mkdocs_handoff.records.discover import discover
from mkdocs_handoff.settings import find_settings
from tests.adoption.repositories import CATALOG, MODEL
from tests.adoption.test_found import adopted, claimed, kinds_of, names
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path


def excluded(root: Path) -> tuple[str, ...]:
    settings = find_settings(root).settings
    return globs(look(root), settings, kinds_of(settings)).exclude


def told(root: Path) -> tuple[str, ...]:
    settings = find_settings(root).settings
    return lines(look(root), kinds_of(settings), settings)


# Other tools' files in our usual places

STRANGE = {
    "pipelines/build.yml": "apiVersion: tekton.dev/v1\nkind: Pipeline\nmetadata: {name: build}\nspec: {}\n",
    "models/docs.md": "{% docs orders %}\n# Orders\n\nAll orders.\n{% enddocs %}\n",
    "models/semantic.yml": "semantic_models:\n  - name: orders\nmetrics:\n  - name: sales\n",
    "evaluations/config.yaml": "tasks: [mmlu]\nmodel: gpt2\n",
    "people/new.yaml": "apiVersion: backstage.io/v1alpha1\nkind: User\nmetadata:\n  name: ${{ values.name }}\n"
    "spec:\n  memberOf: [${{ values.group }}]\n",
}
OURS = {
    "models/a.yml": "owners: ann\nlayers: 3\n",
    "models/b.yml": "title: B\nlayers: 3\nheads: 2\n",
    "models/c.md": "# C\n\nUses `{% docs x %}`.\n",
    "teams/catalog.yml": CATALOG,
}


@pytest.mark.parametrize("path", STRANGE)
def test_what_another_tool_keeps_there_is_no_record(tmp_path: Path, path: str) -> None:
    write_files(tmp_path, {path: STRANGE[path], **OURS})
    assert excluded(tmp_path) == (path,)
    assert not any(path in line for line in told(tmp_path) if "(left out)" not in line)
    assert {record.source.path for record in adopted(tmp_path).catalog.records.values()} == set(OURS)


def test_a_list_is_told_as_a_file(tmp_path: Path) -> None:
    write_files(
        tmp_path, {"teams/list.yml": "teams:\n  - {title: A}\n  - {title: B}\n", "people/ann.yml": "name: Ann\n"}
    )
    assert "1 file of teams (by their place): teams/list.yml" in told(tmp_path)
    assert "1 person (by their place): people/ann.yml" in told(tmp_path)


def test_an_editor_holds_no_file_that_is_left_out_against_our_schema(tmp_path: Path) -> None:
    files = {"models/churn.yml": "title: Churn\n", "models/schema.yml": "version: 2\nmodels: []\n"}
    seen, schema = look(write_files(tmp_path, files)), ".handoff/schemas/model.schema.json"
    usual = {schema: ["models/*.yml", "models/**/card.yml"]}
    records = [("models/churn.yml", "model")]
    assert ours(usual, records, seen, excluded(tmp_path)) == {schema: ["models/churn.yml", "models/**/card.yml"]}
    assert ours(usual, records, seen, ()) == usual
    assert ours(usual, [], seen, ()) == {}


# Two files of one model

ENTITY = (
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  # of ours\n  name: triage\n"
    "spec:\n  type: machine-learning-model\n  lifecycle: production\n  owner: ann\n"
)

CARD = "# A model\n\n## Model Details\n\nSmall.\n\n## Intended Use\n\nTriage.\n"
SERVICE = "services/triage/"


FLOW = (
    "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {tags: [a], name: triage}\n"
    "spec: {lifecycle: production, type: machine-learning-model, owner: ann}\n"
)


@pytest.mark.parametrize("entity", [ENTITY, FLOW])
def test_a_catalogs_entry_beside_a_card_of_its_name_is_left_out(tmp_path: Path, entity: str) -> None:
    write_files(tmp_path, {f"{SERVICE}README.md": MODEL, f"{SERVICE}catalog-info.yaml": entity})
    assert excluded(tmp_path) == (f"{SERVICE}catalog-info.yaml",)
    project = adopted(tmp_path)
    assert names(project) == {"model:triage"}
    assert not project.errors
    assert any(line.startswith("1 file of a model or dataset that another card describes") for line in told(tmp_path))
    write_files(tmp_path, {"handoff.yml": f"exclude: [{SERVICE}*.yaml]\nrecords: {{model: [services/*/README.md]}}\n"})
    settings = find_settings(tmp_path).settings
    assert not globs(look(tmp_path), settings, kinds_of(settings)).records


@pytest.mark.parametrize(
    "files",
    [
        {f"{SERVICE}catalog-info.yaml": ENTITY.replace("triage", "other")},
        {f"{SERVICE}catalog-info.yaml": f"{ENTITY}---\n{CATALOG}"},
        {"services/catalog-info.yaml": ENTITY.replace("triage", "other")},
        {f"{SERVICE}catalog-info.yaml": ENTITY, "handoff.yml": f"records: {{model: [{SERVICE}*]}}\n"},
    ],
)
def test_a_catalog_that_says_more_is_no_twin(tmp_path: Path, files: dict[str, str]) -> None:
    write_files(tmp_path, {f"{SERVICE}README.md": MODEL, **files})
    seen = [one.path for one in look(tmp_path).seen]
    assert len(seen) == 2
    settings = find_settings(tmp_path).settings
    assert not twins(look(tmp_path), settings, discover(settings, kinds_of(settings))[0])


@pytest.mark.parametrize("name", ["MODEL_CARD.md", "model-card.md", "ModelCard.md"])
def test_a_card_without_front_matter_is_told_by_its_name_and_headings(tmp_path: Path, name: str) -> None:
    write_files(tmp_path, {f"services/ranker/{name}": CARD, "services/ranker/README.md": "# A service\n"})
    assert names(adopted(tmp_path)) == {"model:ranker"}
    assert f"1 model (model card without front matter): services/ranker/{name}" in told(tmp_path)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("x/MODEL_CARD.md", "# How to write one\n\n## Intended use\n\nx\n"),
        ("x/MODEL_CARD.md", f"---\ntitle: Guide\n---\n{CARD}"),
        ("x/MODEL_CARD_TEMPLATE.md", CARD),
        ("x/notes.md", CARD),
    ],
)
def test_other_pages_are_no_card(path: str, text: str) -> None:
    assert detect(path, text) is None


def test_of_two_cards_in_a_folder_the_one_with_front_matter_is_read(tmp_path: Path) -> None:
    files = {f"{SERVICE}README.md": MODEL, f"{SERVICE}MODEL_CARD.md": CARD, f"{SERVICE}catalog-info.yaml": ENTITY}
    project = adopted(write_files(tmp_path, files))
    assert not project.errors
    assert {record.source.path for record in project.catalog.records.values()} == {f"{SERVICE}README.md"}


# Terms in several languages

TERM = '---\ntitle: Pod\nstatus: Completed\ncategory: concept\ntags: ["fundamental", "", ""]\n---\n\nContainers.\n'


def terms(*paths: str) -> dict[str, str]:
    return dict.fromkeys(paths, TERM)


def test_of_a_glossary_in_several_languages_one_is_read(tmp_path: Path) -> None:
    more = terms(*(f"content/{language}/{name}.md" for language in ("de", "en", "pt-br") for name in ("pod", "node")))
    write_files(tmp_path, {**more, **terms("content/en/lift.md", "content/de/nur-hier.md")})
    held = {record.source.path for record in adopted(tmp_path).catalog.records.values()}
    assert held == {f"content/en/{name}.md" for name in ("lift", "node", "pod")} | {"content/de/nur-hier.md"}
    assert "4 files in another language than the one that is read (left out): " in "\n".join(told(tmp_path))


def test_without_an_english_one_it_is_the_language_with_most(tmp_path: Path) -> None:
    write_files(tmp_path, terms("content/de/pod.md", "content/fr/node.md", "content/fr/pod.md", "content/de/node.md"))
    assert {record.source.path for record in adopted(tmp_path).catalog.records.values()} == {
        "content/de/node.md", "content/de/pod.md"
    }  # fmt: skip


def test_a_language_that_the_settings_claim_is_not_left_out(tmp_path: Path) -> None:
    settings = {"handoff.yml": "records: {term: content/de/*.md}\n"}
    write_files(tmp_path, {**terms("content/de/pod.md", "content/en/pod.md"), **settings})
    assert [line for line in told(tmp_path) if "another language" in line] == [
        "1 file in another language than the one that is read (left out): content/en/pod.md"
    ]


MADR = "# {}\n\n## Context and Problem Statement\n\nx\n\n## Decision Outcome\n\ny\n"


@pytest.mark.parametrize("folder", ["docs/adr", "notes/choices"])
def test_of_a_decision_in_several_languages_the_one_without_a_language_is_read(tmp_path: Path, folder: str) -> None:
    both = {f"{folder}/0007-cache{end}.md": MADR.format("Cache") for end in ("", ".fr", ".pt-br")}
    more = {f"{folder}/0008-queue.md": MADR.format("Queue"), f"{folder}/0008-queue.de.md": "# Warten\n\nWir warten.\n"}
    write_files(tmp_path, {**both, **more, f"{folder}/0009-only.es.md": MADR.format("Solo")})
    assert {record.source.path for record in adopted(tmp_path).catalog.records.values()} == {
        f"{folder}/{name}.md" for name in ("0007-cache", "0008-queue", "0009-only.es")
    }
    (left,) = (line for line in told(tmp_path) if "left out" in line)
    assert left.startswith(f"3 files in another language than the one that is read (left out): {folder}/0007-cache.fr")


def test_names_with_a_dot_are_no_translations(tmp_path: Path) -> None:
    ends = ("", ".js", ".net", ".io", ".go", ".ai", ".tmp", ".ts", ".v2", ".api")
    files = {f"docs/adr/000{number}-use{end}.md": MADR.format("Use") for number, end in enumerate(ends)}
    write_files(tmp_path, {**files, **{f"docs/adr/000{number}-use.md": MADR.format("It") for number in range(10)}})
    assert excluded(tmp_path) == ()


def test_translations_that_the_settings_claim_are_read(tmp_path: Path) -> None:
    files = {f"docs/adr/0007-cache{end}.md": MADR.format("Cache") for end in ("", ".fr")}
    write_files(tmp_path, {**files, "handoff.yml": "records: {decision: docs/adr/*.md}\n"})
    assert not any("another language" in line for line in told(tmp_path))


LOG = "# Decisions\n\n## Decision A: Cache\n\n### Status: Accepted\n\nx\n\n## Decision B\n\n### Status\n\nRejected\n"


def test_a_page_of_several_decisions_is_none(tmp_path: Path) -> None:
    history = "# Cache\n\n## Status\n\nAccepted\n\n## Context\n\nx\n\n## Decision\n\ny\n\n### Status\n\nDone.\n"
    write_files(tmp_path, {"docs/adr/DECISIONS.md": LOG, "docs/adr/0001-log.md": LOG, "docs/adr/cache.md": history})
    assert excluded(tmp_path) == ("docs/adr/DECISIONS.md",)
    assert detect("anywhere/log.md", LOG.replace("Rejected", "No.\n\n### Decision\n\nx")) is None


GLOSSARIES = {
    "of words without names": "terms:\n- {latin: Ave, greek: Chaire}\n- {latin: Vale}\n",
    "the same with a version": "version: 1\nterms:\n- {latin: Ave, greek: Chaire}\n",
    "what is said of all": "title: Our words\nversion: 2\nlicense: CC-BY-4.0\nauthors: [Ann]\n",
    "terms by chapter": "title: Our words\nchapters:\n  yard:\n    label: Yard\n    terms: [{word: dock}]\n",
    "settings": "mode: strict\nrules: {}\n",
}


@pytest.mark.parametrize("form", GLOSSARIES)
@pytest.mark.parametrize("path", ["glossary.yml", "docs/glossary.yaml"])
def test_a_glossary_without_a_term_is_left_out(tmp_path: Path, path: str, form: str) -> None:
    write_files(
        tmp_path, {path: GLOSSARIES[form], "glossary/dock.yml": "title: Dock\ndefinition: Where lorries stand.\n"}
    )
    assert excluded(tmp_path) == (path,)
    assert names(adopted(tmp_path)) == {"term:dock"}


@pytest.mark.parametrize(
    "text",
    [
        "terms: []\n",  # begun
        "terms:\n- {title: Dock}\n",
        "title: Dock\ndefinition: Where lorries stand.\n",
        "title: Dock\nkind: term\n",
        "- {term: Dock}\n",
        "- {definition: Where lorries stand.}\n",
        "title: Dock\nsynonyms: [Pier]\n",
        "terms:\n" + "".join(f"- title: T{n}\n  definition: {'x ' * 60}\n" for n in range(400)),
    ],
)
def test_a_glossary_with_one_is_not(tmp_path: Path, text: str) -> None:
    write_files(tmp_path, {"glossary.yml": text})
    assert excluded(tmp_path) == ()


def test_where_all_decisions_are_translated_those_to_come_are_claimed(tmp_path: Path) -> None:
    names_ = [f"notes/choices/000{number}-use{end}.md" for number in range(1, 9) for end in ("", ".fr")]
    write_files(tmp_path, {name: MADR.format("Use") for name in names_})
    assert claimed(tmp_path) == {"decision": ("notes/choices/[0-9]*.md",)}
    assert excluded(tmp_path) == ("notes/choices/*.fr.md",)
    assert len(adopted(tmp_path).catalog.records) == 8
