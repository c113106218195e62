"""Intervals, differences and digests: plain data in, plain data out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_handoff.history.history import unasked
from mkdocs_handoff.staleness.covered import covered_digest, covered_files
from mkdocs_handoff.staleness.days import due
from mkdocs_handoff.staleness.differences import differences
from mkdocs_handoff.staleness.material import digest
from mkdocs_handoff.today import DateError, day, moment, today
from tests.projects import write_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("interval", "last"),
    [
        ("1 day", "2026-02-01"),
        ("2 weeks", "2026-02-14"),
        ("1 month", "2026-02-28"),
        ("13 months", "2027-02-28"),
        ("25 months", "2028-02-29"),
        ("1 year", "2027-01-31"),
        ("P6M", "2026-07-31"),
        ("P1Y2M", "2027-03-31"),
        ("P2W", "2026-02-14"),
        ("P1M3D", "2026-03-03"),
        ("9000 years", None),
        ("999999 days", "4763-12-28"),
        ("soon", None),
        ("0 days", None),
        ("P", None),
        ("", None),
    ],
)
def test_an_interval_runs_from_a_day(interval: str, last: str | None) -> None:
    found = due(date(2026, 1, 31), interval)
    assert (found.isoformat() if found else None) == last


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, ["a: was 1, is 2"]),
        ({}, {"a": "x"}, ["a: added x"]),
        ({"a": "x"}, {}, ["a: x removed"]),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [2, 3]}}, ["a.b: was 1, is 3"]),
        ({"a": [1, 2]}, {"a": [2, 1]}, ["a: was another order, is this order"]),
        (
            {"in": [{"name": "x", "type": "int"}, {"name": "y"}]},
            {"in": [{"name": "z"}, {"name": "x", "type": "float"}]},
            ['in[z]: added {"name": "z"}', "in[x].type: was int, is float", 'in[y]: {"name": "y"} removed'],
        ),
        ({"a": "x\n  y"}, {"a": "x z"}, ["a: was x y, is x z"]),
        ({"a": ["w" * 200 + " old"]}, {"a": ["w" * 200 + " new"]}, None),
    ],
)
def test_differences_are_told_field_by_field(before: Any, after: Any, told: list[str] | None) -> None:
    found = [str(one) for one in differences(before, after)]
    if told is None:
        assert found[0].startswith("a: was …w")
        assert found[0].endswith("w new")
        assert "w old, is" in found[0]
    else:
        assert found == told


_PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.text(max_size=3), _PLAIN, max_size=3), st.dictionaries(st.text(max_size=3), _PLAIN, max_size=3)
)
def test_fingerprints_tell_apart_what_differs(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert digest(one) == digest(dict(reversed(one.items())))
    if repr(sorted(map(repr, one.items()))) != repr(sorted(map(repr, other.items()))) and one != other:
        assert digest(one) != digest(other)


def test_a_digest_is_over_paths_and_bytes(tmp_path: Path) -> None:
    write_files(tmp_path, {"src/a.py": "1\n", "src/b/c.py": "2\n", "src/.hidden/d.py": "x", "e.py": "3\n"})

    def held(glob: str) -> dict[str, str]:
        return covered_files(glob, tmp_path, unasked(), ())

    # `git hash-object` gives these names.
    assert held("src/a.py") == {"src/a.py": "d00491fd7e5bb6fa28c517a0bb32b8b506539d4d"}
    assert list(held("src/**")) == list(held("src")) == ["src/a.py", "src/b/c.py"]
    assert list(held("src/*.py")) == ["src/a.py"]
    assert held("../**") == {}
    before = covered_digest(held("src"))
    (tmp_path / "src/a.py").rename(tmp_path / "src/z.py")
    assert covered_digest(held("src")) != before


def test_today_is_given_or_stands_in_the_environment() -> None:
    assert today("2026-01-02", {"SOURCE_DATE_EPOCH": "0"}) == date(2026, 1, 2)
    assert today("", {"SOURCE_DATE_EPOCH": "86400"}) == date(1970, 1, 2)
    for written, environment in (
        ("tomorrow", {}),
        ("", {"SOURCE_DATE_EPOCH": "x"}),
        ("", {"SOURCE_DATE_EPOCH": "9" * 30}),
    ):
        with pytest.raises(DateError):
            today(written, environment)


@given(st.dates())
def test_a_day_ends_with_its_last_second(some: date) -> None:
    assert day(moment(some)) == some
    if some < date.max:
        assert day(moment(some) + 1) > some
