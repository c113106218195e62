"""The schemas that editors are handed: they mark nothing that lint accepts, and offer the names that there are."""

from __future__ import annotations

import json
import re
from random import Random
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from mkdocs_handoff import resources
from mkdocs_handoff.drafting.offered import names
from mkdocs_handoff.exchange.editors import ANY, associations, schema_files, schemas
from mkdocs_handoff.schema.effective import effective
from mkdocs_handoff.schema.kinds import load_kinds
from mkdocs_handoff.schema.validate import BASE, Validators
from mkdocs_handoff.text import yaml
from tests.projects import HERE, copied, examples, lint, write_files
from tests.schema.instances import instance, mutated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_handoff.project import Project

KINDS, _ = load_kinds([(resources.folder("schemas"), "schemas")])
NAMES = {"team": (("risk", "Risk"),), "dataset": (("visits", "Visits"), ("acme/views", "Views"))}
FORMS = ({"unknown": "asked Ann"}, {"not-applicable": "no data"}, {"from": "m.json#/a"}, None)


def raw(value: Any) -> Any:
    """Return what a reader of YAML 1.2 makes of a text, as a language server sees it."""
    if isinstance(value, yaml.Plain):
        number, boolean = value.number(), value.boolean()
        return number if number is not None else boolean if boolean is not None else str(value)
    if isinstance(value, dict):
        return {key: raw(item) for key, item in value.items()}
    return [raw(item) for item in value] if isinstance(value, list) else value


def errors(schema: Any, value: Any) -> list[str]:
    """Return what is wrong with a value, innermost first."""
    found = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker(("date",)))
    return [error.message[:200] for error in found.iter_errors(value)]


def written(project: Project) -> Iterator[tuple[str, str, Any]]:
    """Yield the path, the kind and the raw value of each record that lint finds no error in."""
    bad = {finding.place.path for finding in project.errors}
    for identity, record in project.catalog.records.items():
        layer = record.source.layer
        if layer.path in bad or not layer.text:
            continue
        value = yaml.read(layer.text).documents[layer.document]
        for step in layer.prefix:
            value = value[step]
        yield layer.path, identity.kind, raw(value)


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_one_schema_that_stands_alone(kind: str) -> None:
    made = effective(KINDS[kind], NAMES)
    jsonschema.Draft202012Validator.check_schema(made)
    text = json.dumps(made)
    assert '"x-' not in text
    for ref in re.findall(r'"\$ref": "([^"]*)"', text):
        assert ref.startswith("#/$defs/")
        assert ref.removeprefix("#/$defs/") in made["$defs"]
    # What a language server does not understand, it passes over: then lint and editor would differ.
    assert not {"$dynamicRef", "unevaluatedProperties", "dependentSchemas", "prefixItems", "$anchor"} & set(
        re.findall(r'"([$\w]+)":', text)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_what_lint_accepts_is_accepted_and_so_is_every_form_in_its_place(kind: str) -> None:
    random = Random(5)
    made = effective(KINDS[kind], NAMES)
    fast = jsonschema.Draft202012Validator(made, format_checker=jsonschema.FormatChecker(("date",)))
    validators = Validators()
    tried = 0
    for number in range(400):
        value = instance(KINDS[kind].schema, random)
        value = mutated(value, random) if number % 2 else value
        if not isinstance(value, dict) or validators.check(KINDS[kind], value, BASE, ()):
            continue
        if "terms" in value and kind == "term":
            continue
        tried += 1
        assert fast.is_valid(value), (value, errors(made, value))
        if value:
            holder, key = _somewhere(value, random)
            holder[key] = random.choice(FORMS)
            assert fast.is_valid(value), (value, errors(made, value))
    assert tried > 50


def _somewhere(value: Any, random: Random) -> tuple[Any, Any]:
    holder, key = value, random.choice(list(value))
    while isinstance(holder[key], dict | list) and holder[key] and random.random() < 0.6:
        holder = holder[key]
        key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    return holder, key


def test_the_samples_records_are_accepted() -> None:
    project = lint(HERE.parent / "sample_project")
    made = schemas(project)
    assert sum(1 for _ in written(project)) > 50
    for path, kind, value in written(project):
        assert errors(made[kind], value) == [], path


@pytest.mark.parametrize("example", tuple(examples("good")), ids=lambda path: path.name)
def test_the_good_examples_are_accepted(example: Path, tmp_path: Path) -> None:
    project = lint(copied(example, tmp_path / "project"))
    offered = names(project.catalog)
    records = list(written(project))
    made = {kind: effective(project.catalog.kinds[kind], offered) for kind in {kind for _, kind, _ in records}}
    for path, kind, value in records:
        assert errors(made[kind], value) == [], path


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("model", {"versions": [{"version": 1, "stage": "flying"}]}),
        ("model", {"owners": [{"role": "accountable"}]}),
        ("model", {"owners": [{"ref": "team:risk", "role": "king"}]}),
        ("model", {"owners": {"unknown": "asked", "because": "x"}}),
        ("model", {"last_reviewed": "soon"}),
        ("model", {"last_reviewed": {"unknown": ["Ann"]}}),
        ("evaluation", {"title": "x"}),
        ("term", {"terms": [{"title": ["x"]}]}),
        ("term", [{"title": ["x"]}]),
        ("model", "a text"),
    ],
)
def test_what_lint_refuses_is_refused(kind: str, value: Any) -> None:
    assert errors(effective(KINDS[kind], NAMES), value)


def test_the_names_that_there_are_are_offered_and_others_are_not_refused() -> None:
    made = effective(KINDS["model"], NAMES)
    lists = {key: piece.get("enum") for key, piece in made["$defs"].items() if key.startswith("handoff-names")}
    assert lists["handoff-names-term"] is None
    assert lists["handoff-names-dataset"] == ["visits", "acme/views"]
    assert lists["handoff-names-team-person"] == ["team:risk"]
    data = made["$defs"]["handoff-record"]["properties"]["training_data"]
    assert {"$ref": "#/$defs/handoff-names-dataset"} in data["anyOf"]
    for value in ("visits", "not-written-yet", ["visits", {"ref": "other", "split": "train"}]):
        assert errors(made, {"training_data": value}) == []
    assert errors(made, {"training_data": [{"split": "train"}]})
    assert all(
        piece == {"type": "string"}
        for key, piece in effective(KINDS["model"], {})["$defs"].items()
        if key.startswith("handoff-names")
    )


def test_one_schema_for_all_tells_them_apart_by_their_kind(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path / "p", {"models/m.yml": "title: M\n"}))
    made = schemas(project)[ANY]
    jsonschema.Draft202012Validator.check_schema(made)
    assert errors(made, {"kind": "model", "last_reviewed": "2026-01-01"}) == []
    assert errors(made, {"kind": "model", "last_reviewed": "soon"})
    assert errors(made, {"kind": "evaluation"})
    assert errors(made, {"kind": "somebody else's", "last_reviewed": "soon"}) == []


def test_pieces_that_refer_to_each_other_are_found_in_the_one_file(tmp_path: Path) -> None:
    own = (
        '{"title": "Part", "x-plural": "Parts", "x-globs": ["parts/*.yml"], "type": "object", "properties": {'
        '"size": {"type": "array", "items": {"type": "integer"}}, "like": {"$ref": "#/properties/size/items"},'
        '"parts": {"type": "array", "items": {"$ref": "#/properties/like"}}, "x-size": {"$ref": "#/$defs/tree"},'
        '"examples": {"type": "integer"}},'
        '"$defs": {"tree": {"type": "object", "properties": {"left": {"$ref": "#/$defs/tree"},'
        '"n": {"type": "integer"},'
        '"twig": {"$ref": "#/$defs/tree/properties/n"}}}}}'
    )
    project = lint(write_files(tmp_path / "p", {"schemas/part.schema.json": own, "handoff.yml": "{}\n"}))
    for made, lead in ((schemas(project)["part"], {}), (schemas(project)[ANY], {"kind": "part"})):
        for good in ({"like": 3}, {"parts": [3]}, {"x-size": {"left": {"left": {"n": 1, "twig": 2}}}}):
            assert errors(made, {**lead, **good}) == []
        for bad in ({"like": [1]}, {"parts": [[1]]}, {"x-size": {"left": {"twig": []}}}, {"examples": []}):
            assert errors(made, {**lead, **bad}), bad


def test_own_kinds_and_own_places_are_included(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "records:\n  model: [zoo/**/model.yml, zoo/*.md]\n",
        "schemas/note.schema.json": (
            '{"title": "Note", "x-plural": "Notes", "x-globs": ["notes/*.yml"], "type": "object",'
            '"properties": {"about": {"$ref": "common.schema.json#/$defs/reference", "x-reference": {"to": "model"}}}}'
        ),
        "zoo/a/model.yml": "title: A\n",
    }
    project = lint(write_files(tmp_path / "p", files))
    found = schemas(project)["note"]
    assert found["$defs"]["handoff-names-model"]["enum"] == ["a"]
    assert errors(found, {"about": {"note": "no ref"}})
    assert errors(found, {"about": {"ref": "a"}}) == []
    files_of = associations(project)
    assert files_of[".handoff/schemas/model.schema.json"] == ["zoo/**/model.yml"]
    assert files_of[".handoff/schemas/note.schema.json"] == ["notes/*.yml"]
    assert "note.schema.json" in schema_files(project)
    assert schema_files(project) == schema_files(lint(tmp_path / "p"))
