"""A record file that could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.html.readable import readable
from mkdocs_handoff.pages.html.untitled import prose
from mkdocs_handoff.pages.views.problems import problem
from mkdocs_handoff.records.documents import MARKDOWN
from mkdocs_handoff.records.markdown import parse
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.pages.views.problems import Problem

_HEAD = re.compile(r"\s*---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_CONTEXT = 2
"""So many lines of a file stand around one that has a finding."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a file. `marked` where a finding is about it."""

    number: int
    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class BrokenProblem:
    """A finding, with the lines around its place."""

    problem: Problem
    lines: tuple[SourceLine, ...]


@dataclass(frozen=True)
class BrokenView:
    """A record file that could not be read."""

    title: str
    path: str
    line: int
    problems: tuple[BrokenProblem, ...]
    prose: str


def broken(path: str, inputs: Inputs) -> BrokenView:
    """Make the page of a file ready that could not be read as a record."""
    text = read_text(inputs.root, path)
    lines = text.split("\n") if isinstance(text, str) else []
    found = inputs.project.about(path)
    return BrokenView(
        title=path.rpartition("/")[2],
        path=path,
        line=found[0].place.line if found else 1,
        problems=tuple(BrokenProblem(problem(finding), _around(finding, lines)) for finding in found),
        prose=_prose(text) if isinstance(text, str) and path.lower().endswith(MARKDOWN) else "",
    )


def _prose(text: str) -> str:
    """Return what stands below front matter, without its title: it can be read, whatever is wrong above it."""
    head = _HEAD.match(text)
    return readable(prose(parse(text[head.end() :]))) if head is not None else ""


def _around(finding: Finding, lines: list[str]) -> tuple[SourceLine, ...]:
    line = finding.place.line
    end = len(lines) - 1 if lines and not lines[-1] and line < len(lines) else len(lines)  # the last line has no end
    first, last = max(1, line - _CONTEXT), min(end, line + _CONTEXT)
    return tuple(SourceLine(number, lines[number - 1], number == line) for number in range(first, last + 1))
