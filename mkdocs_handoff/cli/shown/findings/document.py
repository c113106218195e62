"""Findings as JSON, for programs."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.cli.shown.findings.checked import Checked
    from mkdocs_handoff.findings import Finding


def as_json(checked: Sequence[Checked]) -> str:
    """Return findings as one JSON document: a version, what was read, and the findings of all projects in order."""
    counts = Counter(finding.severity for one in checked for finding in one.findings)
    document: dict[str, Any] = {
        "version": 1,
        "records": sum(len(one.project.catalog.records) for one in checked),
        "files": sum(len(one.project.records.read) for one in checked),
        "counts": {severity: counts[severity] for severity in (Severity.ERROR, Severity.WARNING)},
        "findings": [_finding(one, finding) for one in checked for finding in one.findings],
        "aside": {
            "ignored": sum(not put.external for one in checked for put in one.aside),
            "baseline": sum(put.external for one in checked for put in one.aside),
        },
    }
    if any(one.touched is not None for one in checked):
        document["changed"] = [_changed(one) for one in checked]
    return json.dumps(document, ensure_ascii=False, indent=2)


def _finding(one: Checked, finding: Finding) -> dict[str, Any]:
    told: dict[str, Any] = {
        "path": one.shown(finding),
        "line": finding.place.line,
        "column": finding.place.column,
        "severity": finding.severity,
        "rule": finding.rule,
        "message": finding.message,
        "hint": finding.hint,
        "record": finding.subject,
    }
    if finding.fix is not None:
        told["fix"] = {
            "message": finding.fix.message,
            "edits": [
                {
                    "path": one.opened(edit.place.path),
                    "line": edit.place.line,
                    "column": edit.place.column,
                    "old": edit.old,
                    "new": edit.new,
                }
                for edit in finding.fix.edits
            ],
        }
    return told if one.touched is None else {**told, "elsewhere": one.elsewhere(finding)}


def _changed(one: Checked) -> dict[str, Any]:
    touched = one.touched
    if touched is None:
        return {}
    return {
        "base": touched.base,
        "files": [one.opened(path) for path in sorted(touched.paths)],
        "deleted": [
            {
                "record": str(gone.identity),
                "path": one.opened(gone.path),
                "now": str(gone.now or ""),
                "asked_by": [
                    {
                        "record": str(asker.record),
                        "path": one.opened(asker.place.path),
                        "line": asker.place.line,
                        "column": asker.place.column,
                    }
                    for asker in gone.asked_by
                ],
            }
            for gone in touched.gone
        ],
    }
