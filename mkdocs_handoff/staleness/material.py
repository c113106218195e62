"""What of a record counts for others, and its fingerprint.

`h1:` and a hash of canonical JSON of the material fields (`x-material`): as written, the sidecar merged, values from
files in place. What was inferred does not count, nor do review fields, so that stamping a review changes no
fingerprint; nor prose, unless the schema's root is material.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.records.record import Gap, Record
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.yaml import Path

FORM = "h1:"
REVIEW_FIELDS = ("last_reviewed", "review_every", "reviewers", "seen")
PROSE = "the text"
_DIGITS = 32  # 128 bits: two things by chance alike are out of the question, and a line stays readable


def material(record: Record, kind: Kind) -> dict[str, Any]:
    """Return the fields of a record that count for others, by name."""
    inferred = {path for path, origin in record.origins.items() if origin.how == "inferred"}
    found: dict[str, Any] = {}
    for name, value in record.fields.items():
        if name not in REVIEW_FIELDS:
            taken = _taken(value, kind.root.child(name), (name,), inferred)
            if taken is not _NOTHING:
                found[name] = taken
    if kind.root.material and record.body is not None:
        found[PROSE] = "\n".join(line.rstrip() for line in record.body.text.strip().split("\n"))
    return found


def stated(gaps: Mapping[Path, Gap], kind: Kind) -> dict[Path, Gap]:
    """Return those of a record's stated gaps that are in fields that count for others."""
    return {
        path: gap
        for path, gap in gaps.items()
        if path[0] not in REVIEW_FIELDS and any(field.material for field in kind.root.along(path))
    }


def narrowed(fields: Mapping[str, Any], heeded: tuple[str, ...]) -> Mapping[str, Any]:
    """Return those of a record's material fields that are heeded; all of them where none is named."""
    return {name: value for name, value in fields.items() if name in heeded} if heeded else fields


def fingerprint(fields: Mapping[str, Any]) -> str:
    """Return the fingerprint of what `material` gives."""
    return digest(fields)


def digest(value: Any) -> str:
    """Return the fingerprint of plain data: `h1:` and 32 hexadecimal digits of SHA-256 of its canonical JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return FORM + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


_NOTHING = object()


def _taken(value: Any, shape: Field, path: Path, inferred: set[Path]) -> Any:
    """Return what counts of a value: all of it where its field is material, else what is material in it."""
    if path in inferred:
        return _NOTHING
    if shape.material:
        return _without(value, path, inferred)
    if isinstance(value, dict):
        parts = {key: _taken(inner, shape.child(key), (*path, key), inferred) for key, inner in value.items()}
        return {key: part for key, part in parts.items() if part is not _NOTHING} or _NOTHING
    if isinstance(value, list):
        listed = [_taken(inner, shape.child(number), (*path, number), inferred) for number, inner in enumerate(value)]
        return [part for part in listed if part is not _NOTHING] or _NOTHING
    return _NOTHING


def _without(value: Any, path: Path, inferred: set[Path]) -> Any:
    if not any(one[: len(path)] == path for one in inferred):
        return value
    if isinstance(value, dict):
        return {
            key: _without(one, (*path, key), inferred) for key, one in value.items() if (*path, key) not in inferred
        }
    if isinstance(value, list):
        return [_without(one, (*path, at), inferred) for at, one in enumerate(value) if (*path, at) not in inferred]
    return value
