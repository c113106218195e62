# ruff: noqa: E501 - cases are easier to compare in one line
"""Bad input gives a finding at a place, or a correct record: no traceback, no hang, and never at others' cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.findings import Severity
from tests.permissions import bound
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]

GOOD = {"models/good.yml": "title: Good\nlifecycle: actve\n"}
"""A neighbour with one finding of its own: no bad file may hide it."""
GOODS_OWN = "models/good.yml:2:12 field/choice"


def findings(write: Write, files: Mapping[str, str | bytes]) -> list[str]:
    """Lint files beside a neighbour, and return what was found but the neighbour's own."""
    lines = told(lint(write({**GOOD, **files})))
    assert GOODS_OWN in lines
    lines.remove(GOODS_OWN)
    return lines


CASES: dict[str, tuple[Mapping[str, str | bytes], list[str]]] = {
    "a tab": ({"models/a.yml": "title: A\nintended_use:\n\tprimary_uses: x\n"}, ["models/a.yml:3:1 yaml/syntax"]),
    "duplicate keys": ({"models/a.yml": "title: A\ntitle: B\n"}, ["models/a.yml:2:1 yaml/duplicate-key"]),
    "latin-1": ({"models/a.yml": "title: A\nx: Bär\n".encode("latin-1")}, ["models/a.yml:2:5 file/encoding"]),
    "utf-16 with a mark": ({"models/a.yml": "title: A\n".encode("utf-16")}, ["models/a.yml:1:1 file/encoding"]),
    "utf-16 without": ({"models/a.yml": "title: A\n".encode("utf-16-le")}, ["models/a.yml:1:1 file/binary"]),
    "utf-32": ({"models/a.yml": "title: A\n".encode("utf-32")}, ["models/a.yml:1:1 file/encoding"]),
    "a byte-order mark": ({"models/a.yml": "\ufefflifecycle: actve\n"}, ["models/a.yml:1:12 field/choice"]),
    "a byte-order mark before front matter": (
        {"models/a.md": "\ufeff---\nlifecycle: actve\n---\n"},
        ["models/a.md:2:12 field/choice"],
    ),
    "Windows line ends": ({"models/a.yml": "title: A\r\n\r\nlifecycle: actve\r\n"}, ["models/a.yml:3:12 field/choice"]),
    "Windows line ends in Markdown": (
        {"models/a.md": "---\r\ntitle: A\r\n---\r\n\r\n# A\r\n\r\n[x](gone.md)\r\n"},
        ["models/a.md:7:1 link/missing"],
    ),
    "old Mac line ends": ({"models/a.yml": "title: A\rlifecycle: actve\r"}, ["models/a.yml:2:12 field/choice"]),
    "conflict marks": (
        {"models/a.md": "# A\n\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> other\n"},
        ["models/a.md:3:1 file/merge-conflict"],
    ),
    "no conflict": ({"models/a.md": "A title\n=======\n\n> > > > > > > > quoted\n"}, []),
    "front matter that does not end": ({"models/a.md": "---\ntitle: A\n\n# A\n"}, ["models/a.md:1:1 front-matter/unclosed"]),
    "empty front matter": ({"models/a.md": "---\n---\n# A\n\n[x](gone.md)\n"}, ["models/a.md:5:1 link/missing"]),
    "front matter of a word": ({"models/a.md": "---\nword\n---\n# A\n"}, ["models/a.md:2:1 yaml/not-a-mapping"]),
    "nesting in brackets": ({"models/a.yml": "a: " + "[" * 200_000}, ["models/a.yml:1:103 yaml/nesting"]),
    "nesting in dashes": ({"models/a.yml": "- " * 200_000}, ["models/a.yml:1:201 yaml/nesting"]),
    "nesting in front matter": ({"models/a.md": "---\nb: 1\na: " + "[" * 9_000 + "\n---\n"}, ["models/a.md:4:1 yaml/syntax"]),
    "ten megabytes": ({"models/a.yml": "# " + "x" * 10_000_000}, ["models/a.yml:1:1 file/too-large"]),
    "a date that is none": ({"models/a.yml": "last_reviewed: 2026-13-45\n"}, ["models/a.yml:1:16 field/format"]),
    "zip under a wrong name": ({"models/a.yaml": b"PK\x03\x04\0\0\xff\xfe"}, ["models/a.yaml:1:1 file/binary"]),
    "gzip under a wrong name": ({"models/a.md": b"\x1f\x8b\x08\x00" + b"\x9c" * 40}, ["models/a.md:1:1 file/binary"]),
    "a NUL": ({"models/a.yml": "title: A\nx: a\0b\n"}, ["models/a.yml:1:1 file/binary"]),
    "another control character": ({"models/a.yml": "title: A\nx: a\x07b\n"}, ["models/a.yml:2:5 yaml/syntax"]),
    "an empty file": ({"models/a.yml": "", "models/b.md": " \n\n"}, ["models/a.yml:1:1 file/empty", "models/b.md:1:1 file/empty"]),
    "comments only": ({"models/a.yml": "# a\n---\n# b\n"}, ["models/a.yml:1:1 file/empty"]),
    "a very long line": ({"models/a.md": "# A\n\n" + "word " * 200_000 + "[[modl:good]]\n"}, ["models/a.md:3:1000001 reference/kind"]),
    "a status in brackets": ({"decisions/0001-a.md": "---\nstatus: {proposed}\n---\n# A\n"}, []),
    "languages by configuration": ({"datasets/a.md": "---\nlanguages:\n  en-de: [en, de]\n  en: [en]\n---\n# A\n"}, []),
    "a null among names": ({"models/a.yml": "datasets: [null, glue, ~, '']\n"}, []),
    "a template's keys": ({"models/a.md": "---\n{{ card_data }}\n---\n# A\n"}, ["models/a.md:2:1 field/placeholder"]),
    "a template's value": ({"models/a.md": "---\ntitle: {{ name }}\n---\n# A\n"}, ["models/a.md:2:9 yaml/key"]),
    "numbers that are too large": (
        {"evaluations/a.yml": f"model: good\nmetrics: [{{type: x, value: 1e999}}, {{type: y, value: {'9' * 400}}}]\nseed: {'9' * 5000}\n"},
        ["evaluations/a.yml:3:7 field/type"],
    ),
    "a number too large for a number": (
        {"models/a.yml": "decision_thresholds: x\nversions: [{version: 1, artifacts: [{size: 1e999}]}]\n"},
        ["models/a.yml:1:22 field/type", "models/a.yml:2:44 field/type"],
    ),
    "YAML 1.1": ({"models/a.yml": "%YAML 1.1\n---\ntitle: no\n"}, []),
    "an unknown directive": ({"models/a.yml": "%FOO bar\n---\ntitle: A\n"}, ["models/a.yml:1:5 yaml/syntax"]),
    "merge keys": ({"models/a.yml": "x: &x {lifecycle: actve}\n<<: *x\ntitle: A\n"}, ["models/a.yml:1:19 field/choice"]),
    "names that differ by case": (
        {"models/Churn.yml": "title: A\n", "models/churn.yml": "title: B\n", "models/CHURN.md": "# C\n"},
        [
            "models/CHURN.md:1:1 record/duplicate",
            "models/Churn.yml:1:1 record/duplicate",
            "models/churn.yml:1:1 record/duplicate",
        ],
    ),
    "other people's files": (
        {"models/a.yml": "apiVersion: apps/v1\nkind: Deployment\n", "teams/b.yml": "apiVersion: backstage.io/v1alpha1\nkind: System\n"},
        ["models/a.yml:2:7 record/unknown-kind"],
    ),
    "a sidecar beside a broken file": (
        {"models/a.md": b"\xff", "models/a.md.handoff.yml": "license: mit\n", "models/b.yml": "a: b: c\n", "models/b.yml.handoff.yml": "x: y\n"},
        ["models/a.md:1:1 file/encoding", "models/b.yml:1:5 yaml/syntax"],
    ),
    "a sidecar that is broken": (
        {"models/a.md": "# A\n", "models/a.md.handoff.yml": "a: b: c\n", "models/b.md": "# B\n", "models/b.md.handoff.yml": "- x\n"},
        ["models/a.md.handoff.yml:1:5 yaml/syntax", "models/b.md.handoff.yml:1:3 yaml/not-a-mapping"],
    ),
    "pages that are records and pages that are none": (
        {"docs/a.md": "---\nkind: model\ntitle: [\n---\n# A\n", "docs/b.md": "---\ntitle: [\n---\n", "docs/c.md": "---\nkind: tutorial\nx: [\n---\n"},
        ["docs/a.md:4:1 yaml/syntax"],
    ),
    "a record that is a gap": ({"models/a.yml": "unknown: all of it\n", "models/b.yml": "from: x.json\n"}, []),
    "a title of another type": ({"models/a.yml": "title: {a: b}\n"}, ["models/a.yml:1:8 field/type"]),
    "an id of another type": ({"models/a.yml": "id: [a]\n"}, ["models/a.yml:1:5 field/type"]),
    "a kind of another type": ({"models/a.yml": "kind: [model]\n"}, ["models/a.yml:1:7 field/type"]),
    "aliases of another type": ({"models/a.yml": "aliases: {a: b}\nowners: {a: b}\ntags: 3\n"}, [
        "models/a.yml:1:10 field/type", "models/a.yml:2:9 field/type",
    ]),
    "an index of another type": ({"models/a.yml": "model-index: [3, {name: [x]}, {results: y}]\n"}, [
        "models/a.yml:1:15 field/type", "models/a.yml:1:25 field/type", "models/a.yml:1:41 field/type",
    ]),
    "sources of another type": ({"datasets/a.yml": "source_datasets: [original, {x: y}, [z]]\n"}, [
        "datasets/a.yml:1:29 field/required", "datasets/a.yml:1:37 field/type",
    ]),
    "Backstage with nothing in it": ({"teams/a.yml": "apiVersion: backstage.io/v1\nkind: Group\nmetadata: x\nspec: [y]\n"}, [
        "teams/a.yml:3:11 field/type", "teams/a.yml:4:7 field/type",
    ]),
    "a list in a list file": ({"glossary.yml": "terms:\n  - title: A\n    definition: x\n  - B\n  - [C]\n  - {}\n"}, [
        "glossary.yml:4:5 yaml/not-a-mapping", "glossary.yml:5:5 yaml/not-a-mapping",
    ]),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_bad_input(write_project: Write, files: Mapping[str, str | bytes], expected: list[str]) -> None:
    assert findings(write_project, files) == expected


def test_versions_dates_and_checksums_keep_their_text(write_project: Write) -> None:
    text = "version: 1.10\nlast_reviewed: 2026-11-23\nversions:\n  - version: 007\n    commit: 0012\n"
    text += "    artifacts: [{path: a, checksum: {alg: MD5, content: 00112233445566778899001122334455}}]\n"
    project = lint(write_project({"models/a.yml": text}))
    (record,) = project.catalog.records.values()
    (version,) = record.fields["versions"]
    assert record.fields["version"] == "1.10"
    assert record.fields["last_reviewed"] == "2026-11-23"
    assert version["version"] == "007"
    assert version["commit"] == "0012"
    assert version["artifacts"][0]["checksum"]["content"] == "00112233445566778899001122334455"


def test_places_are_right_when_list_items_are_left_out(write_project: Write) -> None:
    text = (
        "inputs:\n  - {unknown: nobody knows}\n  - ~\n  - {name: a, type: [x]}\n  - name: TODO\n"
        "  - {name: b, unit: {unknown: asked}}\ntraining_data:\n  - \n  - TODO\n  - churn-evnts\n"
    )
    project = lint(write_project({"models/a.yml": text, "datasets/churn-events.yml": "title: E\n"}))
    assert told(project) == [
        "models/a.yml:4:21 field/type",
        "models/a.yml:5:11 field/placeholder",
        "models/a.yml:9:5 field/placeholder",
        "models/a.yml:10:5 reference/near-miss",
    ]
    record = next(record for record in project.catalog.records.values() if record.kind == "model")
    assert [item.get("name") for item in record.fields["inputs"]] == ["a", None, "b"]
    assert {record.source.place(path).line: gap.reason for path, gap in record.gaps.items()} == {
        2: "nobody knows",
        6: "asked",
    }
    assert len(record.gaps) == 2


def test_a_templates_text_is_told_once_and_weighs_what_is_demanded(write_project: Write) -> None:
    """What a level demands is an error, whether its place is empty or holds a template's text."""
    files = {
        "evaluations/a.yml": "title: A\nlifecycle: active\nmodel: '{{ a, b }}'\ndataset: TODO\n",
        "decisions/b.md": "---\nstatus: TODO\ndecision-makers: TODO\nlifecycle: active\n---\n# B\n",
    }
    project = lint(write_project(files))
    assert [(one.severity, one.rule, one.place.line, one.message) for one in project.findings] == [
        (Severity.WARNING, "field/placeholder", 2, "'TODO' is a template's text, and counts as missing"),
        (Severity.WARNING, "field/placeholder", 3, "'TODO' is a template's text, and counts as missing"),
        (Severity.ERROR, "field/required", 3, "the record lacks 'model': '{{ a, b }}' is a template's text"),
        (Severity.WARNING, "field/placeholder", 4, "'TODO' is a template's text, and counts as missing"),
    ]
    decision = next(one for one in project.catalog.records.values() if one.kind == "decision")
    assert decision.get("status") == "not-stated"
    ready = lint(write_project(files), "handoff-ready").about("decisions/b.md")
    assert [(one.rule, one.place.line) for one in ready if one.place.line == 3] == [("field/empty", 3)]
    assert "decision-makers needs at least 1, and has 0: 'TODO' is a template's text" in [one.message for one in ready]


def test_a_section_that_is_demanded_and_holds_a_templates_text_is_told_once(write_project: Write) -> None:
    schema = (
        '{"title": "Note", "x-plural": "Notes", "x-globs": ["notes/*.md"], "type": "object",'
        '"x-sections": [{"title": "Why", "level": "base", "description": "The reason."}]}'
    )
    text = "# A\n\n## Why\n\nTODO\n\n## More\n\nTBD\n"
    project = lint(write_project({"schemas/note.schema.json": schema, "notes/a.md": text}))
    assert [(one.rule, one.place.line, one.message) for one in project.findings] == [
        ("section/missing", 3, "has only a template's text in its section 'Why'"),
        ("section/placeholder", 7, "1 section still holds a template's text: More"),
    ]


def test_markup_in_every_field_and_title_is_only_text(write_project: Write) -> None:
    nasty = '"<script>alert(1)</script> [x](javascript:y) `a` *b* | {{ c }} &amp; \\\\\\" \\u202e\\u0007\\n# d"'
    fields = ("id", "title", "description", "name", "risk_level", "license", "version", "owner", "cost", "limitations")
    text = (
        "".join(f"{field}: {nasty}\n" for field in fields)
        + f"? {nasty}\n: {nasty}\naliases: [{nasty}]\ntags: [{nasty}]\n"
    )
    project = lint(
        write_project({"models/a.yml": text, "models/b.md": f"# <b>x</b> {nasty}\n\n[[<script>]] [[a|<b>]]\n"})
    )
    rules = {finding.rule for finding in project.findings}
    assert rules <= {"field/choice", "reference/form", "yaml/duplicate-key", "link/scheme"}
    record = next(record for record in project.catalog.records.values() if record.source.path == "models/a.yml")
    assert record.title.startswith("<script>alert(1)</script>")
    assert all(finding.message for finding in project.findings)


def test_no_letter_of_a_title_reaches_a_name_that_paths_could_not_hold(write_project: Write) -> None:
    project = lint(write_project({"models/a.yml": 'id: "../../etc/passwd\\0 <x> ?#%"\n'}))
    (identity,) = project.catalog.records
    assert identity.name == "etc-passwd-x"


LINKS = {
    "a link to itself": ("models/a.md", "a.md", ["models/a.md:1:1 file/unreadable"]),
    "a link to nothing": ("models/a.yml", "gone.yml", ["models/a.yml:1:1 file/unreadable"]),
    "a link out of the project": ("models/a.yml", "/etc/hostname", ["models/a.yml:1:1 file/outside"]),
    "a link beside the project": ("models/a.yml", "../../project-b/a.yml", ["models/a.yml:1:1 file/outside"]),
    "a link within": ("models/a.yml", "../elsewhere/a.yml", []),
    "a folder that links to its parent": ("models/loop", "..", []),
    "a folder that links out": ("models/etc", "/etc", []),
    "a device": ("models/a.yml", "/dev/zero", ["models/a.yml:1:1 file/outside"]),
}


@pytest.mark.parametrize(("path", "target", "expected"), LINKS.values(), ids=LINKS)
def test_links_of_the_file_system(write_project: Write, path: str, target: str, expected: list[str]) -> None:
    root = write_project({"elsewhere/a.yml": "title: A\n"})
    write_files(root.parent / "project-b", {"a.yml": "title: B\n"})
    (root / "models").mkdir()
    (root / path).symlink_to(target)
    assert findings(write_project, {}) == expected


def test_a_name_that_is_no_utf_8_is_told_and_is_no_record(write_project: Write) -> None:
    root = write_project(GOOD)
    try:
        for name in (b"caf\xe9.md", b"caf\xe9.md.handoff.yml", b"\xff.yml"):
            (root / "models" / os.fsdecode(name)).write_text("# A\n")
    except OSError:
        pytest.skip("this file system takes names of UTF-8 only")
    assert findings(write_project, {}) == [
        r"models/\xff.yml:1:1 file/encoding", r"models/caf\xe9.md:1:1 file/encoding"
    ]  # fmt: skip


def test_a_folder_with_a_files_name_is_no_file(write_project: Write) -> None:
    root = write_project({"models/inner.yml/a.yml": "title: A\n", "models/README.md/x.md": "# X\n"})
    assert told(lint(root)) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_waited_for(write_project: Write) -> None:
    root = write_project(GOOD)
    os.mkfifo(root / "models" / "a.yml")
    assert findings(write_project, {}) == ["models/a.yml:1:1 file/unreadable"]


@bound
def test_a_file_that_may_not_be_read(write_project: Write) -> None:
    root = write_project({"models/a.yml": "title: A\n"})
    (root / "models" / "a.yml").chmod(0)
    assert findings(write_project, {}) == ["models/a.yml:1:1 file/unreadable"]


@pytest.mark.parametrize(
    "target",
    ["../x.json", "../../x.json#/a", "/etc/hostname", "~/x.json", "C:/x.json", "file:///etc/hostname", "a/../../x.json", "..", "", "#/a",
     "\\\\host\\x", "x\\0y.json", "n" * 5000 + ".json", ".", "reports", "reports/../..", "link.json", "reports/loop.json"],
)  # fmt: skip
def test_values_come_from_no_file_outside(write_project: Write, target: str) -> None:
    root = write_project({"models/good.yml": "title: Good\n", "reports/m.json": "{}"})
    write_files(root.parent, {"x.json": '{"a": 1}'})
    (root / "link.json").symlink_to("../x.json")
    (root / "reports" / "loop.json").symlink_to("loop.json")
    quoted = json.dumps(target).replace("\\\\0", "\\0")
    write_project({"evaluations/a.yml": f"model: good\nseed: {{from: {quoted}}}\n"})
    project = lint(root)
    (line,) = told(project)
    assert line in ("evaluations/a.yml:2:7 value/outside", "evaluations/a.yml:2:7 value/unreadable")
    record = next(record for record in project.catalog.records.values() if record.kind == "evaluation")
    assert "seed" not in record.fields


DATA = {
    "a mark before CSV": ("m.csv", "\ufefffold,auc\n1,0.5\n", "#/0/fold", "1", None),
    "Windows CSV": ("m.csv", "fold,auc\r\n1,0.5\r\n", "#/0/auc", "0.5", None),
    "a quoted cell": ("m.csv", 'fold,auc\n1,"a,\nb"\n', "#/0/auc", "a,\nb", None),
    "a short row": ("m.csv", "fold,auc\n1\n", "#/0/auc", None, None),
    "a long row": ("m.csv", "fold,auc\n1,2,3\n", "#/0/auc", "2", None),
    "no such column": ("m.csv", "fold\n1\n", "#/0/auc", None, "value/missing"),
    "no rows": ("m.csv", "fold,auc\n", "#/0/auc", None, "value/missing"),
    "nothing at all": ("m.csv", "", "#/0/auc", None, "value/unreadable"),
    "empty JSON": ("m.json", "", "#/auc", None, "value/unreadable"),
    "half of JSON": ("m.json", '{"auc": ', "#/auc", None, "value/unreadable"),
    "deep JSON": ("m.json", "[" * 100_000, "#/auc", None, "value/unreadable"),
    "half a character": ("m.json", '{"auc": "\\ud800x"}', "#/auc", "???x", None),
    "a large number": ("m.json", '{"auc": 1e999}', "#/auc", "1e999", None),
    "no number": ("m.json", '{"auc": NaN}', "#/auc", None, "value/number"),
    "a long number": ("m.json", '{"auc": 0.10}', "#/auc", "0.10", None),
    "binary JSON": ("m.json", b"\x80\x02\0}", "#/auc", None, "value/unreadable"),
    "latin-1": ("m.csv", "fold,auc\n\u00e9,2\n".encode("latin-1"), "#/0/auc", None, "value/unreadable"),
    "bad YAML": ("m.yml", "auc: [", "#/auc", None, "value/unreadable"),
    "an index that is no number": ("m.json", '{"auc": [1]}', "#/auc/\u0661", None, "value/missing"),
    "past the end": ("m.json", '{"auc": [1]}', "#/auc/1", None, "value/missing"),
    "into a number": ("m.json", '{"auc": 1}', "#/auc/1", None, "value/missing"),
    "a form in a file": ("m.json", '{"auc": {"from": "/etc/hostname"}}', "#/auc/from", "/etc/hostname", None),
    "ten megabytes": ("m.json", b" " * 10_000_000, "#/auc", None, "value/unreadable"),
}


@pytest.mark.parametrize(("name", "content", "pointer", "value", "rule"), DATA.values(), ids=DATA)
def test_files_of_values(
    write_project: Write, name: str, content: str | bytes, pointer: str, value: str | None, rule: str | None
) -> None:
    text = f"model: good\nevaluation_framework: {{from: {json.dumps('reports/' + name + pointer)}}}\n"
    root = write_project({"models/good.yml": "title: Good\n", f"reports/{name}": content, "evaluations/a.yml": text})
    project = lint(root)
    assert told(project) == ([f"evaluations/a.yml:2:23 {rule}"] if rule else [])
    record = next(record for record in project.catalog.records.values() if record.kind == "evaluation")
    found = record.fields.get("evaluation_framework")
    assert (found or "").replace("\ufffd", "?") == (value or "")


def test_all_of_it_at_once_from_the_command_line(write_project: Write) -> None:
    files = {path.replace(".", f"-{number}.", 1): content
             for number, (files, _) in enumerate(CASES.values()) for path, content in files.items()
             if not path.endswith(".handoff.yml") and path.partition("/")[0] not in ("docs", "glossary.yml")}  # fmt: skip
    root = write_project({**GOOD, **files})
    result = subprocess.run(
        [sys.executable, "-m", "mkdocs_handoff", "lint", "--format", "json"],
        cwd=root, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    document = json.loads(result.stdout)
    assert document["files"] == len(files) + 1
    assert "good.yml" in {finding["path"].rpartition("/")[2] for finding in document["findings"]}


def test_a_draft_fails_nothing_that_it_could_be_read_as(write_project: Write) -> None:
    project = lint(write_project({"models/a.yml": "lifecycle: draft\ntitle: [x]\nbase_model: a\n"}))
    assert {finding.severity for finding in project.findings} == {Severity.WARNING}
    assert len(project.findings) == 2
