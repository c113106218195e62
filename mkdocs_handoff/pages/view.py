"""What a record's template is given: plain data and blocks. A template never sees the project or the file system."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup

    from mkdocs_handoff.pages.blocks import Block, Chip, Entry, Link, Rich
    from mkdocs_handoff.pages.glance import Card, MeasuredView


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a page: its heading, its id, and its fields."""

    title: str
    anchor: str
    description: str
    entries: tuple[Entry, ...]
    names: tuple[str, ...]

    @property
    def alone(self) -> bool:
        """Whether its only field says the same as its heading."""
        return len(self.entries) == 1 and self.entries[0].title.casefold() == self.title.casefold()


@dataclass(frozen=True, slots=True)
class Related:
    """Records that stand in one relation to this one."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """The drawing of what flows into a record and out of it, and how many more there are."""

    svg: Markup
    more: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """Something said of one field: its name for people, what is said, and more of it."""

    title: str
    what: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding."""

    severity: str
    message: str
    hint: str
    rule: str
    place: str


@dataclass(frozen=True)
class RecordView:
    """A record, ready to be shown.

    Attributes:
        kind: The kind's name; `kind_title` and `plural` are for people; `index` is the address of the kind's index.
        facts: The fields of the box at the top.
        sections: The page's groups of fields, in order.
        outgoing: What it refers to, by relation; `incoming`: what refers to it.
        uses: Records that use it, if it is a term.
        origins: Values that were computed, inferred or imported.
        gaps: What is stated to be missing.
        glance: Answers to a reader's first questions, if the kind has them.
        measured: What each evaluation of a model measured.
        more: Tables and lists that reports add, by name.
        entries: All shown fields by name, for templates that place them themselves.
    """

    kind: str
    kind_title: str
    plural: str
    index: str
    identity: str
    title: str
    description: Rich | None
    lifecycle: Chip
    level: str
    reviewed: str
    reviewers: tuple[Block, ...]
    review_every: str
    facts: tuple[Entry, ...]
    sections: tuple[Section, ...]
    lineage: Lineage | None
    outgoing: tuple[Related, ...]
    incoming: tuple[Related, ...]
    uses: tuple[Link, ...]
    origins: tuple[Told, ...]
    gaps: tuple[Told, ...]
    problems: tuple[Problem, ...]
    path: str
    line: int
    prose: bool
    prose_first: bool
    glance: tuple[Card, ...] = ()
    measured: tuple[MeasuredView, ...] = ()
    more: Mapping[str, Block] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def measured_in(self) -> str:
        """The id of the section in which what was measured belongs: the one with the evaluations; empty without one."""
        names = ("evaluations", "metrics", "evaluation_data")
        return next((one.anchor for name in names for one in self.sections if name in one.names), "")
