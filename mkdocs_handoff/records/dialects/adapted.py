"""What a dialect gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.records.placeholders import is_placeholder
from mkdocs_handoff.records.record import Origin
from mkdocs_handoff.text.values import ORDER

if TYPE_CHECKING:
    from mkdocs_handoff.text.yaml import Path, Value


OURS = frozenset((*ORDER, "kind", "owner", "owners", "lifecycle", "level", "covers", "captured"))
"""Fields that adopted formats do not write at their top level, but for `kind`, and `owner` in decisions
(`records.adopted` tells those apart): whoever writes one keeps the file as a record of ours."""


@dataclass(slots=True)
class Adapted:
    """A document in our fields.

    Attributes:
        fields: The document's own fields, and those that the dialect made of them.
        moved: Our path to the path in the file, where they differ.
        origins: Where made values came from.
        aliases: Names by which the format's own files call the record.
        foreign: The document is beyond doubt in another format, and nothing in it was written for us.
        lifecycle: What the format says of the record's life; empty where it says nothing.
        untitled: The first heading is no title, unless the dialect has taken one from it.
        lead: The paragraph that describes the record; None: the first one; empty: none does.
        lines: The lines of the file in which its prose states fields, by field.
        linked: The files to which links lead that references were read from, by the references' paths.
    """

    fields: dict[str, Value]
    moved: dict[Path, Path] = field(default_factory=dict)
    origins: dict[Path, Origin] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    lifecycle: str = ""
    foreign: bool = False
    untitled: bool = False
    lead: str | None = None
    lines: dict[str, int] = field(default_factory=dict)
    linked: dict[Path, str] = field(default_factory=dict)

    def take(self, name: str, value: Value, source: Path, what: str) -> None:
        """Set a field that the format writes elsewhere, unless our own field is written too."""
        if value in (None, "", [], {}) or name in self.fields:
            return
        self.fields[name] = value
        if source:
            self.moved[(name,)] = source
        self.origins[(name,)] = Origin("imported", what)

    def read(self, name: str, value: Value, what: str, line: int = 0) -> None:
        """Set a field that the format writes in a fixed place of its prose, on some line, unless it is written."""
        if name in self.fields or (isinstance(value, str) and is_placeholder(value)):
            return
        self.take(name, value, (), what)
        if line and name in self.fields:
            self.lines[name] = line

    def infer(self, name: str, value: Value, what: str) -> None:
        """Set a field that is read from prose or from a path, unless it is written."""
        if value in (None, "", [], {}) or name in self.fields or (isinstance(value, str) and is_placeholder(value)):
            return
        self.fields[name] = value
        self.origins[(name,)] = Origin("inferred", what)
