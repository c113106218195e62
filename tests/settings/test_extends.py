"""Settings that extend others: folders and installed packages, precedence, circles, locks."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.settings import find_settings
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

MODEL = {"models/a.yml": "title: A\ntraining_data: churn-evnts\n", "datasets/churn-events.yml": "title: E\n"}
KIND = json.dumps({"x-plural": "Experiments", "x-globs": ["experiments/*.yml"], "type": "object"})


def severities(folder: Path) -> dict[str, str]:
    return {finding.rule: finding.severity.value for finding in lint(folder).findings}


def installed(site: Path, name: str, files: dict[str, str], *, listed: bool = True) -> None:
    """Lay a distribution out as pip does: its files, and the list of them. Importing it would raise."""
    package = name.replace("-", "_")
    held = {f"{package}/{path}": text for path, text in {**files, "__init__.py": "raise SystemExit(9)\n"}.items()}
    info = f"{package}-1.0.dist-info"
    record = "".join(f"{path},,\n" for path in [*held, f"{info}/METADATA", f"{info}/RECORD"]) if listed else ""
    write_files(site, {**held, f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", f"{info}/RECORD": record})  # fmt: skip # noqa: E501


def test_a_folder_gives_settings_schemas_and_severities(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "extends: ./policy\n",
        "policy/handoff.yml": "severity: {reference/near-miss: warning}\nterms: false\nprefix: wiki\n",
        "policy/schemas/experiment.schema.json": KIND,
        "experiments/e.yml": "title: E\n",
    }
    project = lint(write_files(tmp_path, {**MODEL, **files}))
    assert [(one.rule, one.severity.value) for one in project.findings] == [("reference/near-miss", "warning")]
    assert (project.settings.terms, project.settings.prefix) == (False, "wiki")
    assert "experiment:e" in map(str, project.catalog.records)


def test_the_nearer_wins_and_of_a_list_the_later(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "extends: [./one, ./two]\nnav_items: 3\nrecords: {model: zoo/*.yml}\n",
        "one/handoff.yml": "nav_items: 1\nsweep: 1\nprefix: one\nrecords: {dataset: sets/*.yml}\n"
        "severity: {link/missing: error}\n",
        "two/handoff.yml": "nav_items: 2\nsweep: 2\nseverity: {link/missing: off}\n",
    }
    settings = lint(write_files(tmp_path, files)).settings
    assert (settings.nav_items, settings.sweep, settings.prefix) == (3, 2, "one")
    assert {claim.kind for claim in settings.claims} == {"model", "dataset"}
    assert [one.severity.value for one in settings.overrules] == ["error", "off"]


def test_a_schema_of_the_project_replaces_one_that_it_extends(tmp_path: Path) -> None:
    own = json.dumps({"x-plural": "Trials", "x-globs": ["experiments/*.yml"], "type": "object"})
    files = {
        "handoff.yml": "extends: ./p\n",
        "p/schemas/experiment.schema.json": KIND,
        "schemas/experiment.schema.json": own,
    }
    assert lint(write_files(tmp_path, files)).catalog.kinds["experiment"].plural == "Trials"


def test_what_is_wrong_in_an_extended_file_is_told_there(tmp_path: Path) -> None:
    files = {
        "repo/.git/HEAD": "",
        "repo/app/handoff.yml": "extends: ../policy\n",
        "repo/policy/handoff.yml": "nav_items: many\n",
        "repo/policy/schemas/x.schema.json": '{"x-plural" "Xs"}',
    }
    write_files(tmp_path, files)
    assert told(lint(tmp_path / "repo/app")) == ["../policy/handoff.yml:1:12 settings/type"]
    write_files(tmp_path, {"repo/policy/handoff.yml": "severity: {link/mising: off}\nrecords: {modle: x/*}\n"})
    assert told(lint(tmp_path / "repo/app")) == [
        "../policy/handoff.yml:1:12 settings/unknown",
        "../policy/handoff.yml:2:11 settings/choice",
        "../policy/schemas/x.schema.json:1:13 schema/unusable",
    ]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("./none", "no folder that is there"),
        ("/etc", "path of one machine"),
        ("no-such-package-here", "no installed package"),
        ("./handoff.yml", "is a file"), ("../../out", "leads out of the repository"), ("./empty", "holds neither"),
        ("./link", "is a link out"), ("a b", "names no folder and no package"),
        ("..", "holds neither"), (".", "goes in a circle"),
    ],
)  # fmt: skip
def test_what_cannot_be_extended_is_an_error_that_cannot_be_switched_off(tmp_path: Path, name: str, why: str) -> None:
    off = "severity: {settings/*: off, '*': off}\n"
    write_files(tmp_path, {"out/handoff.yml": "terms: false\n", "repo/.git/HEAD": "", "repo/app/empty/x": ""})
    write_files(tmp_path / "repo/app", {"handoff.yml": f"extends: '{name}'\n{off}"})
    (tmp_path / "repo/app/link").symlink_to(tmp_path / "out")
    (finding,) = lint(tmp_path / "repo/app").findings
    assert (str(finding.place), finding.rule, finding.severity.value) == (
        "handoff.yml:1:10",
        "settings/extends",
        "error",
    )
    assert why in finding.message
    assert finding.hint


def test_a_layer_that_comes_by_two_ways_counts_once(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "extends: [./a, ./b]\n",
        "a/handoff.yml": "extends: ../base\n",
        "b/handoff.yml": "extends: ../base\n",
        "base/handoff.yml": "lock: link/missing\nseverity: {link/missing: [{files: x/**, severity: off}]}\n",
    }
    project = lint(write_files(tmp_path, files))
    assert told(project) == []
    assert project.settings.extended == ("a/handoff.yml", "base/handoff.yml", "b/handoff.yml")


@pytest.mark.parametrize("rule", ["reference/near-miss", "reference/*", "'*'"])
@pytest.mark.parametrize("given", ["off", "[{files: models/**, severity: warning}]"])
def test_a_lock_holds_and_who_overrules_it_is_told_at_that_line(tmp_path: Path, rule: str, given: str) -> None:
    files = {
        "handoff.yml": f"extends: ./policy\nseverity:\n  {rule}: {given}\n",
        "policy/handoff.yml": "lock: [reference/near-miss]\n",
    }
    project = lint(write_files(tmp_path, {**MODEL, **files}))
    assert [(str(one.place), one.rule, one.severity.value) for one in project.findings] == [
        ("handoff.yml:3:3", "settings/locked", "error"),
        ("models/a.yml:2:16", "reference/near-miss", "error"),
    ]
    assert "policy/handoff.yml" in project.findings[0].message


def test_to_say_what_is_locked_is_no_offence_and_other_rules_are_free(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "extends: ./p\nseverity: {reference/near-miss: warning, reference/form: error}\n",
        "p/handoff.yml": "lock: reference/near-miss\nseverity: {reference/near-miss: warning}\n",
    }
    assert severities(write_files(tmp_path, {**MODEL, **files})) == {"reference/near-miss": "warning"}


def test_the_farthest_lock_wins(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "extends: ./near\n",
        "near/handoff.yml": "extends: ../far\nlock: reference/near-miss\nseverity: {reference/near-miss: off}\n",
        "far/handoff.yml": "lock: reference/*\nseverity: {reference/*: warning}\n",
    }
    project = lint(write_files(tmp_path, {**MODEL, **files}))
    assert [f"{one.place} {one.rule} {one.severity.value}" for one in project.findings] == [
        "models/a.yml:2:16 reference/near-miss warning",
        "near/handoff.yml:3:12 settings/locked error",
    ]


def test_a_package_is_read_and_never_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = tmp_path / "site"
    layers = {"handoff.yml": "lock: reference/near-miss\n", "strict/handoff.yml": "extends: ..\nnav_items: 7\n", "schemas/experiment.schema.json": KIND}  # fmt: skip # noqa: E501
    installed(site, "acme-handoff-policy", layers)
    monkeypatch.syspath_prepend(str(site))
    off = "severity: {reference/near-miss: off}\n"
    folder = write_files(tmp_path / "repo", {**MODEL, "handoff.yml": f"extends: acme-handoff-policy\n{off}"})
    assert severities(folder) == {"settings/locked": "error", "reference/near-miss": "error"}
    assert "experiment" in lint(folder).catalog.kinds
    write_files(folder, {"handoff.yml": "extends: Acme_handoff.policy/strict\n"})
    assert find_settings(folder).settings.nav_items == 7
    assert severities(folder) == {"reference/near-miss": "error"}
    assert "acme_handoff_policy" not in sys.modules


def test_a_package_without_a_policy_or_without_its_files_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    installed(site, "acme-empty-thing", {})
    installed(site, "acme-unlisted-thing", {"handoff.yml": "terms: false\n"}, listed=False)
    monkeypatch.syspath_prepend(str(site))
    for name, word in (
        ("acme-empty-thing", "brings no"),
        ("acme-unlisted-thing", "brings no"),
        ("acme-emty-thing", "no installed"),
    ):
        (finding,) = lint(write_files(tmp_path / "repo", {"handoff.yml": f"extends: {name}\n"})).findings
        assert word in finding.message
    assert "'acme-empty-thing'" in finding.hint


def test_in_a_builders_configuration_that_inherits_the_file_with_the_word_counts(tmp_path: Path) -> None:
    files = {
        "repo/.git/HEAD": "",
        "repo/app/mkdocs.yml": "INHERIT: ../base/mkdocs.yml\nsite_name: A\n",
        "repo/base/mkdocs.yml": "plugins:\n  - handoff:\n      extends: ./policy\n",
        "repo/base/policy/handoff.yml": "nav_items: 9\n",
    }
    write_files(tmp_path, files)
    found = find_settings(tmp_path / "repo/app")
    assert found.findings == ()
    assert found.settings.nav_items == 9


def test_a_rule_of_a_layer_that_is_locked_is_not_rewritten(tmp_path: Path) -> None:
    rule = "rules:\n  named: {select: {kind: model}, must: {field: owner}, message: m, severity: SEVERITY}\n"
    files = {
        "handoff.yml": "extends: ./p\n" + rule.replace("SEVERITY", "off"),
        "p/handoff.yml": "lock: own/named\n" + rule.replace("SEVERITY", "error"),
        "models/a.yml": "title: A\n",
    }
    project = lint(write_files(tmp_path, files))
    assert [f"{one.place} {one.rule} {one.severity.value}" for one in project.findings] == [
        "handoff.yml:3:3 settings/locked error",
        "models/a.yml:1:1 own/named error",
    ]


@pytest.mark.parametrize(
    ("own", "place"),
    [
        ("exclude: models/**", "handoff.yml:2:1"),
        ("records: {model: zoo/*.md}", "handoff.yml:2:1"),
        ("terms: false", "handoff.yml:2:1"),
    ],
)
def test_a_locked_setting_keeps_its_value_and_who_gives_another_is_told(tmp_path: Path, own: str, place: str) -> None:
    files = {"handoff.yml": f"extends: ./p\n{own}\n", "p/handoff.yml": "lock: [exclude, records, terms]\n"}
    project = lint(write_files(tmp_path, {**MODEL, **files}))
    assert told(project) == [f"{place} settings/locked", "models/a.yml:2:16 reference/near-miss"]
    assert project.findings[0].message == f"the setting {own.partition(':')[0]!r} is locked by p/handoff.yml"
    assert (project.settings.exclude, project.settings.claims, project.settings.terms) == ((), (), True)


def test_to_give_a_locked_setting_the_value_that_it_has_is_no_offence(tmp_path: Path) -> None:
    files = {"handoff.yml": "extends: ./p\nexclude: old/**\n", "p/handoff.yml": "lock: exclude\nexclude: [old/**]\n"}
    project = lint(write_files(tmp_path, files))
    assert told(project) == []
    assert project.settings.exclude == ("old/**",)


def test_a_locked_schema_is_not_replaced_and_kinds_may_be_added(tmp_path: Path) -> None:
    own = json.dumps({"x-plural": "Runs", "x-globs": ["runs/*.yml"], "type": "object"})
    files = {
        "handoff.yml": "extends: [./p, ./q]\n",
        "p/handoff.yml": "lock: schemas\n",
        "p/schemas/experiment.schema.json": KIND,
        "q/schemas/experiment.schema.json": KIND.replace("Experiments", "Trials"),
        "schemas/model.schema.json": json.dumps({"x-plural": "Models", "type": "object"}),
        "schemas/dataset.schema.json": '{"x-plural": ',
        "schemas/run.schema.json": own,
        "runs/r.yml": "title: R\n",
    }
    project = lint(write_files(tmp_path, {**MODEL, **files}))
    assert sorted(told(project)) == [
        "models/a.yml:2:16 reference/near-miss",
        "q/schemas/experiment.schema.json:1:1 settings/locked",
        "schemas/dataset.schema.json:1:1 settings/locked",
        "schemas/dataset.schema.json:1:14 schema/unusable",
        "schemas/model.schema.json:1:1 settings/locked",
    ]
    assert project.catalog.kinds["experiment"].plural == "Experiments"
    assert "run:r" in map(str, project.catalog.records)
    assert list(project.catalog.kinds) == [
        kind.name for kind in sorted(project.catalog.kinds.values(), key=lambda one: (one.order, one.name))
    ]


def test_what_is_locked_is_a_rule_or_a_setting(tmp_path: Path) -> None:
    (finding,) = lint(write_files(tmp_path, {"handoff.yml": "lock: [exclud, exclude]\n"})).findings
    assert (str(finding.place), finding.rule) == ("handoff.yml:1:8", "settings/unknown")
    assert "'exclude'" in finding.hint


@pytest.mark.parametrize("pattern", ["own/named", "own/*", "'*'"])
def test_the_severity_of_a_locked_rule_of_a_layer_is_the_one_that_it_has(tmp_path: Path, pattern: str) -> None:
    rule = "rules:\n  named: {select: {kind: model}, must: {field: owner}, message: m, severity: warning}\n"
    files = {
        "handoff.yml": f"extends: ./p\nseverity:\n  {pattern}: error\n",
        "p/handoff.yml": "lock: own/named\n" + rule,
        "models/a.yml": "title: A\n",
    }
    first, second = lint(write_files(tmp_path, files)).findings
    assert (str(first.place), first.rule) == ("handoff.yml:3:3", "settings/locked")
    assert "is locked as warning by p/handoff.yml" in first.message
    assert (second.rule, second.severity.value) == ("own/named", "warning")
    write_files(tmp_path, {"handoff.yml": f"extends: ./p\nseverity:\n  {pattern}: warning\n"})
    assert severities(tmp_path) == {"own/named": "warning"}


@pytest.mark.parametrize("locked", ["own/named", "reference/near-miss"])
def test_a_draft_lowers_nothing_that_is_locked(tmp_path: Path, locked: str) -> None:
    rule = "rules:\n  named: {select: {kind: model}, must: {field: owner}, message: m, severity: error}\n"
    files = {"handoff.yml": "extends: ./p\n", "p/handoff.yml": f"lock: {locked}\n{rule}"}
    draft = {"models/a.yml": MODEL["models/a.yml"] + "lifecycle: draft\n"}
    found = severities(write_files(tmp_path, {**MODEL, **files, **draft}))
    assert found == {"own/named": "warning", "reference/near-miss": "warning", locked: "error"}


LOCKING = "lock: [reference/near-miss, owner/*, own/named, exclude, records, schemas]\n"
NAMED = "rules:\n  named: {select: {kind: model}, must: {field: owner}, message: m, severity: SEVERITY}\n"
BESIDE = {
    "a setting": ({"handoff.yml": "exclude: models/**\n"}, "other/handoff.yml:1:1"),
    "a mapping": ({"handoff.yml": "records: {model: zoo/*.md}\n"}, "other/handoff.yml:1:1"),
    "a severity": ({"handoff.yml": "severity: {reference/*: off}\n"}, "other/handoff.yml:1:12"),
    "a rule": ({"handoff.yml": NAMED.replace("SEVERITY", "off")}, "other/handoff.yml:2:3"),
    "a schema": (
        {"schemas/model.schema.json": json.dumps({"x-plural": "M", "x-globs": ["models/*.yml"], "type": "object"})},
        "other/schemas/model.schema.json:1:1",
    ),
}


@pytest.mark.parametrize("order", ["./other, ./policy", "./policy, ./other"])
@pytest.mark.parametrize(("files", "place"), BESIDE.values(), ids=BESIDE)
def test_a_lock_holds_against_what_stands_beside_it_in_any_order(
    tmp_path: Path, files: dict[str, str], place: str, order: str
) -> None:
    layers = {
        "handoff.yml": f"extends: [{order}]\n",
        "policy/handoff.yml": LOCKING + NAMED.replace("SEVERITY", "error"),
        **{f"other/{path}": text for path, text in files.items()},
    }
    project = lint(write_files(tmp_path, {**MODEL, **layers}))
    assert sorted(told(project)) == [
        "models/a.yml:1:1 own/named", "models/a.yml:2:16 reference/near-miss", f"{place} settings/locked",
    ]  # fmt: skip
    assert {one.severity.value for one in project.findings} == {"error"}
    assert "policy/handoff.yml" in next(one.message for one in project.findings if one.rule == "settings/locked")


def test_what_a_layer_extends_is_not_held_against_its_lock(tmp_path: Path) -> None:
    """Also not where another has brought it before."""
    files = {
        "handoff.yml": "extends: [./other, ./policy]\n",
        "other/handoff.yml": "extends: ../base\n",
        "policy/handoff.yml": "extends: ../base\nlock: [reference/near-miss, exclude, schemas, own/named]\n",
        "base/handoff.yml": "severity: {reference/near-miss: warning}\nexclude: old/**\n"
        + NAMED.replace("SEVERITY", "warning"),
        "base/schemas/experiment.schema.json": KIND,
        "schemas/experiment.schema.json": KIND.replace("Experiments", "Trials"),
    }
    project = lint(write_files(tmp_path, {**MODEL, **files}))
    assert sorted(told(project)) == [
        "models/a.yml:1:1 own/named", "models/a.yml:2:16 reference/near-miss",
        "schemas/experiment.schema.json:1:1 settings/locked",
    ]  # fmt: skip
    assert project.settings.exclude == ("old/**",)
    assert project.catalog.kinds["experiment"].plural == "Experiments"


@pytest.mark.parametrize(
    ("lock", "first", "why"),
    [
        ("exclude", "exclude: models/**", "the setting 'exclude' is locked at another value by other/handoff.yml"),
        ("'*'", "severity: {reference/*: off}", "is locked as off by other/handoff.yml"),
    ],
)
def test_two_that_lock_the_same_otherwise_are_told(tmp_path: Path, lock: str, first: str, why: str) -> None:
    files = {
        "handoff.yml": "extends: [./other, ./policy]\n",
        "other/handoff.yml": f"lock: {lock}\n{first}\n",
        "policy/handoff.yml": f"lock: [{lock}]\n",
    }
    project = lint(write_files(tmp_path, {**MODEL, **files}))
    assert told(project) == ["policy/handoff.yml:1:8 settings/locked"]
    assert why in project.findings[0].message


def test_a_part_of_what_a_locked_mapping_holds_is_no_offence(tmp_path: Path) -> None:
    records = "records: {model: zoo/*.yml}\n"
    files = {
        "handoff.yml": "extends: ./p\n" + records,
        "p/handoff.yml": "lock: records\n" + records.replace("}", ", dataset: sets/*.yml}"),
    }
    project = lint(write_files(tmp_path, files))
    assert told(project) == []
    assert {claim.kind for claim in project.settings.claims} == {"model", "dataset"}


def test_each_of_two_layers_may_lock_kinds_of_its_own(tmp_path: Path) -> None:
    files = {
        "handoff.yml": "extends: [./p, ./q]\n",
        "p/handoff.yml": "lock: schemas\n",
        "q/handoff.yml": "lock: schemas\n",
        "q/schemas/experiment.schema.json": KIND,
        "schemas/experiment.schema.json": KIND.replace("Experiments", "Trials"),
    }
    project = lint(write_files(tmp_path, files))
    assert told(project) == ["schemas/experiment.schema.json:1:1 settings/locked"]
    assert "q/handoff.yml" in project.findings[0].message
    assert project.catalog.kinds["experiment"].plural == "Experiments"


def test_a_piece_that_locked_kinds_share_is_told_and_changes_none_of_them(tmp_path: Path) -> None:
    own = "https://mkdocs-handoff.dev/schemas/common.schema.json"
    pieces = {"mine": {"type": "string"}, "lifecycle": {"type": "string", "enum": ["mine"]}}
    files = {
        "handoff.yml": "extends: ./p\n",
        "p/handoff.yml": "lock: schemas\n",
        "schemas/common.schema.json": json.dumps({"$id": own, "$defs": pieces}, indent=1),
        "schemas/dataset.schema.json": json.dumps({"title": "Another program's"}),
        "models/a.yml": "title: A\nlifecycle: mine\n",
    }
    project = lint(write_files(tmp_path, files))
    assert told(project) == ["models/a.yml:2:12 field/choice", "schemas/common.schema.json:7:3 settings/locked"]
    assert "'lifecycle'" in project.findings[1].message
    write_files(tmp_path, {"p/handoff.yml": "terms: true\n"})
    assert told(lint(tmp_path)) == []
