"""The pages on the fields of each kind: they say what the schemas say, all of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml as pyyaml

from mkdocs_handoff import resources
from mkdocs_handoff.schema.demand import demanded, level_of
from mkdocs_handoff.schema.described import example, page, type_of
from mkdocs_handoff.schema.kinds import load_kinds
from mkdocs_handoff.schema.overview import overview, shelves, told
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
    for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1, table


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_needed_and_the_headings_stand_first(kind: str) -> None:
    lines = list(overview(KINDS[kind]))
    assert "\n".join(lines) in page(KINDS[kind]).partition("## Who and what it is")[0]
    rows = {found[1]: line for line in lines if (found := re.match(r"\| \[`([^`]+)`\]", line))}
    levels = level_of(KINDS[kind])
    assert set(rows) == {path[0] for path in levels if len(path) == 1}
    for path, (level, instead) in levels.items():
        if len(path) == 1:
            assert f"| {'always' if level == BASE else 'for a handoff'} |" in rows[path[0]]
            assert all(f"`{name}`" in rows[path[0]] for name in instead)
    for section in KINDS[kind].sections:
        (row,) = [line for line in lines if line.startswith(f"| *{section.title}* |")]
        assert section.description in row
        assert f"`{section.field}`" in row or not section.field
        assert all(f"*{one}*" in row for one in section.also)


def test_what_is_needed_within_a_field_is_told_with_it() -> None:
    text = page(KINDS["model"])
    assert re.search(r"^\| \[`versions`\].* In it: `\[\]\.version`, `\[\]\.stage`\. \|$", text, re.MULTILINE)
    assert "[`description`](#description) or the heading *Model description* | for a handoff" in text
    assert "`mkdocs-handoff new decision` writes all of these headings" in page(KINDS["decision"])


@pytest.mark.parametrize("kind", KINDS)
def test_what_everybody_looks_for_stands_first_and_each_field_once(kind: str) -> None:
    found = shelves(KINDS[kind])
    assert (found[0][0], found[0][2][0].name) == ("Who and what it is", "title")
    names = [field.name for _, _, fields in found for field in fields]
    assert sorted(names) == sorted(KINDS[kind].root.fields)
    assert not {"title", "owners", "lifecycle", "last_reviewed", "version", "status", "license"} & {
        field.name for title, _, fields in found if title == "All others" for field in fields
    }
    for line in re.findall(r"^- \[.*", page(KINDS[kind]), re.MULTILINE):
        for title, slug in re.findall(r"^- \[(.*?)\]\(#(.*?)\)", line):
            assert f"\n## {title}\n" in page(KINDS[kind])
            assert slug == re.sub(r"[^a-z -]", "", title.lower()).replace(" ", "-")


@pytest.mark.parametrize("kind", KINDS)
def test_a_description_is_shown_by_one_of_its_kind(kind: str) -> None:
    shown = {name: KINDS[name].root.fields["description"].examples for name in KINDS}
    assert [name for name in KINDS if shown[name] == shown[kind]] == [kind]


def test_names_of_records_are_described_where_a_mapping_may_say_more() -> None:
    for kind in KINDS.values():
        assert page(kind).endswith("`Only the rows of paying customers.` |\n")


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_told_to_be_needed_is_what_lint_asks_for(kind: str) -> None:
    asked = {flaw.path[0] for flaw in Validators().check(KINDS[kind], {}, READY, ()) if flaw.rule == "field/required"}
    assert asked == {path[0] for path in demanded(KINDS[kind], READY) if len(path) == 1}
    for path, instead in demanded(KINDS[kind], READY).items():
        for name in instead:
            if len(path) == 1:
                left = Validators().check(KINDS[kind], {name: "x"}, READY, ())
                assert path not in [flaw.path for flaw in left if flaw.rule == "field/required"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_printed_example_is_yaml_to_other_readers_too(kind: str) -> None:
    text = page(KINDS[kind])
    printed = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    printed += [cell.replace("\\|", "|") for cell in re.findall(r"^\| .* \| `([^`]+)` \|$", text, re.MULTILINE)]
    assert len(printed) > 10
    for example_text in printed:
        pyyaml.safe_load(example_text)


@pytest.mark.parametrize(
    "value",
    [
        {"a": {"b": "May it?", "c": "x"}},
        "x",
        "1.0",
        "a: b",
        3,
        0.5,
        True,
        ["a", {"b": [1, "2"]}],
        {"a": {"b": "c: d"}},
        "no",
        "",
    ],
)
def test_examples_read_back_as_they_are(value: Any) -> None:
    (document,) = yaml.read("\n".join(example("field", value)) + "\n").documents
    assert raw(document) == {"field": value}
