"""A schema's annotations are held against `schemas/annotations.schema.json`: ours pass, and slips are told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff import resources
from mkdocs_handoff.schema.annotations import misfits, misnamed, pointer, unnamed
from mkdocs_handoff.schema.kinds import annotation_shapes, load_kinds
from mkdocs_handoff.schema.validate import unusable

if TYPE_CHECKING:
    from pathlib import Path

OURS = resources.folder("schemas")
BUILT_IN, _ = load_kinds([(OURS, "ours")])
PLURAL = {"x-plural": "Things"}


def loaded(folder: Path, schema: Any, name: str = "thing") -> tuple[set[str], list[str]]:
    text = schema if isinstance(schema, str) else json.dumps(schema)
    (folder / f"{name}.schema.json").write_text(text, encoding="utf-8")
    kinds, findings = load_kinds([(OURS, "ours"), (folder, "schemas")])
    assert {finding.rule for finding in findings} <= {"schema/unusable"}
    return set(kinds), [f"{finding.place} {finding.message} {finding.hint}" for finding in findings]


@pytest.mark.parametrize("kind", BUILT_IN)
def test_the_built_in_schemas_name_what_there_is(kind: str) -> None:
    schema = json.loads((OURS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    assert list(unnamed(schema, BUILT_IN[kind].root)) == []


@pytest.mark.parametrize("path", sorted(OURS.glob("*.schema.json")), ids=lambda path: path.name)
def test_the_built_in_schemas_are_annotated_rightly(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    assert misfits(schema, annotation_shapes()) == []
    assert list(misnamed(schema, list(BUILT_IN))) == []


def test_the_schema_of_annotations_is_right_and_no_kind() -> None:
    shapes = annotation_shapes()
    assert not unusable(shapes.root.schema)
    assert not unusable(shapes.piece.schema)
    assert "annotations" not in BUILT_IN


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"x-globs": [1]}, "#/x-globs/0: x-globs[0] is 1, and takes text"),
        ({"x-globs": [["a"]]}, "#/x-globs/0: x-globs[0] is a list, and takes text"),
        ({"x-globs": "exp/*"}, "#/x-globs: x-globs is 'exp/*', and takes a list"),
        ({"x-globs": ["../a/*.md"]}, "#/x-globs/0: x-globs[0] is '../a/*.md', which is not in its form"),
        ({"x-glob": ["a/*.md"]}, "#/x-glob: there is no 'x-glob' Did you mean 'x-globs'?"),
        ({"x-facts": [[1]]}, "#/x-facts/0: x-facts[0] is a list"),
        ({"x-groups": [{"title": "A"}]}, "#/x-groups/0: x-groups[0] lacks 'fields' https://github.com/"),
        ({"x-review-every": "often"}, "#/x-review-every: x-review-every is 'often'"),
        ({"x-handoff-ready": {"properties": {"a": {"x-hidden": 1}}}}, "#/x-handoff-ready/properties/a/x-hidden: "),
        (
            {"properties": {"a": {"x-reference": {"to": ["*"], "lineage": "sideways"}}}},
            "#/properties/a/x-reference/lineage: x-reference.lineage is 'sideways'",
        ),
        (
            {"properties": {"a": {"x-reference": {"text": True}}}},
            "#/properties/a/x-reference: x-reference lacks 'to'",
        ),
        (
            {"properties": {"a": {"x-reference": {"to": ["model"], "suspects": True}}}},
            "#/properties/a/x-reference/suspects: x-reference has no field 'suspects' Did you mean 'suspect'?",
        ),
        ({"properties": {"a/b": {"x-format": "markdwon"}}}, "#/properties/a~1b/x-format: x-format is 'markdwon'"),
        ({"properties": {"x-unit": {"items": {"x-unit": 1}}}}, "#/properties/x-unit/items/x-unit: x-unit is 1"),
        ({"properties": {"a": {"anyOf": [{"x-reference": "model"}]}}}, "#/properties/a/anyOf/0/x-reference: "),
        ({"$defs": {"a": {"x-adopted": "yes"}}}, "#/$defs/a/x-adopted: x-adopted is 'yes', and takes true or false"),
    ],
)
def test_a_schema_with_a_slip_in_its_annotations_is_not_used(tmp_path: Path, schema: Any, told: str) -> None:
    kinds, (line,) = loaded(tmp_path, {**PLURAL, **schema})
    assert "thing" not in kinds
    assert f" {told}" in line
    assert line.endswith("The kind is not known until this is mended.")


def test_a_slip_is_told_where_it_stands(tmp_path: Path) -> None:
    _, (line,) = loaded(tmp_path, '{\n  "x-plural": "Things",\n  "x-order": "first"\n}\n')
    assert line.startswith("schemas/thing.schema.json:3:14 ")


@pytest.mark.parametrize("to", [["modle"], "modle", ["dataset", "modle"]])
def test_a_reference_to_a_misspelt_kind_is_told_and_the_kind_is_used(tmp_path: Path, to: Any) -> None:
    kinds, (line,) = loaded(tmp_path, {**PLURAL, "properties": {"a": {"x-reference": {"to": to}}}})
    assert "thing" in kinds
    assert "there is no kind 'modle' Did you mean 'model'?" in line


FIELDS = {"properties": {"title": {}, "part": {"type": "object", "properties": {"size": {}}}, "parts": {"items": {}}}}


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"x-facts": ["title", "titel"]}, "#/x-facts/1: there is no property 'titel' Did you mean 'title'?"),
        ({"x-summary": ["nope"]}, "#/x-summary/0: there is no property 'nope' Describe it under `properties`"),
        ({"x-groups": [{"title": "A", "fields": ["nosuch"]}]}, "#/x-groups/0/fields/0: there is no property 'nosuch'"),
        ({"x-sections": [{"title": "A", "field": "part.sise"}]}, "#/x-sections/0/field: there is no property 'part.s"),
        ({"required": ["titel"]}, "#/required/0: there is no property 'titel' Did you mean 'title'?"),
        ({"x-handoff-ready": {"required": ["tilte"]}}, "#/x-handoff-ready/required/0: there is no property 'tilte'"),
        ({"x-handoff-ready": {"properties": {"tilte": {}}}}, "#/x-handoff-ready/properties/tilte: there is no prop"),
        (
            {"x-handoff-ready": {"properties": {"part": {"required": ["sise"]}}}},
            "#/x-handoff-ready/properties/part/required/0: there is no property 'sise' Did you mean 'size'?",
        ),
        ({"allOf": [{"if": {"required": ["tite"]}}]}, "#/allOf/0/if/required/0: there is no property 'tite'"),
        ({"$defs": {"a": {"tpye": "string"}}}, "#/$defs/a/tpye: there is no keyword 'tpye' Did you mean 'type'?"),
    ],
)
def test_a_name_of_nothing_is_told_and_the_kind_is_used(tmp_path: Path, schema: Any, told: str) -> None:
    kinds, (line,) = loaded(tmp_path, {**PLURAL, **FIELDS, **schema})
    assert "thing" in kinds
    assert f" {told}" in line


def test_names_of_what_there_is_are_not_told(tmp_path: Path) -> None:
    schema = {
        **PLURAL,
        "x-sections": [{"title": "A", "field": "part.size"}, {"title": "B"}],
        "x-facts": ["title", "more"],
        "properties": {**FIELDS["properties"], "free": {"type": "object", "required": ["anything"]}},
        "allOf": [{"properties": {"more": {"markdownDescription": "x", "defaultSnippets": []}}, "required": ["more"]}],
    }
    assert loaded(tmp_path, schema)[1] == []


@pytest.mark.parametrize("to", [["*"], ["thing", "model"], ["zebra"], "model"])
def test_other_references_are_not_told(tmp_path: Path, to: Any) -> None:
    reference = {"x-reference": {"to": to}}
    kinds, told = loaded(tmp_path, {**PLURAL, "x-mine": [1], "properties": {"a": reference, "x-unit": {}}})
    assert ("thing" in kinds, told) == (True, [])


def test_slips_in_the_shared_pieces_leave_ours_in_use(tmp_path: Path) -> None:
    kinds, (line,) = loaded(tmp_path, {"$defs": {"owners": {"x-reference": ["team"]}}}, "common")
    assert kinds == set(BUILT_IN)
    assert "#/$defs/owners/x-reference: " in line


def test_a_pointer_is_escaped() -> None:
    assert pointer(("a/b", 0, "~")) == "#/a~1b/0/~0"
