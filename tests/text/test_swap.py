"""One scalar in another's place, and dates that mean one day."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.days import iso
from mkdocs_handoff.text.near import nearest, only_near, slip
from mkdocs_handoff.text.swap import swap

_WORDS = st.text("ab c:#'\"[]{},-é&*!|>%@0", min_size=1, max_size=8)
_VALUES = st.recursive(
    _WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=3),
    max_leaves=8,
)


def written(value: object, flow: bool) -> str:
    """Write a value as YAML: in brackets, or with every item on a line of its own."""
    if isinstance(value, dict):
        inner = [f"{key}: {written(item, True)}" for key, item in value.items()]
        return "{" + ", ".join(inner) + "}" if flow else "".join(f"{line} # c\n" for line in inner) or "{}\n"
    if isinstance(value, list):
        return "[" + ", ".join(written(item, True) for item in value) + "]"
    return (
        "'" + str(value).replace("'", "''") + "'" if len(str(value)) % 2 else '"' + str(value).replace('"', '\\"') + '"'
    )


def paths(value: object, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [path for step, item in pairs for path in paths(item, (*way, step))]
    return [way]


def put(value: object, path: tuple[str | int, ...], new: str) -> object:
    if not path:
        return new
    if isinstance(value, dict):
        return {key: put(item, path[1:], new) if key == path[0] else item for key, item in value.items()}
    assert isinstance(value, list)
    return [put(item, path[1:], new) if number == path[0] else item for number, item in enumerate(value)]


@given(st.dictionaries(st.sampled_from("xyz"), _VALUES, min_size=1, max_size=3), _WORDS, st.data())
@settings(max_examples=150, deadline=None)
def test_a_swap_changes_that_scalar_and_no_other_byte(value: dict[str, object], new: str, data: st.DataObject) -> None:
    text = written(value, flow=False)
    places = paths(value)
    if not places:
        return
    path = data.draw(st.sampled_from(places))
    was: object = value
    for step in path:
        was = was[step]  # type: ignore[index]
    found = swap(text, 0, path, str(was), new)
    assert found is not None
    lines = text.split("\n")
    line = lines[found.line - 1]
    assert line.startswith(found.old, found.column - 1)
    lines[found.line - 1] = line[: found.column - 1] + found.new + line[found.column - 1 + len(found.old) :]
    reading = yaml.read("\n".join(lines))
    assert not reading.problems
    assert reading.documents == (put(value, path, new),)


@pytest.mark.parametrize(
    ("text", "path", "was"),
    [
        ("a: *x\n", ("a",), "x"),
        ("b: &x 1\na: *x\n", ("a",), "1"), ("a: &x 1\n", ("a",), "1"),
        ("a: |\n  1\n", ("a",), "1\n"),
        ("a: 1\n  2\n", ("a",), "1 2"), ("a: 1\n", ("a",), "2"), ("a: 1\n", ("b",), "1"), ("a: [1]\n", ("a",), "1"),
        ("<<: {a: 1}\n", ("a",), "1"), ("a: 1\na: 1\n", ("a",), "1"), ("a: !x 1\n", ("a",), "1"), ("a: 1\n", (), "1"),
        ("a: 1\n", ("a", 1), "1"), ("a:\n", ("a",), ""),
    ],
)  # fmt: skip
def test_what_is_not_one_scalar_written_there_is_not_swapped(text: str, path: tuple[str | int, ...], was: str) -> None:
    assert swap(text, 0, path, was, "n") is None


def test_a_key_is_renamed_unless_the_mapping_has_the_new_one() -> None:
    assert swap("a: 1\n'b': 2\n", 0, ("b",), "b", "c", key=True) == (2, 1, "'b'", "'c'")
    assert swap("a: 1\nb: 2\n", 0, ("b",), "b", "a", key=True) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026/11/3", "2026-11-03"), ("2026-1-2", "2026-01-02"), ("2026.11.03", "2026-11-03"),
        ("23/11/2026", "2026-11-23"),
        ("11/23/2026", "2026-11-23"), ("3.3.2026", "2026-03-03"),
        ("3 November 2026", "2026-11-03"), ("Nov 3, 2026", "2026-11-03"),
        ("3rd Sept. 2026", "2026-09-03"), ("03/04/2026", ""), ("2026/13/3", ""),
        ("2026/2/30", ""), ("2026/11-3", ""), ("26/11/3", ""),
        ("soon", ""), ("3 Brumaire 2026", ""), ("2026-11", ""), ("", ""),
        ("2026/11/3 10:00", ""), ("0000/1/1", ""), ("\u0662\u0660\u0662\u0666/11/3", ""),
    ],
)  # fmt: skip
def test_a_date_is_read_only_where_it_means_one_day(text: str, day: str) -> None:
    assert iso(text) == day


def test_only_one_near_name_is_a_sure_one() -> None:
    assert only_near("limitatons", ("limitations", "title")) == "limitations"
    assert only_near("churn-evnts", ("churn-events", "churn-event")) == ""
    assert nearest("churn-evnts", ("churn-events", "churn-event"))
    assert only_near("Churn_Events", ("churn-events",)) == "churn-events"
    assert only_near("abc", ("abd",)) == ""


@pytest.mark.parametrize(
    ("name", "other", "sure"),
    [
        ("split-b", "split-a", False),
        ("customers-us", "customers-uk", False),
        ("sales-jun", "sales-jan", False),
        ("sales-mar", "sales-mai", False),
        ("orders-row", "orders-raw", False),
        ("team-b", "team-a", False),
        ("model-v2", "model-v3", False),
        ("churn-evenst", "churn-events", True),
        ("churn-envts-modle", "churn-events-model", False),
        ("churn-evnts-modle", "churn-events-model", True),
        ("rsik", "risk", True),
        ("rsk", "risk", False),
        ("Churn_Events", "churn-events", True),
        ("churnevents", "churn-events", True),
        ("churn", "churn-events", False),
    ],
)
def test_only_a_sure_slip_is_mended_or_wrong(name: str, other: str, *, sure: bool) -> None:
    assert slip(name, other) is sure
    assert (only_near(name, (other, "zzzzzz")) == other) is sure
