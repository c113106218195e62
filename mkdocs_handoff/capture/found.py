"""What was found for a record: values with where they come from, what could not be read, what is left to choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.text.splice import FieldValue
    from mkdocs_handoff.text.yaml import Value


@dataclass(frozen=True, slots=True)
class Item:
    """A step into a list of mappings: the one whose `key` has a value."""

    key: str
    value: str


Way = tuple[str | Item, ...]
"""The way from a record's root to a value: names of fields, and items of lists."""


@dataclass(frozen=True, slots=True)
class Captured:
    """A value for a field.

    Attributes:
        way: Where it belongs.
        value: As it is to be written: a text, a list of texts, or the form `{from: …}`.
        reads: What a reader finds there: the value itself, or what a form gives.
        source: Where it comes from: a path from the project's root, and a pointer behind `#` where there is one.
        mark: The field by which `captured` names the source; empty for a form, which says it itself.
    """

    way: Way
    value: FieldValue
    reads: Value
    source: str
    mark: str = ""

    @property
    def how(self) -> str:
        """How the value comes into the record: `computed` when read, or `imported` once."""
        return "imported" if self.mark else "computed"

    @property
    def group(self) -> str:
        """The field that is asked about: several values may belong to one."""
        return self.mark or dotted(self.way[:1])


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be several things: nobody guesses which.

    Attributes:
        what: What is looked for.
        among: What there is, each as it can be named.
        hint: How to name one.
        asked: Whether somebody named one, and it is not there or may be several.
    """

    what: str
    among: tuple[str, ...]
    hint: str
    asked: bool = False


@dataclass(slots=True)
class Harvest:
    """All that was found.

    Attributes:
        captured: The values; of several for one field the first counts.
        findings: What could not be read.
        choices: What is left to choose.
        notes: What else is worth saying: what was passed over, and why.
    """

    captured: list[Captured] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Harvest) -> None:
        """Take in what somebody else found."""
        self.captured += other.captured
        self.findings += other.findings
        self.choices += other.choices
        self.notes += other.notes

    def broken(self, path: str, message: str, hint: str = "", line: int = 1, column: int = 1) -> None:
        """Say that a file is not as it should be."""
        self.findings.append(Finding(Place(path, line, column), "value/unreadable", message, hint))

    def lacking(self, path: str, message: str, hint: str = "") -> None:
        """Say that a file gives less than it should."""
        self.findings.append(Finding(Place(path), "value/missing", message, hint, Severity.WARNING))


def by_form(way: Way, path: str, steps: Iterable[str | int], reads: Value) -> Captured:
    """Return a value that stays in its file: the record says where."""
    pointer = pointed(steps)
    source = f"{path}#{pointer}" if pointer else path
    return Captured(way, {"from": source}, reads, source)


def pointed(steps: Iterable[str | int]) -> str:
    """Return steps as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def unit(way: Way) -> str:
    """Return the field that a way leads into: `captured` can name no item of a list."""
    names: list[str] = []
    for step in way:
        if isinstance(step, Item):
            break
        names.append(step)
    return ".".join(names)


def dotted(way: Way) -> str:
    """Return a way for people: `inputs[age].type`."""
    words = ""
    for step in way:
        words += f"[{step.value}]" if isinstance(step, Item) else f".{step}" if words else step
    return words
