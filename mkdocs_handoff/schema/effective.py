"""The schema of a kind as an editor needs it: one file, with our forms allowed and the project's own names offered.

An editor looks at the raw file, and lint at what was read of it: a stated gap and a value from a file stand for any
value, nothing at all counts as missing, and a word without quotes is text wherever a text is asked for. What comes out
here allows all of that, so that an editor marks nothing that lint accepts. It keeps to the part of JSON Schema 2020-12
that yaml-language-server understands; `tests/editor` runs that server on it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.schema.folded import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mkdocs_handoff.schema.fields import Schema
    from mkdocs_handoff.schema.kinds import Kind

Offered = tuple[str, str]
"""A name that a reference may have, and the title of the record behind it."""

DRAFT = "https://json-schema.org/draft/2020-12/schema"
NAMES = "handoff-names"
"""How the lists of names are called that stand among the `$defs`."""

_FORM, _NOTHING, _WORD, _RECORD = "handoff-form", "handoff-nothing", "handoff-nothing-or-word", "handoff-record"
_EVERY_TYPE = ("string", "number", "boolean", "array", "object", "null")

_OWN: Schema = {
    _FORM: {
        "title": "Gap, or value from a file",
        "description": "Instead of any value: why there is none, or the file that it stands in.",
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
        "properties": {
            "unknown": {
                "title": "Nobody knows",
                "description": "The value is not known: who was asked, and when.",
                "type": "string",
                "examples": ["asked Ann on 2026-10-02, nobody knows"],
            },
            "not-applicable": {
                "title": "Does not apply",
                "description": "There can be no value here, and why.",
                "type": "string",
                "examples": ["no personal data"],
            },
            "from": {
                "title": "From a file",
                "description": "The file that the value stands in, and where: `reports/metrics.json#/auc`.",
                "type": "string",
                "examples": ["reports/metrics.json#/auc"],
            },
        },
    },
    # As `not`, and no `type: null`: a server would offer `null` and `true` wherever a value can be typed.
    _NOTHING: {"description": "Nothing yet.", "not": {"type": [one for one in _EVERY_TYPE if one != "null"]}},
    _WORD: {
        "description": "Nothing yet.",
        "not": {"type": [one for one in _EVERY_TYPE if one not in ("null", "boolean")]},
    },
}
_VALUES = ("items", "additionalProperties", "contains", "unevaluatedItems", "unevaluatedProperties")
_MAPS = ("properties", "patternProperties")
_BRANCHES = ("allOf", "anyOf", "oneOf")
_HOVERED = ("title", "description", "markdownDescription")
_TOLD = ("title", "description", "default", "deprecated")


def effective(kind: Kind, names: Mapping[str, Sequence[Offered]]) -> Schema:
    """Return the schema of a kind's files for an editor.

    Args:
        kind: As it is in the project: built in, replaced, or its own.
        names: The records that there are, by kind. They are offered where a field refers to a record, and no other
            name is refused: a record may be wanted before anybody writes it.
    """
    return folded(_Making(kind.schema, names).file(kind))


class _Making:
    def __init__(self, root: Schema, names: Mapping[str, Sequence[Offered]]) -> None:
        self._root, self._names = root, names
        self._lists: dict[str, Schema] = {}

    def file(self, kind: Kind) -> Schema:
        shared = self._root.get("$defs", {})
        record = self._node({key: value for key, value in self._root.items() if key not in ("$defs", "$id", "$schema")})
        record.setdefault("type", "object")
        here: Schema = {"$ref": f"#/$defs/{_RECORD}"}
        one, several = here, [{"title": kind.plural, "type": "array", "items": here}]
        if kind.list_key:
            if kind.list_key not in kind.root.fields:
                one = {**here, "not": {"required": [kind.list_key]}}
            listed = {
                "title": kind.plural,
                "description": f"A file that lists many: {kind.plural.lower()}.",
                "type": "array",
                "items": here,
            }
            several.append(
                {
                    "title": kind.plural,
                    "type": "object",
                    "required": [kind.list_key],
                    "properties": {kind.list_key: listed},
                }
            )
        defs = {name: self._node(piece) for name, piece in shared.items()}
        return {
            "$schema": DRAFT,
            "title": kind.title,
            "description": kind.description,
            "anyOf": [one, *several],
            "$defs": {**defs, **self._lists, **_OWN, _RECORD: record},
        }

    def _node(self, node: Any) -> Any:
        """Return a schema with what an editor needs in it, for the same value."""
        if not isinstance(node, dict):
            return node
        made: Schema = {}
        for key, inner in node.items():
            if key.startswith("x-") or key == "examples":
                continue
            if key == "$ref":
                made[key] = self._ref(str(inner))
            elif key in _VALUES:
                made[key] = self._value(inner)
            elif key in _MAPS and isinstance(inner, dict):
                made[key] = {name: self._value(value) for name, value in inner.items()}
            elif key in _BRANCHES and isinstance(inner, list):
                made[key] = [self._node(one) for one in inner]
            elif key in ("then", "else"):
                made[key] = self._node(inner)
            else:
                made[key] = inner
        return _loosened(made)

    def _value(self, node: Any, reference: Any = None) -> Any:
        """Return the schema of a place where a value stands, with our forms allowed in it."""
        if not isinstance(node, dict):
            return node
        full = self._resolved(node)
        own = full.get("x-reference") or reference
        inner = self._referring(full, own) if isinstance(own, dict) else self._node(node)
        word = _WORD if "string" in self._types(full) else _NOTHING
        told = _told(full, referring=isinstance(own, dict))
        # Told twice: of a value the server tells what the branch says that fits it, of a missing one what stands here.
        inner = {key: value for key, value in inner.items() if key not in _HOVERED}
        skipped = "description" if "markdownDescription" in told else "markdownDescription"
        inner |= {key: value for key, value in told.items() if key in _HOVERED and key != skipped}
        return {
            **told,
            "anyOf": [inner, *self._offered(full, own), {"$ref": f"#/$defs/{_FORM}"}, {"$ref": f"#/$defs/{word}"}],
        }

    def _referring(self, full: Schema, reference: Any) -> Schema:
        """Return a resolved schema whose texts name records: its own, those of its items, and `ref`."""
        made: Schema = self._node({key: value for key, value in full.items() if key not in ("items", "properties")})
        if "items" in full:
            made["items"] = self._value(full["items"], reference)
        if isinstance(full.get("properties"), dict):
            made["properties"] = {
                name: self._value(value, reference if name == "ref" else None)
                for name, value in full["properties"].items()
            }
        return made

    def _offered(self, full: Schema, reference: Any) -> Iterable[Schema]:
        if not isinstance(reference, dict) or "string" not in self._types(full):
            return
        to = reference.get("to", "*")
        kinds = [to] if isinstance(to, str) else list(to)
        if "*" in kinds:
            kinds = list(self._names)
        key = NAMES if kinds == list(self._names) else "-".join((NAMES, *kinds))
        # Where one kind is possible its name alone is enough.
        found = [
            (name if len(kinds) == 1 else f"{kind}:{name}", title)
            for kind in kinds
            for name, title in self._names.get(kind, ())
        ]
        # Without any it is there all the same: with the first one nothing else changes.
        self._lists[key] = {"type": "string"}
        if found:
            self._lists[key] |= {
                "enum": [name for name, _ in found],
                "enumDescriptions": [title for _, title in found],
            }
        yield {"$ref": f"#/$defs/{key}"}

    def _ref(self, ref: str) -> str:
        """Return where in the file stands what a schema refers to: only `$defs` keep their places."""
        if ref.startswith("#/$defs/") and ref.count("/") == 2:
            return ref
        name = "handoff-at" + ref.removeprefix("#").replace("/", "-").replace("~", "-")
        if name not in self._lists:
            self._lists[name] = {}  # what it holds may refer to it again
            self._lists[name] = self._node(self._at(ref))
        return f"#/$defs/{name}"

    def _resolved(self, node: Schema) -> Schema:
        """Return a schema with what it refers to in it; its own words win."""
        full, seen = dict(node), set[str]()
        while isinstance(ref := full.pop("$ref", None), str) and ref not in seen:
            seen.add(ref)
            full = {**self._at(ref), **full}
        return full

    def _at(self, ref: str) -> Schema:
        here: Any = self._root
        for step in ref.removeprefix("#").split("/")[1:]:
            name = step.replace("~1", "/").replace("~0", "~")
            here = here[int(name)] if isinstance(here, list) else here[name]
        return dict(here) if isinstance(here, dict) else {}

    def _types(self, node: Schema, depth: int = 0) -> frozenset[str]:
        """Return the types that some branch of a schema allows."""
        declared = node.get("type", ())
        found = {declared} if isinstance(declared, str) else set(declared)
        for word in _BRANCHES if depth < 8 else ():
            for branch in node.get(word, ()):
                if isinstance(branch, dict):
                    found |= self._types(self._resolved(branch), depth + 1)
        if not found and "enum" in node:
            found.add("string")
        return frozenset(found)


def _told(full: Schema, *, referring: bool) -> Schema:
    """Return what is told of a field: its title, what it is for, and examples.

    A server offers every example as a value. That helps with a word to choose, but not with a mapping, and still less
    with the name of a record that is nobody's: such examples are told with the description.
    """
    told = {key: full[key] for key in _TOLD if key in full}
    examples = full.get("examples")
    if isinstance(examples, list) and examples:
        if not referring and not any(isinstance(one, dict | list) for one in examples):
            told["examples"] = examples
        else:
            shown = json.dumps(examples[0], ensure_ascii=False)
            told["description"] = f"{told.get('description', '')} For example: `{shown}`".strip()
    if "`" in str(told.get("description", "")):  # which is plain text to a server, and would show the backticks
        told["markdownDescription"] = told["description"]
    return told


def _loosened(node: Schema) -> Schema:
    """Let a text be written as a number, as reading does; nothing at all is allowed elsewhere."""
    declared = node.get("type")
    types = [declared] if isinstance(declared, str) else list(declared) if isinstance(declared, list) else []
    if "string" in types and not {"enum", "const", "format"} & node.keys():
        types += [one for one in ("number",) if one not in types]
    types = [one for one in types if one != "null"] or types
    return {**node, "type": types[0] if len(types) == 1 else types} if types else node
