"""Rules of a project's own that could do nothing: they are told with line and column, and not asked."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import mkdocs_handoff
from mkdocs_handoff import resources
from mkdocs_handoff.demands.known import known
from mkdocs_handoff.findings import Place
from mkdocs_handoff.schema.kinds import load_kinds
from tests.projects import lint, told, write_files


def rule(select: str, must: str = "field: owner", message: str = "x") -> str:
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
    (rule("kind: model, where: {risk_level: {at_least: 3}}"), "3}", "settings/choice 'risk_level' is never 3 or more"),
    (
        rule("where: {risk_level: {after: 2026-01-01}}"),
        "2026",
        "settings/choice 'risk_level' is never after 2026-01-01",
    ),
    (rule("where: {last_reviewed: {at_least: 3}}"), "3}", "settings/choice 'last_reviewed' is never 3 or more"),
    (rule("where: {last_reviewed: soon}"), "soon", "settings/choice 'last_reviewed' is never 'soon'"),
    (rule("where: {cost.amount: {before: 2026-01-01}}"), "2026", "settings/choice 'cost.amount' is never before 2026"),
    (rule("where: {cost.amount: [1, many]}"), "many", "settings/choice 'cost.amount' is never 'many'"),
    (
        rule("where: {deprecation.deprecated: often}"),
        "often",
        "settings/choice 'deprecation.deprecated' is never 'often'",
    ),
    (
        rule("kind: model, where: {versions: production}"),
        "production",
        "settings/choice 'versions' is never 'production'",
    ),
    (
        rule("kind: model", "field: [risk_level, last_reviewed], value: lo"),
        "lo}",
        "settings/choice 'risk_level' or 'last_re",
    ),
    (
        rule("lifecycle: draft, where: {lifecycle: active}"),
        "active}",
        "settings/range what is draft is not what `where`",
    ),
    (
        rule("lifecycle: [draft, active], where: {lifecycle: {not: [draft, active]}}"),
        "{not",
        "settings/range what is draft",
    ),
    (rule("where: {lifecycle: {present: false}}"), "false", "settings/range every record has a lifecycle"),
    (rule("kind: model", "field: title"), "title", "settings/range every record has a title"),
    (rule("kind: model", "field: [owner, lifecycle]"), "lifecycle]", "settings/range every record has a lifecycle"),
    (rule("kind: model", "field: title, value: {present: true}"), "title", "settings/range every record has a title"),
    (
        rule("kind: model, related: {kind: dataset, field: playbooks}"),
        "playbooks",
        "settings/choice 'playbooks' relates no model to a dataset",
    ),
    (
        rule("kind: model", "related: {kind: dataset, field: playbooks}"),
        "playbooks",
        "settings/choice 'playbooks' relates no model to a dataset",
    ),
    (
        rule("kind: model, related: {kind: team, relation: is trained on}"),
        "is trained",
        "settings/choice no model 'is trained on' a team",
    ),
    (
        rule("kind: model, related: {direction: in, field: training_data}"),
        "training_data",
        "settings/choice 'training_data' relates no model to a record, going in",
    ),
    (
        rule("kind: model, related: {kind: dataset, field: training_data, relation: is owned by}"),
        "is owned",
        "settings/choice no model 'is owned by' a dataset",
    ),
    (
        rule("kind: dataset, related: {kind: model, related: {kind: team, field: training_data}}"),
        "training_data",
        "settings/choice 'training_data' relates no model to a team",
    ),
    (
        rule("kind: model, related: {kind: dataset, field: training_data, relation: mentions}"),
        "mentions",
        "settings/choice no model 'mentions' a dataset",
    ),
    (rule("kind: model", message="{title"), "'{title", "settings/format {title is not filled in"),
    (rule("kind: model", message="title} is"), "'title}", "settings/format title} is not filled in"),
    (rule("kind: model", message="{title:>3}"), "'{title:", "settings/format {title:>3} is not filled in"),
    (rule("kind: model", message="{title[0]}"), "'{title[", "settings/format {title[0]} is not filled in"),
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
    assert [one for one in told(project) if "settings/" in one] == []


SCHEMA = """{
  "title": "Widget", "x-plural": "Widgets", "type": "object",
  "properties": {
    "state": {"enum": ["new", "old"]},
    "lifecycle": {"enum": ["idea", "live"]},
    "any": {},
    "described": {"description": "Anything at all."},
    "mixed": {"anyOf": [{"enum": ["low", "high"]}, {"type": "integer"}, {"type": "boolean"}]},
    "fixed": {"anyOf": [{"const": "a"}, {"enum": ["b", "c"]}]},
    "open": {"type": "object", "patternProperties": {"^x": {"type": "number"}}},
    "sizes": {"enum": [1, 2, 3]},
    "steps": {"type": "array", "items": {"type": "object", "properties": {"day": {"type": ["string", "number"]}}}},
    "either": {"type": ["string", "array"], "items": {"type": "string", "format": "date"}},
    "ring": {"$ref": "#/$defs/ring"},
    "adopted": {"type": "integer", "x-adopted": true},
    "part_of": {"x-reference": {"to": ["*"], "relation": "is part of", "inverse": "has the part"}},
    "parts": {
      "type": "object",
      "additionalProperties": {
        "type": "object",
        "x-reference": {"to": ["team"], "relation": "is made by", "inverse": "makes"},
        "properties": {"ref": {"type": "string"}, "text": {"type": "string", "x-format": "markdown"}}
      }
    }
  },
  "$defs": {"ring": {"anyOf": [{"type": "number"}, {"type": "array", "items": {"$ref": "#/$defs/ring"}}]}}
}
"""

CAN_BE = [
    "where: {any: {at_least: 3}}",
    "where: {described: {after: 2026-01-01}}",
    "where: {mixed: 5}",
    "where: {mixed: {at_least: 3}}",
    "where: {mixed: true}",
    "where: {fixed: [a, b, c]}",
    "where: {open.xy: {at_least: 3}}",
    "where: {sizes: {at_least: 3}}",
    "where: {steps.day: {after: 2026-01-01}}",
    "where: {steps.day: {at_least: 3}}",
    "where: {steps: {like: '*soon*'}}",
    "where: {either: {at_least: 3}}",
    "where: {either: {after: 2026-01-01}}",
    "where: {ring: 5}",
    "where: {adopted: some}",
    "where: {title: {at_least: 3}}",
    "where: {lifecycle: [idea, active]}",
    "lifecycle: active, where: {lifecycle: live}",
    "related: {kind: model, field: part_of}",
    "related: {kind: team, field: parts.frame, relation: is made by}",
    "related: {kind: team, field: parts.frame.ref}",
    "related: {kind: model, field: parts.frame.text, direction: out, relation: mentions}",
]


@pytest.mark.parametrize("select", CAN_BE)
def test_what_a_record_of_an_own_kind_can_be_is_not_told(select: str, tmp_path: Path) -> None:
    files = {
        "handoff.yml": f"{rule(f'kind: widget, {select}', 'related: {kind: decision}')}\n",
        "schemas/widget.schema.json": SCHEMA,
        "widgets/a.yml": "kind: widget\ntitle: A\n",
    }
    project = lint(write_files(tmp_path, files))
    assert [f"{one.place} {one.message}" for one in project.findings if one.rule != "own/mine"] == []


def test_the_built_in_rules_can_all_do_something() -> None:
    kinds, wrong = load_kinds([(resources.folder("schemas"), "schemas")])
    assert not wrong
    folder = Path(mkdocs_handoff.__file__).parent / "demands"
    rules = tomllib.loads((folder / "builtin.toml").read_text(encoding="utf-8"))
    assert known(rules, kinds, lambda path, *, key=False: Place("builtin.toml", 1)).findings == ()


def test_what_a_slip_was_meant_to_be_is_offered(tmp_path: Path) -> None:
    def hint(written: str) -> str:
        project = lint(write_files(tmp_path, {"handoff.yml": f"{written}\n", "models/a.yml": "title: A\n"}))
        return next(one.hint for one in project.findings if one.rule.startswith("settings/"))

    assert hint(rule("where: {risk_level: hihg}")).startswith("Did you mean 'high'? It is one of: serious, high, ")
    assert hint(rule("where: {cost.amuont: 1}")) == "Did you mean 'cost.amount'?"
    assert hint(rule("where: {versions: production}")) == "Did you mean `versions.stage`?"
    assert hint(rule("where: {last_reviewed: {at_least: 3}}")) == "It is a day: ask `before` or `after`."
    found = hint(rule("kind: model, related: {kind: dataset, field: training_data, direction: in}"))
    assert found == "Write `direction: out`, or leave it out."
    found = hint(rule("kind: model, related: {kind: dataset, field: playbooks}"))
    assert found.startswith("What relates them: evaluation_data, training_data, ")
    found = hint(rule("kind: model, related: {kind: dataset, field: training_data, relation: is owned by}"))
    assert found == "What relates them: is trained on."
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


def test_a_setting_that_is_written_with_a_slip_is_not_told_as_missing_too(tmp_path: Path) -> None:
    written = "rules: {mine: {slect: {kind: model}, must: {feild: owner}, mesage: x}}\n"
    found = lint(write_files(tmp_path, {"handoff.yml": written})).findings
    assert [(one.rule, one.hint) for one in found] == [
        ("settings/unknown", "Did you mean 'select'?"),
        ("settings/unknown", "Did you mean 'field'?"),
        ("settings/unknown", "Did you mean 'message'?"),
    ]
