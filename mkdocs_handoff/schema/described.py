"""A kind's fields as a page for people: made of the schema that checks them, so that the two cannot disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.schema.demand import level_of
from mkdocs_handoff.schema.overview import overview, shelves, told
from mkdocs_handoff.schema.validate import BASE
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.plain import one_line
from mkdocs_handoff.text.values import FieldValue, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.schema.demand import Names
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind

_TYPES = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "object": "mapping",
    "array": "list",
}
_OWN_WORDS = ("title", "name", "id", "kind")
_MANY = {"string": "texts", "number": "numbers", "integer": "whole numbers", "object": "mappings"}
_REFERRING = ("ref", "version", "note")
_DEEPEST = 6
_NAMING = (
    "## Names of records",
    "",
    "Where a field names a record, its name is enough: `churn-events`, or `dataset:churn-events`. A mapping says more:",
    "",
    "| field | takes | what it is | example |",
    "| --- | --- | --- | --- |",
    "| `ref` | text | The record that is meant. | `churn-events` |",
    '| `version` | text, or number | The version that is meant, as `churn-events@2.1` says it, too. | `"2.1"` |',
    "| `note` | Markdown | What the next team should know about this link. | `Only the rows of paying customers.` |",
    "",
)


def page(kind: Kind) -> str:
    """Return the page: Markdown, with a section for each group of fields as the kind's pages have them."""
    levels = level_of(kind)
    lines = [
        f"# {kind.title}: fields",
        "",
        f"<!-- Made by `mkdocs-handoff schema {kind.name} --format markdown`: what is changed by hand is lost. -->",
        "",
        *_paragraph(kind.description),
        *_about(kind),
    ]
    lines += overview(kind)
    for title, description, fields in shelves(kind):
        lines += [f"## {title}", "", *_paragraph(description)]
        lines += [line for one in fields for line in _field(kind, one, levels)]
    if any(_names_with_more(shape) for shape in kind.root.fields.values()):
        lines += _NAMING
    return "\n".join(lines).rstrip("\n") + "\n"


def _names_with_more(shape: Field) -> bool:
    """Tell whether a record is named in a mapping, in a field or in one inside it."""
    inner = (*shape.fields.values(), *((shape.items,) if shape.items is not None else ()))
    return (shape.reference is not None and "ref" in shape.fields) or any(map(_names_with_more, inner))


def example(name: str, value: Any) -> list[str]:
    """Return the lines of a field with a value of JSON, as YAML that reads back as that value."""
    return Writer().lines(name, _as_field(value), 0)


def type_of(shape: Field) -> str:
    """Return in words what a field takes."""
    if shape.choices:
        return "one of " + ", ".join(f"`{one}`" for one in shape.choices)
    words = [word for name, word in _TYPES.items() if name in shape.types]
    if shape.format == "date":
        words = ["date" if word == "text" else word for word in words]
    elif shape.markdown:
        words = ["Markdown" if word == "text" else word for word in words]
    if shape.reference is not None:
        records = "a record" if shape.reference.any_kind else " or ".join(shape.reference.kinds)
        named = f"name of {_article(records)}"
        items = shape.items
        names = "such names" if "string" in shape.types else _plural(named)
        listed = f"list of {names}" + (f" or of {_mapping(items, 'mappings')}" if items and items.fields else "")
        instead = {"text": named, "Markdown": named, "list": listed, "mapping": _mapping(shape, "mapping")}
        words = [instead.get(word, word) for word in words]
    elif shape.items is not None:
        inner = " or ".join(word for name, word in _MANY.items() if name in shape.items.types)
        words = [f"list of {inner}" if word == "list" and inner else word for word in words]
    if shape.suggestions:
        words.append("mostly one of " + ", ".join(f"`{one}`" for one in shape.suggestions))
    return ", or ".join(dict.fromkeys(words)) or "anything"


def _mapping(shape: Field, word: str) -> str:
    """Return in words that a record is named in a mapping, with what may stand beside its name."""
    inner = [name for name in _REFERRING if name in shape.fields]
    return f"{word} with {', '.join(f'`{name}`' for name in inner)}" if inner else word


def _plural(named: str) -> str:
    return named.replace("name of ", "names, each of ")


def _article(words: str) -> str:
    if words.startswith("a record"):
        return words
    return f"an {words}" if words[:1] in "aeio" else f"a {words}"


def _as_field(value: Any) -> FieldValue:
    if isinstance(value, dict):
        return {str(key): _as_field(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_as_field(held) for held in value]
    if isinstance(value, bool):
        return yaml.Plain("true" if value else "false")
    return yaml.Plain(value) if isinstance(value, int | float) else str(value or "")


def _about(kind: Kind) -> list[str]:
    facts = []
    if kind.globs:
        globs = ", ".join(f"`{glob}`" for glob in kind.globs)
        facts.append(f"Looked for in {globs}, unless the settings say otherwise.")
    if kind.review_every:
        facts.append(f"To be reviewed every {kind.review_every.removeprefix('1 ')}, unless the record says otherwise.")
    facts.append(
        "What is *always needed* lint asks of every record, and what is *needed for a handoff* at the level "
        "`handoff-ready`; in a draft nothing that is missing is an error. Instead of any value there may be "
        "`{unknown: …}`, `{not-applicable: …}` or `{from: …}`."
    )
    return _paragraph(" ".join(facts))


def _paragraph(text: str) -> list[str]:
    return [text, ""] if text else []


def _field(kind: Kind, shape: Field, levels: Mapping[Names, tuple[str, Names]]) -> Iterator[str]:
    name = shape.name
    about, standards = told(shape.description)
    facts = [type_of(shape), *_needed((name,), levels)]
    facts += [f"from {standards}"] if standards else []
    facts += [f"in {shape.unit}"] if shape.unit else []
    facts += ["counts in fingerprints"] if shape.material else []
    yield f"### `{name}`"
    yield ""
    yield f"**{shape.title}**: {'; '.join(facts)}."
    yield ""
    yield from _paragraph(about)
    yield from _paragraph(f"To ask: {shape.question}" if shape.question else "")
    rows = list(_rows(shape, name, (name,), levels, 0))
    if rows:
        yield from ("| field | takes | needed | what it is | example |", "| --- | --- | --- | --- | --- |", *rows, "")
    if shape.examples and name not in _OWN_WORDS:
        yield from ("```yaml", *example(name, shape.examples[-1]), "```", "")


def _needed(path: Names, levels: Mapping[Names, tuple[str, Names]]) -> Iterator[str]:
    if path in levels:
        level, instead = levels[path]
        others = f", or else {' or '.join(f'`{one}`' for one in instead)}" if instead else ""
        yield ("always needed" if level == BASE else "needed for a handoff") + others


def _rows(
    shape: Field, shown: str, path: Names, levels: Mapping[Names, tuple[str, Names]], depth: int
) -> Iterator[str]:
    """Yield a row for each field inside a field, and inside those."""
    if depth == _DEEPEST:
        return
    many = shape.items is not None and not shape.fields
    for inner in (shape.items,) if many and shape.items is not None else (shape,):
        lead = f"{shown}[]" if many else shown
        for name, field in inner.fields.items():
            if name in _REFERRING and inner.reference is not None:
                continue  # the same three wherever a record is named: the type says them
            about, standards = told(field.description)
            cells = (
                f"`{lead}.{name}`",
                type_of(field),
                " ".join(_needed((*path, name), levels)).replace("always needed", "yes").replace("needed ", ""),
                about + (f" From {standards}." if standards else ""),
                _short(field),
            )
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in map(_one_line, cells)) + " |"
            yield from _rows(field, f"{lead}.{name}", (*path, name), levels, depth + 1)
        if inner.items is not None and not inner.fields:
            yield from _rows(inner, lead, path, levels, depth + 1)
        if inner.rest is not None and inner.rest.fields:
            yield from _rows(inner.rest, f"{lead}.*", path, levels, depth + 1)


def _one_line(text: str) -> str:
    return one_line(text, 2000)


def _short(field: Field) -> str:
    if not field.examples:
        return ""
    shown = Writer().flow(_as_field(field.examples[0]))
    return f"`{shown}`" if len(shown) <= 80 and "`" not in shown else ""
