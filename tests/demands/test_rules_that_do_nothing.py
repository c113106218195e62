"""Rules of a project's own that could do nothing: they are told with line and column, and not asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path


def rule(select: str, must: str = "field: title", message: str = "x") -> str:
    return f"rules: {{mine: {{select: {{{select}}}, must: {{{must}}}, message: '{message}'}}}}"


NEVER = [
    (rule("kind: model, where: {risk_level: hihg}"), "hihg", "settings/choice 'risk_level' is never 'hihg'"),
    (rule("kind: model, where: {risk_level: [high, hihg]}"), "hihg", "settings/choice 'risk_level' is never 'hihg'"),
    (rule("kind: model, where: {risk_level: {is: hihg}}"), "hihg", "settings/choice 'risk_level' is never 'hihg'"),
    (rule("kind: model, where: {risk_level: {not: hihg}}"), "hihg", "settings/choice 'risk_level' is never 'hihg'"),
    (rule("where: {risk_level: {like: h*g}}"), "h*g", "settings/choice 'risk_level' is never like 'h*g'"),
    (rule("where: {lifecycle: activ}"), "activ", "settings/choice 'lifecycle' is never 'activ'"),
    (rule("where: {versions.stage: prod}"), "prod", "settings/choice 'versions.stage' is never 'prod'"),
    (rule("related: {kind: playbook, where: {type: rol}}"), "rol}", "settings/choice 'type' is never 'rol'"),
    (rule("kind: model", "field: risk_level, value: lo"), "lo}", "settings/choice 'risk_level' is never 'lo'"),
    (rule("kind: model, where: {cost.owner: x}"), "cost.", "settings/choice no model has a field 'cost.owner'"),
    (rule("kind: model, where: {owner.x: x}"), "owner.", "settings/choice no model has a field 'owner.x'"),
    (rule("kind: team, stage: production"), "stage", "settings/choice no team has a stage"),
    (rule("where: {title: {is: a, not: [b, A]}}"), "a, not", "settings/range 'title' must be what it must not be"),
    (rule("where: {title: {present: false, like: x}}"), "false", "settings/range where there is no value"),
    (rule("where: {cost.amount: {at_least: 2, at_most: 1}}"), "2,", "settings/range nothing is at least 2"),
    (rule("where: {created: {after: 2026-01-02, before: 2026-01-02}}"), "2026", "settings/range nothing is after 2026"),
    (rule("kind: model", "related: {kind: team}, at_least: 0"), "0", "settings/range at least 0 is always there"),
    (rule("kind: model", "field: title, related: {kind: team}"), "related", "settings/choice one demand asks for"),
    (
        rule("kind: model", "related: {written: false, lifecycle: active}, at_most: 0"),
        "lifecycle",
        "settings/choice of what nobody has written, 'lifecycle' is not known",
    ),
    (
        rule("kind: model", "related: {written: false, direction: in}, at_most: 0"),
        "in}",
        "settings/choice what nobody has written refers to nothing",
    ),
    (
        rule("kind: model", message="{Title}"),
        "'{Title",
        "settings/choice nothing is known that {Title} could stand for",
    ),
    (rule("kind: model", message="{}"), "'{}", "settings/choice nothing is known that {} could stand for"),
    (rule("kind: model", message="{ 0 }"), "'{ 0", "settings/choice nothing is known that {0} could stand for"),
    (rule("files: modles/*"), "modles", "settings/nothing 'modles/*' matches no file with a record"),
    (rule("kind: model", "related: {files: teams/**}"), "teams", "settings/nothing 'teams/**' matches no file with"),
]


@pytest.mark.parametrize(("written", "word", "said"), NEVER)
def test_a_rule_that_can_do_nothing_is_told(written: str, word: str, said: str, tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, {"handoff.yml": f"# ours\n{written}\n", "models/a.yml": "title: A\n"}))
    found = [f"{one.place} {one.rule} {one.message}" for one in project.findings]
    at = f"handoff.yml:2:{written.index(word) + 1}"
    assert any(one.startswith(f"{at} {said}") for one in found), found


def test_what_may_be_is_not_told(tmp_path: Path) -> None:
    fine = rule("kind: model, where: {risk_level: [High, 'medium'], tags: anything, metrics.f1: {present: true}}")
    hint = "hint: 'Say so: `owner: {unknown: \"who was asked\"}`.', "
    written = fine.replace("message:", hint + "message:")
    project = lint(write_files(tmp_path, {"handoff.yml": f"{written}\n", "models/a.yml": "title: A\n"}))
    assert told(project) == []


def test_what_a_slip_was_meant_to_be_is_offered(tmp_path: Path) -> None:
    def hint(written: str) -> str:
        project = lint(write_files(tmp_path, {"handoff.yml": f"{written}\n", "models/a.yml": "title: A\n"}))
        return next(one.hint for one in project.findings if one.rule.startswith("settings/"))

    assert hint(rule("where: {risk_level: hihg}")).startswith("Did you mean 'high'? It is one of: serious, high, ")
    assert hint(rule("where: {cost.amuont: 1}")) == "Did you mean 'cost.amount'?"
    assert hint(rule("where: {cost.owner: x}")) == "`cost` has: amount, currency, item, note, per."
    assert hint(rule("kind: model", message="{Title}")).startswith("Did you mean {title}?")
    assert hint(rule("files: ./modles/*")).startswith("Did you mean 'models/*'?")


def test_a_rule_that_is_wrong_is_told_and_not_asked(tmp_path: Path) -> None:
    bad = "My Rule: {select: {kind: model}, must: {field: schedule}, message: no}"
    slip = "slip: {select: {kind: model}, must: {field: scedule}, message: no}"
    good = "good: {select: {kind: model}, must: {field: schedule}, message: no}"
    files = {"handoff.yml": f"rules: {{{bad}, {slip}, {good}}}\n", "models/a.yml": "title: A\n"}
    rules = [finding.rule for finding in lint(write_files(tmp_path, files)).findings]
    assert rules == ["settings/format", "settings/choice", "own/good"]


def test_globs_of_a_policy_need_not_match_in_every_repository(tmp_path: Path) -> None:
    policy = rule("files: legacy/**", "field: owner")
    files = {"policy/handoff.yml": f"{policy}\n", "handoff.yml": "extends: ./policy\n", "models/a.yml": "title: A\n"}
    assert told(lint(write_files(tmp_path, files))) == []


def test_rules_may_be_written_before_any_record(tmp_path: Path) -> None:
    assert told(lint(write_files(tmp_path, {"handoff.yml": rule("files: models/*") + "\n"}))) == []


def test_a_setting_that_is_missing_is_not_advised_as_a_records_field_is(tmp_path: Path) -> None:
    written = "rules: {mine: {select: {kind: model}, must: {field: title}}}\n"
    (finding,) = lint(write_files(tmp_path, {"handoff.yml": written})).findings
    assert (finding.rule, finding.message) == ("settings/required", "rules.mine lacks 'message'")
    assert "unknown" not in finding.hint
    assert finding.hint.startswith("What is wrong.")
