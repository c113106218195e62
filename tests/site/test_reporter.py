"""Findings in the builder's log."""

from __future__ import annotations

import logging

import pytest

from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.site import reporter


def finding(number: int, severity: Severity = Severity.ERROR, rule: str = "field/type", hint: str = "") -> Finding:
    return Finding(Place("models/a.yml", number, 3), rule, "is 1", hint, severity)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "mkdocs.plugins.handoff")
    return caplog


def test_an_error_is_a_warning_and_a_warning_is_information(log: pytest.LogCaptureFixture) -> None:
    reporter.report([finding(2, Severity.WARNING), finding(1, hint="Write 2.")], Severity.ERROR)
    assert [(one.levelname, one.getMessage()) for one in log.records] == [
        ("WARNING", "handoff: models/a.yml:1:3: error field/type is 1\n    Write 2."),
        ("INFO", "handoff: models/a.yml:2:3: warning field/type is 1"),
    ]


def test_strict_on_warning_makes_both_warnings(log: pytest.LogCaptureFixture) -> None:
    reporter.report([finding(2, Severity.WARNING), finding(1)], Severity.WARNING)
    assert [one.levelname for one in log.records] == ["WARNING", "WARNING"]


def test_the_rest_of_many_is_summed_up_by_rule(log: pytest.LogCaptureFixture) -> None:
    many = [finding(number) for number in range(1, 33)]
    quiet = [finding(number, Severity.WARNING, "link/missing") for number in range(1, 4)]
    reporter.report([*quiet, *many], Severity.ERROR)
    assert len(log.records) == reporter.SHOWN + 1
    assert log.records[-1].levelname == "WARNING"
    assert log.records[-1].getMessage() == (
        "handoff: 5 more findings; run `mkdocs-handoff lint` to see them all:\n"
        "    2 of error field/type\n    3 of warning link/missing"
    )


def test_the_log_is_one_that_strict_counts() -> None:
    assert reporter.log.logger.name == "mkdocs.plugins.handoff"
