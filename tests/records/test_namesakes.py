"""Decisions of several folders: one file name or one number in each is no error, and each means its own folder's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.findings import Severity
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project

FIRST = "# 1. Record them\n\nDate: 2020-01-01\n\n## Status\n\nAccepted\n\n## Decision\n\nWe do.\n"
SETTINGS = {"handoff.yml": "records:\n  decision: '**/????-*.md'\n"}
NAME = "0001-record-them.md"


def read(folder: Path, files: dict[str, str]) -> Project:
    return lint(write_files(folder, {**SETTINGS, **files}))


def names(project: Project) -> dict[str, str]:
    """Return the names of decisions, by their files."""
    return {record.source.path: identity.name for identity, record in project.catalog.records.items()}


def related(project: Project) -> set[tuple[str, str, str]]:
    """Return what decisions say of each other, by their files."""
    paths = {identity: record.source.path for identity, record in project.catalog.records.items()}
    found = (one for each in project.catalog.outgoing.values() for one in each)
    return {(paths[one.source], one.name, paths[one.target]) for one in found}


def accepted(head: str = "") -> str:
    return f"---\nstatus: accepted\n{head}---\n# Title\n\n## Decision\n\nWe do.\n"


def test_one_file_name_in_several_folders_is_no_error(tmp_path: Path) -> None:
    files = {f"{folder}/{NAME}": FIRST for folder in ("docs/adr", "services/a/docs/adr", "services/b/docs/adr")}
    project = read(tmp_path, files)
    assert told(project) == []
    assert names(project) == {
        "docs/adr/0001-record-them.md": "docs-adr-0001-record-them",
        "services/a/docs/adr/0001-record-them.md": "services-a-0001-record-them",
        "services/b/docs/adr/0001-record-them.md": "services-b-0001-record-them",
    }
    assert {record.title for record in project.catalog.records.values()} == {"Record them"}


def test_a_name_depends_on_its_own_place_alone(tmp_path: Path) -> None:
    two = read(tmp_path / "two", {f"{folder}/{NAME}": FIRST for folder in ("b/adr", "web/adr")})
    more = read(tmp_path / "more", {f"{f}/{NAME}": FIRST for f in ("a/adr", "adr", "b/adr", "web/adr", "web/x/adr")})
    assert names(two).items() <= names(more).items()
    assert [str(one) for one in more.catalog.find("decision:web-0001-record-them")] == ["decision:web-0001-record-them"]


def test_a_place_that_reads_like_another_has_its_whole_name(tmp_path: Path) -> None:
    project = read(tmp_path, {f"web/adr/{NAME}": FIRST, f"docs/web/adr/{NAME}": FIRST})
    assert set(names(project).values()) == {"web-adr-0001-record-them", "docs-web-adr-0001-record-them"}


@pytest.mark.parametrize("added", ["a/adr", "adr", "b/c/adr"])
def test_what_is_added_elsewhere_takes_nobodys_references(tmp_path: Path, added: str) -> None:
    files = {f"b/adr/{NAME}": FIRST, "models/churn.yml": "decisions: [0001-record-them]\n"}
    settings = {"handoff.yml": "records:\n  decision: '**/????-*.md'\n  model: models/*.yml\n"}
    alone = read(tmp_path / "alone", {**files, **settings})
    assert [(path, names(alone)[f"b/adr/{NAME}"]) for path, _, _ in related(alone)] == [
        ("models/churn.yml", "0001-record-them")
    ]
    project = read(tmp_path / "two", {**files, **settings, f"{added}/{NAME}": FIRST})
    (finding,) = project.findings
    assert (finding.rule, finding.place.path) == ("reference/ambiguous", "models/churn.yml")
    assert all(f"decision:{name}" in finding.hint for path, name in names(project).items() if path.endswith(NAME))
    assert related(project) == set()


def test_folders_that_only_say_what_lies_in_them_count_where_nothing_else_differs(tmp_path: Path) -> None:
    project = read(tmp_path, {f"docs/adr/{NAME}": FIRST, f"docs/decisions/{NAME}": FIRST})
    assert told(project) == []
    assert set(names(project).values()) == {"docs-adr-0001-record-them", "docs-decisions-0001-record-them"}


def test_what_is_named_by_its_id_or_is_ours_keeps_its_name(tmp_path: Path) -> None:
    files = {
        f"adr/{NAME}": FIRST,
        f"web/adr/{NAME}": accepted("covers: [src/**]\n"),
        "app/adr/0001-other.md": FIRST,
        "app/adr/0001-other.md.handoff.yml": "id: web-0002-here\n",
        "web/adr/0002-here.md": FIRST,
        "adr/0002-here.md": FIRST,
        "src/x.py": "",
    }
    project = read(tmp_path, files)
    assert told(project) == []
    assert names(project) == {
        "adr/0001-record-them.md": "adr-0001-record-them",
        "web/adr/0001-record-them.md": "0001-record-them",
        "app/adr/0001-other.md": "web-0002-here",
        "adr/0002-here.md": "adr-0002-here",
        "web/adr/0002-here.md": "web-adr-0002-here",
    }


def test_two_of_ours_with_one_name_are_an_error(tmp_path: Path) -> None:
    text = accepted("covers: [src/**]\n")
    project = read(tmp_path, {f"adr/{NAME}": text, f"web/adr/{NAME}": text, "src/x.py": ""})
    assert {one.rule for one in project.errors} == {"record/duplicate"}


def test_what_is_wrong_with_one_is_told_of_its_name(tmp_path: Path) -> None:
    project = read(tmp_path, {f"adr/{NAME}": FIRST, f"web/adr/{NAME}": accepted("created: yesterday\n")})
    (finding,) = project.findings
    assert (finding.rule, finding.subject) == ("field/format", "decision:web-0001-record-them")


def test_a_number_means_the_decision_of_its_own_folder(tmp_path: Path) -> None:
    files = {
        **{f"{one}/adr/0002-{one}.md": accepted("superseded-by: ADR-3\n") for one in ("app", "web")},
        **{f"{one}/adr/0003-third.md": accepted("supersedes: ADR-0002\n") for one in ("app", "web")},
        **{f"{one}/adr/0004-fourth.md": accepted() + "See [[adr-2]].\n" for one in ("app", "web")},
    }
    project = read(tmp_path, files)
    assert told(project) == []
    assert related(project) == {
        (f"{one}/adr/{source}.md", name, f"{one}/adr/{target}.md")
        for one in ("app", "web")
        for source, name, target in (
            (f"0002-{one}", "is superseded by", "0003-third"),
            ("0003-third", "supersedes", f"0002-{one}"),
            ("0004-fourth", "mentions", f"0002-{one}"),
        )
    }


def test_a_file_name_means_the_decision_of_its_own_folder(tmp_path: Path) -> None:
    old = "# Title\n\n## Status\n\nSuperseded by `0001-record-them`\n"
    project = read(
        tmp_path, {f"{one}/adr/{n}": FIRST for one in ("app", "web") for n in (NAME,)} | {"web/adr/0000-old.md": old}
    )
    assert told(project) == []
    assert related(project) == {("web/adr/0000-old.md", "is superseded by", f"web/adr/{NAME}")}


def test_a_link_means_the_file_that_it_leads_to(tmp_path: Path) -> None:
    old = "# Title\n\n## Status\n\nSuperseded by [the other](../../app/adr/0001-record-them.md)\n"
    files = {"app/adr/0001-record-them.md": FIRST, "web/adr/0001-record-them.md": old, "adr/0001-record-them.md": FIRST}
    project = read(tmp_path, files)
    assert told(project) == []
    assert ("web/adr/0001-record-them.md", "is superseded by", "app/adr/0001-record-them.md") in related(project)


def test_a_number_that_several_other_folders_have_is_a_warning(tmp_path: Path) -> None:
    files = {f"{one}/adr/0002-{one}.md": FIRST for one in ("app", "web")}
    project = read(tmp_path, {**files, "adr/0003-third.md": accepted("supersedes: ADR-0002\n")})
    assert [(one.rule, one.severity) for one in project.findings] == [("reference/ambiguous", Severity.WARNING)]
    assert related(project) == set()


def test_a_decision_never_means_itself_where_it_can_mean_another(tmp_path: Path) -> None:
    second = "# Other\n\n## Status\n\nAccepted\n\nSupersedes {}\n\n## Decision\n\nAs [[adr-1]] says.\n"
    files = {"docs/adr/0001-base.md": FIRST, "c/adr/0001-other.md": second.format("ADR-0001")}
    project = read(tmp_path / "number", files)
    assert related(project) == {
        ("c/adr/0001-other.md", name, "docs/adr/0001-base.md") for name in ("supersedes", "mentions")
    }
    files = {f"docs/adr/{NAME}": FIRST, f"c/adr/{NAME}": second.format("`0001-record-them`")}
    project = read(tmp_path / "name", files)
    assert (f"c/adr/{NAME}", "supersedes", f"docs/adr/{NAME}") in related(project)
    assert "reference/self" not in {one.rule for one in project.findings}


@pytest.mark.parametrize("name", ["0001-record-them", "b-0001-record-them"])
def test_a_sidecar_may_have_the_name_of_the_file_or_of_the_page(tmp_path: Path, name: str) -> None:
    files = {
        **{f"{folder}/docs/adr/{NAME}": FIRST for folder in ("a", "b")},
        f"b/docs/adr/{NAME}.handoff.yml": f"decision:{name}:\n  tags: [x]\n",
    }
    project = read(tmp_path, files)
    assert told(project) == []
    (record,) = (one for one in project.catalog.records.values() if one.identity.name == "b-0001-record-them")
    assert record.get("tags") == ["x"]


@pytest.mark.parametrize(
    "written",
    [
        accepted() + "\n## Supersedes\n\n[a](../../a/adr/{0}) and [b](../../b/adr/{0})\n",
        "# Title\n\n- Status: accepted\n- Supersedes: [a](../../a/adr/{0}), [b](../../b/adr/{0})\n",
        accepted('supersedes: ["[a](../../a/adr/{0})", "[b](../../b/adr/{0})"]\n'),
        accepted('supersedes: [null, "../../a/adr/{0}", "../../b/adr/{0}"]\n'),
    ],
)
def test_each_link_leads_to_its_own_file(tmp_path: Path, written: str) -> None:
    files = {f"{folder}/adr/{NAME}": FIRST for folder in ("a", "b", "c")}
    project = read(tmp_path, {**files, "c/adr/0002-both.md": written.replace("{0}", NAME)})
    assert {one for one in related(project) if one[1] == "supersedes"} == {
        ("c/adr/0002-both.md", "supersedes", f"{folder}/adr/{NAME}") for folder in ("a", "b")
    }
    assert {one.rule for one in project.findings} <= {"decision/one-sided"}
