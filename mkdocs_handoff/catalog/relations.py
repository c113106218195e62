"""What one record says of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.records.record import slug

if TYPE_CHECKING:
    from mkdocs_handoff.findings import Place
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.text.yaml import Path

MENTIONS = "mentions"
MENTIONED = "is mentioned by"


@dataclass(frozen=True, slots=True)
class Relation:
    """A resolved reference, to be read in both directions.

    Attributes:
        source: Who says it.
        target: Of whom.
        name: `is trained on`, reading from the source.
        inverse: `trains`, reading from the target.
        path: The field that says it; empty for prose.
        line: The line of prose that says it; 0 for a field.
        version: Of the target, where one is named.
        suspect: Whether a change of the target makes the source suspect.
        heeded: The fields of the target that do; empty: all that are material.
        lineage: `from` where the target flows into the source, `into` where the source flows into the target.
    """

    source: Identity
    target: Identity
    name: str
    inverse: str
    path: Path = ()
    line: int = 0
    version: str = ""
    suspect: bool = False
    heeded: tuple[str, ...] = ()
    lineage: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record that is referred to and that nobody has written yet.

    Attributes:
        kind: What it would be; empty where the reference leaves it open.
        name: What it would be called.
        wanted_by: Who refers to it, and where.
    """

    kind: str
    name: str
    wanted_by: tuple[tuple[Identity, Place], ...]

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.kind else self.name

    def called(self, text: str) -> str:
        """Return its name as a reference writes it (`Privacy.PII`), where that is the one that it would have."""
        written = text.rpartition(":")[2].strip()
        return written if slug(written) == self.name else self.name


@dataclass(frozen=True, slots=True)
class External:
    """A reference to something that is no record of ours, but has an address."""

    name: str
    url: str
