"""Rules between records in the settings, from the outside: files in, findings out."""

from __future__ import annotations

import json
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema
import pytest

import mkdocs_handoff
from mkdocs_handoff import resources
from mkdocs_handoff.cli.main import main
from mkdocs_handoff.demands.check import check
from mkdocs_handoff.demands.demand import built_in, rules_of
from mkdocs_handoff.findings import Severity
from mkdocs_handoff.rules import load_rules
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from collections.abc import Mapping

FILES = {
    "models/churn.yml": """title: Churn
lifecycle: active
risk_level: high
tags: [payments]
owner: risk
training_data: [{ref: events}, letters]
versions:
  - {version: "1", stage: retired}
  - {version: "2", stage: production, date: 2026-01-10}
cost: [{item: hosting, amount: 250}]
playbooks: {not-applicable: Yesterday's list is used.}
""",
    "models/fraud.yml": "title: Fraud\nlifecycle: deprecated\nrisk_level: low\n",
    "datasets/events.yml": "title: Events\nlifecycle: active\nowner: risk\n",
    "datasets/letters.yml": "title: Letters\nowners: {unknown: nobody knows}\n",
    "teams/risk.yml": "title: Risk\ntype: vendor\n",
    "decisions/x.md": "# X\n\nSee [[model:churn]].\n",
}


def own(folder: Path, rule: str, files: Mapping[str, str] = FILES) -> list[str]:
    """Return what one rule tells of the files, as `path:line:column message`."""
    body = "\n".join("    " + line for line in rule.strip().splitlines())
    settings = f"records: {{decision: decisions/*.md}}\nrules:\n  mine:\n{body}\n"
    project = lint(write_files(folder, {**files, "handoff.yml": settings}))
    wrong = [finding for finding in project.findings if finding.rule.startswith("settings/")]
    assert not [finding for finding in wrong if finding.place.line > 1]  # `records` need not match in each project
    return [f"{one.place} {one.message}" for one in project.findings if one.rule == "own/mine"]


SELECTED = [
    ("kind: model", ["churn", "fraud"]),
    ("kind: [model, dataset]", ["churn", "fraud", "events", "letters"]),
    ("lifecycle: deprecated", ["fraud"]),
    ("{kind: model, stage: production}", ["churn"]),
    ("{kind: model, stage: retired}", ["churn"]),
    ("{kind: model, stage: staging}", []),
    ("tags: payments", ["churn"]),
    ("files: models/f*", ["fraud"]),
    ("{kind: model, where: {risk_level: [high, medium]}}", ["churn"]),
    ("{kind: model, where: {risk_level: {not: high}}}", ["fraud"]),
    ("{kind: model, where: {tags: {present: false}}}", ["fraud"]),
    ("{kind: model, where: {cost.amount: {at_least: 200, at_most: 300}}}", ["churn"]),
    ("{kind: model, where: {cost.amount: {at_least: 251}}}", []),
    ("{kind: model, where: {versions.date: {before: 2026-02-01}}}", ["churn"]),
    ("{kind: model, where: {versions.date: {after: 2026-02-01}}}", []),
    ("{where: {title: {like: 'C*rn'}}}", ["churn"]),
    ("{kind: model, where: {lifecycle: active}}", ["churn"]),
    ("{kind: dataset, related: {direction: in, kind: model}}", ["events", "letters"]),
    ("{kind: dataset, related: {direction: out, kind: model}}", []),
    ("{related: {relation: is trained on, lifecycle: active}}", ["churn"]),
    ("{related: {field: training_data}}", ["churn", "events", "letters"]),
    ("{kind: model, related: {kind: decision}}", ["churn"]),
    (
        "{kind: model, related: {kind: dataset, related: {direction: out, kind: team, where: {type: vendor}}}}",
        ["churn"],
    ),
    ("{kind: model, related: {kind: dataset, related: {kind: person}}}", []),
    ("{kind: model, related: [{kind: dataset}, {kind: person}]}", []),
]


@pytest.mark.parametrize(("select", "names"), SELECTED)
def test_a_selection_means_records(select: str, names: list[str], tmp_path: Path) -> None:
    written = select if select.startswith("{") else "{" + select + "}"
    found = own(tmp_path, f"select: {written}\nmust: {{field: review_every}}\nmessage: '{{name}}'")
    assert sorted(one.split()[-1] for one in found) == sorted(names)


DEMANDED = [
    ("{field: risk_level}", []),
    ("{field: architecture.family}", ["models/churn.yml:2:12"]),
    ("{field: [architecture.family, owner]}", []),
    ("{field: playbooks}", []),  # a stated gap is an answer
    ("{field: risk_level, value: low}", ["models/churn.yml:3:13"]),
    ("{field: risk_level, value: [low, High]}", []),
    ("{field: cost.amount, value: {at_most: 100}}", ["models/churn.yml:10:32"]),
    ("{field: tags, value: {not: payments}}", ["models/churn.yml:4:8"]),
    ("{field: tags, value: {present: false}}", ["models/churn.yml:4:8"]),
    ("{related: {kind: dataset}, at_least: 2}", []),
    ("{related: {kind: dataset}, at_least: 3}", ["models/churn.yml:2:12"]),
    ("{related: {field: training_data}, at_least: 3}", ["models/churn.yml:6:16"]),
    ("{related: {kind: dataset}, at_most: 2}", []),
    ("{related: {kind: dataset}, at_most: 1}", ["models/churn.yml:6:32"]),
    ("{related: {kind: dataset}, at_most: 0}", ["models/churn.yml:6:23", "models/churn.yml:6:32"]),
    ("{related: {field: playbooks, kind: playbook}}", []),  # so it is for neighbours
    ("{related: {kind: decision}, at_most: 0}", ["models/churn.yml:2:12"]),
    (
        "[{field: risk_level, value: low}, {related: {kind: person}}]",
        ["models/churn.yml:2:12", "models/churn.yml:3:13"],
    ),
]


@pytest.mark.parametrize(("must", "places"), DEMANDED)
def test_a_demand_is_told_at_the_field_that_makes_it_so(must: str, places: list[str], tmp_path: Path) -> None:
    found = own(tmp_path, f"select: {{kind: model, lifecycle: active}}\nmust: {must}\nmessage: no")
    assert [one.split()[0] for one in found] == places


def test_a_message_names_what_it_is_about(tmp_path: Path) -> None:
    message = '"{title} ({kind} {name}, {record}): {neighbour} {other} {count} {field}."'
    select = "select: {kind: model, where: {tags: payments}}"
    rule = f"{select}\nmust: {{related: {{field: training_data, direction: out}}, at_most: 0}}\nmessage: {message}"
    found = own(tmp_path, rule)
    said = "Churn (model churn, model:churn): Events dataset:events 2 training_data."
    assert found[0] == f"models/churn.yml:6:23 {said}"


def test_what_nobody_has_written_is_a_neighbour_that_is_not_written(tmp_path: Path) -> None:
    new = "title: New\ntraining_data: [nowhere]\nbase_model: bert-base\ndepends_on: [something]\n"
    files = {**FILES, "models/new.yml": new}
    must = "must: {related: {kind: dataset, written: false}, at_most: 0}"
    found = own(tmp_path, f"select: {{kind: model}}\n{must}\nmessage: '{{other}}'", files)
    assert found == ["models/new.yml:2:17 dataset:nowhere"]


def test_the_note_beside_a_reference_is_not_what_its_field_refers_to(tmp_path: Path) -> None:
    new = "title: New\ntraining_data: [{ref: events, note: 'Not [[dataset:letters]].'}]\n"
    files = {**FILES, "models/new.yml": new}

    def found(field: str) -> list[str]:
        must = f"must: {{related: {{field: {field}, direction: out}}, at_most: 0}}"
        return own(tmp_path, f"select: {{kind: model, files: models/new.yml}}\n{must}\nmessage: '{{other}}'", files)

    assert found("training_data") == found("training_data.ref")
    assert [one.partition(" ")[2] for one in found("training_data")] == ["dataset:events"]
    assert [one.partition(" ")[2] for one in found("training_data.note")] == ["dataset:letters"]


def test_a_bare_name_is_of_a_kind_only_where_the_field_takes_no_other(tmp_path: Path) -> None:
    """`applies_to` of a playbook takes four kinds: of an unwritten name nobody knows which."""

    def found(kinds: str) -> list[str]:
        must = f"must: {{related: {{{kinds}written: false}}, at_most: 0}}"
        files = {"playbooks/p.yml": "title: P\ntype: runbook\napplies_to: [it]\nterms: [score]\n"}
        return own(tmp_path, f"select: {{kind: playbook}}\n{must}\nmessage: '{{other}}'", files)

    assert found("kind: term, ") == ["playbooks/p.yml:4:9 term:score"]
    assert found("kind: model, ") == []
    assert found("kind: [model, pipeline, dataset, feature, team], ") == ["playbooks/p.yml:3:14 it"]
    assert found("") == ["playbooks/p.yml:3:14 it", "playbooks/p.yml:4:9 term:score"]


BAD = [
    ("rules: [x]", "2:", "settings/type"),
    ("rules: {mine: {select: {kind: model}, message: x}}", "2:15", "settings/required"),
    ("rules: {mine: {select: {kind: model}, must: {}, message: x}}", "2:45", "settings/required"),
    ("rules: {mine: {select: {}, must: {field: x}, message: x}}", "2:24", "settings/empty"),
    ("rules: {mine: {select: {knd: model}, must: {field: title}, message: x}}", "2:25", "settings/unknown"),
    ("rules: {mine: {select: {kind: modle}, must: {field: title}, message: x}}", "2:31", "settings/choice"),
    ("rules: {mine: {select: {kind: model}, must: {field: risk}, message: x}}", "2:53", "settings/choice"),
    ("rules: {mine: {select: {kind: model}, must: {field: versions.stag}, message: x}}", "2:53", "settings/choice"),
    ("rules: {mine: {select: {stage: live}, must: {field: title}, message: x}}", "2:32", "settings/choice"),
    (
        "rules: {mine: {select: {kind: model}, must: {related: {relation: owns it}}, message: x}}",
        "2:66",
        "settings/choice",
    ),
    (
        "rules: {mine: {select: {kind: model}, must: {field: title, value: {like: 3, x: 1}}, message: x}}",
        "2:",
        "settings/",
    ),
    (
        "rules: {mine: {select: {kind: model}, must: {field: title, at_most: 1}, message: x}}",
        "2:60",
        "settings/required",
    ),
    (
        "rules: {mine: {select: {kind: model}, must: {related: {}, at_least: 2, at_most: 1}, message: x}}",
        "2:",
        "settings/",
    ),
    ("rules: {mine: {select: {kind: model}, must: {field: title}, message: '{foo}'}}", "2:70", "settings/choice"),
    (
        "rules: {mine: {select: {kind: model}, must: {field: title}, message: x, severity: fatal}}",
        "2:83",
        "settings/choice",
    ),
    ("rules: {My Rule: {select: {kind: model}, must: {field: title}, message: x}}", "2:9", "settings/format"),
    ("severity: {own/none: off}", "2:12", "settings/unknown"),
    ("severity: {own/none: off, nose/x: fatal}", "2:27", "settings/unknown"),  # whatever else is wrong
]


ADVISED = [
    (
        "{field: schedule}",
        'Write `schedule`. If nobody knows, say so: `schedule: {unknown: "who was asked, and when"}`.',
    ),
    ("{field: [schedule, reviewers], value: {like: a*}}", "`schedule` or `reviewers` must be like `a*`."),
    ("{field: risk_level, value: [low, medium]}", "`risk_level` must be low or medium."),
    ("{field: risk_level, value: {not: high}}", "`risk_level` must be not high."),
    ("{field: tags, value: {present: false}}", "Take `tags` out."),
    (
        "{field: cost.amount, value: {at_least: 300, at_most: 400}}",
        "`cost.amount` must be 300 or more, and 400 or less.",
    ),
    ("{field: versions.date, value: {after: 2026-02-01}}", "`versions.date` must be after 2026-02-01."),
    ("{related: {kind: person}}", "Name a person, or write one that names this record."),
    (
        "{related: {kind: evaluation, direction: out, field: evaluations}, at_least: 2}",
        "Name an evaluation in `evaluations`. There must be 2.",
    ),
    (
        "{related: {kind: playbook, direction: in, lifecycle: active, where: {type: rollback}}}",
        "Write a playbook (active, `type` rollback) that names this record.",
    ),
    (
        "{related: {kind: dataset, lifecycle: active}, at_most: 0}",
        "There must not be a dataset (active), and dataset:events is one: mend it, or take the reference out.",
    ),
    ("{related: {kind: dataset}, at_most: 1}", "There may be 1 of this: a dataset. Take the others out."),
    ("{related: {written: false}, at_most: 0}", "Write the record dataset:gone, or mend its name."),
]


@pytest.mark.parametrize(("must", "advice"), ADVISED)
def test_a_rule_without_a_hint_says_what_it_asks_for(must: str, advice: str, tmp_path: Path) -> None:
    files = {**FILES, "models/churn.yml": FILES["models/churn.yml"].replace("letters]", "letters, gone]")}
    rules = f"rules: {{mine: {{select: {{files: models/churn.yml}}, must: {must}, message: no}}}}\n"
    project = lint(write_files(tmp_path, {**files, "handoff.yml": rules}))
    hints = [finding.hint for finding in project.findings if finding.rule == "own/mine"]
    assert hints[0] == advice


@pytest.mark.parametrize(("written", "at", "rule"), BAD)
def test_a_rule_that_means_nothing_is_told_with_line_and_column(
    written: str, at: str, rule: str, tmp_path: Path
) -> None:
    project = lint(write_files(tmp_path, {"handoff.yml": f"# ours\n{written}\n", "models/a.yml": "title: A\n"}))
    found = told(project)
    assert any(one.startswith(f"handoff.yml:{at}") and f" {rule}" in one for one in found), found


def test_the_project_gives_its_rules_and_ours_a_severity(tmp_path: Path) -> None:
    rules = "rules: {mine: {select: {kind: model}, must: {field: schedule}, message: no, severity: error}}\n"
    files = {"models/a.yml": 'title: A\nversions: [{version: "1", stage: production}]\n'}
    project = lint(write_files(tmp_path, {**files, "handoff.yml": rules}))
    weights = {finding.rule: finding.severity for finding in project.findings}
    assert weights == {"own/mine": Severity.ERROR, "demand/rollback": Severity.WARNING}
    project = lint(write_files(tmp_path, {"handoff.yml": rules + "severity: {own/mine: off, demand/*: error}\n"}))
    assert {finding.rule: finding.severity for finding in project.findings} == {"demand/rollback": Severity.ERROR}


def test_the_command_shows_a_rule_of_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rule = (
        "select: {kind: model}, must: {field: schedule}, message: no schedule, why: The desk plans with it., hint: Ask."
    )
    write_files(tmp_path, {"handoff.yml": f"rules: {{mine: {{{rule}}}}}\n"})
    monkeypatch.chdir(tmp_path)
    assert main(["rule", "own/mine"]) == 0
    printed = capsys.readouterr().out
    for part in ("## own/mine", "no schedule (warning)", "The desk plans with it.", 'must: [{"field"', "**Fix.** Ask."):
        assert part in printed
    assert main(["rule"]) == 0
    assert "own/mine" in capsys.readouterr().out
    assert main(["rule", "own/nine"]) == 2
    assert "did you mean 'own/mine'" in capsys.readouterr().err
    assert main(["rule", "own/mine", "--format", "markdown"]) == 0
    assert "## own/mine" in capsys.readouterr().out
    assert main(["rule", "--format", "markdown"]) == 0
    assert "own/mine" not in capsys.readouterr().out


def test_the_command_reads_the_configuration_that_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = "rules: {mine: {select: {kind: model}, must: {field: title}, message: '{title} is odd'}}\n"
    write_files(tmp_path, {"ml/handoff.yml": rules, ".git/HEAD": ""})
    monkeypatch.chdir(tmp_path)
    assert main(["rule", "own/mine"]) == 2
    assert main(["rule", "own/mine", "-f", "ml/handoff.yml"]) == 0
    printed = capsys.readouterr().out
    assert "… is odd (warning)" in printed
    assert "**Fix.** Write `title`." in printed
    assert main(["rule", "own/mine", "-f", "ml/none.yml"]) == 2
    assert "there is no configuration 'ml/none.yml'" in capsys.readouterr().err


def test_the_command_says_where_the_settings_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = "rules: {mine: {select: {kind: model}, must: {field: title}, message: x}}\n"
    write_files(tmp_path, {"ml/handoff.yml": f"{rules}strict_on: warnings\n"})
    monkeypatch.chdir(tmp_path)
    assert main(["rule", "own/mine", "-f", "ml/handoff.yml"]) == 2
    wrong = "ml/handoff.yml:2:12: strict_on is 'warnings', which is none of its values"
    assert wrong in capsys.readouterr().err
    assert main(["rule", "-f", "ml/handoff.yml"]) == 0
    printed = capsys.readouterr()
    assert f"{wrong}: rules of the project's own may be missing here" in printed.err
    assert "demand/rollback" in printed.out


def test_the_built_in_rules_ask_only_where_a_model_names_what_it_takes(tmp_path: Path) -> None:
    card = """title: Churn
lifecycle: active
playbooks: {not-applicable: none}
versions: [{version: "1", stage: production, date: 2026-06-01, training_data: [third]}]
deprecation: {deprecated: true, replacement: churn-v2}
depends_on: [lookup, dataset:table, feature:rate]
features: [first]
inputs: [{name: x, feature: second}]
training_data: [one]
evaluation_data: [{ref: two}]
"""
    found = lint(write_files(tmp_path, {"models/churn.yml": card})).findings
    asked = [f"{finding.rule} {finding.place.line}" for finding in found if finding.rule.startswith("demand/")]
    assert asked == [
        "demand/data-carded 4", "demand/feature-defined 7", "demand/feature-defined 8",
        "demand/data-carded 9", "demand/data-carded 10",
    ]  # fmt: skip


def test_the_built_in_rules_have_the_form_that_settings_have() -> None:
    folder = Path(mkdocs_handoff.__file__).parent / "demands"
    written = tomllib.loads((folder / "builtin.toml").read_text(encoding="utf-8"))
    schema = json.loads((resources.folder("schemas") / "settings.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate({"rules": written})
    assert {rule.name for rule in built_in()} <= set(load_rules())
    assert {rule.severity for rule in built_in()} == {Severity.WARNING}


@pytest.mark.parametrize("hard", ["*" * 100 + "b", "*a" * 90 + "b"])
def test_a_form_of_text_takes_time_in_proportion(hard: str, tmp_path: Path) -> None:
    files = {"models/a.yml": f"title: {'a' * 100_000}\n"}
    began = time.process_time()
    must = f"must: {{field: title, value: {{like: '{hard}'}}}}"
    assert len(own(tmp_path, f"select: {{kind: model}}\n{must}\nmessage: no", files)) == 1
    assert time.process_time() - began < 5


def test_rules_take_time_in_proportion_to_records_and_relations(tmp_path: Path) -> None:
    """A hub that all refer to: what is asked of it is asked once, whoever comes by."""
    files = {
        f"models/m{number}.yml": f"title: M{number}\nowner: risk\ntraining_data: [events]\n" for number in range(400)
    }
    project = lint(
        write_files(tmp_path, {**files, "teams/risk.yml": "title: R\n", "datasets/events.yml": "title: E\n"})
    )
    far = {"direction": "in", "kind": "model", "where": {"schedule": {"present": True}}}
    near = {"kind": "dataset", "related": far}
    rule = {"select": {"kind": "model", "related": near}, "must": {"field": "x"}, "message": "no"}
    rules = rules_of({f"r{number}": rule for number in range(20)})
    began = time.process_time()
    assert not list(check(project.catalog, rules))
    assert time.process_time() - began < 5
