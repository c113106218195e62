"""From a validator's error to a sentence for the person who wrote the file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.schema.flaw import Flaw
from mkdocs_handoff.text.days import iso
from mkdocs_handoff.text.near import nearest, only_near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mkdocs_handoff.schema.fields import Field, Schema
    from mkdocs_handoff.text.yaml import Path

_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a mapping of fields",
    "null": "nothing",
}
_ORDER = ("string", "number", "integer", "boolean", "array", "object")


def flaw(error: Any, schema: Schema, root: Field, stated: Collection[Path] | None) -> Iterator[Flaw]:
    """Word one error of jsonschema.

    Args:
        error: A `jsonschema.ValidationError`; of an `anyOf` or `oneOf`, the branch that was meant is worded.
        schema: The whole schema that was not met.
        root: The kind's fields, for what a field is and takes.
        stated: Paths of stated gaps, of which nothing is demanded; None where none can be stated.
    """
    gaps = stated or ()
    for leaf in _meant(error):
        path: Path = tuple(leaf.absolute_path)
        shape = root.at(path)
        instead = _instead(leaf, schema)
        if any((*path, name) in gaps for name in instead):
            continue
        if leaf.validator == "required":
            yield from _required(leaf.validator_value, leaf.instance, path, shape, stated)
        elif leaf.validator == "anyOf" and instead:
            yield from _required(instead[:1], leaf.instance, path, shape, stated, instead)
        elif leaf.validator == "minItems" and any(gap[: len(path)] == path for gap in gaps):
            continue
        elif leaf.validator == "additionalProperties" and path not in gaps:
            yield from _extra(path, _named(path), leaf.instance, tuple(leaf.schema.get("properties", ())))
        elif path not in gaps:
            yield _worded(leaf, path, shape)


def _instead(error: Any, schema: Schema) -> list[str]:
    """Return the fields of which any one is asked for: by an `anyOf`, or by an `if … else` (`owner`, else `owners`)."""
    if error.validator == "anyOf":
        branches = error.validator_value
        return _names({"anyOf": branches}) if all(branch.keys() == {"required"} for branch in branches) else []
    steps = list(error.absolute_schema_path)
    if error.validator != "required" or steps[-2:-1] != ["else"]:
        return []
    here: Any = schema
    for step in steps[:-2]:
        while isinstance(here, dict) and "$ref" in here and step not in here:  # paths leave `$ref` out
            here = schema["$defs"][here["$ref"].rpartition("/")[2]]
        here = here[step]
    return _names(here.get("if"))


def _names(condition: Any) -> list[str]:
    if not isinstance(condition, dict):
        return []
    return [*condition.get("required", ()), *(name for one in condition.get("anyOf", ()) for name in _names(one))]


def _meant(error: Any) -> list[Any]:
    """Return the errors of the branch that the writer meant: the one whose type fits, or else the error itself."""
    if error.validator not in ("anyOf", "oneOf") or not error.context:
        return [error]
    branches: dict[Any, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    depth = len(error.absolute_path)
    fitting = [
        errors
        for errors in branches.values()
        if not any(
            inner.validator in ("type", "const", "enum") and len(inner.absolute_path) == depth for inner in errors
        )
    ]
    if len(fitting) != 1:
        return [error]
    return [leaf for inner in fitting[0] for leaf in _meant(inner)]


def _required(
    names: Iterable[str],
    value: Any,
    path: Path,
    shape: Field,
    stated: Collection[Path] | None,
    instead: Iterable[str] = (),
) -> Iterator[Flaw]:
    """Word what is missing: `names`, or any one of `instead`."""
    advice = "" if stated is None else _GAP_HINT
    for name in names:
        if name in value or (*path, name) in (stated or ()):
            continue
        child = shape.child(name)
        example = f" For example `{name}: {_shown(child.examples[0])}`." if child.examples else ""
        question = f" Ask: {child.question}" if child.question else ""
        hint = f"{child.description.rstrip('.') or 'Write the field'}.{example}{question}"
        lacks = _listed([repr(one) for one in instead or (name,)])
        yield Flaw((*path, name), "field/required", f"{_named(path)}lacks {lacks}", f"{hint} {advice}".strip())


_GAP_HINT = 'If nobody knows, say so: `{unknown: "who was asked, and when"}`.'


def _worded(error: Any, path: Path, shape: Field) -> Flaw:
    word, value, wanted = error.validator, error.instance, error.validator_value
    name = _named(path)
    if word in ("type", "anyOf", "oneOf"):
        if word != "type" and shape.choices and isinstance(value, str):
            return _choice(path, value, shape.choices)
        takes = _listed([_TYPES[kind] for kind in _ORDER if kind in (shape.types or _declared(wanted))])
        hint = _example(shape) or (f"Write {takes} here." if takes else "")
        return Flaw(path, "field/type", f"{name}is {_kind_of(value)}, and takes {takes or 'something else'}", hint)
    if word in ("enum", "const"):
        return _choice(path, value, [str(choice) for choice in (wanted if word == "enum" else [wanted])])
    if word == "format":
        written = wanted != "date" or (isinstance(value, str) and _DATE.fullmatch(value))
        wrong = f"and not a {wanted} that exists" if written else "which is not written as year-month-day"
        message = f"{name}is {value!r}, {wrong}"
        meant = iso(value) if wanted == "date" and isinstance(value, str) else ""
        return Flaw(path, "field/format", message, _FORMATS.get(str(wanted), ""), was=str(value), instead=meant)
    if word == "pattern":
        return Flaw(
            path,
            "field/format",
            f"{name}is {value!r}, which is not in its form",
            _example(shape) or f"The form is `{wanted}`.",
        )
    if word in _LIMITS:
        return Flaw(
            path,
            "field/range",
            f"{name}is {_shown(value)}, and must be {_LIMITS[word].format(wanted)}",
            _example(shape),
        )
    if word in ("minItems", "minLength", "minProperties"):
        return Flaw(path, "field/empty", f"{name}needs at least {wanted}, and has {len(value)}", _example(shape))
    return Flaw(path, "field/schema", f"{name}does not meet its schema: {error.message[:200]}", _example(shape))


_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FORMATS = {"date": "A date is written year-month-day: `2026-11-23`."}
_LIMITS = {
    "minimum": "{} or more",
    "maximum": "{} or less",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "maxItems": "of {} items or fewer",
    "maxLength": "{} characters or fewer",
    "uniqueItems": "without repetition",
    "multipleOf": "a multiple of {}",
}


def _extra(path: Path, name: str, value: Any, known: tuple[str, ...]) -> Iterator[Flaw]:
    for extra in sorted(set(value) - set(known)):
        near = nearest(extra, known)
        hint = f"Did you mean {near!r}?" if near else f"Known fields: {', '.join(known)}."
        message = f"{name}has no field {extra!r}" if path else f"there is no field {extra!r}"
        meant = only_near(extra, known)
        meant = "" if meant in value else meant
        yield Flaw((*path, extra), "field/unknown", message, hint, key=True, was=extra, instead=meant)


def _choice(path: Path, value: Any, choices: Collection[str]) -> Flaw:
    near = nearest(str(value), choices)
    hint = f"Did you mean {near!r}? " if near else ""
    hint += f"It is one of: {', '.join(choices)}."
    shown = "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else _shown(value)
    return Flaw(path, "field/choice", f"{_named(path)}is {shown}, which is none of its values", hint)


def _named(path: Path) -> str:
    """Return the path as a subject: `versions[0].stage `; the record itself where it is empty."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return f"{text} " if text else "the record "


def _declared(wanted: Any) -> list[str]:
    if isinstance(wanted, str):
        return [wanted]
    return [kind for kind in wanted if isinstance(kind, str)] if isinstance(wanted, list) else []


def _kind_of(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, dict):
        return "a mapping of fields"
    return "a list" if isinstance(value, list) else _shown(value)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    text = text if len(text) <= 60 else text[:57] + "..."
    return repr(text) if isinstance(value, str) else text


def _listed(words: list[str]) -> str:
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _example(shape: Field) -> str:
    return f"For example: {_shown(shape.examples[0])}." if shape.examples else ""
