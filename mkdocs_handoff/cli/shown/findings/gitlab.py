"""Findings as a code quality report of GitLab: one JSON list, an artifact `reports: codequality:` of a job."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.shown.findings.checked import numbered
from mkdocs_handoff.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.cli.shown.findings.checked import Checked

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def as_code_quality(checked: Sequence[Checked]) -> str:
    """Return findings as GitLab's subset of the Code Climate format."""
    report = [
        {
            "description": f"{finding.message}. {finding.hint}".removesuffix(". "),
            "check_name": finding.rule,
            "fingerprint": key,
            "severity": _SEVERITIES.get(finding.severity, "info"),
            "location": {"path": one.published(finding), "lines": {"begin": finding.place.line}},
        }
        for one in checked
        for finding, key in zip(one.findings, numbered(one.findings, one.name), strict=True)
    ]
    return json.dumps(report, ensure_ascii=False, indent=2)
