"""jsonschema-rs, which decides, and jsonschema, which explains, agree; what is wrong is said in words."""

from __future__ import annotations

import copy
import json
import random
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_handoff import resources
from mkdocs_handoff.schema.fields import normal, typed
from mkdocs_handoff.schema.kinds import Kind, load_kinds
from mkdocs_handoff.schema.validate import BASE, READY, Validators, unknown_fields, unusable
from mkdocs_handoff.text import yaml
from tests.projects import copied, examples, lint
from tests.schema.instances import instance, mutated

if TYPE_CHECKING:
    from pathlib import Path

KINDS, WRONG = load_kinds([(resources.folder("schemas"), "schemas")])


@lru_cache(maxsize=64)
def both(text: str) -> tuple[Any, Any]:
    schema, formats = json.loads(text), jsonschema.FormatChecker(("date",))
    fast = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    return fast, jsonschema.Draft202012Validator(schema, format_checker=formats)


def verdicts(schema: dict[str, Any], value: Any) -> tuple[bool, bool]:
    fast, slow = both(json.dumps(schema))
    return fast.is_valid(value), slow.is_valid(value)


def test_the_built_in_schemas_are_right() -> None:
    assert not WRONG
    assert {"model", "dataset", "feature", "pipeline", "evaluation", "decision", "term"} <= KINDS.keys()
    assert {"playbook", "handoff", "team", "person"} <= KINDS.keys()
    for kind in KINDS.values():
        jsonschema.Draft202012Validator.check_schema(kind.schema)
        assert not unusable(kind.schema)
        assert not unusable(kind.ready)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_both_validators_agree_on_generated_values(kind: Kind) -> None:
    made = random.Random(kind.name)
    outcomes = {True: 0, False: 0}
    for _ in range(120):
        value = instance(kind.schema, made)
        for one in (value, mutated(value, made), mutated(mutated(value, made), made)):
            for schema in (kind.schema, kind.ready):
                if schema:
                    fast, slow = verdicts(schema, one)
                    assert fast == slow, json.dumps(one, ensure_ascii=False)
                    outcomes[fast] += 1
    assert min(outcomes.values()) > 20, "both outcomes are tried"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_what_fails_is_said_and_what_passes_is_not(kind: Kind) -> None:
    made = random.Random(kind.name + "words")
    validators = Validators()
    for _ in range(60):
        value = mutated(instance(kind.schema, made), made)
        before = copy.deepcopy(value)
        flaws = validators.check(kind, value, BASE, ())
        assert value == before
        assert bool(flaws) != verdicts(kind.schema, value)[0]
        for flaw in flaws:
            assert flaw.rule.startswith("field/")
            assert flaw.message
            assert "{" not in flaw.message.partition("'")[0]


def values_of(folder: Path) -> list[tuple[str, Any]]:
    values = []
    for record in lint(folder).catalog.records.values():
        layer = record.source.layer
        if layer.text and not layer.prefix and record.kind in KINDS:
            documents = yaml.read(layer.text).documents
            values.append((record.kind, typed(documents[layer.document], KINDS[record.kind].root)))
    return values


def test_both_validators_agree_on_all_fixtures(tmp_path: Path) -> None:
    checked = 0
    for number, example in enumerate([*examples("good"), *examples("bad")]):
        for kind, value in values_of(copied(example, tmp_path / str(number))):
            for schema in (KINDS[kind].schema, KINDS[kind].ready):
                fast, slow = verdicts(schema, value)
                assert fast == slow, example
                checked += 1
    assert checked > 100


@settings(derandomize=True)
@given(number=st.integers(0, 10**9), name=st.sampled_from(sorted(KINDS)))
def test_reading_a_value_again_changes_nothing(number: int, name: str) -> None:
    """`typed` is idempotent, and `normal` is: what was read once reads the same."""
    shape = KINDS[name].root
    value = mutated(instance(KINDS[name].schema, random.Random(number)), random.Random(number))
    plain = as_plain(value)
    once = typed(plain, shape)
    assert typed(once, shape) == once
    assert typed(as_plain(once), shape) == once
    form = normal(once, shape)
    assert normal(form, shape) == form


def as_plain(value: Any) -> Any:
    """Return a value as the reader gives it where nothing is quoted."""
    if isinstance(value, dict):
        return {key: as_plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_plain(item) for item in value]
    if isinstance(value, bool):
        return yaml.Plain(str(value).lower())
    return None if value is None else yaml.Plain(str(value))


SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[a-z]+$", "examples": ["abc"]},
        "day": {"type": "string", "format": "date"},
        "count": {"type": "integer", "minimum": 1, "maximum": 9, "multipleOf": 2},
        "share": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
        "flag": {"type": "boolean"},
        "word": {"enum": ["one", "two"]},
        "fixed": {"const": "this"},
        "list": {"type": "array", "minItems": 1, "maxItems": 2, "uniqueItems": True, "items": {"type": "string"}},
        "either": {"anyOf": [{"type": "string"}, {"type": "object", "required": ["ref"]}]},
        "one": {"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 5}]},
        "closed": {"type": "object", "additionalProperties": False, "properties": {"colour": {"type": "string"}}},
        "open": {"type": "object", "properties": {"first": {"type": "string"}}},
        "group": {"anyOf": [{"required": ["left"]}, {"required": ["right"]}]},
        "choice": {"if": {"required": ["left"]}, "else": {"required": ["right"]}},
        "deep": {"type": "array", "items": {"type": "object", "properties": {"size": {"type": "integer"}}}},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def kind(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    folder = tmp_path_factory.mktemp("schemas")
    (folder / "thing.schema.json").write_text(json.dumps({**SCHEMA, "title": "Thing", "x-plural": "Things"}))
    kinds, findings = load_kinds([(resources.folder("schemas"), "ours"), (folder, "schemas")])
    assert not findings
    return kinds["thing"]


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("{}", "field/required", "the record lacks 'name'"),
        ("name: a", "field/empty", "name needs at least 2, and has 1"),
        ("name: abcdef", "field/range", "name is 'abcdef', and must be 5 characters or fewer"),
        ("name: A1", "field/format", "name is 'A1', which is not in its form"),
        ("name: [a]", "field/type", "name is a list, and takes text"),
        ("{name: ab, day: 2026-13-45}", "field/format", "day is '2026-13-45', and not a date that exists"),
        ("{name: ab, day: 2026-02-30}", "field/format", "day is '2026-02-30', and not a date that exists"),
        *(
            (f"{{name: ab, day: '{day}'}}", "field/format", f"day is '{day}', which is not written as year-month-day")
            for day in ("2026-11-3", "20261103", "2026-11-03T10:00:00", "03/04/2026")
        ),
        ("{name: ab, count: 10}", "field/range", "count is 10, and must be 9 or less"),
        ("{name: ab, count: 0}", "field/range", "count is 0, and must be 1 or more"),
        ("{name: ab, count: 3}", "field/range", "count is 3, and must be a multiple of 2"),
        ("{name: ab, count: many}", "field/type", "count is 'many', and takes a whole number"),
        ("{name: ab, count: 2.5}", "field/type", "count is '2.5', and takes a whole number"),
        ("{name: ab, share: 1}", "field/range", "share is 1, and must be less than 1"),
        ("{name: ab, share: 1e999}", "field/type", "share is '1e999', and takes a number"),
        ("{name: ab, share: '0.5'}", "field/type", "share is '0.5', and takes a number"),
        ("{name: ab, flag: yes}", "field/type", "flag is 'yes', and takes true or false"),
        ("{name: ab, word: tow}", "field/choice", "word is 'tow', which is none of its values"),
        ("{name: ab, fixed: that}", "field/choice", "fixed is 'that', which is none of its values"),
        ("{name: ab, list: []}", "field/empty", "list needs at least 1, and has 0"),
        ("{name: ab, list: [a, b, c]}", "field/range", 'list is ["a", "b", "c"], and must be of 2 items or fewer'),
        ("{name: ab, list: [a, a]}", "field/range", 'list is ["a", "a"], and must be without repetition'),
        ("{name: ab, list: [a, [b]]}", "field/type", "list[1] is a list, and takes text"),
        ("{name: ab, either: {version: 1}}", "field/required", "either lacks 'ref'"),
        ("{name: ab, either: [a]}", "field/type", "either is a list, and takes text or a mapping of fields"),
        ("{name: ab, closed: {color: red}}", "field/unknown", "closed has no field 'color'"),
        ("{name: ab, group: {}}", "field/required", "group lacks 'left' or 'right'"),
        ("{name: ab, choice: {}}", "field/required", "choice lacks 'right'"),
        ("{name: ab, deep: [{}, {size: x}]}", "field/type", "deep[1].size is 'x', and takes a whole number"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words(kind: Kind, text: str, rule: str, words: str) -> None:
    value = typed(yaml.read(text).documents[0], kind.root)
    (flaw,) = Validators().check(kind, value, BASE, ())
    assert (flaw.rule, flaw.message) == (rule, words)


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("{}", [("name",)]),
        ("{name: ab, either: {note: x}}", [("either", "ref")]),
        ("{name: ab, group: {}}", [("group", "right")]),
        ("{name: ab, group: {}}", [("group", "left")]),
        ("{name: ab, choice: {}}", [("choice", "left")]),
        ("{name: ab, list: []}", [("list", 0)]),
    ],
)
def test_nothing_is_demanded_of_a_stated_gap(kind: Kind, text: str, gaps: list[tuple[str | int, ...]]) -> None:
    value = typed(yaml.read(text).documents[0], kind.root)
    assert Validators().check(kind, value, BASE, ())
    assert Validators().check(kind, value, BASE, gaps) == []


def test_without_jsonschema_rs_the_words_are_the_same(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    value = typed(yaml.read("{name: A1, count: 10, list: []}").documents[0], kind.root)
    fast = Validators().check(kind, value, BASE, ())
    monkeypatch.setattr("mkdocs_handoff.schema.validate._rust", lambda: None)
    assert Validators().check(kind, value, BASE, ()) == fast
    assert not unusable(SCHEMA)
    assert unusable({"type": "objet"})
    assert Validators().check(kind, {"name": "ab"}, BASE, ()) == []


def test_a_misspelt_field_is_told_and_an_own_one_is_not(kind: Kind) -> None:
    value = yaml.read(
        "{nmae: ab, own: 1, open: {frist: x, name: y}, deep: [{}, {szie: 3}], closed: {colur: x}}"
    ).documents[0]
    assert list(unknown_fields(value, kind.root)) == [
        (("nmae",), "nmae", "name"),
        (("open", "frist"), "frist", "first"),
        (("deep", 1, "szie"), "szie", "size"),
        (("closed", "colur"), "colur", "colour"),
    ]


def test_a_slip_beside_the_right_name_and_the_first_word_of_one_are_told() -> None:
    value = yaml.read(
        "{reproduction: {by: Bob}, reproductoin: 3, acceptance_criteria: [{id: a, status: open, waiver: x}], waiver: 1,"
        " tag: own, tags: [a], accepted: own}"
    ).documents[0]
    assert list(unknown_fields(value, KINDS["handoff"].root)) == [
        (("reproductoin",), "reproductoin", "reproduction"),
        (("acceptance_criteria", 0, "waiver"), "waiver", "waiver_reason"),
        (("waiver",), "waiver", "waivers"),
    ]


def test_handoff_ready_asks_for_more(kind: Kind) -> None:
    validators = Validators()
    assert validators.check(KINDS["model"], {"title": "Churn"}, BASE, ()) == []
    assert len(validators.check(KINDS["model"], {"title": "Churn"}, READY, ())) > 5
    assert validators.check(kind, {"name": "ab"}, READY, ()) == []
