"""The YAML reader: text as written, right places, nothing that brings it down, and one answer from both parsers."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkdocs_handoff.records.documents import MARKDOWN
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.yaml import Plain
from tests.projects import EXAMPLES


def with_ruamel(text: str, monkeypatch: pytest.MonkeyPatch) -> yaml.Reading:
    with monkeypatch.context() as patch:
        patch.setattr(yaml, "_libyaml", lambda: None)
        yaml._nodes.cache_clear()
        reading = yaml.read(text)
    yaml._nodes.cache_clear()
    return reading


def shape(value: Any) -> Any:
    """Return a value with its types, so that `Plain("1")` and `"1"` differ."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return type(value).__name__, value


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(inner for key, item in items for inner in paths(item, (*path, key)))]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def places(text: str, reading: yaml.Reading) -> list[tuple[int, tuple[Any, ...], bool, tuple[int, int]]]:
    """Return the places of all values and keys; where nothing is written, nothing stands at a place."""
    return [
        (number, path, key, yaml.locate(text, number, path, key=key))
        for number, document in enumerate(reading.documents)
        for path in paths(document)[:300]
        for key in (False, True)
        if key or at(document, path) is not None
    ]


def same_from_both(text: str, monkeypatch: pytest.MonkeyPatch) -> yaml.Reading:
    """Hold the two parsers to the same values, places and rules of problems; return what they read."""
    fast = yaml.read(text)
    fast_places = places(text, fast)
    with monkeypatch.context() as patch:
        patch.setattr(yaml, "_libyaml", lambda: None)
        yaml._nodes.cache_clear()
        slow = yaml.read(text)
        slow_places = places(text, slow)
    yaml._nodes.cache_clear()
    assert shape(list(fast.documents)) == shape(list(slow.documents))
    assert [problem.rule for problem in fast.problems] == [problem.rule for problem in slow.problems]
    if text.strip() != "---":
        assert fast_places == slow_places
    return fast


FIXTURES = sorted(path for path in EXAMPLES.rglob("*") if path.suffix in (".yml", ".yaml", *MARKDOWN))


def yaml_of(path: Any) -> str | None:
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    if path.suffix in MARKDOWN:
        parts = text.split("---\n", 2)
        return parts[1] if len(parts) == 3 and not parts[0].strip() else None
    return text


def test_both_parsers_read_all_fixtures_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for text in map(yaml_of, FIXTURES) if text is not None]
    assert len(texts) > 100
    for text in texts:
        same_from_both(text, monkeypatch)


ODD = {
    "empty": "",
    "comment": "# only a comment\n",
    "directive 1.1": "%YAML 1.1\n---\na: no\nb: 017\n",
    "directive 1.2": "%YAML 1.2\n---\na: no\n",
    "tags": 'a: !!python/object/apply:os.system ["x"]\nb: !foo bar\nc: !!int "3"\nd: !ENV [A, b]\n',
    "merge": "b: &b {x: 1, y: 2}\na:\n  <<: *b\n  y: 3\nc: {<<: [*b, {z: 1}], w: 4}\nd: {'<<': e}\n",
    "recursive": "&a [*a]\n",
    "recursive mapping": "&a {b: *a}\n",
    "recursive merge": "a: b\n---\n&a {<<: *a, b: 1}\n",
    "two anchors of a name": "a: &a b\nc: &a d\ne: *a\n",
    "no such anchor": "a: *x\n",
    "set": "? a\n? b\n",
    "key that is a list": "? [a]\n: b\nc: d\n",
    "key that is nothing": "? \n: x\n",
    "emoji": '"😀": 😀 # x\n日本: 語\n',
    "line separators": "a: b\u2028c\nd: b\x85c: d\n",
    "byte-order mark inside": "a: \ufeffb\n",
    "block scalars": "a: |\n  x\n  y\nb: >-\n  c\n  d\ne: |4\n    f\n",
    "numbers": f"a: 0o17\nb: 0x1F\nc: 1_000\nd: 1e999\ne: {'9' * 400}\nf: .5\ng: +.inf\nh: .nan\ni: 007\n",
    "windows": "a: b\r\nc: d\r\n",
    "old mac": "a: b\rc: d\r",
    "several": "a: b\n---\n- c\n...\n---\n",
    "half broken": "a: b\n---\nc: d: e\n",
    "aliases": "a: &x {b: [1, 2]}\nc: *x\nd: [*x, *x]\n",
    "quoted keys": "\"a\": 1\n'b': 2\n",
    "deep": "a: " + "[" * 150 + "]" * 150,
    "dedent": "a:\n    b: 1\n  c: 2\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_both_parsers_read_odd_texts_alike(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    same_from_both(text, monkeypatch)


WORDS = st.text(
    alphabet=st.characters(
        codec="utf-8", exclude_characters="\t\r\x85\ufeff\x7f", exclude_categories=["Cs", "Cc", "Cn", "Co"]
    ),
    max_size=12,
)
SCALARS = st.one_of(
    st.sampled_from(
        ["no", "1.10", "007", "~", "null", "true", "2026-11-23", "0x1F", "1e3", "-", "a: b", "#x", "{{ x }}"]
    ),
    st.integers().map(str),
    WORDS,
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def written(value: Any, draw: st.DrawFn, depth: int = 0, *, flow: bool = False) -> str:
    """Write a value as YAML in one of the many ways: block or flow, quoted so or so."""
    if isinstance(value, str):
        plain = value.isascii() and value.replace(".", "").replace("-", "").isalnum() and value[:1].isalnum()
        style = draw(st.sampled_from(["double", "single", "plain" if plain else "double"]))
        return (
            value if style == "plain" else quoted(value) if style == "double" else "'" + value.replace("'", "''") + "'"
        )
    if not value or flow or draw(st.booleans()):
        if isinstance(value, list):
            return "[" + ", ".join(written(item, draw, flow=True) for item in value) + "]"
        return "{" + ", ".join(f"{quoted(key)}: {written(item, draw, flow=True)}" for key, item in value.items()) + "}"
    indent = "  " * depth
    if isinstance(value, list):
        lines = [f"\n{indent}- {written(item, draw, depth + 1)}" for item in value]
    else:
        lines = [f"\n{indent}{quoted(key)}: {written(item, draw, depth + 1)}" for key, item in value.items()]
    return "".join(lines)


@st.composite
def texts(draw: st.DrawFn) -> str:
    value = draw(st.dictionaries(WORDS, VALUES, min_size=1, max_size=4))
    return draw(st.sampled_from(["", "# a comment\n", "---\n"])) + written(value, draw).lstrip("\n") + "\n"


@given(text=texts())
def test_both_parsers_read_generated_texts_alike(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        reading = same_from_both(text, patch)
    assert [problem.rule for problem in reading.problems if problem.rule != "yaml/duplicate-key"] == []


@given(text=st.text(alphabet="ab:-?[]{}#&*!|>'\"%@` \n,~<1.", max_size=60))
def test_no_text_brings_the_reader_down(text: str) -> None:
    reading = yaml.read(text)
    for number, document in enumerate(reading.documents):
        for path in paths(document)[:50]:
            line, column = yaml.locate(text, number, path)
            assert 1 <= line <= text.count("\n") + 2
            assert column >= 1


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("version: 1.10", Plain("1.10")),
        ("version: 007", Plain("007")),
        ("date: 2026-11-23", Plain("2026-11-23")),
        ("date: 2026-13-45", Plain("2026-13-45")),
        ("sum: 0012345678901234567890", Plain("0012345678901234567890")),
        ("no: no", Plain("no")),
        ("time: 12:30:45", Plain("12:30:45")),
        ("quoted: '1.10'", "1.10"),
        ("tilde: ~", None),
        ("nothing:", None),
        ("underscores: 1_000", Plain("1_000")),
    ],
)
def test_scalars_keep_their_text(written: str, read: object) -> None:
    (document,) = yaml.read(written).documents
    (value,) = document.values()
    assert value == read
    assert type(value) is type(read)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.10", 1.1), ("007", 7), ("-3", -3), ("0x1F", 31), ("0o17", 15), ("1e3", 1000.0), (".5", 0.5),
        ("1e999", None), ("9" * 400, None), ("-1e999", None), ("1_000", None), ("", None), ("1.2.3", None), ("٣", None),
    ],
)  # fmt: skip
def test_numbers_are_those_of_yaml_1_2_that_a_double_can_hold(text: str, number: float | None) -> None:
    assert Plain(text).number() == number


def test_keys_of_a_merge_stand_where_they_are_written() -> None:
    text = "base: &b\n  x: 1\nmodel:\n  <<: *b\n  y: 2\n"
    (document,) = yaml.read(text).documents
    assert document["model"] == {"x": "1", "y": "2"}
    assert yaml.locate(text, 0, ("model", "x")) == (2, 6)
    assert yaml.locate(text, 0, ("model", "y"), key=True) == (5, 3)


def test_the_place_of_what_is_not_there_is_that_of_the_nearest_thing_around_it() -> None:
    text = "a:\n  - b: 1\n"
    assert yaml.locate(text, 0, ("a", 0, "c", "d")) == (2, 5)
    assert yaml.locate(text, 0, ("a", 9)) == (2, 3)
    assert yaml.locate(text, 7, ("a",)) == (1, 1)


def test_the_first_item_of_one_value_is_that_value() -> None:
    assert yaml.locate("a:\n  ref: b\n", 0, ("a", 0, "ref")) == (2, 8)


HEAVY = {
    "flow": "a: " + "[" * 200_000,
    "closed flow": "a: " + "[" * 200_000 + "]" * 200_000,
    "flow mappings": "{a: " * 200_000,
    "block": "- " * 200_000,
    "questions": "? " * 200_000,
    "deeper and deeper": "\n".join(" " * level + "a:" for level in range(2000)),
    "alias bomb": "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{b}: &{b} [{','.join(['*' + a] * 10)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "alias bomb of merges": "a: &a {x: 1}\n"
    + "".join(f"{b}: &{b} {{<<: [{','.join(['*' + a] * 10)}]}}\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "a long scalar": "a: " + "x" * 4_000_000,
    "many keys": "".join(f"k{number}: v\n" for number in range(40_000)),
    "the same key": "a: b\n" * 50_000,
    "many documents": "---\na: b\n" * 30_000,
    "an open quote": "a: 'x\n" + "b: c\n" * 200_000,
    "many quotes": "'" * 200_000,
}


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_heavy_texts_are_read_or_refused_in_time(text: str) -> None:
    began = time.process_time()
    reading = yaml.read(text)
    assert reading.documents or reading.problems
    assert time.process_time() - began < 8


@pytest.mark.parametrize(
    "name", ["flow", "closed flow", "flow mappings", "block", "alias bomb", "alias bomb of merges"]
)
def test_nesting_is_refused_as_such(name: str) -> None:
    (problem,) = yaml.read(HEAVY[name]).problems
    assert problem.rule == "yaml/nesting"
    assert problem.hint


@pytest.mark.parametrize("name", ["flow", "block", "alias bomb"])
def test_nesting_is_refused_without_libyaml(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = with_ruamel(HEAVY[name], monkeypatch).problems
    assert problem.rule == "yaml/nesting"


@pytest.mark.parametrize("number", [1, 5000])
def test_documents_before_one_that_is_no_yaml_are_read(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "title: A\n---\n" * number + "title: {b\n"
    for reading in (yaml.read(text), *([with_ruamel(text, monkeypatch)] if number == 1 else [])):
        assert len(reading.documents) == number
        assert [problem.rule for problem in reading.problems] == ["yaml/syntax"]
