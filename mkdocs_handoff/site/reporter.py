"""Findings in the builder's log: what is an error to us is a warning there, so that `--strict` fails on it."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING

from mkdocs.plugins import get_plugin_logger

from mkdocs_handoff.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

log = get_plugin_logger("handoff")

SHOWN = 30
"""How many findings are told one by one; more would push everything else out of sight."""


def report(findings: Iterable[Finding], strict_on: Severity) -> None:
    """Log findings, errors first; what exceeds `SHOWN` is summed up by rule.

    Args:
        findings: With the severities that the project gives; in their order.
        strict_on: From which severity on a finding is a warning of the builder.
    """
    ranked = sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)
    for finding in ranked[:SHOWN]:
        log.log(_level(finding.severity, strict_on), line(finding))
    rest = ranked[SHOWN:]
    if rest:
        log.log(max(_level(finding.severity, strict_on) for finding in rest), _sum(rest))


def line(finding: Finding) -> str:
    """Return a finding as the log shows it: one line, and its hint below."""
    text = f"{finding.place}: {finding.severity} {finding.rule} {finding.message}"
    return f"{text}\n    {finding.hint}" if finding.hint else text


def _level(severity: Severity, strict_on: Severity) -> int:
    return logging.WARNING if severity is Severity.ERROR or strict_on is Severity.WARNING else logging.INFO


def _sum(rest: Sequence[Finding]) -> str:
    counts = Counter((finding.severity, finding.rule) for finding in rest)
    ranked = sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    listed = "\n".join(f"    {count} of {severity} {rule}" for (severity, rule), count in ranked)
    return f"{len(rest)} more findings; run `mkdocs-handoff lint` to see them all:\n{listed}"
