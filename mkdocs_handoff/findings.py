"""Findings: something wrong at a place, with a rule, a message and a way to mend it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a finding weighs: an error fails lint and a strict build, a warning only tells."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A point in a file: path from the project's root (`/` between parts), line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a file to be replaced by others.

    Attributes:
        place: Where they begin.
        old: What stands there, as it is written, quotes and all; it ends on the line on which it begins.
        new: What is to stand there instead.
    """

    place: Place
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """How a finding can be mended without knowing more than what is written: `lint --fix` does it.

    Attributes:
        message: What it does, in words.
        edits: What it changes; all of it or nothing.
    """

    message: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong at a place.

    Attributes:
        place: Where to mend it.
        rule: The rule's name, `family/name`; its rationale stands in `rules.toml`.
        message: What is wrong, with the value that is.
        hint: How to mend it; empty where the message says it.
        severity: The rule's own severity, unless settings or the record's lifecycle changed it.
        subject: The identity of the record it is about; empty where the file could not be read as a record.
        fix: How it can be mended safely, where that is known.
    """

    place: Place
    rule: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR
    subject: str = ""
    fix: Fix | None = None

    def about(self, subject: str) -> Finding:
        """Return the same finding with the record it is about."""
        return replace(self, subject=subject)

    def weighing(self, severity: Severity) -> Finding:
        """Return the same finding with another severity."""
        return replace(self, severity=severity)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings once each, by place, then by rule and message, so that equal input prints equal output."""
    return tuple(sorted(set(findings), key=lambda one: (one.place, one.rule, one.message, one.hint)))
