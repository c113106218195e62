"""Comments that ignore findings: which they take, and what is told of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.policy.comments import comments
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

CARD = "title: Churn\nlast_reviewed: soon{}\n"


def rules(tmp_path: Path, **files: str) -> list[str]:
    named = {path.replace("__", "/").replace("_yml", ".yml").replace("_md", ".md"): files[path] for path in files}
    return told(lint(write_files(tmp_path, named)))


@pytest.mark.parametrize("separator", [" — ", " – ", " -- ", " - ", ": ", "—"])
def test_a_comment_behind_a_value_takes_its_finding(tmp_path: Path, separator: str) -> None:
    project = lint(
        write_files(tmp_path, {"models/a.yml": CARD.format(f"  # handoff: ignore field/format{separator}of old")})
    )
    assert told(project) == []
    assert [(one.rule, why) for one, why in project.counting.ignored] == [("field/format", "of old")]


@pytest.mark.parametrize(
    "text",
    [
        "title: Churn\n# handoff: ignore field/format — old\nlast_reviewed: soon\n",
        "title: Churn\n# handoff: ignore field/format — old\n# another word\n\nlast_reviewed: soon\n",
        "# handoff: ignore-file field/* — old\ntitle: Churn\nlast_reviewed: soon\n",
        "title: Churn\n# handoff: ignore field/format, field/type — old\nlast_reviewed: soon\nversion: [[1]]\n",
        "title: Churn\r\n# handoff: ignore field/format — old\r\nlast_reviewed: soon\r\n",
    ],
)
def test_a_comment_takes_what_it_speaks_of(tmp_path: Path, text: str) -> None:
    assert "field/format" not in " ".join(rules(tmp_path, models__a_yml=text))


@pytest.mark.parametrize(
    "text",
    [
        "title: Churn\nlast_reviewed: soon\n# handoff: ignore field/format — below\n",
        'title: "# handoff: ignore-file field/format — a text"\nlast_reviewed: soon\n',
        "title: Churn\ndescription: |\n  # handoff: ignore-file field/format — a text\nlast_reviewed: soon\n",
        "title: Churn\n#handoff: ignoring field/format — no such word\nlast_reviewed: soon\n",
    ],
)
def test_what_is_no_such_comment_takes_nothing(tmp_path: Path, text: str) -> None:
    assert any("field/format" in line for line in rules(tmp_path, models__a_yml=text))


@pytest.mark.parametrize(
    "comment",
    ["# handoff: ignore-line field/format — of old", "# handoff: ignored field/format — of old",
     "# Handoff: Ignore field/format — of old", "# HANDOFF:ignore field/format — of old"],
)  # fmt: skip
def test_what_only_looks_like_one_is_told(tmp_path: Path, comment: str) -> None:
    assert rules(tmp_path, models__a_yml=CARD.format("  " + comment)) == [
        "models/a.yml:2:16 field/format",
        "models/a.yml:2:22 ignore/unknown",
    ]


@pytest.mark.parametrize("comment", ["ignore", "ignore-file"])
def test_of_a_family_what_is_locked_is_not_ignored_and_that_is_told(tmp_path: Path, comment: str) -> None:
    text = f"# handoff: {comment} field/* — of old\nlast_reviewed: soon\ntitle: Churn\n"
    project = lint(write_files(tmp_path, {"models/a.yml": text, "handoff.yml": "lock: field/format\n"}))
    assert told(project) == ["models/a.yml:1:1 ignore/refused", "models/a.yml:2:16 field/format"]
    assert project.findings[0].message == "'field/*' does not ignore field/format: handoff.yml locks it"


def test_below_a_block_of_text_a_comment_is_one(tmp_path: Path) -> None:
    text = "title: A\ndescription: |\n  Text.\n# handoff: ignore field/format — old\nlast_reviewed: soon\n"
    assert rules(tmp_path, models__a_yml=text) == []


def test_in_markdown_it_speaks_of_its_line_or_the_next_that_holds_something(tmp_path: Path) -> None:
    text = (
        "# A\n\n<!-- handoff: ignore link/missing — to come -->\n\n[x](no.md)\n\n"
        "[y](none.md) <!-- handoff: ignore link/missing -- to come -->\n\n[z](nothing.md)\n"
    )
    assert rules(tmp_path, models__a_md=text) == ["models/a.md:9:1 link/missing"]


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- handoff: ignore link/missing\n-- to come -->\n",
        "<!--\nhandoff: ignore\n  link/missing,\n  link/outside — to\n  come\n-->\n\n",
        "<!-- handoff: ignore link/missing\n— to come -->\n<!-- handoff: ignore link/outside\n— as well -->\n",
    ],
)
def test_in_markdown_it_may_go_over_several_lines(tmp_path: Path, comment: str) -> None:
    text = f"# A\n\n{comment}[x](no.md)\n\n[y](none.md)\n"
    project = lint(write_files(tmp_path, {"models/a.md": text}))
    assert [(one.rule, why) for one, why in project.counting.ignored] == [("link/missing", "to come")]
    last = text.count("\n")
    assert [one for one in told(project) if "ignore/unused" not in one] == [f"models/a.md:{last}:1 link/missing"]


def test_a_comment_that_nothing_ends_ignores_nothing() -> None:
    assert comments("a.md", "# A\n\n<!-- handoff: ignore link/missing\n\n[x](no.md)\n") == []
    (only,) = comments("a.md", "<!-- handoff: ignore a/b\n<!-- handoff: ignore c/d — e -->\n")
    assert (only.rules, only.place.line) == (("c/d",), 2)


def test_code_that_shows_such_a_comment_is_none(tmp_path: Path) -> None:
    shown = "<!-- handoff: ignore link/missing — shown -->"
    text = f"# A\n\n```html\n{shown}\n```\n\n`{shown}` [x](no.md)\n"
    assert rules(tmp_path, models__a_md=text) == ["models/a.md:7:49 link/missing"]
    assert comments("a.md", text) == []


def test_a_rule_that_is_off_is_no_unused_comment(tmp_path: Path) -> None:
    text = CARD.format("  # handoff: ignore field/format — of old")
    assert rules(tmp_path, models__a_yml=text, handoff_yml="severity: {field/format: off}\n") == []


def test_what_is_demanded_only_at_a_higher_level_is_not_called_unused(tmp_path: Path) -> None:
    write_files(tmp_path, {"models/a.yml": "# handoff: ignore-file field/required — a toy\ntitle: A\n"})
    assert told(lint(tmp_path)) == []
    assert not any("field/required" in line for line in told(lint(tmp_path, "handoff-ready")))


def test_a_file_that_cannot_be_read_is_told_whatever_a_comment_says(tmp_path: Path) -> None:
    text = "# handoff: ignore-file yaml/* — never mind\ntitle: a: b\n"
    assert "models/a.yml:2:9 yaml/syntax" in rules(tmp_path, models__a_yml=text)


def test_a_sidecar_may_hold_one(tmp_path: Path) -> None:
    sidecar = "last_reviewed: soon  # handoff: ignore field/format — old\n"
    files = {"models/a.md": "# A\n", "models/a.md.handoff.yml": sidecar}
    assert told(lint(write_files(tmp_path, files))) == []


def test_comments_are_looked_for_only_where_the_mark_stands(tmp_path: Path) -> None:
    files = {"models/a.yml": CARD.format(""), "models/b.yml": "title: B # handoff: ignore x\n"}
    project = lint(write_files(tmp_path, files))
    assert list(project.records.marked) == ["models/b.yml"]
