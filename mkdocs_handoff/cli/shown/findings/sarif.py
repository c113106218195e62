"""Findings as SARIF 2.1.0 (OASIS), which code scanning of forges and editors read.

Paths are from the repository's root (`%SRCROOT%`), and nothing tells on which machine lint ran: the same findings
give the same bytes. What somebody has put aside is there with its `suppressions`, so that an alert is closed and not
lost.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from mkdocs_handoff import __version__
from mkdocs_handoff.cli.shown.findings.checked import numbered
from mkdocs_handoff.demands.documented import documented
from mkdocs_handoff.findings import Severity
from mkdocs_handoff.resources import GUIDE
from mkdocs_handoff.rules import load_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mkdocs_handoff.cli.shown.findings.checked import Checked, Put
    from mkdocs_handoff.findings import Finding, Fix
    from mkdocs_handoff.rules import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RULES = f"{GUIDE}rules.md"
ROOT = "%SRCROOT%"
KEY = "handoffFinding/v1"
"""Which finding it is. Forges add a key of their own over the source line where none of theirs is given."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.OFF: "none"}


def as_sarif(checked: Sequence[Checked]) -> str:
    """Return the findings of all projects as one run."""
    told = [(one, [*one.findings, *(put.finding for put in one.aside)]) for one in checked]
    names = sorted({finding.rule for _, findings in told for finding in findings})
    numbers = {name: number for number, name in enumerate(names)}
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "mkdocs-handoff",
                "version": __version__,
                "informationUri": "https://github.com/mkdocs-handoff/mkdocs-handoff",
                "rules": list(_rules(names, checked)),
            }
        },
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [result for one, findings in told for result in _results(one, findings, numbers)],
    }
    # All results say whether they were put aside, or none does (3.27.23).
    if not any(one.aside for one in checked):
        for result in run["results"]:
            del result["suppressions"]
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rules(names: Iterable[str], checked: Iterable[Checked]) -> Iterable[dict[str, Any]]:
    """Yield what is known of rules; of one that two projects have of their own, what the first says."""
    rules: dict[str, Rule] = {}
    for one in checked:
        rules = documented(one.project.settings.rules) | rules
    ours = load_rules()
    for name in names:
        if name in ours:
            yield {**_rule(ours[name]), "helpUri": f"{RULES}#{ours[name].anchor}"}
        else:
            yield _rule(rules[name]) if name in rules else {"id": name}


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.replace("/", "-").split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary} {rule.why.strip()}"},
        "defaultConfiguration": {"level": _LEVELS[Severity(rule.severity)]},
        "help": {"text": f"{rule.why.strip()}\n\n{rule.fix.strip()}", "markdown": rule.page()},
        "properties": {"tags": [rule.name.partition("/")[0]], "problem.severity": rule.severity},
    }


def _results(one: Checked, findings: Sequence[Finding], numbers: dict[str, int]) -> Iterable[dict[str, Any]]:
    aside = dict(enumerate(one.aside, len(one.findings)))
    for number, (finding, key) in enumerate(zip(findings, numbered(findings, one.name), strict=True)):
        result: dict[str, Any] = {
            "ruleId": finding.rule,
            "ruleIndex": numbers[finding.rule],
            "level": _LEVELS[finding.severity],
            "message": {"text": f"{finding.message}\n{finding.hint}".rstrip("\n")},
            "locations": [_location(one, finding)],
            "partialFingerprints": {KEY: key},
            "suppressions": [_suppression(aside[number])] if number in aside else [],
        }
        if finding.fix is not None:
            result["fixes"] = [_fix(one, finding, finding.fix)]
        yield result


def _fix(one: Checked, finding: Finding, fix: Fix) -> dict[str, Any]:
    """Return what mends a finding; its edits stand in its own file."""
    replacements = [
        {
            "deletedRegion": {
                "startLine": edit.place.line,
                "startColumn": edit.place.column,
                "endColumn": edit.place.column + len(edit.old),
            },
            "insertedContent": {"text": edit.new},
        }
        for edit in fix.edits
    ]
    return {
        "description": {"text": fix.message},
        "artifactChanges": [{"artifactLocation": _artifact(one, finding), "replacements": replacements}],
    }


def _artifact(one: Checked, finding: Finding) -> dict[str, str]:
    return {"uri": quote(one.published(finding).encode("utf-8", "surrogateescape"), safe="/"), "uriBaseId": ROOT}


def _location(one: Checked, finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": _artifact(one, finding),
            "region": {"startLine": finding.place.line, "startColumn": finding.place.column},
        }
    }
    if finding.subject:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.subject, "kind": "object"}]
    return location


def _suppression(put: Put) -> dict[str, str]:
    told = {"kind": "external" if put.external else "inSource"}
    return {**told, "justification": put.why} if put.why else told
