"""Entities of Backstage: templates of them, names as they are written, and references in a namespace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project

_HEAD = "apiVersion: backstage.io/v1alpha1\n"
SETTINGS = "records: {team: catalog/*.yaml}\n"
USER = _HEAD + "kind: User\nmetadata: {{name: {0}}}\nspec: {{memberOf: []}}\n"


def catalog(root: Path, *entities: str) -> Project:
    return lint(write_files(root, {"handoff.yml": SETTINGS, "catalog/org.yaml": "---\n".join(entities)}))


@pytest.mark.parametrize("kind", ["User", "Group", "Component", "Resource"])
@pytest.mark.parametrize("name", ["${{ values.name }}", "'{{ name }}'", "svc-${{ values.name }}"])
def test_an_entity_that_a_template_is_yet_to_write_is_none(tmp_path: Path, kind: str, name: str) -> None:
    types = {"Component": "machine-learning-model", "Resource": "dataset"}
    spec = f"spec: {{type: {types.get(kind, 'team')}}}\n"
    text = f"{_HEAD}kind: {kind}\nmetadata:\n  name: {name}\n{spec}"
    project = catalog(tmp_path, text, USER.format("ann"))
    assert told(project) == []
    assert [str(identity) for identity in project.catalog.records] == ["person:ann"]


@pytest.mark.parametrize(
    ("entity", "title"),
    [
        (USER.format("jdoe"), "jdoe"),
        (USER.format("Jane-Doe"), "Jane-Doe"),
        (_HEAD + "kind: User\nmetadata: {name: jdoe}\nspec: {profile: {displayName: Jane}}\n", "Jane"),
        (_HEAD + "kind: Group\nmetadata: {name: Team-QA}\nspec: {children: []}\n", "Team-QA"),
        (_HEAD + "kind: Group\nmetadata: {name: team-qa}\nspec: {children: []}\n", "Team qa"),
        (_HEAD + "kind: Group\nmetadata: {name: QA, title: Quality}\nspec: {children: []}\n", "Quality"),
    ],
)
def test_a_name_keeps_its_capitals_and_a_login_is_no_words(tmp_path: Path, entity: str, title: str) -> None:
    (record,) = catalog(tmp_path, entity).catalog.records.values()
    assert record.title == title


def test_a_reference_without_a_namespace_means_that_of_its_entity(tmp_path: Path) -> None:
    group = _HEAD + "kind: Group\nmetadata: {{name: {0}, namespace: acme}}\nspec: {{parent: {1}, members: [{2}]}}\n"
    user = _HEAD + "kind: User\nmetadata: {{name: {0}, namespace: {1}}}\nspec: {{memberOf: [{2}]}}\n"
    project = catalog(
        tmp_path,
        group.format("lab", "''", "user:bob"),
        group.format("wing", "lab", "user:default/carl"),
        user.format("bob", "acme", "wing"),
        user.format("carl", "default", "acme/lab"),
    )
    assert told(project) == []
    found = {(str(one.source), str(one.target)) for each in project.catalog.outgoing.values() for one in each}
    assert found == {
        ("team:acme/lab", "person:acme/bob"),
        ("team:acme/wing", "team:acme/lab"),
        ("team:acme/wing", "person:carl"),
        ("person:acme/bob", "team:acme/wing"),
        ("person:carl", "team:acme/lab"),
    }
    assert not project.catalog.wanted
