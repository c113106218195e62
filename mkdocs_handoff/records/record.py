"""A record: one described thing, with where each of its values came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from mkdocs_handoff.findings import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.findings import Fix
    from mkdocs_handoff.records.documents import Layer
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.records.prune import Pruned
    from mkdocs_handoff.text.yaml import Path

Lifecycle = Literal["draft", "active", "deprecated", "retired"]
DECISION = "decision"
"""The kind whose records are numbered, and whose prose states fields in fixed places."""


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """`kind:[namespace/]name`; the namespace is empty for the repository's own records."""

    kind: str
    name: str
    namespace: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.namespace}/{self.name}" if self.namespace else f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from, when it was not written in the record's own file.

    `how` is `computed` (read from another file), `inferred` (from the body, the path, a heading) or `imported` (another
    format's field). `source` says it for people.
    """

    how: Literal["computed", "inferred", "imported"]
    source: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A value that is stated to be missing: nobody knows it, or it does not apply."""

    why: Literal["unknown", "not-applicable"]
    reason: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a record is written: its own file, and a sidecar whose values win.

    Attributes:
        layer: The record's own text.
        sidecar: The sidecar's text.
        added: The paths at which the sidecar gives the value.
        moved: Our field's path to the path where an adopted format writes it.
        pruned: Where list items moved up, because others before them were left out.
        prose: The lines of the file in which its prose states fields, by field.
        linked: The files to which links lead that references were read from, by the references' paths.
    """

    layer: Layer
    sidecar: Layer | None = None
    added: frozenset[Path] = frozenset()
    moved: Mapping[Path, Path] = field(default_factory=lambda: MappingProxyType({}))
    pruned: Pruned | None = None
    prose: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    linked: Mapping[Path, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def path(self) -> str:
        """The record's own file, from the project's root."""
        return self.layer.path

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """Return where the value at a path is written, or the nearest thing around it."""
        layer, path = self._written(path)
        if layer is self.layer and path and path[0] in self.prose:
            return Place(layer.path, self.prose[str(path[0])])
        return layer.place(path, key=key)

    def fix(self, path: Path, was: str, new: str, *, key: bool = False) -> Fix | None:
        """Return how the scalar at a path (or its key) is given another text, if it can be done in place."""
        layer, path = self._written(path)
        return layer.fix(path, was, new, key=key)

    def _written(self, path: Path) -> tuple[Layer, Path]:
        """Return the layer that gives the value at a path, and its path there."""
        if self.pruned is not None:
            path = self.pruned.place(path)
        if self.sidecar is not None and any(path[:length] in self.added for length in range(1, len(path) + 1)):
            return self.sidecar, path
        for length in range(len(path), 0, -1):
            if path[:length] in self.moved:
                path = (*self.moved[path[:length]], *path[length:])
                break
        return self.layer, path


@dataclass(frozen=True)
class Record:
    """One described thing.

    Attributes:
        fields: Values in their one form (lists where the schema allows one), gaps left out, values from files in place.
        origins: Where values came from that were not written, by path.
        gaps: What is stated to be missing, by path.
        aliases: Other names that references may use.
        body: The Markdown body, if the file has one.
        level: What is asked of the record: `base` or `handoff-ready`.
    """

    identity: Identity
    title: str
    description: str
    lifecycle: str
    fields: Mapping[str, Any]
    source: Source
    origins: Mapping[Path, Origin] = field(default_factory=lambda: MappingProxyType({}))
    gaps: Mapping[Path, Gap] = field(default_factory=lambda: MappingProxyType({}))
    aliases: tuple[str, ...] = ()
    body: Body | None = None
    level: str = "base"

    @property
    def kind(self) -> str:
        """The kind's name."""
        return self.identity.kind

    def get(self, name: str) -> Any:
        """Return a field's value, or None."""
        return self.fields.get(name)

    def at(self, path: Path) -> Any:
        """Return the value at a path; None where there is none."""
        value: Any = self.fields
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value


_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


def slug(text: str) -> str:
    """Return a name as identities write it: lower case, words joined by dashes; letters of every script stay."""
    folded = unicodedata.normalize("NFC", text).strip().lower()
    return _NOT_IN_NAMES.sub("-", folded).strip("-.")
