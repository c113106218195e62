"""What a reading path is made of, and how long a page takes to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity

WORDS_A_MINUTE = 200
WORDS_A_FIELD = 10


@dataclass(frozen=True, slots=True)
class Item:
    """A page to read. `why` is a sentence; `minutes` is 0 for somebody to talk to."""

    identity: Identity
    why: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Stage:
    """What to read together, in order. `more` says what was left out because there is too much of it."""

    title: str
    about: str
    items: tuple[Item, ...]
    more: tuple[str, ...] = ()

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(one.minutes for one in self.items)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A record that is not to be read, and why."""

    identity: Identity
    why: str


@dataclass(frozen=True)
class ReadingPath:
    """What to read, in order, to take over `subject`; every record once."""

    subject: Identity
    stages: tuple[Stage, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def pages(self) -> int:
        """How many pages there are to read."""
        return sum(one.minutes > 0 for stage in self.stages for one in stage.items)

    @property
    def minutes(self) -> int:
        """How long all of it takes."""
        return sum(stage.minutes for stage in self.stages)


def minutes_of(catalog: Catalog, identity: Identity) -> int:
    """Return how long a record's page takes to read: 200 words a minute, a field for ten, rounded up."""
    record = catalog.records[identity]
    words = len(record.body.text.split()) if record.body is not None else 0
    root = catalog.kinds[identity.kind].root
    for name, value in record.fields.items():
        origin = record.origins.get((name,))
        if root.child(name).hidden or (origin is not None and origin.how == "inferred"):
            continue  # not shown, or read from the text that was counted
        words += WORDS_A_FIELD + _words(value)
    return max(-(-words // WORDS_A_MINUTE), 1)


def _words(value: Any) -> int:
    if isinstance(value, dict):
        return sum(map(_words, value.values()))
    if isinstance(value, list):
        return sum(map(_words, value))
    return len(str(value).split()) if value is not None else 0
