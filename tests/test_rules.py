"""Every rule of the code is documented, every documented rule is in the code, and an example triggers each."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

import mkdocs_handoff
from mkdocs_handoff.cli.main import main
from mkdocs_handoff.demands.demand import built_in
from mkdocs_handoff.findings import Severity
from mkdocs_handoff.resources import GUIDE
from mkdocs_handoff.rules import load_rules
from tests.projects import EXAMPLES

PACKAGE = Path(mkdocs_handoff.__file__).parent
PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
_NAMED = re.compile(r'"([a-z]+(?:-[a-z]+)*/[a-z]+(?:-[a-z]+)*)"')
# Icons and media types look like rules and are none; only the site can meet a page of the user's.
_FAMILIES = {name.partition("/")[0] for name in load_rules()}
_NO_EXAMPLE = {
    "page/clash": "the builder's pages are known to the site alone",
    "record/deleted": "only a change takes records away: `lint --changed` tells it",
    "reference/deleted": "only a change takes records away: `lint --changed` tells it",
    "template/error": "templates are rendered by the site alone",
    "settings/schema": "no keyword of the settings' schema is without a rule of its own; it is there for the next one",
}


def named_in_code() -> set[str]:
    """Return the rules in the code: as written, and those that settings form of the rules of fields."""
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    written = {name for text in sources.values() for name in _NAMED.findall(text) if name.split("/")[0] in _FAMILIES}
    fields = _NAMED.findall(sources[PACKAGE / "schema" / "wording.py"])
    between = {rule.name for rule in built_in()}  # data, in `demands/builtin.toml`
    return written | between | {"settings/" + name.partition("/")[2] for name in fields if name.startswith("field/")}


def test_every_rule_of_the_code_is_documented_and_every_documented_rule_is_in_the_code() -> None:
    assert named_in_code() == set(load_rules())


def test_no_rule_of_an_undocumented_family_hides_in_the_code() -> None:
    found = re.compile(r'(?:Finding|Flaw|Problem|_problem|_warn|_warning|_tell|say|fail)\([^"]*?"([a-z-]+/[a-z-]+)"')
    families = {
        name.partition("/")[0]
        for path in PACKAGE.rglob("*.py")
        for name in found.findall(path.read_text(encoding="utf-8"))
    }
    assert families
    assert families <= _FAMILIES


def test_every_rule_has_an_example_that_triggers_it() -> None:
    printed = "".join(path.read_text(encoding="utf-8") for path in EXAMPLES.glob("bad/*/*/expected.txt"))
    triggered = set(re.findall(r"^\S.*?:\d+:\d+: (?:error|warning) (\S+) ", printed, re.MULTILINE))
    assert triggered | set(_NO_EXAMPLE) == set(load_rules())
    assert not triggered & set(_NO_EXAMPLE)


@pytest.mark.parametrize("rule", load_rules().values(), ids=lambda rule: rule.name)
def test_a_rule_says_why_and_how_to_mend(rule) -> None:
    assert rule.severity in (Severity.ERROR, Severity.WARNING)
    for text in (rule.summary, rule.why, rule.fix):
        assert text.strip().endswith((".", "`.", '"`.'))
        assert "\n" not in text
    assert rule.example.strip()
    assert rule.summary not in rule.why


def test_the_documented_severity_is_the_one_that_examples_show() -> None:
    shown: dict[str, set[str]] = {}
    for path in EXAMPLES.glob("bad/*/*/expected.txt"):
        for severity, name in re.findall(r":\d+:\d+: (error|warning) (\S+) ", path.read_text(encoding="utf-8")):
            shown.setdefault(name, set()).add(severity)
    rules = load_rules()
    # What is wrong in an adopted value is a warning; in a closed mapping an unknown field is an error. Who waived
    # something may still be written down before a handoff is accepted; what cannot be compared contradicts nothing.
    wrong = {name: found for name, found in shown.items() if rules[name].severity not in found}
    assert not wrong
    assert {name for name, found in shown.items() if len(found) > 1} <= {
        "field/format",
        "field/unknown",
        "handoff/observed",
        "handoff/waiver",
        "reference/near-miss",
    }


def test_the_command_lists_all_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in printed] == sorted(load_rules())
    assert all(len(line) < 160 for line in printed)


@pytest.mark.parametrize("name", sorted(load_rules()))
def test_the_command_prints_a_rule(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", name]) == 0
    printed = capsys.readouterr().out
    rule = load_rules()[name]
    for part in (name, rule.summary, rule.why, rule.fix, "**Example.**"):
        assert part in printed.replace(GUIDE, "docs/")


def test_the_documentation_holds_every_rule_as_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    """`HANDOFF_WRITE_EXPECTED=1` writes the page anew."""
    assert main(["rule", "--format", "markdown"]) == 0
    printed = capsys.readouterr().out
    if os.environ.get("HANDOFF_WRITE_EXPECTED"):
        PAGE.write_text(printed, encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == printed, "mkdocs-handoff rule --format markdown > docs/rules.md"
    headings = re.findall(r"^### (\S+)", printed, re.MULTILINE)
    assert headings == sorted(load_rules())
    for rule in load_rules().values():
        assert f"[{rule.name}](#{rule.anchor})" in printed
        assert rule.page(3) in printed


def test_the_command_gives_rules_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [rule["name"] for rule in document["rules"]] == sorted(load_rules())
    assert set(document["rules"][0]) == {"name", "severity", "summary", "why", "example", "fix"}
    assert main(["rule", "yaml/syntax", "--format", "json"]) == 0
    assert [rule["name"] for rule in json.loads(capsys.readouterr().out)["rules"]] == ["yaml/syntax"]


@pytest.mark.parametrize("name", ["yaml", "yaml/", "yaml/*"])
def test_the_command_prints_a_family(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", name]) == 0
    printed = re.findall(r"^## (\S+)", capsys.readouterr().out, re.MULTILINE)
    assert printed == sorted(rule for rule in load_rules() if rule.startswith("yaml/"))


@pytest.mark.parametrize(
    ("name", "near"), [("yaml/sintax", "yaml/syntax"), ("file-empty", "file/empty"), ("nonsense", "lists all")]
)
def test_an_unknown_rule_is_refused_with_what_was_probably_meant(
    name: str, near: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rule", name]) == 2
    captured = capsys.readouterr()
    assert not captured.out
    assert near in captured.err
