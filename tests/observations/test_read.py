"""Files of observations: what is read of them, and what is told of what is not."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_handoff.observations.files import MAX_BYTES, Head, head_of
from mkdocs_handoff.observations.read import Reading, read
from mkdocs_handoff.observations.sources import Observations, observations
from tests.projects import lint, write_files

if TYPE_CHECKING:
    from pathlib import Path


def seconds(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def reading(root: Path, text: str | bytes, name: str = "a.csv", **asked: Any) -> Reading:
    write_files(root, {name: text})
    return read(root, Observations((), name, name, **asked))


def values(found: Reading) -> dict[str, list[float]]:
    return {one.metric: list(one.values) for one in found.series}


def told(found: Reading) -> list[str]:
    return [str(one) for one in found.problems]


def test_a_column_of_times_and_one_for_each_metric(tmp_path: Path) -> None:
    found = reading(tmp_path, "time,accuracy,flagged\n2026-11-01,0.9,\n2026-11-02T06:30:00+02:00,0.8,0.03\n")
    assert values(found) == {"accuracy": [0.9, 0.8], "flagged": [0.03]}
    assert list(found.series[0].times) == [seconds("2026-11-01"), seconds("2026-11-02T04:30")]
    assert told(found) == []


@pytest.mark.parametrize(
    "cell", ["2026-11-01", "2026-11-01T00:00:00Z", "2026-11-01 00:00", "20261101", "1793491200", "1793491200000"]
)
def test_times_without_a_zone_are_utc(tmp_path: Path, cell: str) -> None:
    found = reading(tmp_path, f"Date,a\n{cell},1\n")
    assert list(found.series[0].times) == [seconds("2026-11-01")]


def test_json_lines_with_numbers_text_and_nothing(tmp_path: Path) -> None:
    rows = [{"time": 1793491200, "a": 1}, {"time": "2026-11-02", "a": "2.5", "b": 3}, {"time": "2026-11-03", "a": None}]
    text = "\n".join(map(json.dumps, rows)) + "\n\n"
    found = reading(tmp_path, text, "a.jsonl")
    assert values(found) == {"a": [1.0, 2.5], "b": [3.0]}
    assert told(found) == []


def test_a_metric_that_a_job_measures_only_later_is_read(tmp_path: Path) -> None:
    early = "".join(f'{{"time": {86400 * day}, "a": 1}}\n' for day in range(200))
    found = reading(tmp_path, early + '{"time": 86400000, "b": 2}\n', "a.ndjson")
    assert values(found)["b"] == [2.0]


def test_rows_of_one_value_each(tmp_path: Path) -> None:
    text = "at,metric,value\n2026-11-01,auc,0.9\n2026-11-01,p95,120\n2026-11-02,auc,0.8\n2026-11-02,,1\n"
    found = reading(tmp_path, text, time="at", metric="metric")
    assert values(found) == {"auc": [0.9, 0.8], "p95": [120.0]}
    assert told(found) == ["a.csv:5 names no metric"]
    chosen = reading(tmp_path, text, time="at", metric="metric", columns={"AUC": "auc", "gone": "x"})
    assert values(chosen) == {"AUC": [0.9, 0.8]}
    assert told(chosen) == ["a.csv names no 'x' in 'metric'"]


def test_rows_and_columns_are_chosen(tmp_path: Path) -> None:
    text = "date,scanner,ok\n2026-11-01,1,0.5\n2026-11-01,3,0.7\n2026-11-02,3,0.6\n"
    found = reading(tmp_path, text, where={"scanner": "3"}, columns={"share accepted": "ok"})
    assert values(found) == {"share accepted": [0.7, 0.6]}
    assert told(found) == []
    rows = '{"date": "2026-11-01", "live": true, "ok": 1}\n{"date": "2026-11-02", "live": false, "ok": 2}\n'
    assert values(reading(tmp_path, rows, "a.jsonl", where={"live": "true"})) == {"ok": [1.0]}


def test_bad_rows_are_told_with_their_lines_and_left_out(tmp_path: Path) -> None:
    text = (
        "time,a\n2026-11-01,1\nyesterday,2\n2026-11-03,0,9\n2026-11-04,n/a\n2026-11-05,NaN\n2026-11-06,inf\n"
        "2026-11-07,1_0\n2026-13-01,2\n2026-11-08\n2026-11-09,3\n"
    )
    found = reading(tmp_path, text)
    assert values(found) == {"a": [1.0, 3.0]}
    assert told(found) == [
        "a.csv:3 has no time that is one: 'yesterday'",
        "a.csv:4 has 3 cells, and the header has 2",
        "a.csv:9 has no time that is one: '2026-13-01'",
        "a.csv has 1 more row of which no value was read",
        "a.csv:5 has no number for 'a': 'n/a'",
        "a.csv:6 has no number for 'a': 'NaN'",
        "a.csv:7 has no number for 'a': 'inf'",
        "a.csv has 1 more row of which no value was read",
    ]


def test_bad_lines_of_json_are_told(tmp_path: Path) -> None:
    deep = "[" * 100_000
    rows = [
        '{"time": "2026-11-01", "a": 1}',
        '{"time": ',
        "[1]",
        deep,
        '{"time": true, "a": NaN}',
        '{"time": 1, "a": true}',
    ]
    text = "\n".join(rows)
    found = reading(tmp_path, text, "a.jsonl")
    assert values(found) == {"a": [1.0]}
    assert [line.split(" ")[0] for line in told(found)] == [
        "a.jsonl:2",
        "a.jsonl:3",
        "a.jsonl:4",
        "a.jsonl",
        "a.jsonl:6",
    ]


def test_rows_out_of_order_and_twice(tmp_path: Path) -> None:
    found = reading(tmp_path, "time,a\n2026-11-03,3\n2026-11-01,1\n2026-11-03,4\n")
    assert values(found) == {"a": [1.0, 4.0]}
    assert told(found) == [
        "a.csv:3 is earlier than the row before it ('a'): rows are put in order",
        "a.csv:4 is of a time that has been ('a'): 1 row like it, and the last of each time counts",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "a.csv is empty"),
        (" \n\n", "a.csv is empty"),
        ("time,a\n", "a.csv holds no values"),
        ("day,a\n2026-11-01,1\n", "a.csv:1 has no column time or date or timestamp"),
        ("time,a\n2026-11-01,\n", "a.csv holds no values"),
        ('time,a\n2026-11-01,"1\n', "a.csv:2 is not valid CSV: unexpected end of data"),
        (b"time,a\n2026-11-01,\xff\n", "a.csv:2 is not UTF-8: byte 0xff"),
        (b"\xff\xfet\x00", "a.csv is UTF-16, and records are UTF-8"),
        ("time,a\n<<<<<<< ours\n2026-11-01,1\n", "a.csv:2 holds an unresolved merge conflict"),
    ],
)
def test_files_that_hold_nothing(tmp_path: Path, text: str | bytes, problem: str) -> None:
    found = reading(tmp_path, text)
    assert found.series == ()
    assert told(found)[0].replace(":1 is UTF-16", " is UTF-16") == problem


def test_a_column_of_names_is_no_metric_unless_it_is_asked_for(tmp_path: Path) -> None:
    text = "time;a;who\n2026-11-01;1;ann\n"
    found = reading(tmp_path, text)
    assert values(found) == {"a": [1.0]}
    assert told(found) == ["a.csv has no numbers in 'who': no metric was read there"]
    asked = reading(tmp_path, text, columns={"who": "who"})
    assert told(asked) == ["a.csv:2 has no number for 'who': 'ann'"]


def test_many_metrics_and_one_column_twice(tmp_path: Path) -> None:
    names = [f"m{number}" for number in range(30)]
    found = reading(tmp_path, f"time,{','.join(names)},m0\n2026-11-01{',1' * 31}\n")
    assert len(found.series) == 24
    assert told(found) == [
        "a.csv:1 has more than one column 'm0': the first counts",
        "a.csv has 30 metrics, and 24 are read: name those that matter under `columns`",
    ]


def test_nothing_outside_the_project_is_read(tmp_path: Path) -> None:
    write_files(tmp_path, {"out.csv": "time,a\n2026-11-01,1\n", "in/x": ""})
    (tmp_path / "in" / "a.csv").symlink_to("../out.csv")
    found = read(tmp_path / "in", Observations((), "a.csv", "a.csv"))
    assert (found.series, told(found)) == ((), ["a.csv is a link to a place outside the project"])


@pytest.mark.parametrize(
    "time",
    ["202611231000", "2026112310", "20261123100000", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00", "1e20"],
)
def test_a_time_that_would_be_read_as_another_or_is_none_is_refused(tmp_path: Path, time: str) -> None:
    write_files(tmp_path, {"a.csv": f"time,a\n{time},1\n2026-11-23,2\n", "a.jsonl": f'{{"time": "{time}", "a": 1}}\n'})
    found = read(tmp_path, Observations((), "a.csv", "a.csv"))
    assert told(found) == [f"a.csv:2 has no time that is one: {time!r}"]
    assert list(found.series[0].values) == [2]
    assert not read(tmp_path, Observations((), "a.jsonl", "a.jsonl")).series


@pytest.mark.parametrize("time", ["20261123", "1795392000", "1795392000000", "1795392000.0", "2026-11-23T00:00:00Z"])
def test_days_and_seconds_and_milliseconds_are_times(tmp_path: Path, time: str) -> None:
    write_files(tmp_path, {"a.csv": f"time,a\n{time},1\n"})
    (series,) = read(tmp_path, Observations((), "a.csv", "a.csv")).series
    assert list(series.times) == [1795392000]


def test_only_the_beginning_of_a_file_is_looked_at_for_its_columns(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.csv": "time,a\n" + "2026-11-01,é\n" * 20_000, "b.csv": b"x" * (MAX_BYTES + 1)})
    assert head_of(tmp_path, "a.csv") == Head(("time", "a"), ",")
    assert "32.0 MB" in head_of(tmp_path, "b.csv").message


def test_a_hundred_thousand_rows_are_read_in_well_under_a_second(tmp_path: Path) -> None:
    rows = "".join(f"{1_700_000_000 + 60 * row},{row % 97}\n" for row in range(100_000))
    write_files(tmp_path, {"a.csv": "time,a\n" + rows.replace("\n", ".5\n")})
    before = time.process_time()
    found = read(tmp_path, Observations((), "a.csv", "a.csv"))
    assert len(found.series[0].values) == 100_000
    assert time.process_time() - before < 1


@given(st.text('time,a;\t\n"{}[]:0123456789-.eNn \x00\u00e9', max_size=80), st.sampled_from(["a.csv", "a.jsonl"]))
def test_no_file_breaks_the_reader(tmp_path: Path, text: str, name: str) -> None:
    for whole in (text, f"time,a\n{text}", f'{{"time": "2026-11-01", "a": 1}}\n{text}'):
        found = reading(tmp_path, whole, name)
        assert found.series or found.problems
        for one in found.series:
            assert all(before < after for before, after in pairwise(one.times))
            assert len(one.times) == len(one.values)


def test_half_a_character_can_be_written_all_the_same(tmp_path: Path) -> None:
    found = reading(tmp_path, '{"time": "2026-11-01", "\\ud800": 1}\n', "a.jsonl")
    assert [one.metric.encode() for one in found.series] == [b"\xef\xbf\xbd" * 3]


def test_the_field_in_all_its_forms(tmp_path: Path) -> None:
    write_files(
        tmp_path,
        {
            "models/a.yml": "title: A\nobservations: o/a.csv\n",
            "models/b.yml": "title: B\nobservations:\n"
            "  - {file: ./b.csv, columns: [x], where: {n: 3}, unit: ms}\n  - {title: t}\n",
            "o/a.csv": "time,x\n",
            "models/b.csv": "time,x,n\n",
        },
    )
    project = lint(tmp_path)
    assert [finding.rule for finding in project.findings] == ["field/required"]
    one, other = (observations(record) for record in project.catalog.of_kind("model"))
    assert [(each.file, dict(each.columns)) for each in one] == [("o/a.csv", {})]
    assert [(each.file, dict(each.columns), dict(each.where), each.unit) for each in other] == [
        ("models/b.csv", {"x": "x"}, {"n": "3"}, "ms")
    ]
