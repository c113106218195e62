"""Schema files in a project: ours are used or told of, other programs' are passed over."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff import resources
from mkdocs_handoff.schema.files import SchemaFile, foreign, read_files
from mkdocs_handoff.schema.kinds import load_kinds
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

OURS = resources.folder("schemas")
BUILT_IN, _ = load_kinds([(OURS, "ours")])
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
MODELS = {"handoff.yml": "{}\n", "models/own.md": "---\nkind: model\nlast_reviewed: soon\n---\n# Own\n"}
NOTE = {"x-plural": "Notes", "x-globs": ["notes/*.yml"], "type": "object"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("model", json.dumps({"$schema": DRAFT_7, "type": "object", "properties": {"x": {"x-order": 1}}})),
        ("model", json.dumps({"title": "Model", "x-order": "first", "x-icon": 3})),
        ("common", json.dumps({"$schema": DRAFT_7, "$defs": {"owners": {"type": "number"}, "id": {"type": "objet"}}})),
        ("common", json.dumps({"$defs": []})),
        ("common", "{"),
        ("x", "{ // a comment\n}"),
        ("x", "[]"),
        ("x", ""),
    ],
)
def test_another_programs_schemas_change_nothing(tmp_path: Path, name: str, text: str) -> None:
    project = lint(write_files(tmp_path, {**MODELS, f"schemas/{name}.schema.json": text}))
    assert [str(finding.place) for finding in project.findings if finding.rule.startswith("schema/")] == []
    assert list(project.catalog.kinds) == list(BUILT_IN)
    assert [str(identity) for identity in project.catalog.records] == ["model:own"]
    assert [finding.rule for finding in project.errors] == ["field/format"]
    assert foreign([(OURS, "ours"), (tmp_path / "schemas", "schemas")]) == (f"schemas/{name}.schema.json",)


def test_bytes_that_are_no_text_are_nobodys_of_ours(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, {**MODELS, "schemas/x.schema.json": b"\xff\xfe{\x00"}))
    assert [finding.rule for finding in project.errors] == ["field/format"]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("note", '{"x-plural" "Notes"}', "cannot be used as a schema: Expecting ':' delimiter"),
        ("note", '{"x-globs": ["notes/*"]}', "#: lacks 'x-plural': with it a schema is a kind"),
        ("note", '{"x-plurals": "Notes"}', "#/x-plurals: there is no 'x-plurals'"),
        ("model", '{"$id": "https://mkdocs-handoff.dev/schemas/1/model.schema.json"}', "#: lacks 'x-plural'"),
    ],
)
def test_a_schema_that_is_meant_for_us_and_cannot_be_used_is_told(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    project = lint(write_files(tmp_path, {**MODELS, f"schemas/{name}.schema.json": text}))
    (wrong,) = [finding for finding in project.findings if finding.rule == "schema/unusable"]
    assert wrong.message.startswith(told)
    assert name not in project.catalog.kinds
    assert foreign([(OURS, "ours"), (tmp_path / "schemas", "schemas")]) == ()


def test_ours_copied_into_a_project_are_as_they_were(tmp_path: Path) -> None:
    copied = {f"schemas/{path.name}": path.read_text(encoding="utf-8") for path in OURS.glob("*.schema.json")}
    project = lint(write_files(tmp_path, {**MODELS, **copied}))
    assert list(project.catalog.kinds) == list(BUILT_IN)
    assert [finding.rule for finding in project.errors] == ["field/format"]
    assert foreign([(OURS, "ours"), (tmp_path / "schemas", "schemas")]) == ()


def kinds_with(folder: Path, common: Any, note: Any) -> Any:
    write_files(folder, {"common.schema.json": json.dumps(common), "note.schema.json": json.dumps({**NOTE, **note})})
    kinds, findings = load_kinds([(OURS, "ours"), (folder, "schemas")])
    assert findings == ()
    return kinds


def test_own_pieces_stand_beside_ours(tmp_path: Path) -> None:
    common = {"$defs": {"size": {"type": "integer"}, "owners": {"type": "number"}}}
    refs = {name: {"$ref": f"common.schema.json#/$defs/{name}"} for name in ("size", "owners")}
    kinds = kinds_with(tmp_path, common, {"properties": refs})
    assert kinds["note"].root.fields["size"].types == {"integer"}
    assert kinds["note"].root.fields["owners"].reference is not None
    assert kinds["model"].schema == BUILT_IN["model"].schema


def test_an_annotated_piece_replaces_ours_of_its_name_and_no_other(tmp_path: Path) -> None:
    level = {"title": "Level", "type": "string", "enum": ["mine"], "x-material": True}
    kinds = kinds_with(tmp_path, {"$defs": {"level": level}}, {})
    assert kinds["model"].root.fields["level"].choices == ("mine",)
    assert kinds["model"].root.fields["owners"] == BUILT_IN["model"].root.fields["owners"]


def test_every_file_of_ours_is_read_and_none_is_foreign() -> None:
    read = list(read_files([(OURS, "ours")]))
    assert all(isinstance(one, SchemaFile) and not one.foreign and not one.own for one in read)
    assert foreign([(OURS, "ours")]) == ()
