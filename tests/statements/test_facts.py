"""Statements of a project's own, as somebody writes them who has not read how they are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

MODEL = """---
title: Churn
owners: [{ref: team:ml}]
schedule: [weekly]
monitors: [{metric: latency, threshold: below 40 ms}]
size: {rows: 17195}
metrics: {accuracy: 0.9147}
---
# Churn

"""
FILES = {
    "teams/ml.yml": "title: ML Platform\naliases: [Model Desk]\n",
    "teams/search.yml": "title: Search\n",
}
LATENCY = "monitors.latency.threshold"


def messages(folder: Path, pattern: str, field: str, prose: str, more: str = "") -> list[str]:
    """Return what is told of a model's prose by one statement."""
    settings = f"namespace: t\nprose: {{facts: {{a: {{pattern: '{pattern}', field: '{field}'{more}}}}}}}\n"
    project = lint(write_files(folder, {**FILES, "models/churn.md": f"{MODEL}{prose}\n", "handoff.yml": settings}))
    assert not [str(one) for one in project.findings if one.rule.startswith("settings/")]
    return [one.message for one in project.findings if one.rule == "prose/fact"]


NUMBERS = [
    # a unit with a space before it or without
    ("answers within {number}ms", LATENCY, "It answers within 90ms.", "It answers within 40ms."),
    ("answers within {number} ms", LATENCY, "It answers within 90ms.", "It answers within 40 ms."),
    ("answers within {number} ms", LATENCY, "It answers within ~90ms.", "It answers within ~41ms."),
    ("answers within {number}ms", LATENCY, "It answers within 90 ms.", "It answers within 90 msec."),
    # signs stand without a space
    ("p95 latency is|:|of {number} ms", LATENCY, "P95 latency: 90 ms", "P95 latency: 40 ms"),
    ("p95 latency is|:|of {number} ms", LATENCY, "The p95 latency is 90 ms.", "The p95 latency is 90 s."),
    ("accuracy [about] =|is {number}", "metrics.accuracy", "accuracy=0.8", "accuracy = 0.9147"),
    # thousands
    ("{number} examples|rows", "size.rows", "It has 17,196 examples.", "It has 17,195 examples."),
    ("{number} examples|rows", "size.rows", "It has 17196 rows.", "It has 17195.0 rows."),
    ("{number} rows", "size.rows", "It has 48,035,545 rows.", "It has 48,03 rows."),
]


@pytest.mark.parametrize(("pattern", "field", "said", "agrees"), NUMBERS)
def test_a_number_is_read_as_people_write_it(pattern: str, field: str, said: str, agrees: str, tmp_path: Path) -> None:
    assert len(messages(tmp_path / "a", pattern, field, said)) == 1
    assert messages(tmp_path / "b", pattern, field, agrees) == []


def test_a_word_is_told_without_the_full_stop_and_a_list_as_one(tmp_path: Path) -> None:
    told = messages(tmp_path, "retrained {word}", "schedule", "It is retrained monthly.")
    assert told == ["says 'retrained monthly', and schedule is weekly"]


WORDS = [
    ("It has to be retrained when drift rises.", []),
    ("It is retrained automatically.", []),
    ("It is retrained weekly.", []),
    ("It is retrained every  week.", ["retrained every week"]),
    ("It is retrained monthly, by hand.", ["retrained monthly"]),
]


@pytest.mark.parametrize(("prose", "said"), WORDS)
def test_the_words_that_may_stand_in_a_place_can_be_named(prose: str, said: list[str], tmp_path: Path) -> None:
    told = messages(tmp_path, "retrained {word:daily|weekly|monthly|every week}", "schedule", prose)
    assert told == [f"says {one!r}, and schedule is weekly" for one in said]


NAMES = [
    ("It is maintained by the ml team.", 0),
    ("It is maintained by the ML Platform team.", 0),
    ("It is maintained by the Model Desk team.", 0),
    ("It is maintained by the search team.", 1),
    ("It is maintained by the Data and Search Quality team.", 1),
]


@pytest.mark.parametrize(("prose", "number"), NAMES)
def test_a_reference_is_compared_by_all_names_of_the_record(prose: str, number: int, tmp_path: Path) -> None:
    assert len(messages(tmp_path, "maintained by the {word} team", "owners.0.ref", prose)) == number


def test_several_words_are_a_name_and_no_other_value(tmp_path: Path) -> None:
    assert messages(tmp_path, "retrained {word} by", "schedule", "It is retrained now and then by hand.") == []


STRICT = [
    "The forest has an accuracy of 0.7.",
    "For students, it has an accuracy of 0.7.",
    "## Random forest\n\nIt has an accuracy of 0.7.",
    "Students are new. It has an accuracy of 0.7.",
]


@pytest.mark.parametrize("prose", STRICT)
def test_a_strict_statement_is_one_of_the_record_alone(prose: str, tmp_path: Path) -> None:
    given = ("accuracy of {number}", "metrics.accuracy")
    assert len(messages(tmp_path / "a", *given, prose)) == 1
    assert messages(tmp_path / "b", *given, prose, ", strict: true") == []
    assert len(messages(tmp_path / "c", *given, "Churn has an accuracy of 0.7.", ", strict: true")) == 1


@pytest.mark.parametrize("pattern", ["is {word:} now", "is {word:a|} {number}", "is {number:3} now", "is {wrod} now"])
def test_a_place_that_is_none_is_told(pattern: str, tmp_path: Path) -> None:
    settings = f"namespace: t\nprose: {{facts: {{a: {{pattern: '{pattern}', field: title}}}}}}\n"
    project = lint(write_files(tmp_path, {"handoff.yml": settings, "models/a.md": "# A\n"}))
    assert [one.rule for one in project.findings] == ["settings/format"]
