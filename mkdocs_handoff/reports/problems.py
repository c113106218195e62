"""Findings, by file and by rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.findings import Finding


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings there are."""

    errors: int = 0
    warnings: int = 0

    @property
    def total(self) -> int:
        """Errors and warnings together."""
        return self.errors + self.warnings


@dataclass(frozen=True, slots=True)
class FileProblems:
    """The findings in one file, by place."""

    path: str
    findings: tuple[Finding, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class RuleProblems:
    """How often a rule was broken."""

    rule: str
    count: Count


@dataclass(frozen=True, slots=True)
class Problems:
    """All findings of a project: files by path, rules by how often they are broken."""

    files: tuple[FileProblems, ...]
    rules: tuple[RuleProblems, ...]
    count: Count


def problems(findings: Iterable[Finding]) -> Problems:
    """Group findings. They are expected in the order of their places."""
    files: dict[str, list[Finding]] = {}
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        files.setdefault(finding.place.path, []).append(finding)
        rules.setdefault(finding.rule, []).append(finding)
    by_rule = [RuleProblems(rule, count(found)) for rule, found in rules.items()]
    by_rule.sort(key=lambda one: (-one.count.errors, -one.count.total, one.rule))
    by_file = tuple(FileProblems(path, tuple(found), count(found)) for path, found in sorted(files.items()))
    every = [finding for found in files.values() for finding in found]
    return Problems(by_file, tuple(by_rule), count(every))


def count(findings: Iterable[Finding]) -> Count:
    """Count findings by severity."""
    weights = Counter(finding.severity for finding in findings)
    return Count(weights[Severity.ERROR], weights[Severity.WARNING])
