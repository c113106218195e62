"""Decisions as others write them: whatever place or language their status, date and people stand in, they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff.records.dialects import words
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.records.record import Record


def read(folder: Path, files: dict[str, str]) -> dict[str, Record]:
    """Return the decisions of a project by their files' names; none of them has an error."""
    project = lint(write_files(folder, {f"docs/adr/{name}": text for name, text in files.items()}))
    assert [one for one in project.errors if one.rule != "record/duplicate"] == []
    return {record.source.path.rpartition("/")[2]: record for record in project.catalog.records.values()}


def one(folder: Path, text: str, name: str = "0019-v.md") -> Record:
    return read(folder, {name: text})[name]


def shown(record: Record, *fields: str) -> tuple[Any, ...]:
    return tuple(record.get(field) for field in fields)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("## Status\n\n<!-- What is the status? -->\n\nAccepted", "accepted"),
        ("## Status\n\n<!-- What is\nthe status? -->\nAccepted", "accepted"),
        ("## Status\n\n- [ ] Proposed\n- [x] Accepted", "accepted"),
        ("## Status\n\n- [ ] Proposed\n- [ ] Accepted", "not-read"),
        ("## Status\n\nDate: 2024-05-06\n\nAccepted", "accepted"),
        ("## 1. Status\n\nAccepted", "accepted"),
        ("## Status: Accepted", "accepted"),
        ("| Field | Value |\n|---|---|\n| Status | Accepted |", "accepted"),
        ("| Status | Date |\n|---|---|\n| Accepted | 2024-05-06 |", "accepted"),
        ("## Status\n\n| Status | Accepted |\n|---|---|\n| Date | 2024-05-06 |", "accepted"),
        ("## Status\n\n| Stage | Status |\n|---|---|\n| Approved | 🚧 |\n| Adopted | 🚧 |", "not-read"),
        ("## Status\n\nSupersedes ADR-0020", "not-read"),
        ("## Status\n\nSupersedes ADR-0020\n\nAccepted", "accepted"),
        ("## Status\nAccepted, Superseded by [ADR 18](0018-w.md)", "superseded"),
        ("## Status\n\nAccepted\n\nSuperceded by [18. W](0018-w.md)", "superseded"),
        ("## Status\n\nAccepted; the platform store superseded by [18](0018-w.md)", "accepted"),
        ("**Status:** Accepted | **Date:** 2024-05-06 | **Deciders:** Ann", "accepted"),
        ("> **Статус: Принято, 2026-05-29.**", "accepted"),
        ("## Estado\n\nAceptada el 2026-06-29.", "accepted"),
        ("## Statut\n\nAccepté — PRD", "accepted"),
        ("## 状态\n\n已接受，2026-08-16。", "accepted"),
        ("- Status: Ready for Review <!-- optional -->", "proposed"),
        ("- Status: Ratified", "accepted"),
        ("- Status: On hold", "on-hold"),
        ("- Status: Frobbed", "frobbed"),
        ("- Status: [Proposed | Accepted | Rejected]", "not-read"),
        ("- Status: {proposed, accepted}", "not-read"),
        ("- Status: Accepted / Approved", "accepted"),
        ("## Context\n\nStatus: not here", "not-stated"),
        ("## State\n\nThe machine has two.", "not-stated"),
    ],
)
def test_a_status_is_read_wherever_it_stands(tmp_path: Path, form: str, status: str) -> None:
    files = {"0019-v.md": f"# T\n\n{form}\n\n## Decision\n\nd\n", "0018-w.md": "# W\n\n## Status\n\nAccepted\n"}
    assert read(tmp_path, files)["0019-v.md"].get("status") == status


def test_a_status_as_written_is_text_without_marks(tmp_path: Path) -> None:
    record = one(tmp_path, "# T\n\n**Status:** **Ratified** by [us](x.md) | **Date:** 2024-05-06\n\n## Decision\n")
    assert shown(record, "status", "status_raw") == ("accepted", "Ratified by us")


def test_a_section_on_data_is_no_date(tmp_path: Path) -> None:
    assert one(tmp_path, "# T\n\n## Data\n\nRows of 2024.\n").get("date") is None


def test_front_matter_may_call_it_a_state(tmp_path: Path) -> None:
    assert one(tmp_path, "---\nstate: Final\n---\n# T\n").get("status") == "accepted"


@pytest.mark.parametrize("word", ["accepte", "vigente", "Acceptée", "принято", "已接受"])
def test_a_status_in_front_matter_may_be_of_another_language(tmp_path: Path, word: str) -> None:
    assert shown(one(tmp_path, f"---\nstatus: {word}\n---\n# T\n"), "status", "status_raw") == ("accepted", word)


def test_no_word_stands_for_two_statuses() -> None:
    folded = [(words.folded(word), name) for name, each in words.STATUSES.items() for word in each]
    assert len({word for word, _ in folded}) == len(set(folded))


@pytest.mark.parametrize("text", ["принятие", "Finalising", "approvals are pending", "Acceptance"])
def test_a_word_that_only_begins_like_a_status_is_none(text: str) -> None:
    assert words.status(text) == ""


@pytest.mark.parametrize(
    "form",
    [
        "* Date: 2024-05-06\n* Deciders: Ann Lee, @bob <!-- optional -->",
        "* Date: [2024-05-06](https://example.org/1) <!-- optional -->\n* Decision-makers: [Ann Lee](u) [@bob](u)",
        "Date: 2024-05-06 (updated 2025-01-01)\n\nDeciders:\n- Ann Lee\n- bob",
        "**Status:** Accepted · **Date:** 2024-05-06 · **Deciders:** Ann Lee; bob",
        "| Field | Value |\n|---|---|\n| Date | 2024-05-06 |\n| Deciders | Ann Lee, bob |",
        "## Date\n\n2024-05-06\n\n## Deciders\n\n- Ann Lee\n- @bob",
        "日期：2024-05-06\n\n## Décideurs\n\nAnn Lee, bob.",
        "- Date: May 6, 2024\n- Deciders: [Ann Lee](a), bob",
    ],
)
def test_date_and_people_are_read_wherever_they_stand(tmp_path: Path, form: str) -> None:
    record = one(tmp_path, f"# T\n\n{form}\n\n## Decision\n\nd\n")
    assert shown(record, "date", "decision-makers") == ("2024-05-06", ["Ann Lee", "bob"])


def test_others_who_were_asked_and_told_are_read(tmp_path: Path) -> None:
    record = one(tmp_path, "# T\n\n* Consulted: Ann, @team/a\n* Informed: Everyone\n\n## Decision\n")
    assert shown(record, "consulted", "informed") == (["Ann", "team/a"], ["Everyone"])


def test_what_a_template_says_of_people_names_nobody(tmp_path: Path) -> None:
    record = one(tmp_path, "# T\n\n* Deciders: [list everyone involved in the decision] <!-- optional -->\n")
    assert record.get("decision-makers") in (None, [])


def test_a_time_is_a_day_and_told_where_it_came_from(tmp_path: Path) -> None:
    record = one(tmp_path, "---\ndate: 2021-04-12T15:00:00+01:00\n---\n# T\n\n* Date: 2020-01-01\n")
    assert record.get("date") == "2021-04-12"
    assert "15:00" in record.origins["date",].source


def test_a_date_that_can_mean_two_is_kept_and_told_as_what_it_is(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, {"docs/adr/0001-x.md": "# T\n\n* Date: 05.01.2017\n\n## Decision\n"}))
    (finding,) = project.findings
    assert "not written as year-month-day" in finding.message


@pytest.mark.parametrize(
    ("name", "number", "date"),
    [
        ("0007-x.md", 7, None),
        ("ADR-0004-x.md", 4, None),
        ("adr-013-x.md", 13, None),
        ("adr006-x.md", 6, None),
        ("01002-x.md", 1002, None),
        ("ADR-WEB-001.md", None, None),
        ("20200924-x.md", None, "2020-09-24"),
        ("2026-06-12-x.md", None, "2026-06-12"),
        ("260711-142049-x.md", None, None),
    ],
)
def test_the_name_of_a_file_has_a_number_or_a_day(
    tmp_path: Path, name: str, number: int | None, date: str | None
) -> None:
    assert shown(one(tmp_path, "# T\n\n## Status\n\nAccepted\n", name), "number", "date") == (number, date)


@pytest.mark.parametrize(
    ("name", "heading", "title"),
    [
        ("ADR-0001-x.md", "ADR-0001 — Emdash", "Emdash"),
        ("0303-x.md", "ADR 303 - X", "X"),
        ("0410-x.md", "ADR 0410：X", "X"),
        ("0407-x.md", "407. X", "X"),
        ("0407-x.md", "0407 X", "X"),
        ("2026-06-12-x.md", "ADR 2026-06-12: X", "X"),
        ("0007-x.md", "3 ways to pay", "3 ways to pay"),
        ("0003-x.md", "3D models", "3D models"),
        ("x.md", "ADR-0001 — Emdash", "ADR-0001 — Emdash"),  # its number stands nowhere else
    ],
)
def test_a_title_is_shown_without_its_number(tmp_path: Path, name: str, heading: str, title: str) -> None:
    assert one(tmp_path, f"# {heading}\n\n## Status\n\nAccepted\n", name).title == title
    assert one(tmp_path, f"---\ntitle: '{heading}'\nstatus: accepted\n---\n# Other\n", name).title == title


@pytest.mark.parametrize(
    "form",
    [
        "## Status\n\nSuperseded by ADR-018",
        "## Status\n\nSuperseded by ADR 0018 for personal devices, see also [ADR 17](0017-u.md)",
        "## Status\n\nAccepted, Superseded by [ADR 18](0018-w.md)",
        "## Status\n\nSuperseded by `0018-w`",
        "## Status\n\nSuperseded by [[0018-w|D-18]]",
        "## Status\n\nSuperseded by [ADR-18](https://example.org/issues/4)",
        "- **Superseded by:** [ADR-0018](0018-w.md)",
        "- Status: superseded by [ADR-0018](../adr/0018-w.md#decision)",
        "| Superseded by | ADR-18 |\n|---|---|\n| Date | 2024-05-06 |",
        "> **Статус: Superseded by [ADR-018](0018-w.md) (W), 2026-05-29.**",
        "## Estado\n\nReemplazada por [ADR-018](0018-w.md)",
    ],
)
def test_who_takes_the_place_of_a_decision_is_a_relation(tmp_path: Path, form: str) -> None:
    files = {
        "docs/adr/0017-u.md": "# U\n\n## Status\n\nAccepted\n",
        "docs/adr/0018-w.md": "# W\n\n## Status\n\nAccepted\n",
        "docs/adr/0019-v.md": f"# V\n\n{form}\n\n## Decision\n\nd\n",
    }
    project = lint(write_files(tmp_path, files))
    assert told(project) == []
    assert project.catalog.wanted == ()
    found = [
        str(one.target) for each in project.catalog.outgoing.values() for one in each if one.name.startswith("is sup")
    ]
    assert found == ["decision:0018-w"]


@pytest.mark.parametrize(
    "form",
    [
        "## Status\n\nSuperseded by WordPress 6.6 minimum support",
        "| Supersedes | Unresolved portions of ADR-017, ADR-018 |\n|---|---|\n| Status | Accepted |",
        "## Status\n\nPartly superseded by ADR-018",
        "## Status\n\nSuperseded by [#18](https://example.org/issues/18)",
    ],
)
def test_what_is_no_decision_and_what_is_one_in_part_is_no_relation(tmp_path: Path, form: str) -> None:
    record = one(tmp_path, f"# V\n\n{form}\n")
    assert shown(record, "supersedes", "superseded_by") == (None, None)


@pytest.mark.parametrize(
    "written", ["ADR-0002", "ADR-002", "ADR 2", "adr-2", "[ADR-0002]", "ADR-0002-b", "docs/adr/ADR-0002-b.md"]
)
def test_front_matter_names_decisions_by_number_or_file(tmp_path: Path, written: str) -> None:
    files = {
        "docs/adr/ADR-0002-b.md": "---\nstatus: superseded\n---\n# B\n",
        "docs/adr/0003-c.md": f"---\nsupersedes: {written}\n---\n# C\n",
    }
    project = lint(write_files(tmp_path, files))
    assert told(project) == []
    assert [str(one.target) for each in project.catalog.outgoing.values() for one in each] == ["decision:adr-0002-b"]


def test_other_spellings_of_fields_are_read_and_told_once(tmp_path: Path) -> None:
    files = {
        "docs/adr/0002-b.md": "---\nstatus: accepted\nsuperseded-by: null\n---\n# B\n",
        "docs/adr/0003-c.md": "---\nestado: obsoleta\nsuperseded-by: 0002-b\nsupersedes: ''\nfecha: 2026-01-02\n---\n",
    }
    project = lint(write_files(tmp_path, files))
    assert told(project) == []
    records = {str(one): record for one, record in project.catalog.records.items()}
    assert shown(records["decision:0003-c"], "status", "superseded_by", "date") == (
        "deprecated",
        ["0002-b"],
        "2026-01-02",
    )
    assert "superseded-by" not in records["decision:0002-b"].fields


def test_an_old_decision_of_another_form_need_not_say_what_came_after(tmp_path: Path) -> None:
    files = {
        "docs/adr/0001-a.md": "# A\n\n## Status\n\nSuperseded by [ADR-2](0002-b.md)\n",
        "docs/adr/0002-b.md": "# B\n\n## Status\n\nAccepted\n",
    }
    assert told(lint(write_files(tmp_path, files))) == []


def test_what_is_wrong_in_a_decision_of_another_form_is_a_warning(tmp_path: Path) -> None:
    project = lint(write_files(tmp_path, {"docs/adr/0001-a.md": "---\nkind: adr\ncreated: yesterday\n---\n# A\n"}))
    assert [(one.rule, one.severity.value) for one in project.findings] == [
        ("record/unknown-kind", "warning"),
        ("field/format", "warning"),
    ]


def test_in_a_file_of_ours_the_same_is_an_error(tmp_path: Path) -> None:
    text = "---\ncreated: yesterday\nreviewers: []\n---\n# A\n"
    project = lint(
        write_files(tmp_path, {"docs/adr/0001-a.md": text, "docs/adr/0002-b.md": "---\nkind: decison\n---\n# B\n"})
    )
    assert sorted((one.rule, one.severity.value) for one in project.findings) == [
        ("field/format", "error"),
        ("record/unknown-kind", "error"),
    ]


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("# 1. V\n\nDate: 2023-01-01\n\n## Status\n\nAccepted\n\n## Context\n\nWe *do*\nso.\n", "We *do*\nso."),
        ("# 1. V\n\n## Status\n\nAccepted\n\n## Context\n\nWe need one.\n", "We need one."),
        ("# V\n\nStatus: Proposed\nDate: 2023-01-01\n\nBecause of load.\n\n## Decision\n\nX.\n", "Because of load."),
        ("# V\n\n**Status:** Accepted\n\nContext\n=======\n\nIt is slow.\n", "It is slow."),
        ("# V\n\n## Estado\n\nReemplazada por [1](0001-a.md)\n\n## Contexto\n\nFaltan datos.\n", "Faltan datos."),
        ("# V\n\n- Status: accepted\n\nIn short.\n\n## Context\n\nLong.\n", "In short."),
        ("# V\n\n## Status\n\nAccepted\n", ""),
    ],
)  # fmt: skip
def test_a_decision_is_described_by_its_context_and_not_by_its_status(
    tmp_path: Path, text: str, description: str
) -> None:
    assert one(tmp_path, text).description == description


def test_what_prose_states_is_told_where_it_stands(tmp_path: Path) -> None:
    head = "# V\n\n* Status: frobbed\n* Deciders: Jo Doe,\n  Ann Lee\n\n## Context\n\nX.\n"
    found = one(tmp_path / "a", head)
    assert [str(found.source.place((name, 0))) for name in ("decision-makers",)] == ["docs/adr/0019-v.md:4:1"]
    assert found.source.place(("status",)).line == 3
    text = "# V\n\n## Status\n\nAccepted\n\nSuperseded by [18](0018-w.md)\n\n## Deciders\n\n* Bo\n* Jo\n"
    found = read(tmp_path / "b", {"0018-w.md": "# W\n", "0019-v.md": text})["0019-v.md"]
    lines = [found.source.place(path).line for path in (("status",), ("superseded_by", 0), ("decision-makers", 1))]
    assert lines == [7, 7, 11]
