"""What a field can be set to, and how it stands in a YAML text: as lines of a block, or on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.text import scalars

if TYPE_CHECKING:
    from mkdocs_handoff.text.yaml import Value

FieldValue = str | Sequence["FieldValue"] | Mapping[str, "FieldValue"]
"""What a field can be set to: a text, or lists and mappings of texts, as deep as it takes."""

ORDER = ("last_reviewed", "review_every", "reviewers", "seen")
"""The fields of a review, in the order in which new ones are put."""

_STEP = 2
_WIDEST = 110
"""What is within a list or a mapping, and fits into so many columns, stands on one line."""


class SpliceError(ValueError):
    """A text in which the fields cannot be set: nothing was changed."""


@dataclass(slots=True)
class Writer:
    """Writes values as a text has its other ones.

    Attributes:
        list_step: How far the items of a list are indented.
        map_step: How far the entries of a mapping are.
    """

    list_step: int = _STEP
    map_step: int = _STEP

    def lines(self, name: str, value: FieldValue, indent: int, style: str = "") -> list[str]:
        """Return the lines of a new entry in a block."""
        lead = " " * indent + scalars.key(name) + ":"
        if isinstance(value, str) or not value:
            return [f"{lead} {self.flow(value, style, flow=False)}"]
        if indent and _flat(value) and len(short := f"{lead} {self.flow(value)}") <= _WIDEST:
            return [short]
        return [lead, *self.items(value, indent)]

    def items(self, value: FieldValue, indent: int) -> list[str]:
        """Return the lines below a key: what is in a list or a mapping."""
        if isinstance(value, Mapping):
            inner = indent + self.map_step
            return [line for key, held in value.items() for line in self.lines(key, held, inner)]
        return [line for held in value for line in self.item(held, indent + self.list_step)]

    def item(self, value: FieldValue, indent: int) -> list[str]:
        """Return the lines of an item of a list in a block."""
        lead = " " * indent + "- "
        if isinstance(value, str) or not value:
            return [lead + self.flow(value, flow=False)]
        if not isinstance(value, Mapping) or (_flat(value) and len(lead + self.flow(value)) <= _WIDEST):
            return [lead + self.flow(value)]
        block = [line for key, held in value.items() for line in self.lines(key, held, len(lead))]
        return [lead + block[0][len(lead) :], *block[1:]]

    def flow(self, value: FieldValue, style: str = "", *, flow: bool = True) -> str:
        """Return a value as it stands on one line."""
        if isinstance(value, str):
            return scalars.written(value, style, flow=flow)
        if isinstance(value, Mapping):
            return "{" + ", ".join(self.flow_pair(name, held) for name, held in value.items()) + "}"
        if not isinstance(value, Sequence):
            raise SpliceError(f"{value!r} is no text, list or mapping that can be written")
        return "[" + ", ".join(self.flow(held) for held in value) + "]"

    def flow_pair(self, name: str, value: FieldValue) -> str:
        """Return an entry as it stands in `{}`."""
        return f"{scalars.key(name, flow=True)}: {self.flow(value)}"


def plain(value: FieldValue) -> Value:
    """Return a value as the reader would give it: texts, lists and dictionaries."""
    if isinstance(value, Mapping):
        return {name: plain(held) for name, held in value.items()}
    return value if isinstance(value, str) else [plain(held) for held in value]


def _flat(value: FieldValue) -> bool:
    """Tell whether a list or a mapping holds nothing but texts, and forms of one entry (`{from: …}`)."""
    held = value.values() if isinstance(value, Mapping) else value
    return all(isinstance(one, str) or (isinstance(one, Mapping) and len(one) == 1) for one in held)
