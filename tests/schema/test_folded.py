"""Schemas of which nothing stands there twice, and the files in which those of several kinds stand together."""

from __future__ import annotations

import json
from typing import Any

import pytest

from mkdocs_handoff import resources
from mkdocs_handoff.schema.effective import effective
from mkdocs_handoff.schema.folded import folded
from mkdocs_handoff.schema.kinds import load_kinds
from mkdocs_handoff.schema.sheet import ANY, OFFERED, by_kind, files
from tests.schema.test_effective import errors

KINDS, _ = load_kinds([(resources.folder("schemas"), "schemas")])
NAMES = {"dataset": (("visits", "Visits"),), "team": ()}
LONG = {"type": "object", "description": "d" * 120, "properties": {"n": {"type": "integer", "title": "t" * 120}}}


def test_what_stands_twice_stands_once_and_what_nobody_needs_not_at_all() -> None:
    schema = {
        "properties": {"a": LONG, "b": {"items": LONG}, "c": {"$ref": "#/$defs/c"}},
        "$defs": {"c": {"$ref": "#/$defs/d"}, "d": {"type": "string"}, "unused": {"$ref": "#/$defs/unused"}},
    }
    made = folded(schema)
    assert made["properties"]["a"] == made["properties"]["b"]["items"] == {"$ref": "#/$defs/handoff-same-a"}
    assert list(made["$defs"]) == ["c", "d", "handoff-same-a"]
    assert made["$defs"]["handoff-same-a"] == LONG  # what is within it stands there once already
    assert folded(made) == made
    assert json.dumps(folded(schema)) == json.dumps(made)


def test_what_is_also_elsewhere_has_a_name_of_its_own() -> None:
    other = {**LONG, "title": "x"}
    inner = LONG["properties"]
    schema: dict[str, Any] = {
        "properties": {"a": LONG, "z": inner["n"] if isinstance(inner, dict) else {}},
        "anyOf": [LONG, {"properties": {"a": other, "b": {"properties": {"a": other}}}}],
        "$defs": {"handoff-same-a": {"type": "string"}},
        "not": {"$ref": "#/$defs/handoff-same-a"},
    }
    made = folded(schema)
    assert made["$defs"]["handoff-same-a"] == {"type": "string"}
    assert len({json.dumps(piece) for piece in made["$defs"].values()}) == len(made["$defs"]) == 4
    assert errors(made, {"a": {"n": 1}, "z": 2}) == errors(schema, {"a": {"n": 1}, "z": 2}) == []
    assert errors(made, {"a": {"n": "x"}})
    assert errors(made, {"z": "x"})


@pytest.mark.parametrize("kind", KINDS)
def test_no_long_piece_of_a_kind_stands_there_twice(kind: str) -> None:
    made = effective(KINDS[kind], NAMES)
    assert folded(made) == made
    text = json.dumps(made)
    assert all(f'"#/$defs/{name}"' in text for name in made["$defs"])


def test_as_files_they_refer_to_each_other_and_names_stand_in_one() -> None:
    schemas = {name: effective(kind, NAMES) for name, kind in KINDS.items()}
    found = files(schemas)
    assert list(found) == [*KINDS, ANY, OFFERED]
    assert found[OFFERED]["$defs"]["handoff-names-dataset"]["enum"] == ["visits"]
    for name in KINDS:
        text = json.dumps(found[name])
        assert "visits" not in text
        assert "handoff-names.schema.json#/$defs/handoff-names" in text
        assert '"#/$defs/handoff-names' not in text
    assert [one["then"] for one in found[ANY]["allOf"]] == [{"$ref": f"{name}.schema.json"} for name in KINDS]
    # In one file they say the same.
    whole = by_kind(schemas)
    assert whole["properties"] == found[ANY]["properties"]
    assert errors(whole, {"kind": "model", "training_data": "visits", "last_reviewed": "2026-11-03"}) == []
    assert errors(whole, {"kind": "model", "training_data": {"split": "x"}})
