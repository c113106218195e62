"""Values that a schema describes, made at random, and values that something is wrong with."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from random import Random

_WORDS = ("churn", "", "1.10", "2026-11-23", "2026-13-45", "no", "team:risk", "Прогноз", "[[x]]", "a/b", "x" * 80)


def instance(schema: dict[str, Any], random: Random) -> Any:
    """Return a value that a bundled schema probably allows."""
    return _made(schema, schema, random, 0)


def _made(schema: dict[str, Any], root: dict[str, Any], random: Random, depth: int) -> Any:
    if "$ref" in schema:
        target = root["$defs"][schema["$ref"].rpartition("/")[2]]
        return _made({**target, **{key: value for key, value in schema.items() if key != "$ref"}}, root, random, depth)
    if schema.get("examples") and random.random() < 0.5:
        return copy.deepcopy(random.choice(schema["examples"]))
    for word in ("anyOf", "oneOf"):
        if word in schema and all("type" in branch or "enum" in branch for branch in schema[word]):
            return _made(random.choice(schema[word]), root, random, depth)
    if "enum" in schema:
        return random.choice(schema["enum"])
    if "const" in schema:
        return schema["const"]
    types = schema.get("type", "object")
    kind = types if isinstance(types, str) else random.choice(types)
    if depth > 4 and kind in ("object", "array"):
        kind = "string"
    if kind == "object":
        return _mapping(schema, root, random, depth)
    if kind == "array":
        return [
            _made(schema.get("items", {"type": "string"}), root, random, depth + 1) for _ in range(random.randint(0, 3))
        ]
    return _scalar(kind, schema, random)


def _mapping(schema: dict[str, Any], root: dict[str, Any], random: Random, depth: int) -> dict[str, Any]:
    properties = schema.get("properties", {})
    share = 3 / max(len(properties), 3) if depth else 0.3
    names = [name for name in properties if name in schema.get("required", ()) or random.random() < share]
    value = {name: _made(properties[name], root, random, depth + 1) for name in names}
    if isinstance(schema.get("additionalProperties"), dict) and random.random() < 0.5:
        value["more"] = _made(schema["additionalProperties"], root, random, depth + 1)
    return value


def _scalar(kind: str, schema: dict[str, Any], random: Random) -> Any:
    if kind == "string":
        return "2026-11-23" if schema.get("format") == "date" else random.choice(_WORDS)
    if kind == "integer":
        return int(schema.get("minimum", 0)) + random.randint(0, 5)
    if kind == "number":
        return random.choice([0, 1, 0.5, schema.get("minimum", -2.5), 1e300])
    return random.random() < 0.5 if kind == "boolean" else None


_ODD = (None, "", "x", 0, -1, 10**20, 0.5, True, [], {}, [None], {"ref": None}, [[]], {"a": {"b": []}}, "2026-02-30")


def mutated(value: Any, random: Random) -> Any:
    """Return a copy of a value in which one thing is something else, is missing, or is there twice."""
    value = copy.deepcopy(value)
    holders = [holder for holder in _holders(value) if holder]
    if not holders:
        return random.choice(_ODD)
    holder = random.choice(holders)
    key = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    what = random.randint(0, 3)
    if what == 0:
        del holder[key]
    elif what == 1 and isinstance(holder, list):
        holder.append(copy.deepcopy(holder[key]))
    elif what == 2 and isinstance(holder, dict):
        holder[f"{key}s"] = holder.pop(key)
    else:
        holder[key] = copy.deepcopy(random.choice(_ODD))
    return value


def _holders(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [value, *(inner for item in value.values() for inner in _holders(item))]
    if isinstance(value, list):
        return [value, *(inner for item in value for inner in _holders(item))]
    return []
