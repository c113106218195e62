"""Which decision takes the place of which, as people write it: whole, in part, by link, name or number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.projects import told
from tests.records.decisions import PLAIN, one, read, shown, superseding

if TYPE_CHECKING:
    from pathlib import Path


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
        "Superseded by [18](0018-next.md) (in part)",
        "Superseded by [18](0018-next.md) (partial)",
        "Superseded by ADR-18, in part",
        "Superseded by [18](0018-next.md) (only for the queue)",
        "Superseded by [18](0018-next.md) (Only the queue)",
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
        "Accepted. Supersedes ADR-0018 (as seen from here; its queue only; see below).",
        "Accepted. Supersedes ADR-0018 for queues only.",
        "Accepted. Supersedes ADR-0018 (part of it).",
        "Accepted. Supersedes ADR-0018 in part.",
    ],
)
def test_what_supersedes_another_in_part_is_no_relation(tmp_path: Path, line: str) -> None:
    project, record = read(tmp_path, f"# V\n\n## Status\n\n{line}\n\n## Decision\n", **{"0018-next": PLAIN})
    assert told(project) == []
    assert shown(record, "status", "supersedes") == ("accepted", None)


@pytest.mark.parametrize(
    "status",
    [
        "Superseded by [ADR-18](0018-next.md) (read-only mode)",
        "Superseded by ADR-18 (Partial indexes)",
        "Superseded by ADR-18 (the only one left)",
        "Superseded by ADR-18 (Only one database)",
        "Superseded by ADR-18 Partial indexes",
        "Superseded (by ADR-18)",
        "Replaced (by [18](0018-next.md))",
    ],
)
def test_what_a_title_says_of_parts_restricts_nothing(tmp_path: Path, status: str) -> None:
    project, record = read(tmp_path, f"# V\n\n## Status\n\n{status}\n\n## Decision\n", **{"0018-next": PLAIN})
    assert record.get("status") == "superseded"
    assert superseding(project) == [("is superseded by", "0018-next")]


def test_what_becomes_of_parts_is_no_restriction(tmp_path: Path) -> None:
    _, record = read(tmp_path, "# V\n\n## Status\n\nSuperseded, parts of it moved to ADR-18\n")
    assert record.get("status") == "superseded"


@pytest.mark.parametrize("called", ["[ADR-18](0018-next.md) (Append-only log)", "ADR-18 Partial indexes"])
def test_what_is_called_after_parts_is_superseded_whole(tmp_path: Path, called: str) -> None:
    text = f"# V\n\n- Status: accepted\n- Supersedes: {called}\n\n## Decision\n"
    project, _ = read(tmp_path, text, **{"0018-next": PLAIN})
    assert superseding(project) == [("supersedes", "0018-next")]


def test_what_another_clause_restricts_is_superseded_whole(tmp_path: Path) -> None:
    text = "# V\n\n## Status\n\nSuperseded by [18](0018-next.md). Only the queue stays.\n"
    project, _ = read(tmp_path, text, **{"0018-next": PLAIN})
    assert superseding(project) == [("is superseded by", "0018-next")]


def test_words_for_what_is_superseded_are_words(tmp_path: Path) -> None:
    record = one(tmp_path, "---\nstatus: accepted\nsupersedes: docs/old.md (the plan of 2026-04-17)\n---\n# V\n")
    assert record.get("supersedes") == ["docs/old.md (the plan of 2026-04-17)"]
