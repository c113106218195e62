"""Contradictions between prose and facts, from the outside: files in, findings out."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest

from mkdocs_handoff.cli.main import main
from mkdocs_handoff.project import load
from mkdocs_handoff.settings import find_settings
from tests.projects import lint, real_files, told, write_files

MODEL = """---
title: Churn
owner: risk
versions:
  - {{version: "1", stage: retired, date: 2025-01-10}}
  - {{version: "2", stage: production, date: 2026-01-10, artifacts: []}}
playbooks: {{not-applicable: none}}
monitors: [{{metric: share flagged, threshold: above 5 %}}]
decision_thresholds: [{{metric: score, value: 0.7}}]
---

# Churn

{}
"""
FILES = {
    "evaluations/june.yml": """title: June
model: churn@2
metrics:
  - {type: accuracy, name: Accuracy, value: 0.9147, baseline: 0.5, confidence_interval: {lower: 0.90, upper: 0.93}}
  - {type: sensitivity, value: 0.81}
  - {type: mean_absolute_error, value: 4.2, unit: points}
  - {type: accuracy, slice: women, value: 0.88}
""",
    "evaluations/may.yml": "title: May\nmodel: churn@1\nmetrics: [{type: accuracy, value: 0.86}]\n",
    "teams/risk.yml": "title: Risk\n",
    "people/jonas-brandt.yml": "title: Jonas Brandt\nleft: 2026-03-01\n",
    "people/ann-lee.yml": "title: Ann Lee\n",
}


DOCS = Path(__file__).parents[2] / "docs" / "prose-facts.md"
FAST = """---
title: A
monitors: [{{metric: latency, threshold: {}}}]
---
# A

It usually answers within 60 ms.
"""


def found(folder: Path, prose: str, settings: str = "", day: date = date(2026, 10, 1)) -> list[str]:
    """Return what is told of a model's prose, as `line:column rule`; the prose begins on line 14."""
    files = {**FILES, "models/churn.md": MODEL.format(prose), "handoff.yml": settings or "namespace: t\n"}
    project = load(find_settings(write_files(folder, files)), day=day)
    return [
        f"{one.place.line}:{one.place.column} {one.rule}" for one in project.findings if one.rule.startswith("prose/")
    ]


CONTRADICTIONS = [
    ("It has an accuracy of 80 % on the test set.", "14:23 prose/metric"),
    ("Accuracy: 0.72", "14:11 prose/metric"),
    ("- **Accuracy**: 0.72\n- Recall: 0.81", "14:17 prose/metric"),
    ("We see 80% accuracy.", "14:8 prose/metric"),
    ("The overall accuracy is 91.9 %.", "14:25 prose/metric"),
    ("The overall\naccuracy\nis *0.72*.", "16:5 prose/metric"),
    ("Recall is 0.7, and that is enough.", "14:11 prose/metric"),  # the record calls it sensitivity
    ("The MAE is 5.1 points.", "14:12 prose/metric"),
    ("The accuracy is about 80 %.", "14:23 prose/metric"),
    ("If it stops, ask Jonas.", "14:18 prose/person"),
    ("Contact [Jonas Brandt](../people/jonas-brandt.yml) about it.", "14:9 prose/person"),
    ("Jonas Brandt owns the data.", "14:1 prose/person"),
    ("It is maintained by [[jonas-brandt]].", "14:21 prose/person"),
    ("It is retrained every week.", "14:7 prose/cadence"),
    ("It has a monthly retraining.", "14:10 prose/cadence"),
    ("The decision threshold is 0.65.", "14:27 prose/threshold"),
    ("An alarm fires when the share flagged rises above 8 %.", "14:51 prose/threshold"),
]


@pytest.mark.parametrize(("prose", "expected"), CONTRADICTIONS)
def test_a_contradiction_is_told_where_it_stands(prose: str, expected: str, tmp_path: Path) -> None:
    assert found(tmp_path, prose) == [expected]


NO_CONTRADICTIONS = [
    # the same value, however written
    "The accuracy is 91 %. Accuracy: 0.915. Its accuracy is 91.47 %. The accuracy is 0.91. An accuracy of about 92 %.",
    "The accuracy is [[june#metrics.accuracy]]. Its accuracy of [[june#metrics.accuracy|as measured]] is good.",
    "The MAE is 4 points. The mean absolute error is 4.2.",
    # another value that is recorded: of a version, a baseline, a slice, an interval
    "The accuracy is 86 %. The accuracy is 0.5. Accuracy: 88 %. The accuracy is 0.93.",
    # of a part, or of something else
    "On women the accuracy is 0.7. The training accuracy is 0.99. Balanced accuracy is 0.6. Top-1 accuracy: 0.3.",
    "The accuracy is 0.7 for new customers. The accuracy is 0.7 when it rains. Accuracy is 0.6 on the validation set.",
    "The baseline has an accuracy of 60 %. ResNet-50 has an accuracy of 76 %. Humans have an accuracy of 97 %.",
    "The accuracy is 0.72 in the paper. BERT-large reaches an accuracy of 0.72.",
    # of another time, or a wish
    "The accuracy was 70 %. The old accuracy of 70 % is forgotten. In 2024 the accuracy is 0.6. Before, accuracy: 0.3.",
    "We want an accuracy of 95 %. The accuracy should be 99 %. At least an accuracy of 80 % is needed.",
    "The accuracy fell from 0.95 to 0.7. It must not have an accuracy of 60 %.",
    # a range, code, a table, a price, a date
    "The accuracy is 70 to 75 %. The accuracy is 0.7\u20130.75. The accuracy is 0.7 ± 0.1. Accuracy is 3/4.",
    '`accuracy = 0.3`, and `accuracy` is 0.3. $accuracy = 0.3$, [accuracy](x.md "0.3") <b title="accuracy: 0.3">',
    "| model | accuracy |\n|---|---|\n| ours | 0.7 |",
    "```\naccuracy: 0.3\n```",
    "    accuracy: 0.3",
    "The F1 is 0.7. The latency is 40 ms. Of 93 % nothing is known. The accuracy of the 3 readers differs.",
    "## History\n\nThe accuracy is 60 %. Ask Jonas. It is retrained daily.",
    "## Version 1\n\nThe accuracy is 60 %.",
    # people
    "We asked Jonas. Jonas built it. Ask Jonas, who left, only by letter. Jonas Brandt was the owner. Ask Ann.",
    "Do not ask Jonas. Ask Ann instead of Jonas.",
    # how often
    "It is retrained every year. It was retrained weekly. It should be retrained weekly. Scores are sent daily.",
    "Retrained weekly until 2025. It is not retrained daily. The daily scores are retrained by nobody.",
    # limits
    "The decision threshold is 0.7. An alarm fires when the share flagged is above 5 %. A threshold of 5 is odd.",
    "The share flagged was above 9 %, and no alert came. The threshold could be 0.9.",
]


@pytest.mark.parametrize("prose", NO_CONTRADICTIONS)
def test_what_is_no_contradiction_is_not_told(prose: str, tmp_path: Path) -> None:
    assert found(tmp_path, prose) == []


def test_both_values_are_told_and_where_the_fact_stands(tmp_path: Path) -> None:
    files = {**FILES, "models/churn.md": MODEL.format("It has an accuracy of 80 %."), "handoff.yml": "namespace: t\n"}
    project = load(find_settings(write_files(tmp_path, files)), day=date(2026, 2, 1))
    (finding,) = (one for one in project.findings if one.rule == "prose/metric")
    assert finding.message == "accuracy is 80 % here, and 91.47 % (0.9147) where it is recorded"
    assert "evaluations/june.yml:4:45" in finding.hint
    assert "[[evaluation:june#metrics.accuracy]]" in finding.hint


def test_of_several_measurements_on_other_data_none_is_taken_for_the_one_that_is_meant(tmp_path: Path) -> None:
    files = {
        "models/a.md": "---\ntitle: A\nmodel-index:\n- name: A\n  results:\n"
        "  - {task: {type: t}, dataset: {name: x, type: x}, metrics: [{type: accuracy, value: 0.9}]}\n"
        "  - {task: {type: t}, dataset: {name: y, type: y}, metrics: [{type: accuracy, value: 0.8}]}\n"
        "---\n\nIt has an accuracy of 0.7.\n",
        "models/b.md": "---\ntitle: B\nmodel-index:\n- name: B\n  results:\n"
        "  - {task: {type: t}, dataset: {name: x, type: x}, metrics: [{type: f1, value: 92.5}]}\n"
        "---\n\nIts F1 is 0.925.\n\n## Results\n\nIt has an F1 score of 0.94.\n",
    }
    assert told(lint(write_files(tmp_path, files))) == ["models/b.md:13:23 prose/metric"]


def test_who_is_gone_depends_on_the_day_and_first_names_on_who_has_them(tmp_path: Path) -> None:
    assert found(tmp_path / "a", "Ask Jonas.", day=date(2026, 2, 28)) == []
    assert found(tmp_path / "b", "Ask Jonas.", day=date(2026, 3, 1)) == ["14:5 prose/person"]
    write_files(tmp_path / "c", {"people/jonas-neu.yml": "title: Jonas Neu\n"})
    assert found(tmp_path / "c", "Ask Jonas. Ask Jonas Brandt.") == ["14:16 prose/person"]


def test_how_often_is_held_against_what_is_recorded_up_to_the_day(tmp_path: Path) -> None:
    assert found(tmp_path / "a", "It is retrained weekly.", day=date(2026, 1, 31)) == []
    assert found(tmp_path / "b", "It is retrained weekly.", day=date(2026, 2, 1)) == ["14:7 prose/cadence"]
    run = {
        "pipelines/train.yml": "title: T\nsteps: [{id: fit, outputs: [{ref: model:churn}]}]\nruns: [{on: 2026-09-28}]\n"
    }
    write_files(tmp_path / "c", run)
    assert found(tmp_path / "c", "It is retrained weekly.") == []


def test_the_day_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**FILES, "models/churn.md": MODEL.format("Ask Jonas."), "handoff.yml": "namespace: t\n"}
    write_files(tmp_path, files)
    for moment, hits in (("1767225600", 0), ("1790000000", 1), ("soon", 0)):  # 2026-01-01, 2026-09-21, none
        monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
        assert sum(one.endswith("prose/person") for one in told(lint(tmp_path))) == hits


def test_a_project_adds_statements_of_its_own(tmp_path: Path) -> None:
    settings = """prose:
  facts:
    hosting: {pattern: "costs [only] {number} euro|euros", field: "churn#cost.0.amount", tolerance: 10}
    floor: {pattern: "scored above {number}", field: decision_thresholds.score.value}
    who: {pattern: "belongs to {word}", field: owner, kind: model}
"""
    prose = "It costs only 300 euros. It costs 255 euro. Whoever is scored above 0.70 is called. It belongs to desk."
    text = MODEL.replace("owner: risk", "owner: risk\ncost: [{{item: hosting, amount: 250}}]").format(prose)
    write_files(tmp_path, {**FILES, "models/churn.md": text, "handoff.yml": settings})
    facts = [one for one in told(lint(tmp_path)) if one.endswith("prose/fact")]
    assert facts == ["models/churn.md:15:15 prose/fact", "models/churn.md:15:99 prose/fact"]


def test_another_language_is_words_in_the_settings(tmp_path: Path) -> None:
    settings = "prose: {words: {metrics: {accuracy: [Genauigkeit]}, connectors: [beträgt], past: [früher]}}\n"
    prose = "Die Genauigkeit beträgt 80 %. Früher: Genauigkeit beträgt 70 %."
    assert found(tmp_path, prose, settings) == []  # `die` is no word that may stand before it
    more = settings.replace("{words: {", "{words: {before: [die], ")
    assert found(tmp_path, prose, more) == ["14:25 prose/metric"]


def test_the_example_of_the_documentation_works_as_it_stands(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(prose:\n  (?:facts|words):.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 2
    files = {"models/a.md": FAST.format("below 40 ms"), "handoff.yml": blocks[0]}
    assert told(lint(write_files(tmp_path / "a", files))) == ["models/a.md:7:27 prose/fact"]
    files = {**FILES, "models/churn.md": MODEL.format("Es hat eine Genauigkeit von 80 %."), "handoff.yml": blocks[1]}
    written = [one for one in told(lint(write_files(tmp_path / "b", files))) if "prose/" in one or "settings/" in one]
    assert written == ["models/churn.md:14:29 prose/metric"]


LET_ALONE = [
    "Ideally it answers within 60 ms.", "It **never** answers within 60 ms.", "It was fast: it answers within 60 ms.",
    "The contract says that it answers within 60 ms.", "Model Other answers within 60 ms.",
    "Without a cache it answers within 60 ms.", "| It answers within 60 ms | x |",
    'A card says "it answers within 60 ms".',
    "It answers within 40 ms.", "It answers within 41 ms.", "It answers within 30 to 60 ms.",
]  # fmt: skip


@pytest.mark.parametrize("prose", LET_ALONE)
def test_statements_of_a_projects_own_are_let_alone_as_ours_are(prose: str, tmp_path: Path) -> None:
    fact = "{pattern: 'answers within {number} ms', field: monitors.latency.threshold, tolerance: 5 %}"
    text = FAST.format("below 40 ms").replace("It usually answers within 60 ms.", prose)
    files = {
        "models/a.md": text,
        "models/other.md": "# Model Other\n",
        "handoff.yml": f"prose: {{facts: {{a: {fact}}}}}\n",
    }
    assert told(lint(write_files(tmp_path, files))) == []


IDLE = [
    (
        "facts: {a: {pattern: 'x {number}', field: 'evaluation:jnue#metrics.accuracy'}}",
        "mean 'evaluation:june'?",
    ),
    ("facts: {a: {pattern: 'x {number}', field: 'modl:churn#title'}}", "Did you mean 'model:churn'?"),
    ("facts: {a: {pattern: 'x {number}', field: 'evaluation:june#metrics.acuracy'}}", "'metrics.Accuracy'?"),
    ("facts: {a: {pattern: 'x {number}', field: decision_thresholds.scroe.value}}", "'decision_thresholds.score'?"),
    ("facts: {a: {pattern: 'x {number}', field: sla.latency, kind: model}}", "It is one of"),
    ("facts: {a: {pattern: 'x {number}', field: sla.latency}}", "docs/fields/"),
    ("facts: {a: {pattern: 'x (within|in) {number}', field: title}}", "Write words"),
    ("facts: {Bad Name: {pattern: 'x {number}', field: title}}", "small letters"),
    ("facts: {a: {pattern: 'x [a] [b] [c] [d] [e] [f] [g] {number}', field: title}}", "Write words"),
    ("facts: {a: {pattern: 'x [a] [b|A] {number}', field: title}}", "Write words"),
    ("words: {periods: {sieben: [wöchentlich]}}", "how many days"),
    ("words: {metrics: {accurcy: [Genauigkeit]}}", "Did you mean 'accuracy'?"),
    ("words: {subjects: {modle: [das Modell]}}", "Did you mean 'model'?"),
]


@pytest.mark.parametrize(("written", "hint"), IDLE)
def test_settings_that_would_compare_nothing_are_told(written: str, hint: str, tmp_path: Path) -> None:
    files = {**FILES, "models/churn.md": MODEL.format("x"), "handoff.yml": f"namespace: t\nprose: {{{written}}}\n"}
    (finding,) = (one for one in lint(write_files(tmp_path, files)).findings if one.rule.startswith("settings/"))
    assert hint in finding.hint
    assert (finding.place.line, finding.place.column > 9) == (2, True)


def test_settings_that_compare_something_are_not_told(tmp_path: Path) -> None:
    fields = (
        "decision_thresholds.score.value",
        "evaluation:june#metrics.accuracy",
        "owner",
        "hosting",
        "teams",
        "title",
    )
    facts = ", ".join(f"f{number}: {{pattern: 'x {{number}}', field: '{one}'}}" for number, one in enumerate(fields))
    settings = (
        f"prose: {{facts: {{{facts}}}, words: {{metrics: {{latency: [Latenz], f2: [F2]}}, subjects: {{any: [es]}}}}}}\n"
    )
    text = MODEL.replace("owner: risk", "owner: risk\nhosting: 3").format("x")
    write_files(tmp_path, {**FILES, "models/churn.md": text, "people/a.yml": "title: A\nteams: risk\n"})
    findings = lint(write_files(tmp_path, {"handoff.yml": settings})).findings
    assert [str(one.place) for one in findings if one.rule.startswith("settings/")] == []


def test_a_form_of_words_takes_time_in_proportion(tmp_path: Path) -> None:
    settings = "prose: {facts: {a: {pattern: 'x [a] [b] [c] [d] [e] [f] y|z|x {number}', field: owner}}}\n"
    began = time.process_time()
    assert found(tmp_path, "x a b c d e f x " * 8_000, settings) == []
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("written", "recorded", "same"),
    [
        ("91 %", 0.9147, True), ("92 %", 0.9147, False), ("0.92", 0.9147, False), ("0.915", 0.9147, True),
        ("0.914", 0.9147, True), ("1", 0.9147, False), ("1", 0.998, True), ("90 %", 0.9, True), ("90.4 %", 0.9, True),
        ("91 %", 90.4, False), ("90 %", 90.4, True),
    ],
)  # fmt: skip
def test_rounded_and_cut_off_is_the_same_and_rounded_up_is_not(
    written: str, recorded: float, same: bool, tmp_path: Path
) -> None:
    files = {
        "models/churn.md": f"# Churn\n\nIts accuracy is {written}.\n",
        "evaluations/june.yml": f"title: June\nmodel: churn\nmetrics: [{{type: accuracy, value: {recorded}}}]\n",
    }
    assert [one.rule for one in lint(write_files(tmp_path, files)).findings] == ([] if same else ["prose/metric"])


BAD = [
    ("prose: {facts: {a: {pattern: 'no value', field: title}}}", "settings/format", "it holds no value"),
    ("prose: {facts: {a: {pattern: '{number} {number} x', field: title}}}", "settings/format", "more than one value"),
    ("prose: {facts: {a: {pattern: '[a] {number}', field: title}}}", "settings/format", "no word that must be there"),
    ("prose: {facts: {a: {pattern: '(a+)+ ]{number}', field: title}}}", "settings/format", "nothing can stand at"),
    ("prose: {facts: {a: {pattern: 'x {number}'}}}", "settings/required", "field"),
    ("prose: {facts: {a: {pattern: 'x {number}', field: title, tolerance: wide}}}", "settings/format", "wide"),
    ("prose: {facts: {a: {pattern: 'x {number}', field: title, kind: modle}}}", "settings/choice", "modle"),
    ("prose: {words: {metricks: {a: [b]}}}", "settings/choice", "metricks"),
    ("prose: {words: {metrics: [a]}}", "settings/type", "by name"),
    ("prose: {words: {past: {a: b}}}", "settings/type", "a list"),
    ("prose: {wrods: {}}", "settings/unknown", "wrods"),
]


@pytest.mark.parametrize(("written", "rule", "words"), BAD)
def test_what_is_wrong_in_the_settings_is_told(written: str, rule: str, words: str, tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, {"handoff.yml": written + "\n", "models/a.md": "# A\n\nx 3 y\n"}))
    assert [(one.rule, words in one.message) for one in project.findings] == [(rule, True)]
    assert project.findings[0].place.column > 1


def test_characters_of_patterns_mean_themselves(tmp_path: Path) -> None:
    settings = "prose: {facts: {a: {pattern: '(a+)+$ .* {number}', field: owner}}}\n"
    began = time.process_time()
    assert found(tmp_path, "a" * 50_000 + " (a+)+$ .* 3", settings) == []
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    "piece",
    [
        "accuracy of ",
        "ask ",
        "[",
        "**",
        "0.",
        "retrained every ",
        "x`",
        "a.A ",
        "(a ",
        "recall of 0.5, a ",
        "ask Jonas, ",
        "- accuracy: 0.5\n",
        "1. **a**\n- accuracy: 0.5\n",
        "# a\n\n**b**\n\n",
        "<h2>",
        "<h2>a</h2>\n\nIt has an accuracy of 0.5.\n\n",
        "It has an accuracy of 0.5, a recall of 0.5; ",
        "Owner: Jonas, ",
    ],
)
def test_long_prose_takes_time_in_proportion(piece: str, tmp_path: Path) -> None:
    began = time.process_time()
    found(tmp_path, piece * (100_000 // len(piece)))
    assert time.process_time() - began < 10


def test_a_warning_can_be_taken_out_like_every_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert found(tmp_path, "Accuracy: 0.72", "severity: {prose/metric: off}\n") == []
    monkeypatch.chdir(tmp_path)
    assert main(["lint"]) == 0
    assert main(["rule", "prose/metric"]) == 0
    assert "has another value than the recorded one" in capsys.readouterr().out


@pytest.mark.skipif(real_files() is None, reason="files that others wrote are not here")
def test_files_that_others_wrote_hold_no_false_alarm(tmp_path: Path) -> None:
    folder = real_files()
    assert folder is not None
    number = 0
    for number, path in enumerate(sorted(folder.rglob("*.md")), 1):
        write_files(tmp_path, {f"models/r{number}.md": path.read_bytes()})
    write_files(tmp_path, {"people/the.yml": "title: Jonas Brandt\nleft: 2020-01-01\n"})
    assert number > 100
    assert [one for one in told(lint(tmp_path)) if " prose/" in one or " demand/" in one] == []
