"""Settings that name kinds, folders and files of the project."""

from __future__ import annotations

import json
import warnings
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.text.globs import pattern
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project


def about_settings(project: Project) -> list[str]:
    found = (finding for finding in project.findings if finding.rule.startswith("settings/"))
    return [f"{one.place} {one.severity.value} {one.rule} {one.message}" for one in found]


def test_records_of_no_kind_are_told_at_the_setting_and_claim_nothing(tmp_path: Path) -> None:
    files = {"handoff.yml": "records:\n  modle: [zoo/*.yml, zoo/*.md]\n", "zoo/a.yml": "title: A\n"}
    project = lint(write_files(tmp_path, {**files, "models/b.yml": "title: B\n"}))
    assert about_settings(project) == ["handoff.yml:2:3 error settings/choice there is no kind 'modle'"]
    assert "Did you mean 'model'?" in next(one.hint for one in project.findings if one.rule == "settings/choice")
    assert [str(identity) for identity in project.catalog.records] == ["model:b"]
    assert not project.about("zoo/a.yml")


def test_records_of_a_kind_whose_schema_cannot_be_used_are_not_told_again(tmp_path: Path) -> None:
    schema = json.dumps({"x-plural": "Things", "x-globs": [1]})
    files = {"handoff.yml": "records: {thing: zoo/*.yml}\n", "schemas/thing.schema.json": schema}
    assert [finding.rule for finding in lint(write_files(tmp_path, files)).findings] == ["schema/unusable"]


def test_records_of_a_kind_whose_schema_does_not_say_so_are_told_why(tmp_path: Path) -> None:
    files = {"handoff.yml": "records: {thing: zoo/*.yml}\n", "schemas/thing.schema.json": '{"type": "object"}'}
    (told,) = lint(write_files(tmp_path, files)).findings
    assert told.rule == "settings/choice"
    assert told.hint == "schemas/thing.schema.json is there, without `x-plural`: with it, it is a kind."


@pytest.mark.parametrize("path", ["../x/*.md", "a/../b", "..", "/a/*.md", "C:/a", "..\\a"])
@pytest.mark.parametrize(
    "setting", ["records: {{model: ['{}']}}", "records: {{model: {{files: '{}'}}}}", "exclude: ['{}']", "exclude: '{}'"]
)
def test_files_outside_the_project_are_refused(tmp_path: Path, setting: str, path: str) -> None:
    (told,) = about_settings(lint(write_files(tmp_path, {"handoff.yml": setting.format(path) + "\n"})))
    assert "settings/format" in told


@pytest.mark.parametrize("setting", ["schemas: ../x", "templates: /x"])
def test_folders_outside_the_project_are_refused(tmp_path: Path, setting: str) -> None:
    (told,) = about_settings(lint(write_files(tmp_path, {"handoff.yml": setting + "\n"})))
    assert "settings/format" in told


def test_dots_in_names_are_no_way_out(tmp_path: Path) -> None:
    files = {"handoff.yml": "records: {model: [a..b/..c.yml, ./x/*.md]}\nseverity: {file/*: [{files: ../up.yml, severity: off}]}\n"}  # fmt: skip # noqa: E501
    assert about_settings(lint(write_files(tmp_path, files))) == []


@pytest.mark.parametrize("name", ["x.YML", "x.yaml", "x.YAML", "x.Md", "x.markdown", "x.MARKDOWN", "x/README.MD"])
def test_a_usual_place_means_the_format_however_its_ending_is_written(tmp_path: Path, name: str) -> None:
    text = "title: X\n" if "y" in name.lower() else "---\ntitle: X\n---\n"
    assert [str(one) for one in lint(write_files(tmp_path, {f"models/{name}": text})).catalog.records] == ["model:x"]


def test_a_place_in_the_settings_means_what_it_says(tmp_path: Path) -> None:
    files = {"handoff.yml": "records: {model: zoo/*.yml}\n", "zoo/a.yml": "title: A\n", "zoo/b.YAML": "title: B\n"}
    assert [str(one) for one in lint(write_files(tmp_path, files)).catalog.records] == ["model:a"]


@pytest.mark.parametrize(
    ("glob", "yes", "no"),
    [
        ("[[a", "[[a", "a"), ("[[a]", "[", "b"), ("[a&&b]", "&", "c"), ("[a||b]", "|", "c"), ("[+--]", ",", "a"),
        ("[--/]", ".", "a"), ("[!--/]", "a", "."), ("[!a]", "b", "a"), ("[a~~b]", "~", "c"),
    ],
)  # fmt: skip
def test_a_class_of_characters_is_no_set_of_pythons(glob: str, yes: str, no: str) -> None:
    pattern.cache_clear()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert pattern(glob).fullmatch(yes)
        assert not pattern(glob).fullmatch(no)
