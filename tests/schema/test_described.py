"""The pages on the fields of each kind: they say what the schemas say, all of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff import resources
from mkdocs_handoff.schema.demand import demanded, level_of
from mkdocs_handoff.schema.described import example, page, told, type_of
from mkdocs_handoff.schema.kinds import load_kinds
from mkdocs_handoff.schema.validate import BASE, READY, Validators
from mkdocs_handoff.text import yaml
from tests.projects import HERE
from tests.schema.test_effective import raw

if TYPE_CHECKING:
    from mkdocs_handoff.schema.fields import Field

KINDS, _ = load_kinds([(resources.folder("schemas"), "schemas")])
PAGES = HERE.parent / "docs" / "fields"


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_pages_are_as_the_schemas_have_them(kind: str) -> None:
    assert (PAGES / f"{kind}.md").read_text(encoding="utf-8") == page(KINDS[kind]), (
        "run: mkdocs-handoff schema --format markdown --output docs/fields"
    )


def test_there_is_no_page_of_a_kind_that_is_gone() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_described_with_type_need_and_example(kind: str) -> None:
    text = page(KINDS[kind])
    sections = dict(re.findall(r"^### `([^`]+)`\n\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL))
    levels = level_of(KINDS[kind])
    assert set(sections) == set(KINDS[kind].root.fields)
    for name, shape in KINDS[kind].root.fields.items():
        told_of = sections[name]
        assert f"**{shape.title}**: {type_of(shape)}" in told_of
        assert told(shape.description)[0] in told_of
        for standard in told(shape.description)[1].split(", "):
            assert standard in told_of
        needed = levels.get((name,))
        assert ("always needed" in told_of) == (needed is not None and needed[0] == BASE)
        assert ("needed for a handoff" in told_of) == (needed is not None and needed[0] == READY)


def _inner(shape: Field, depth: int = 0) -> set[str]:
    found: set[str] = set()
    for one in (shape, shape.items):
        for name, field in one.fields.items() if one is not None and depth < 3 else ():
            if one is None or one.reference is None or name not in ("ref", "version", "note"):
                found |= {name, *_inner(field, depth + 1)}
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_nested_fields_are_described_too(kind: str) -> None:
    text = page(KINDS[kind])
    rows = set(re.findall(r"^\| `[^`|]*\.([^`.|]+)` \|", text, re.MULTILINE))
    for shape in KINDS[kind].root.fields.values():
        assert _inner(shape) <= rows, shape.name
    for row in re.findall(r"^\|.*\|$", text, re.MULTILINE):
        assert len(re.findall(r"(?<!\\)\|", row)) == 6, row


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_told_to_be_needed_is_what_lint_asks_for(kind: str) -> None:
    asked = {flaw.path[0] for flaw in Validators().check(KINDS[kind], {}, READY, ()) if flaw.rule == "field/required"}
    assert asked == {path[0] for path in demanded(KINDS[kind], READY) if len(path) == 1}
    for path, instead in demanded(KINDS[kind], READY).items():
        for name in instead:
            if len(path) == 1:
                left = Validators().check(KINDS[kind], {name: "x"}, READY, ())
                assert path not in [flaw.path for flaw in left if flaw.rule == "field/required"]


@pytest.mark.parametrize(
    "value", ["x", "1.0", "a: b", 3, 0.5, True, ["a", {"b": [1, "2"]}], {"a": {"b": "c: d"}}, "no", ""]
)
def test_examples_read_back_as_they_are(value: Any) -> None:
    (document,) = yaml.read("\n".join(example("field", value)) + "\n").documents
    assert raw(document) == {"field": value}
