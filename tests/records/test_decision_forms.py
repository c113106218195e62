"""Decisions in forms of which each is rare: none of them loses what it says, and none says what it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff.findings import Severity
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Record

PLAIN = "# Other\n\n## Status\n\nAccepted\n\n## Decision\n\nWe do.\n"


def read(folder: Path, text: str, name: str = "0019-v.md", **others: str) -> tuple[Project, Record]:
    """Return a project of decisions, and the one among them that is looked at."""
    files = {f"docs/adr/{name}": text, **{f"docs/adr/{key}.md": held for key, held in others.items()}}
    project = lint(write_files(folder, files))
    (record,) = (one for one in project.catalog.records.values() if one.source.path == f"docs/adr/{name}")
    return project, record


def one(folder: Path, text: str, name: str = "0019-v.md") -> Record:
    project, record = read(folder, text, name)
    assert told(project) == []
    return record


def shown(record: Record, *fields: str) -> tuple[Any, ...]:
    return tuple(record.get(field) for field in fields)


def superseding(project: Project) -> list[tuple[str, str]]:
    found = (one for each in project.catalog.outgoing.values() for one in each if "supersede" in one.name)
    return [(one.name, one.target.name) for one in found]


@pytest.mark.parametrize(
    "form",
    [
        "- Status: Superseded by [Move](../../other/adr-18-move.md)",
        "## Status\n\nSuperseded by ADR-018-move-it.",
        "## Status\n\nSuperseded by [ADR-018-move-it](https://example.org/x/4)",
    ],
)
def test_a_name_with_a_number_is_no_number(tmp_path: Path, form: str) -> None:
    project, record = read(tmp_path, f"# V\n\n{form}\n\n## Decision\n\nWe do.\n", **{"0018-next": PLAIN})
    assert superseding(project) == []
    (wanted,) = project.catalog.wanted
    assert str(wanted) in ("decision:adr-18-move", "decision:adr-018-move-it")
    assert record.get("superseded_by") == [wanted.name if "other" in form else "ADR-018-move-it"]


@pytest.mark.parametrize(
    ("file", "written"), [("0018-next", "ADR-0018-next"), ("ADR-0018-next", "0018-next"), ("adr018-next", "018-next")]
)
def test_a_file_is_found_with_and_without_the_word_before_its_number(tmp_path: Path, file: str, written: str) -> None:
    text = f"---\nstatus: accepted\nsupersedes: {written}\n---\n# V\n"
    project, _ = read(tmp_path, text, **{file: PLAIN.replace("Accepted", "Superseded by 19")})
    assert superseding(project) == [("supersedes", file.lower())]


@pytest.mark.parametrize(
    "status",
    [
        "Partially superseded by [18](0018-next.md)",
        "Superseded in part by [18](0018-next.md)",
        "Parcialmente reemplazada por [18](0018-next.md)",
        "Teilweise ersetzt durch [18](0018-next.md)",
        "Partly superseded by ADR-0018/0021",
    ],
)
def test_what_is_superseded_in_part_is_accepted(tmp_path: Path, status: str) -> None:
    project, record = read(tmp_path, f"# V\n\n**Status**: {status}\n\n## Decision\n", **{"0018-next": PLAIN})
    assert [each for each in told(project) if "link" not in each] == []
    assert record.get("status") == "accepted"
    assert record.get("status_raw").startswith(status.split(maxsplit=1)[0])
    assert superseding(project) == []
    assert record.origins["status",].how == "inferred"


@pytest.mark.parametrize(
    "line",
    [
        "Aceptada. Supersede parcial de [ADR-18](0018-next.md).",
        "Accepted. Supersedes [ADR-18](0018-next.md) (its queue only).",
        "Accepted. Supersedes: [ADR-18](0018-next.md)\uff08入力のみ\uff09",
        "Accepted. Supersedes ADR-0018 solo en colas.",
        "Accepted. Supersedes ADR-0018 nur für Tests.",
    ],
)
def test_what_supersedes_another_in_part_is_no_relation(tmp_path: Path, line: str) -> None:
    project, record = read(tmp_path, f"# V\n\n## Status\n\n{line}\n\n## Decision\n", **{"0018-next": PLAIN})
    assert told(project) == []
    assert shown(record, "status", "supersedes") == ("accepted", None)


def test_what_another_clause_restricts_is_superseded_whole(tmp_path: Path) -> None:
    text = "# V\n\n## Status\n\nSuperseded by [18](0018-next.md). Only the queue stays.\n"
    project, _ = read(tmp_path, text, **{"0018-next": PLAIN})
    assert superseding(project) == [("is superseded by", "0018-next")]


def test_people_may_be_mappings_with_names_and_roles(tmp_path: Path) -> None:
    people = "deciders:\n  - {name: Alex Lee, role: Board, team: core}\n  - email: bo@acme.example\n  - Cy\n"
    project, record = read(
        tmp_path, f"---\nstatus: approved\n{people}owner: platform_manager\n---\n# V\n\n## Context\n\nC\n"
    )
    assert [finding.rule for finding in project.findings] == ["owner/unknown"]
    assert record.get("decision-makers") == [
        {"ref": "Alex Lee", "note": "Board, core"},
        {"ref": "bo@acme.example"},
        "Cy",
    ]


@pytest.mark.parametrize(
    ("owner", "severity"), [("platform_manager", Severity.WARNING), ("team:platform", Severity.ERROR)]
)
def test_an_owner_tells_whose_a_decision_is_where_it_is_a_reference(
    tmp_path: Path, owner: str, severity: Severity
) -> None:
    project, _ = read(tmp_path, f"---\nstatus: accepted\ncreated: yesterday\nowner: {owner}\n---\n# V\n")
    assert [one.severity for one in project.findings if one.rule == "field/format"] == [severity]


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("[David]", ["David"]),
        ("[Arno, Ivo, Uwe Lee] <!-- optional -->", ["Arno", "Ivo", "Uwe Lee"]),
        ("[list everyone involved]", None),
        ("[Names of the deciders]", None),
        ("{everyone who decides}", None),
        ("[TODO]", None),
        ("[Ann Lee](https://a.example) + [Bo](https://b.example)", ["Ann Lee", "Bo"]),
        ("[Ann Lee](https://a.example) and [Bo](https://b.example)", ["Ann Lee", "Bo"]),
        ("Ann Lee & Co", ["Ann Lee & Co"]),
        ("Ann Lee, approval of the operators on 2026-09-10.", ["Ann Lee", "approval of the operators on 2026-09-10."]),
    ],
)
def test_people_are_read_in_brackets_and_by_links(tmp_path: Path, written: str, people: list[str] | None) -> None:
    record = one(tmp_path, f"# V\n\n- Status: accepted\n- Deciders: {written}\n\n## Decision\n\nWe do.\n")
    assert (record.get("decision-makers") or None) == people


@pytest.mark.parametrize("rule", ["---", "***", "* * *", "___"])
def test_a_rule_below_a_list_of_people_is_nobody(tmp_path: Path, rule: str) -> None:
    text = f"# V\n\n## Status\n\nAccepted\n\n## Deciders\n\n- Ann\n- Bo\n\n{rule}\n\n## Context\n\nC\n"
    assert one(tmp_path, text).get("decision-makers") == ["Ann", "Bo"]


def test_a_table_may_have_columns_of_its_own_before_the_fields(tmp_path: Path) -> None:
    table = "| Record no. | Status | Day | Date |\n|---|---|---|---|\n| 0019 | accepted | Mon | 2026-09-12 |\n"
    record = one(tmp_path, f"# V\n\n{table}\n## Decision\n\nWe do.\n")
    assert shown(record, "status", "date") == ("accepted", "2026-09-12")


@pytest.mark.parametrize(
    "form",
    [
        "## Metadata\n\n- **Status**: Accepted\n- **Date**: 2026-09-28\n- **Decision makers**: Ann Lee\n",
        "## Document information\n\n| Status | Accepted |\n|---|---|\n| Date | 2026-09-28 |\n| Deciders | Ann Lee |\n",
        "## 元数据\n\n- **状态**: 已接受\n- **日期**: 2026-09-28\n- **决策者**: Ann Lee\n",
    ],
)
def test_fields_stand_in_a_section_of_their_own(tmp_path: Path, form: str) -> None:
    record = one(tmp_path, f"# V\n\n{form}\n## Context\n\nWhy it is so.\n")
    assert shown(record, "status", "date", "decision-makers") == ("accepted", "2026-09-28", ["Ann Lee"])
    assert record.description == "Why it is so."


def test_a_section_that_comes_later_says_nothing_of_the_decision(tmp_path: Path) -> None:
    text = "# V\n\n## Status\n\nAccepted\n\n## Details\n\n- Status: rejected\n- Date: 2020-01-01\n"
    assert shown(one(tmp_path, text), "status", "date") == ("accepted", None)


@pytest.mark.parametrize(
    ("name", "heading", "title"),
    [
        ("0077-x.md", "ADR-0077 | Admit it", "Admit it"),
        ("0077-x.md", "ADR-0077 · Admit it", "Admit it"),
        ("0001-x.md", "Decision 001: Use it", "Use it"),
        ("0001-x.md", "Decision: Use it", "Use it"),
        ("x.md", "ADR: Use it", "Use it"),
        ("x.md", "Decision makers: who", "Decision makers: who"),
        ("0001-x.md", "Decision 2: Use it", "Decision 2: Use it"),
    ],
)
def test_a_title_is_shown_without_the_word_for_what_it_is(tmp_path: Path, name: str, heading: str, title: str) -> None:
    assert one(tmp_path, f"# {heading}\n\n## Status\n\nAccepted\n", name).title == title


@pytest.mark.parametrize("form", ["## Date\n\nJuly 2026\n", "**Date**: July 2026\n"])
def test_a_month_is_kept_wherever_it_stands(tmp_path: Path, form: str) -> None:
    _, record = read(tmp_path, f"# V\n\n{form}\n## Status\n\nAccepted\n")
    assert record.get("date") == "July 2026"


@pytest.mark.parametrize(
    ("status", "date"),
    [
        ("Accepted — 2026-09-04.", "2026-09-04"),
        ("✅ Accepted (2026-09-04)", "2026-09-04"),
        ("Angenommen – 2026-07-19", "2026-07-19"),
        ("Accepted 2026-09-04, amended 2026-10-01", None),
        ("Superseded by [18](0018-next.md) on 2026-09-04", None),
        ("Accepted, superseded by [18](0018-next.md) on 2026-09-04", None),
    ],
)
def test_the_one_day_of_a_status_is_the_date(tmp_path: Path, status: str, date: str | None) -> None:
    _, record = read(tmp_path, f"# V\n\n## Status\n\n{status}\n", **{"0018-next": PLAIN})
    assert record.get("date") == date
    if date:
        assert record.origins["date",].source == "the status"
    _, record = read(tmp_path / "b", f"# V\n\nDate: 2020-01-01\n\n## Status\n\n{status}\n", **{"0018-next": PLAIN})
    assert record.get("date") == "2020-01-01"


@pytest.mark.parametrize(
    "text",
    [
        "---\nstatus: accepted\ncreated-date: 2026-05-09\n---\n# V\n",
        "---\nstatus: accepted\nrecorded-on: 2026-05-09\n---\n# V\n",
        "# V\n\n| Status | Accepted |\n|---|---|\n| Created | 2026-05-09 |\n",
        "# V\n\n- Status: accepted\n- Accepted: 2026-05-09\n",
        "# V\n\n## Stato\n\nAccettata\n\n## Data della decisione\n\n2026-05-09\n",
        "# V\n\nCreated: 2020-01-01\n\nDate: 2026-05-09\n\n## Status\n\nAccepted\n",
    ],
)
def test_a_date_has_other_names(tmp_path: Path, text: str) -> None:
    assert shown(one(tmp_path, text), "status", "date") == ("accepted", "2026-05-09")


@pytest.mark.parametrize(
    ("status", "known"),
    [
        ("OPEN", "proposed"),
        ("Recommended", "proposed"),
        ("Live", "accepted"),
        ("Dead", "rejected"),
        ("Geaccepteerd", "accepted"),
        ("Прийнято", "accepted"),
        ("Kabul edildi", "accepted"),
        ("Zaakceptowany", "accepted"),
    ],
)
def test_statuses_have_other_words(tmp_path: Path, status: str, known: str) -> None:
    assert one(tmp_path, f"# V\n\n## Status\n\n{status}\n").get("status") == known


@pytest.mark.parametrize(
    "text",
    [
        "# V\n\nDurum: Kabul edildi\n\nTarih: 2026-05-09\n\nKarar verenler: Ann Lee\n\n## Bağlam\n\nC\n",
        "# V\n\n- Status: Geaccepteerd\n- Datum: 2026-05-09\n- Besluitvormers: Ann Lee\n\n## Context\n\nC\n",
        "# V\n\n- Статус: Прийнято\n- Дата: 2026-05-09\n- Хто ухвалив: Ann Lee\n\n## Контекст\n\nC\n",
        "# V\n\n- Status: Przyjęty\n- Data: 2026-05-09\n- Decydenci: Ann Lee\n\n## Kontekst\n\nC\n",
    ],
)
def test_heads_are_written_in_other_languages(tmp_path: Path, text: str) -> None:
    record = one(tmp_path, text)
    assert shown(record, "status", "date", "decision-makers") == ("accepted", "2026-05-09", ["Ann Lee"])


def test_a_badge_below_the_title_says_status_and_date(tmp_path: Path) -> None:
    badges = (
        "![Accepted](https://img.shields.io/badge/status-accepted-brightgreen) "
        "![2025-02-17](https://img.shields.io/badge/Date-17_Feb_2025-lightblue) "
        "![build](https://img.shields.io/badge/build-passing-green)"
    )
    record = one(tmp_path, f"# V\n\n{badges}\n\n## Context\n\nWhy it is so.\n")
    assert shown(record, "status", "date") == ("accepted", "2025-02-17")
    assert record.description == "Why it is so."


def test_words_for_what_is_superseded_are_words(tmp_path: Path) -> None:
    record = one(tmp_path, "---\nstatus: accepted\nsupersedes: docs/old.md (the plan of 2026-04-17)\n---\n# V\n")
    assert record.get("supersedes") == ["docs/old.md (the plan of 2026-04-17)"]
