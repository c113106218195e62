"""Thresholds as people write them: what is read, and what is told to be none."""

from __future__ import annotations

import pytest

from mkdocs_handoff.observations.thresholds import Threshold, Unread, figure, threshold


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("above 0.70 or below 0.40", "below 0.4 or above 0.7"),
        ("below 5 % or above 50 %", "below 0.05 or above 0.5"),
        ("above 45", "above 45"),
        ("> 5 %", "above 0.05"),
        (">= 0.9", "at or above 0.9"),
        ("≤ -3.5e2", "at or below -350"),
        ("at or above 0.9", "at or above 0.9"),
        ("fewer than 10, or more than 20.", "below 10 or above 20"),
        ("0.40 to 0.70", "below 0.4 or above 0.7"),
        ("within 5 to 10 %", "below 0.05 or above 0.1"),
        ("0.4\u20130.7", "below 0.4 or above 0.7"),
        ("0.4..0.7", "below 0.4 or above 0.7"),
    ],
)
def test_a_threshold_says_what_crosses_it(written: str, told: str) -> None:
    assert str(threshold(written)) == told


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("more than usual", "no threshold"),
        ("above 5 % on two days", "no threshold"),
        ("", "no threshold"),
        ("at least 0.9", "what is normal and"),
        ("= 3", "what is normal and"),
        (0.05, "which side"),
        ("above 0.4 or below 0.7", "every value"),
        ("0.7 to 0.4", "ends before"),
        ("above 1 or above 2", "no threshold"),
        ("above 1 or >= 2", "one side twice"),
        ("above 5 ms", "no unit that is stated"),
        ("above 1e999", "larger than any"),
        ("nan", "no threshold"),
        ("0,5", "no threshold"),
    ],
)
def test_what_cannot_be_read_is_told_and_not_guessed(written: object, why: str) -> None:
    found = threshold(written)
    assert isinstance(found, Unread)
    assert why in found.why
    assert found.hint


def test_a_percentage_is_a_fraction_unless_the_values_are_percentages() -> None:
    assert threshold("above 5 %").lines == (0.05,)
    assert threshold("above 5 %", unit="%").lines == (5.0,)
    assert threshold("above 200 ms", unit="ms").lines == (200.0,)
    assert isinstance(threshold("above 2 s", unit="ms"), Unread)


def test_the_ordinary_value_tells_the_side_of_a_bare_number() -> None:
    assert str(threshold(0.05, normal=0.02)) == "at or above 0.05"
    assert str(threshold("0.05", normal="6 to 9 %")) == "at or below 0.05"
    assert isinstance(threshold(0.05, normal=0.05), Unread)
    assert str(threshold(0.9, higher_is_better=True)) == "below 0.9"
    assert str(threshold(200, higher_is_better=False)) == "above 200"


def test_a_threshold_that_its_own_ordinary_value_crosses_is_turned_round_by_nobody_but_its_writer() -> None:
    found = threshold(">= 0.9", normal=0.95)
    assert isinstance(found, Unread)
    assert "normal (0.95)" in found.why
    asked = threshold(">= 0.9", higher_is_better=True)
    assert isinstance(asked, Unread)
    assert "below 0.9" in asked.hint


def test_values_at_the_line_and_beyond_it() -> None:
    strict, wide = threshold("below 0.4 or above 0.7"), threshold("<= 0.4")
    assert isinstance(strict, Threshold)
    assert isinstance(wide, Threshold)
    assert [strict.crossed(value) for value in (0.39, 0.4, 0.7, 0.71)] == [True, False, False, True]
    assert [wide.crossed(value) for value in (0.4, 0.41)] == [True, False]
    assert (strict.side(0.8), strict.side(0.1), strict.side(0.5)) == ("above 0.7", "below 0.4", "")


def test_figures() -> None:
    assert [figure(one) for one in (0, 0.5, 1234.56789, 2e9, -1e-7)] == ["0", "0.5", "1234.5679", "2e+09", "-1e-07"]
