"""Which signatures of a handoff stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.handoffs.handoff import handoffs
from mkdocs_handoff.handoffs.standing import standing, superseded
from mkdocs_handoff.handoffs.targets import number
from tests.projects import lint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]


@pytest.mark.parametrize(
    ("signed", "numbers"),
    [
        ("{role: to, by: Bob, on: 2026-11-20}", [0]),
        ("{role: to, by: Bob, on: 2026-11-20}, {role: to, by: Cho, on: 2026-11-21}", [1]),
        ("{role: to, by: Bob, on: 2026-11-21}, {role: to, by: Cho, on: 2026-11-20}", [0]),
        ("{role: to, by: Bob, on: 2026-11-20}, {role: to, by: Bob, on: 2026-11-20}", [1]),
        ("{role: to, by: Bob, on: 2026-11-20}, {role: to, by: Cho}, {role: to, on: 2026-11-22}", [0]),
        ("{role: to, by: Bob, on: 2026-11-20}, {role: approver, for: to, by: Cho, on: 2026-11-21}", [1]),
        ("{role: to, by: Bob, on: 2026-11-20}, {role: from, by: Ann, on: 2026-11-21}", [1, 0]),
        ("{role: approver, by: Bob, on: 2026-11-20}, {role: form, by: Bob, on: 2026-11-20}", []),
    ],
)
def test_the_newest_of_each_side_stands(write_project: Write, signed: str, numbers: list[int]) -> None:
    text = "title: H\nsubjects: model:churn\nfrom: team:risk\nto: team:retention\nstatus: in-review\n"
    catalog = lint(write_project({"handoffs/h.yml": f"{text}sign_offs: [{signed}]\n"})).catalog
    (of,) = handoffs(catalog)
    found = standing(of.sign_offs)
    assert [one.path[1] for one in found.values()] == numbers
    for one in of.sign_offs:
        if one.by is not None and one.on and one.side in found:
            newest = found[one.side]
            assert superseded(of.sign_offs, one) == (None if one.path == newest.path else newest)
        else:
            assert superseded(of.sign_offs, one) is None


def test_numbers_are_what_is_written() -> None:
    assert str(number(" 0.10 ")) == "0.10"
    assert number("0x1") is None
    assert number(None) is None
