"""References as they are written: their grammar, and where in a record they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.records.record import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.fields import Field, Reference
    from mkdocs_handoff.text.yaml import Path

_REFERENCE = re.compile(
    r"(?:(?P<kind>[A-Za-z][\w-]*):)?(?:(?P<namespace>[\w.-]+)/)?"
    r"(?P<name>\w[\w .'\u2019&+-]*?)(?:@(?P<version>[\w][\w.+-]*))?"
)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_KINDS = {"group": "team", "user": "person"}
_HOME = "default"


@dataclass(frozen=True, slots=True)
class Name:
    """A reference taken apart; empty parts were not written."""

    kind: str
    namespace: str
    name: str
    version: str = ""

    def __str__(self) -> str:
        kind = f"{self.kind}:" if self.kind else ""
        namespace = f"{self.namespace}/" if self.namespace else ""
        return f"{kind}{namespace}{self.name}" + (f"@{self.version}" if self.version else "")


@dataclass(frozen=True, slots=True)
class Written:
    """A reference in a record's field."""

    path: Path
    text: str
    version: str
    reference: Reference


def parse(text: str, own_namespace: str = "") -> Name | None:
    """Take a reference apart: `kind:[namespace/]name[@version]`; None where the text is none.

    `group:` and `user:` are Backstage's words for team and person, and its namespace `default` is the repository's own.
    An e-mail address is a name by itself: whoever has it is known by it too.
    """
    if _ADDRESS.fullmatch(text.strip()) and not text.strip().rpartition("@")[2][0].isdigit():
        return Name("", "", slug(text))
    match = _REFERENCE.fullmatch(text.strip())
    if match is None:
        return None
    kind = (match["kind"] or "").lower()
    namespace = slug(match["namespace"] or "")
    return Name(
        kind=_KINDS.get(kind, kind),
        namespace="" if namespace in (own_namespace, _HOME) else namespace,
        name=slug(match["name"]),
        version=match["version"] or "",
    )


def written(record: Record, root: Field) -> Iterator[Written]:
    """Yield the references in a record's fields, as its kind's schema marks them."""
    yield from _walk(record.fields, root, ())


def _walk(value: Any, shape: Field, path: Path) -> Iterator[Written]:
    if isinstance(value, Mapping):
        if shape.reference is not None:
            yield from _object(value, shape.reference, path)
        for key, item in value.items():
            child = shape.fields.get(key) or shape.rest
            if child is not None and not (shape.reference is not None and key in ("ref", "id")):
                yield from _walk(item, child, (*path, key))
    elif isinstance(value, list):
        inner = shape.items
        if inner is not None:
            for number, item in enumerate(value):
                yield from _walk(item, inner, (*path, number))
    elif shape.reference is not None and isinstance(value, str) and value.strip():
        yield Written(path, value, "", shape.reference)


def _object(value: Any, reference: Reference, path: Path) -> Iterator[Written]:
    """`{ref: name, version: …}`: the reference, and what more is said of it. `username` is ODCS's word for a member."""
    for key in ("ref", "id", "username"):
        text = value.get(key)
        if isinstance(text, str) and text.strip():
            version = value.get("version")
            yield Written((*path, key), text, str(version) if isinstance(version, str | int | float) else "", reference)
            return
