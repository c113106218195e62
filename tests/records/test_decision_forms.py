"""Decisions in forms of which each is rare: none of them loses what it says, and none says what it does not."""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.findings import Severity
from mkdocs_handoff.records.dialects.adapted import Adapted
from mkdocs_handoff.records.dialects.decisions import decision
from mkdocs_handoff.records.markdown import parse
from tests.records.decisions import PLAIN, one, read, shown

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "text",
    [
        "- Status: accepted\n- Supersedes: " + " ".join(f"ADR-{one}" for one in range(10_000)),
        "- Status: accepted\n- Supersedes: ADR-1 " + "(" * 30_000,
        "- Status: accepted\n- Supersedes: [[" + "a" * 50_000,
        "![x](https://img.shields.io/badge/status-" + "_" * 50_000 + ")",
        "![x](https://img.shields.io/badge/status-" + "--" * 50_000 + "(",
        "## Metadata\n\n" + "- Status: accepted\n" * 19_000,
    ],
)
def test_what_is_long_takes_no_longer_than_it_is(text: str) -> None:
    adapted = Adapted({})
    body = parse(f"# V\n\n{text}\n", 1)
    began = process_time()
    decision(adapted, body, "docs/adr/0001-v.md")
    assert process_time() - began < 3
    assert adapted.fields["status"] in ("accepted", "not-stated")


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
        *(
            (f"[{one}]", None)
            for one in ("TBC", "N/A", "None", "Pending", "Author", "Team", "Owner", "@handle", "Date")
        ),
        ("[Reviewer 1, Reviewer 2]", None),
        ("[First Last, First Last]", None),
        ("[X, Y, Z]", None),
        ("[GitHub handle]", None),
        ("[Not applicable]", None),
        ("[Platform Team, Data Members]", ["Platform Team", "Data Members"]),
        ("[ML Stakeholders, Ann]", ["ML Stakeholders", "Ann"]),
        ("[Ann Lee, Your name]", ["Ann Lee"]),
        ("[Architecture Team]", ["Architecture Team"]),
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
        ("Accepted on 2026-09-04", "2026-09-04"),
        ("Aceptada el 2026-09-04", "2026-09-04"),
        ("已接受，2026-09-04", "2026-09-04"),
        ("Accepted until 2027-01-01", None),
        ("Accepted, expires 2027-01-01", None),
        ("Accepted (revisit 2027-01-01)", None),
        ("Proposed for 2027-01-01", None),
        ("Rejected before 2020-01-01", None),
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
        "# V\n\n| Status | Created | Accepted |\n|---|---|---|\n| Accepted | 2026-01-01 | 2026-05-09 |\n",
        "---\nstatus: accepted\ncreated-on: 2026-01-01\naccepted: 2026-05-09\n---\n# V\n",
        "# V\n\n- Status: accepted\n- Accepted: until 2030-01-01\n- Created: 2026-05-09\n",
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
        ("Dead (2026-01-01)", "rejected"),
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


@pytest.mark.parametrize(
    "badge",
    [
        "![Build status](https://img.shields.io/badge/status-passing-green)",
        "![CI](https://img.shields.io/badge/Status-failing-red)",
        "![project status](https://img.shields.io/badge/status-active-green)",
        "Status: the field that a job writes.",
    ],
)
def test_a_status_that_is_none_takes_no_place_of_one(tmp_path: Path, badge: str) -> None:
    _, record = read(tmp_path, f"# V\n\n{badge}\n\n## Status\n\nProposed\n\n## Context\n\nC\n")
    assert shown(record, "status", "status_raw") == ("proposed", "Proposed")


@pytest.mark.parametrize("words", ["Dead letter queue", "Recommended against"])
def test_words_that_only_begin_like_a_status_are_none(tmp_path: Path, words: str) -> None:
    project, record = read(tmp_path, f"# V\n\n## Status\n\n{words}\n")
    assert record.get("status") == words.lower()
    assert [one.rule for one in project.findings] == ["decision/status"]


def test_words_that_are_no_status_are_told_where_no_other_is(tmp_path: Path) -> None:
    _, record = read(tmp_path, "# V\n\nStatus: shipped\n\n## Status\n\n## Context\n\nC\n")
    assert record.get("status") == "shipped"
