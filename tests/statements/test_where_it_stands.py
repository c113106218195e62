"""Where a sentence stands, and what stands around it: headings of every make, lines alone, lists, what comes after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """---
title: Churn
versions: [{version: "1", stage: production, date: 2020-01-10}]
monitors: [{metric: share flagged, threshold: above 5 %}]
decision_thresholds: [{metric: score, value: 0.42}]
---
"""
FILES = {
    "evaluations/june.yml": "title: June\nmodel: churn\nmetrics:\n  - {type: accuracy, value: 0.9147}\n"
    "  - {type: recall, value: 0.81}\n  - {type: precision, value: 0.77}\n  - {type: r_squared, value: 0.9}\n",
    "people/jonas-brandt.yml": "title: Jonas Brandt\nleft: 2026-03-01\n",
    "handoff.yml": "namespace: t\n",
}


def found(folder: Path, prose: str) -> list[str]:
    """Return what is told of a model's prose, as `line rule`; the prose begins on line 7."""
    project = lint(write_files(folder, {**FILES, "models/churn.md": HEAD + prose + "\n"}))
    return [f"{one.place.line} {one.rule}" for one in project.findings if one.rule.startswith("prose/")]


STATED = ["The accuracy is 0.71.", "- Accuracy: 0.71", "The decision threshold is 0.7.",
          "An alert fires when the share flagged exceeds 8 %."]  # fmt: skip
OFTEN = "It is retrained weekly."
HEADINGS = [
    "# History", "# Baseline", "# Changelog", "# Random forest (not used)", "History\n=======", "# Old versions",
    "# Old model", "<h1>History</h1>", "<h2>Baseline</h2>", "# History\n\n## Results",
]  # fmt: skip
OTHERS = [
    "# Random forest", "# Random forest\n\n## Results", '<h3 align="center">Random\nforest</h3>',
    "## Results\n\n<h4>Random forest</h4>", "## Results\n\n<details><summary>Random forest</summary>",
]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "stated"),
    [
        *((one, other) for one in HEADINGS for other in (*STATED, OFTEN)),
        *((one, other) for one in OTHERS for other in STATED),
    ],
)
def test_headings_of_every_level_and_make_count(heading: str, stated: str, tmp_path: Path) -> None:
    assert found(tmp_path, f"# Churn\n\nIt counts.\n\n{heading}\n\n{stated}") == []


def test_somebody_named_under_history_is_not_told(tmp_path: Path) -> None:
    assert found(tmp_path, "# Churn\n\nIt counts.\n\n# History\n\nMaintained by Jonas Brandt.") == []


TITLES = [
    "# Churn", "# Who leaves us", "# 📈 Churn\n\nIt counts.\n\n# Results", "<h1>Churn</h1>", "# Results\n\n## Metrics",
    "[![tests](tests.svg)](x)\n\n# Who leaves us",
]  # fmt: skip


@pytest.mark.parametrize("heading", TITLES)
@pytest.mark.parametrize("stated", [*STATED, OFTEN])
def test_a_title_is_no_section_of_something_else(heading: str, stated: str, tmp_path: Path) -> None:
    assert len(found(tmp_path, f"{heading}\n\n{stated}")) == 1


def test_a_heading_of_level_1_further_down_is_no_title(tmp_path: Path) -> None:
    assert found(tmp_path, "It counts who leaves.\n\n# Random forest\n\nThe accuracy is 0.71.") == []


def test_a_tab_is_a_heading_of_what_is_moved_in_under_it(tmp_path: Path) -> None:
    tabs = (
        '=== "Random forest"\n\n    - Accuracy: 0.71\n\n    The recall is 0.3.\n\n=== "Churn"\n\n    - Accuracy: 0.72'
    )
    assert found(tmp_path, f"## Results\n\n{tabs}") == ["17 prose/metric"]


LINES = [
    "**Experiment 2**", "**ResNet50**", "Class 1", "v1", "*Class 1*", "Epoch 1/30", "**Run 3 (large)**",
    "**Austria, 2024**", "**Stage 1 Baseline**", "**2. Random forest**", "**KNN**", "**Random forest:**",
    "__Forest: the second try__", "1. Random forest", "1. **Forest**",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("stated", ["- Accuracy: 0.71", "Some words.\n\nThe accuracy is 0.71."])
def test_a_line_alone_is_a_heading_to_its_readers(line: str, stated: str, tmp_path: Path) -> None:
    assert found(tmp_path, f"## Results\n\n{line}\n\n{stated}") == []


@pytest.mark.parametrize("line", ["**Results**", "**Metrics:**", "**Churn**", "1. Results"])
def test_a_line_alone_of_the_record_is_none_of_something_else(line: str, tmp_path: Path) -> None:
    assert found(tmp_path, f"## Results\n\n{line}\n\n- Accuracy: 0.71") == ["11 prose/metric"]


LISTS = [
    "- Split: train\n- Accuracy: 0.517\n\n- Split: test\n- Accuracy: 0.9147",
    "- Data: validation\n- Accuracy: 0.517", "- Model: Logistic Regression\n- Accuracy: 0.517",
    "- Data: validation\n- Threshold: 0.5", "- Best recall (validation): 0.14\n- Accuracy: 0.80\n- Precision: 0.36",
    "- **Random forest**\n- Accuracy: 0.71", "- Algorithm: k-nearest neighbours\n- Accuracy: 0.71",
    "1. Random forest\n- Accuracy: 0.71\n2. Churn\n- Accuracy: 0.9147", "- Baseline\n- Accuracy: 0.71",
]  # fmt: skip


@pytest.mark.parametrize("listed", LISTS)
def test_the_items_before_one_may_say_that_it_is_of_something_else(listed: str, tmp_path: Path) -> None:
    assert found(tmp_path, f"## Metrics\n\n{listed}") == []


def test_items_that_say_nothing_else_leave_one_of_the_record(tmp_path: Path) -> None:
    listed = "- Model: Churn\n- Data: test set\n- Loss: 0.3\n- Precision: 0.77\n- Accuracy: 0.71"
    assert found(tmp_path / "a", f"## Metrics\n\n{listed}") == ["13 prose/metric"]
    listed = "- Training accuracy: 0.99\n- Test accuracy: 0.71\n- Macro F1: 0.8\n- Recall: 0.6"
    assert found(tmp_path / "b", f"## Metrics\n\n{listed}") == ["10 prose/metric", "12 prose/metric"]


TWICE = [
    "The accuracy is 0.80.\n\nMore words.\n\nThe accuracy is 0.9147.",
    "- Accuracy: 0.80\n- Recall: 0.81\n\nSome words.\n\n- Accuracy: 0.75\n- Recall: 0.60",
]


@pytest.mark.parametrize("prose", TWICE)
def test_of_one_metric_with_two_values_in_one_section_nobody_can_say_which_is_meant(prose: str, tmp_path: Path) -> None:
    assert found(tmp_path, f"## Results\n\n{prose}") == []


def test_one_metric_with_one_value_twice_is_told_twice(tmp_path: Path) -> None:
    prose = "The accuracy is 71 %.\n\n- Accuracy: 0.71\n\n## Metrics\n\nThe accuracy is 0.8."
    assert found(tmp_path, f"## Results\n\n{prose}") == [f"{line} prose/metric" for line in (9, 11, 15)]


AROUND = [
    # what stands before, in a first paragraph as in any other
    "Students built a demo of it for a fair. The model has an accuracy of 81 %.",
    "You built a detector for a bank. The model has an accuracy of 81 %.",
    "We dropped the forest. The accuracy is 0.71.", "A small model sees three classes. It has an accuracy of 81 %.",
    # what comes after
    "The model has an accuracy of 0.71. This is the worst that we have seen so far.",
    "The model has an accuracy of 0.71. So we dropped it.", "Its accuracy is 0.71, which is that of the small model.",
    # what ends a chain is of all of it
    "The model has an accuracy of 100% and a recall of 100% for healthy loans.",
    "It has an accuracy of 0.71, a recall of 0.55 in Austria.",
    "The accuracy is 0.71 and the recall is 0.55 for small shops.",
]  # fmt: skip


@pytest.mark.parametrize("prose", AROUND)
@pytest.mark.parametrize("before", ["", "# Churn\n\nIt counts.\n\n"], ids=["first", "later"])
def test_what_stands_around_a_statement_may_make_it_one_of_something_else(
    before: str, prose: str, tmp_path: Path
) -> None:
    assert found(tmp_path, before + prose) == []


@pytest.mark.parametrize(
    "prose",
    [
        "This project tells who leaves. The model has an accuracy of 0.71.",
        "The accuracy is 0.71. This is enough for a letter a month.",
        "It has an accuracy of 0.71; its recall is 0.81 for small shops.",
    ],
)
def test_what_stands_around_a_statement_may_leave_it_one_of_the_record(prose: str, tmp_path: Path) -> None:
    assert found(tmp_path, prose) == ["7 prose/metric"]


def test_whoever_gets_an_alert_begins_a_sentence_on_one_alone(tmp_path: Path) -> None:
    alert = "You get an alert when the share flagged exceeds 8 %."
    assert found(tmp_path / "a", f"The alert goes to the desk. {alert}") == ["7 prose/threshold"]
    assert found(tmp_path / "b", f"The desk reads the alert. {alert}") == ["7 prose/threshold"]


def test_lint_reads_a_page_of_the_lines_that_look_like_headings(tmp_path: Path) -> None:
    many = "\n\n".join(f"<h2>Part {number}</h2>\n\n**Class {number}**\n\n- Accuracy: 0.7" for number in range(2_000))
    assert not found(tmp_path, many)


LABELS = [
    "Owner: Jonas Brandt", "- **Owner:** Jonas Brandt", "- Contact: Jonas Brandt, by mail", "Owned by: Data Science",
    "Maintainers: Jonas Brandt and Ann Lee", "It is maintained by the data science team.", "Ask the Search team.",
    "Responsible: Data Science (risk)",
]  # fmt: skip
NO_LABELS = [
    "Owner: Jonas Brandt Senior", "Author: Jonas Brandt", "Former owner: Jonas Brandt", "Owner: Ann Lee",
    "Owner: ann lee, formerly Jonas Brandt", "Data science teams use it.", "It is maintained by a search team.",
    "Owner: the risk desk; Jonas Brandt wrote it", "Owner: Jonas Brandt, who left.", "Ask the data team.",
]  # fmt: skip
PEOPLE = {
    "people/ann-lee.yml": "title: Ann Lee\n",
    "teams/ds.yml": "title: Data Science\nlifecycle: retired\n",
    "teams/search.yml": "title: Search Team\nlifecycle: retired\n",
}


@pytest.mark.parametrize("prose", LABELS)
def test_somebody_gone_is_told_behind_a_label_and_a_team_by_its_name(prose: str, tmp_path: Path) -> None:
    write_files(tmp_path, PEOPLE)
    assert found(tmp_path, prose) == ["7 prose/person"]


@pytest.mark.parametrize("prose", NO_LABELS)
def test_what_is_no_label_and_nobodys_name_is_let_alone(prose: str, tmp_path: Path) -> None:
    write_files(tmp_path, PEOPLE)
    assert found(tmp_path, prose) == []


@pytest.mark.parametrize(
    "between",
    [
        "<details><summary>More</summary>\n\nWords.\n\n</details>",
        '=== "More"\n\n    Words.',
        '??? note "More"\n\n    Words.',
    ],
)
def test_behind_what_can_be_unfolded_the_section_goes_on(between: str, tmp_path: Path) -> None:
    said = f"# Churn\n\nIt counts.\n\n## Results\n\nThe accuracy is 0.70.\n\n{between}\n\nThe accuracy is 0.50."
    assert found(tmp_path, said) == []
    assert len(found(tmp_path, said.replace("\n\nThe accuracy is 0.50.", ""))) == 1
