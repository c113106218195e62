"""Settings, from the files that they may stand in."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.findings import Finding, Place, Severity, ordered
from mkdocs_handoff.settings import Claim, find_settings, from_options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]

OPTIONS = """\
namespace: risk
prefix: knowledge/ml
records:
  model: zoo/*.yml
  dataset: {files: [a/*.md, b/*.md], level: handoff-ready}
  term: [words.yml, {files: more/*.yml}]
exclude: drafts/**
severity:
  link/missing: error
  file/*: [{files: old/**, severity: warning}, {severity: error}]
  "*": [{files: legacy/**, severity: off}]
strict_on: warning
nav: Knowledge
nav_items: 3
terms: false
schemas: ./own/schemas
templates: own/templates
"""


def indented(text: str, spaces: int) -> str:
    return "".join(" " * spaces + line for line in text.splitlines(keepends=True))


PLACES = {
    "handoff.yml": {"handoff.yml": OPTIONS},
    "a list of plugins": {"mkdocs.yml": "plugins:\n  - search\n  - handoff:\n" + indented(OPTIONS, 6)},
    "a mapping of plugins": {"mkdocs.yml": "plugins:\n  search:\n  handoff:\n" + indented(OPTIONS, 4)},
    "properdocs.yml": {
        "properdocs.yml": "plugins:\n  - handoff:\n" + indented(OPTIONS, 6),
        "mkdocs.yml": "plugins:\n  - handoff:\n      namespace: other\n",
    },
    "a file that is inherited from": {
        "mkdocs.yml": "INHERIT: up/base.yml\n",
        "up/base.yml": "INHERIT: base2.yml\n",
        "up/base2.yml": "plugins:\n  - handoff:\n" + indented(OPTIONS, 6),
    },
    "two files that are merged": {
        "mkdocs.yml": "INHERIT: base.yml\nplugins:\n  handoff:\n    namespace: risk\n    terms: false\n",
        "base.yml": "plugins:\n  handoff:\n"
        + indented(OPTIONS.replace("namespace: risk", "namespace: base").replace("terms: false", "terms: true"), 4),
    },
    "beside tags of others": {
        "mkdocs.yml": "x: !!python/name:os.system\ny: !ENV [A, b]\nz: !!python/object/apply:os.abort []\nplugins:\n"
        "  - handoff:\n      enabled: !ENV [CI, true]\n" + indented(OPTIONS, 6)
    },
    "a plugin without options and handoff.yml": {"mkdocs.yml": "plugins: [handoff]\n", "handoff.yml": OPTIONS},
    "a configuration without the plugin and handoff.yml": {"mkdocs.yml": "site_name: X\n", "handoff.yml": OPTIONS},
}


@pytest.mark.parametrize("files", PLACES.values(), ids=PLACES)
def test_settings_are_read_wherever_they_stand(write_project: Write, files: Mapping[str, str]) -> None:
    found = find_settings(write_project(files))
    assert found.findings == ()
    settings = found.settings
    assert (settings.namespace, settings.prefix, settings.nav, settings.nav_items) == (
        "risk",
        "knowledge/ml",
        "Knowledge",
        3,
    )
    assert settings.claims == (
        Claim("model", "zoo/*.yml"),
        Claim("dataset", "a/*.md", "handoff-ready"),
        Claim("dataset", "b/*.md", "handoff-ready"),
        Claim("term", "words.yml"),
        Claim("term", "more/*.yml"),
    )
    assert settings.exclude == ("drafts/**",)
    assert (settings.schemas, settings.templates) == ("own/schemas", "own/templates")
    assert settings.strict_on is Severity.WARNING
    assert settings.terms is False
    weights = {
        path: settings.weigh(Finding(Place(path), rule, "")).severity
        for rule, path in [
            ("link/missing", "a.md"), ("file/empty", "old/b.md"), ("file/empty", "c.md"),
            ("file/empty", "legacy/d.md"), ("field/type", "e.md"),
        ]
    }  # fmt: skip
    assert list(weights.values()) == ["error", "warning", "error", "off", "error"]


def test_the_last_rule_that_applies_decides_and_of_a_list_the_first(write_project: Write) -> None:
    files = "[{files: x/**, severity: off}, {files: x/y/**, severity: error}]"
    found = find_settings(write_project({"handoff.yml": f"severity:\n  '*': warning\n  file/*: {files}\n"}))
    assert not found.findings
    weigh = found.settings.weigh
    assert weigh(Finding(Place("x/y/z"), "file/empty", "")).severity is Severity.OFF
    assert weigh(Finding(Place("y"), "file/empty", "")).severity is Severity.WARNING
    assert weigh(Finding(Place("y"), "field/type", "")).severity is Severity.WARNING


def test_without_settings_there_are_the_standard_ones(tmp_path: Path) -> None:
    found = find_settings(tmp_path)
    assert not found.findings
    assert (found.settings.docs_dir, found.settings.prefix, found.settings.nav) == ("docs", "handoff", "Handoff")


@pytest.mark.parametrize(
    ("written", "docs_dir"),
    [
        ("pages", "pages"), ("./pages/", "pages"), ("a/../pages", "pages"), ("!ENV [DOCS, pages]", "pages"),
        ("!ENV DOCS", "DOCS"), ("[]", "docs"), ("", "docs"), ("3", "3"),
    ],
)  # fmt: skip
def test_the_builders_folder_of_pages(write_project: Write, written: str, docs_dir: str) -> None:
    found = find_settings(write_project({"mkdocs.yml": f"docs_dir: {written}\n"}))
    assert found.settings.docs_dir == docs_dir


def test_the_folder_of_pages_is_inherited(write_project: Write) -> None:
    root = write_project({"mkdocs.yml": "INHERIT: base.yml\n", "base.yml": "docs_dir: pages\n"})
    assert find_settings(root).settings.docs_dir == "pages"


def test_nav_may_be_left_alone(write_project: Write) -> None:
    assert find_settings(write_project({"handoff.yml": "nav: false\n"})).settings.nav is None
    assert find_settings(write_project({"handoff.yml": "nav: true\n"})).settings.nav == "Handoff"
    assert find_settings(write_project({"handoff.yml": "prefix:\n"})).settings.prefix == ""
    assert find_settings(write_project({"handoff.yml": "prefix: ''\n"})).settings.prefix == ""


BAD = {
    "a misspelt key": ({"handoff.yml": "nav: X\nexcludes: y\n"}, ["handoff.yml:2:1 settings/unknown"]),
    "a list of wrong things": (
        {"handoff.yml": "exclude: [a, [b]]\nrecords: {model: {level: x, files: y}}\n"},
        ["handoff.yml:1:14 settings/type", "handoff.yml:2:26 settings/choice"],
    ),
    "an unknown severity": ({"handoff.yml": "severity:\n  file/empty: loud\n"}, ["handoff.yml:2:15 settings/choice"]),
    "an unknown rule": ({"handoff.yml": "severity:\n  file/empyt: off\n"}, ["handoff.yml:2:3 settings/unknown"]),
    "a place in the inherited file": (
        {
            "mkdocs.yml": "INHERIT: base.yml\nplugins:\n  handoff:\n    nav: X\n",
            "base.yml": "plugins:\n  handoff:\n    terms: often\n",
        },
        ["base.yml:3:12 settings/type"],
    ),
    "both": (
        {"mkdocs.yml": "plugins:\n  - handoff:\n      nav: X\n", "handoff.yml": "nav: Y\n"},
        ["handoff.yml:1:1 settings/twice"],
    ),
    "broken YAML": ({"mkdocs.yml": "site_name: a: b\n"}, ["mkdocs.yml:1:13 yaml/syntax"]),
    "broken own YAML": ({"handoff.yml": "nav: a\nnav: b\n"}, ["handoff.yml:2:1 yaml/duplicate-key"]),
    "no mapping": ({"handoff.yml": "- nav\n"}, ["handoff.yml:1:1 yaml/not-a-mapping"]),
    "other people's duplicates": ({"mkdocs.yml": "a: 1\na: 2\nplugins: [handoff]\n"}, []),
    "an inherited file that is not there": (
        {"mkdocs.yml": "INHERIT: gone.yml\nplugins: [handoff]\n"},
        ["gone.yml:1:1 file/unreadable"],
    ),
    "a circle": ({"mkdocs.yml": "INHERIT: mkdocs.yml\nplugins: [handoff]\n"}, []),
    "options of a wrong type": ({"mkdocs.yml": "plugins:\n  - handoff: [a]\n"}, ["mkdocs.yml:2:14 settings/type"]),
    "a wide glob": ({"handoff.yml": "records: {model: '**/[*.yml'}\n"}, []),
    "utf-16": ({"handoff.yml": "nav: X\n".encode("utf-16")}, ["handoff.yml:1:1 file/encoding"]),
}


@pytest.mark.parametrize("name", ["handoff.yml", "mkdocs.yml"])
@pytest.mark.parametrize("how", ["a folder", "a link to nothing", "a pipe"])
def test_what_is_no_file_is_told_and_not_passed_over(tmp_path: Path, name: str, how: str) -> None:
    if how == "a folder":
        (tmp_path / name).mkdir()
    elif how == "a pipe":
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).symlink_to("nothing.yml")
    (finding,) = find_settings(tmp_path).findings
    assert (str(finding.place), finding.rule, finding.severity) == (f"{name}:1:1", "file/unreadable", Severity.ERROR)
    assert "exclude" not in finding.hint


@pytest.mark.parametrize(("files", "expected"), BAD.values(), ids=BAD)
def test_what_is_wrong_with_settings_is_told_at_its_place(
    write_project: Write, files: Mapping[str, str | bytes], expected: list[str]
) -> None:
    found = find_settings(write_project(files))
    assert [f"{finding.place} {finding.rule}" for finding in ordered(found.findings)] == expected
    assert all(finding.hint for finding in found.findings)


def test_wrong_settings_are_not_half_applied(write_project: Write) -> None:
    found = find_settings(write_project({"handoff.yml": "prefix: mine\nterms: often\n"}))
    assert found.settings.prefix == "handoff"
    assert found.settings.terms is True


def test_a_configuration_above_the_project_may_be_inherited_from(write_project: Write, tmp_path: Path) -> None:
    (tmp_path / "base.yml").write_text("plugins:\n  - handoff:\n      namespace: risk\n      nav_items: x\n")
    found = find_settings(write_project({"mkdocs.yml": "INHERIT: ../base.yml\n"}))
    assert [f"{finding.place} {finding.rule}" for finding in found.findings] == ["../base.yml:4:18 settings/type"]


def test_options_in_memory_are_the_same(tmp_path: Path) -> None:
    options = {"namespace": "risk", "records": {"model": "zoo/*.yml"}, "enabled": True, "terms": False, "nav_items": 3}
    found = from_options(tmp_path, "docs", options)
    assert not found.findings
    assert found.settings.claims == (Claim("model", "zoo/*.yml"),)
    assert found.settings.terms is False
    assert [finding.rule for finding in from_options(tmp_path, "docs", {"nav_items": -1}).findings] == [
        "settings/range"
    ]
