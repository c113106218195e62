"""The trend: a line a day, read back whatever stands around it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.stale.trend import COUNTS, PROGRESS, Point, appended, line, point, read
from mkdocs_handoff.staleness.verdict import Standing, Verdict, Watched

ONE = Point(date(2026, 11, 23), 68, 3, 2, 1, 0, 53, 9, 7, 1, "a" * 40)


def test_a_line_has_its_keys_in_order() -> None:
    assert line(ONE) == (
        '{"day": "2026-11-23", "records": 68, "suspect": 3, "stale": 2, "due": 1, "unknown": 0, "fresh": 53, '
        '"historical": 9, "unwatched": 7, "unowned": 1, "commit": "' + "a" * 40 + '"}'
    )


def test_a_point_counts_standings() -> None:
    standings = [Standing(Identity("model", str(verdict)), verdict) for verdict in Verdict]
    standings.append(Standing(Identity("model", "w"), Verdict.FRESH, watched=Watched(globs=("a",))))
    found = point(standings, date(2026, 1, 2), unowned=4, commit="")
    assert found == Point(date(2026, 1, 2), 7, 1, 1, 1, 1, 2, 1, unwatched=1, unowned=4, commit="")


def test_what_is_written_is_read() -> None:
    later = replace(ONE, day=date(2026, 11, 24), commit="")
    text = f"{line(later)}\n\n{line(ONE)}\r\n"
    assert read(text) == ((ONE, later), ())
    assert read("") == ((), ())
    assert read("\ufeff" + line(ONE))[0] == (ONE,)


def test_of_a_day_that_is_there_twice_the_last_counts() -> None:
    again = replace(ONE, suspect=0)
    assert read(f"{line(ONE)}\n{line(again)}\n") == ((again,), ())


def _with(**fields: object) -> str:
    return json.dumps({**json.loads(line(ONE)), **fields})


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("<<<<<<< HEAD", "is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("9" * 10_000, "is no JSON"),
        ("[]", "is no JSON object"),
        ("null", "is no JSON object"),
        ("{}", "has no `day` written as 2026-11-23"),
        (_with(day="2026-13-01"), "has no `day` written as 2026-11-23"),
        (_with(day=20261123), "has no `day` written as 2026-11-23"),
        (_with(fresh=None), "has no number of `fresh`"),
        (_with(fresh="3"), "has no number of `fresh`"),
        (_with(stale=-1), "has no number of `stale`"),
        (_with(due=True), "has no number of `due`"),
        (_with(commit="<script>"), "has a `commit` that is no commit's name"),
        (_with(commit=None), "has a `commit` that is no commit's name"),
    ],
)
def test_a_broken_line_is_told_and_hides_no_other(written: str, problem: str) -> None:
    points, problems = read(f"{line(ONE)}\n{written}\n{line(ONE)}\n")
    assert points == (ONE,)
    assert [str(one) for one in problems] == [f"line 2 {problem}"]


def test_more_keys_than_we_know_are_passed_over() -> None:
    assert read(_with(more=1)) == ((ONE,), ())


@pytest.mark.parametrize(
    ("held", "after"),
    [
        (b"", b"%s\n"),
        (b"old\n", b"old\n%s\n"),
        (b"old", b"old\n%s\n"),
        (b"old\r\n", b"old\r\n%s\r\n"),
        (b"\xff\xfe \xe2\x80\xa8x\n", b"\xff\xfe \xe2\x80\xa8x\n%s\n"),
        (b"old\n\n", b"old\n\n%s\n"),
    ],
)
def test_a_line_is_added_and_all_else_stays(held: bytes, after: bytes) -> None:
    new = line(ONE).encode()
    added = after.replace(b"%s", new)
    assert appended(held, ONE) == added
    assert appended(added, ONE) == added


def test_a_day_is_replaced_where_it_stands() -> None:
    before, after = replace(ONE, day=date(2026, 11, 22)), replace(ONE, day=date(2026, 11, 24))
    held = "\n".join(map(line, (before, ONE, ONE, after))).encode()
    new = replace(ONE, suspect=9)
    assert appended(held, new) == ("\n".join(map(line, (before, new, after))) + "\n").encode()
    assert appended(b"\xef\xbb\xbf" + line(ONE).encode(), new) == line(new).encode() + b"\n"


_POINTS = st.builds(
    Point,
    st.integers(0, 3).map(lambda days: date(2026, 1, 1) + timedelta(days=days)),
    *[st.integers(0, 9) for _ in COUNTS],
)


@given(st.lists(_POINTS, max_size=8), st.binary(max_size=40))
def test_any_run_of_days_is_read_back(points: list[Point], junk: bytes) -> None:
    held = junk
    for one in points:
        held = appended(held, one)
    kept = held.decode("utf-8", "replace")
    last = {one.day: one for one in points}
    found, _ = read(kept)
    assert list(found) == [last[day] for day in sorted(last)]
    assert held.startswith(junk)


TEAMS = {"all": dict.fromkeys(PROGRESS, 3), "team:risk": {**dict.fromkeys(PROGRESS, 0), "records": 2}}


def test_how_teams_got_on_is_read_back() -> None:
    one = replace(ONE, progress=TEAMS)
    assert read(line(one)) == ((one,), ())
    assert line(one).startswith(line(ONE)[:-1]), "a line of before is the same line, but for its end"


@pytest.mark.parametrize(
    "written", [None, [], 3, {"team:risk": 3}, {"team:risk": {"records": 2}}, {"all": dict.fromkeys(PROGRESS, True)}]
)
def test_what_others_wrote_for_teams_is_passed_over(written: object) -> None:
    assert read(_with(progress=written)) == ((ONE,), ())
