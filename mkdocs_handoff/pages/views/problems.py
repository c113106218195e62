"""Findings: all of them, by file; and a single one as any page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.pages.sitemap import PROBLEMS
from mkdocs_handoff.pages.views.listing import Listing
from mkdocs_handoff.reports import problems as report

if TYPE_CHECKING:
    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.pages.html.blocks import Link
    from mkdocs_handoff.pages.views.inputs import Inputs
    from mkdocs_handoff.reports.problems import Count, RuleProblems


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding."""

    severity: str
    message: str
    hint: str
    rule: str
    place: str


@dataclass(frozen=True, slots=True)
class FileView:
    """A file with its findings, and the page that shows it."""

    path: str
    href: str
    anchor: str
    problems: tuple[Problem, ...]
    count: Count


@dataclass(frozen=True)
class ProblemsView:
    """All findings."""

    title: str
    description: str
    home: Link
    files: tuple[FileView, ...]
    rules: tuple[RuleProblems, ...]
    count: Count


def problems(inputs: Inputs) -> ProblemsView:
    """Make the page of findings ready."""
    at = Listing(inputs.sitemap.reports[PROBLEMS], inputs)
    data = report.problems(inputs.project.findings)
    files = tuple(
        FileView(
            one.path,
            at.file(one.path),
            f"handoff-file-{number}",
            tuple(problem(finding) for finding in one.findings),
            one.count,
        )
        for number, one in enumerate(data.files, 1)
    )
    told = "What is wrong in the files that these pages are made of, with the place to mend it."
    return ProblemsView("Problems", told, at.home(), files, data.rules, data.count)


def problem(finding: Finding) -> Problem:
    """Return a finding as a page shows it."""
    return Problem(finding.severity.value, finding.message, finding.hint, finding.rule, str(finding.place))
