"""Setting fields in a YAML text: what is asked is there, and every other byte is where it was."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from mkdocs_handoff.records.documents import MARKDOWN, take_apart
from mkdocs_handoff.text import scalars, yaml
from mkdocs_handoff.text.splice import ORDER, SpliceError, set_fields
from tests.projects import EXAMPLES, HERE, real_files

if TYPE_CHECKING:
    from pathlib import Path

SEEN = {"training/*.py": "h1:ab", "**/x": "h1:cd", "a: b": "1.10"}
REVIEW = {"last_reviewed": "2026-11-23", "reviewers": ["person:ann", "Bo: the boss"], "seen": SEEN}
DAY = {"last_reviewed": "2026-11-23"}
NEW = "last_reviewed: 2026-11-23\n"


def ruamel(text: str) -> list[Any] | None:
    """Return what another reader finds: YAML 1.2 with types; None where it has no value for a tag, or no patience."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(YAML(typ="safe", pure=True).load_all(io.StringIO(text)))
    except Exception:
        return None


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def as_text(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): as_text(item) for key, item in value.items()}
    return [as_text(item) for item in value] if isinstance(value, list) else str(value)


def without(documents: list[Any], path: tuple[Any, ...], names: Any) -> str:
    """Return documents as text without some fields of one mapping."""
    holder = at(documents, path)
    for name in names if isinstance(holder, dict) else ():
        holder.pop(name, None)
    return repr([document for document in documents if document not in ({}, None)])


def plainly(text: str) -> list[str]:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def is_in(lines: list[str], others: list[str]) -> bool:
    """Tell whether lines stand among others in their order."""
    rest = iter(others)
    return all(line in rest for line in lines)


def other_lines(text: str, fields: Any, document: int, prefix: tuple[Any, ...]) -> list[str]:
    """Return the lines of a text that do not begin or continue one of the fields."""
    normal = "\n".join(plainly(text))
    lines = normal.split("\n")
    documents = yaml.read(normal).documents
    holder = at(documents, (document, *prefix)) if document < len(documents) else None
    if not isinstance(holder, dict):
        return lines
    begins = sorted(yaml.locate(normal, document, (*prefix, name), key=True)[0] for name in holder)
    gone: set[int] = set()
    for name in fields:
        if name in holder:
            line = yaml.locate(normal, document, (*prefix, name), key=True)[0]
            gone.update(range(line, min((other for other in begins if other > line), default=len(lines) + 1)))
    return [line for number, line in enumerate(lines, 1) if number not in gone]


def braced(text: str, document: int, prefix: tuple[Any, ...]) -> bool:
    """Tell whether the mapping stands between braces."""
    line, column = yaml.locate("\n".join(plainly(text)), document, prefix)
    return plainly(text)[line - 1][column - 1 :].startswith("{")


def held(text: str, fields: Mapping[str, Any], document: int = 0, prefix: tuple[Any, ...] = ()) -> str:
    """Set fields and hold the result to all that is promised of it; return it."""
    result = set_fields(text, fields, document, prefix)
    # It says what was asked, to us and to others.
    before, after = yaml.read(text.removeprefix("\ufeff")), yaml.read(result.removeprefix("\ufeff"))
    path = (document, *prefix)
    known = set(at(before.documents, path) or ()) if document < len(before.documents) else set()
    holder = at(after.documents, path)
    assert {name: holder[name] for name in fields} == {
        name: dict(value) if isinstance(value, Mapping) else value for name, value in fields.items()
    }
    assert without(list(after.documents), path, fields) == without(list(before.documents or ({},)), path, fields)
    theirs_before, theirs = ruamel(text), ruamel(result)
    if theirs_before is not None:
        assert theirs is not None
        assert as_text({name: at(theirs, path)[name] for name in fields}) == as_text(fields)
        assert without(theirs, path, fields) == without(theirs_before or [{}], path, fields)
    # Every other line is as it was; between braces, every other character.
    if braced(text, document, prefix):
        assert not fields.keys().isdisjoint(known) or is_in(list(text), list(result))
    else:
        assert is_in(other_lines(text, fields, document, prefix), plainly(result))
    # Doing it again does nothing.
    assert set_fields(result, fields, document, prefix) == result
    return result


@pytest.fixture(params=["libyaml", "ruamel"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Any:
    if request.param == "ruamel":
        monkeypatch.setattr(yaml, "_libyaml", lambda: None)
    yaml._nodes.cache_clear()
    yield
    yaml._nodes.cache_clear()


PLACES = {
    "nothing": ("", NEW),
    "comments only": ("# why\n\n# when\n", "# why\n\n# when\n" + NEW),
    "an empty document": ("---\n# c\n...\n", "---\n# c\n" + NEW + "...\n"),
    "at the end": ("title: X\n", "title: X\n" + NEW),
    "no line end": ("title: X", "title: X\n" + NEW[:-1]),
    "CRLF": ("title: X\r\n# c\r\nb: 1\r\n", "title: X\r\n# c\r\nb: 1\r\nlast_reviewed: 2026-11-23\r\n"),
    "CRLF and no line end": ("a: 1\r\nb: 2", "a: 1\r\nb: 2\r\nlast_reviewed: 2026-11-23"),
    "CR": ("a: 1\rb: 2\r", "a: 1\rb: 2\rlast_reviewed: 2026-11-23\r"),
    "mixed line ends": ("a: 1\r\nb: 2\nc: 3\r\n", "a: 1\r\nb: 2\nc: 3\r\nlast_reviewed: 2026-11-23\r\n"),
    "byte-order mark": ("\ufefftitle: X\n", "\ufefftitle: X\n" + NEW),
    "trailing spaces and tabs": ("a:\tX  \nb: 'x\ty'\t# c \n", "a:\tX  \nb: 'x\ty'\t# c \n" + NEW),
    "comments after the last entry": ("a: 1 # one\n\n# end\n", "a: 1 # one\n" + NEW + "\n# end\n"),
    "a block of text at the end": ("a: |\n  x\n\n  y\n\n# c\n", "a: |\n  x\n\n  y\n" + NEW + "\n# c\n"),
    "a block that keeps its lines": ("a: |+\n  x\n\n\n# c\n", "a: |+\n  x\n\n\n" + NEW + "# c\n"),
    "a block with spaces below": ("a: |\n  x\n    \n", "a: |\n  x\n    \n" + NEW),
    "a block without line end": ("b: 1\na: |\n  x\n  y", "b: 1\n" + NEW + "a: |\n  x\n  y"),
    "an inner block without line end": ("b: 1\na:\n  - >\n   x", "b: 1\n" + NEW + "a:\n  - >\n   x"),
    "a comment in a block": ("a: |\n  x\n  # not a comment\n", "a: |\n  x\n  # not a comment\n" + NEW),
    "nothing behind the last key": ("a: 1\nb:\n# c\n", "a: 1\nb:\n" + NEW + "# c\n"),
    "an alias at the end": ("a: &x [1]\nb:\n  - *x\n# c\n", "a: &x [1]\nb:\n  - *x\n" + NEW + "# c\n"),
    "an anchored list at the end": ("b: &x\n  - 1\n", "b: &x\n  - 1\n" + NEW),
    "a merge": ("a: &x {b: 1}\nc: {<<: *x}\n<<: *x\n", "a: &x {b: 1}\nc: {<<: *x}\n<<: *x\n" + NEW),
    "many lines of plain text": ("a: b\n  c\n\n  d # e\n", "a: b\n  c\n\n  d # e\n" + NEW),
    "a tag": ("a: !!map {b: !x c}\n", "a: !!map {b: !x c}\n" + NEW),
    "an explicit key": ("? a\n: b\n? c\n", "? a\n: b\n? c\n" + NEW),
    "other letters": ("имя: Ünïcödé 日本 # ✓ 😀\n", "имя: Ünïcödé 日本 # ✓ 😀\n" + NEW),
    "letters that YAML 1.1 breaks at": (
        'a: "x\u2028y\x85z" # \u2028\nb: 1\n',
        'a: "x\u2028y\x85z" # \u2028\nb: 1\n' + NEW,
    ),
    "braces": ("{title: X}\n", "{title: X, last_reviewed: 2026-11-23}\n"),
    "empty braces": ("{}\n", "{last_reviewed: 2026-11-23}\n"),
    "braces with a comma": ("{ a: 1, # c\n b, }", "{ a: 1, # c\n b, last_reviewed: 2026-11-23, }"),
    "a nested mapping keeps its field": ("a: {last_reviewed: 1}\n", "a: {last_reviewed: 1}\n" + NEW),
    "behind what comes before": (
        "last_reviewed: 1 # a\nreview_every: 1 day\nz: 1\n",
        "last_reviewed: 2026-11-23 # a\nreview_every: 1 day\nz: 1\n",
    ),
    "behind the other review fields": ("reviewers: [a] # x\nz: 1\n", "reviewers: [a] # x\n" + NEW + "z: 1\n"),
    "null": ("last_reviewed:\nb: 1\n", "last_reviewed: 2026-11-23\nb: 1\n"),
    "null with a comment": ("last_reviewed: # when\nb: 1\n", "last_reviewed: 2026-11-23 # when\nb: 1\n"),
    "a tilde": ("last_reviewed: ~ # when\n", "last_reviewed: 2026-11-23 # when\n"),
    "null in braces": ("{last_reviewed, b: 1}\n", "{last_reviewed: 2026-11-23, b: 1}\n"),
    "single quotes": ("last_reviewed: '2025-01-01'  # q\n", "last_reviewed: '2026-11-23'  # q\n"),
    "double quotes": ('"last_reviewed" : "2025-01-01"\n', '"last_reviewed" : "2026-11-23"\n'),
    "on the next line": ("last_reviewed:\n  # why\n  2025-01-01 # c\n", "last_reviewed:\n  # why\n  2026-11-23 # c\n"),
    "plain text of many lines": ("last_reviewed: a\n  b\n\n  c # d\nx: 1\n", "last_reviewed: 2026-11-23 # d\nx: 1\n"),
    "quoted text of many lines": ("last_reviewed: 'a\n  b'\nx: 1\n", "last_reviewed: '2026-11-23'\nx: 1\n"),
    "folded text": ("last_reviewed: >- # h\n  a\n\n  b\n# c\nx: 1\n", "last_reviewed: 2026-11-23 # h\n# c\nx: 1\n"),
    "an empty block of text": ("last_reviewed: |\nx: 1\n", "last_reviewed: 2026-11-23\nx: 1\n"),
    "a list": ("last_reviewed: # c\n  - a # d\n  # e\n  - b\nx: 1\n", "last_reviewed: 2026-11-23 # c\n  # e\nx: 1\n"),
    "brackets": ("last_reviewed: [a,\n  b] # c\n", "last_reviewed: 2026-11-23 # c\n"),
    "an alias": ("a: &x 2025-01-01\nlast_reviewed: *x # c\n", "a: &x 2025-01-01\nlast_reviewed: 2026-11-23 # c\n"),
    "an anchor nobody uses": ("last_reviewed: &x 2025-01-01 # c\n", "last_reviewed: 2026-11-23 # c\n"),
}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("name", PLACES)
def test_a_text_is_set_and_nothing_else_moves(name: str) -> None:
    before, after = PLACES[name]
    if ":\t" in before and yaml.read(before).problems:
        pytest.skip("the slower parser knows no tab behind a colon")
    assert held(before, DAY) == after


LISTS = {
    "new": ("a: 1\n", 'a: 1\nreviewers:\n  - person:ann\n  - "Bo: the boss"\n'),
    "indented as the others": ("a:\n- x\n", 'a:\n- x\nreviewers:\n- person:ann\n- "Bo: the boss"\n'),
    "appended": (
        "reviewers:\n  -   person:ann # a\n  # z\nb: 1\n",
        'reviewers:\n  -   person:ann # a\n  -   "Bo: the boss"\n  # z\nb: 1\n',
    ),
    "appended in brackets": ("reviewers: [person:ann] # a\n", 'reviewers: [person:ann, "Bo: the boss"] # a\n'),
    "brackets of many lines": (
        "reviewers: [\n  person:ann, # a\n  ]\n",
        'reviewers: [\n  person:ann, "Bo: the boss", # a\n  ]\n',
    ),
    "empty brackets": ("reviewers: []\nb: 1\n", 'reviewers: [person:ann, "Bo: the boss"]\nb: 1\n'),
    "quotes as the others": ("reviewers:\n- 'person:ann'\n", "reviewers:\n- 'person:ann'\n- 'Bo: the boss'\n"),
    "one in the middle goes": (
        "reviewers:\n- person:ann # a\n- cy # c\n# b\n- 'Bo: the boss'\n",
        "reviewers:\n- person:ann # a\n# b\n- 'Bo: the boss'\n",
    ),
    "all go but one": ("reviewers: [x, person:ann, y, z]\n", 'reviewers: [person:ann, "Bo: the boss"]\n'),
    "before the first": ("reviewers:\n  - 'Bo: the boss'\n", "reviewers:\n  - 'person:ann'\n  - 'Bo: the boss'\n"),
    "before the first in brackets": ("reviewers: ['Bo: the boss', x]\n", "reviewers: [person:ann, 'Bo: the boss']\n"),
    "none stays": ("reviewers:\n  - a\n  - {b: c}\nz: 1\n", 'reviewers:\n  - person:ann\n  - "Bo: the boss"\nz: 1\n'),
    "none stays in brackets": ("{reviewers: [a, b]}\n", '{reviewers: [person:ann, "Bo: the boss"]}\n'),
    "from a text": ("reviewers: person:ann # a\nb: 1\n", 'reviewers: # a\n  - person:ann\n  - "Bo: the boss"\nb: 1\n'),
    "from a text below": ("reviewers:\n  person:ann\nb: 1\n", 'reviewers:\n  - person:ann\n  - "Bo: the boss"\nb: 1\n'),
    "from nothing": ("reviewers:\n\nb: 1\n", 'reviewers:\n  - person:ann\n  - "Bo: the boss"\n\nb: 1\n'),
    "from an alias": ("x: &x [a]\nreviewers: *x\n", 'x: &x [a]\nreviewers:\n  - person:ann\n  - "Bo: the boss"\n'),
    "a list that others share": ("reviewers: &x\n  - a\nb: *x\n", None),
    "an item that others share": ("reviewers:\n  - &x a\nb: *x\n", None),
    "an item that is an alias": (
        "b: &x person:ann\nreviewers:\n- *x # x\n- c\n",
        'b: &x person:ann\nreviewers:\n- *x # x\n- "Bo: the boss"\n',
    ),
}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("name", LISTS)
def test_a_list_keeps_the_items_that_stay(name: str) -> None:
    before, after = LISTS[name]
    fields = {"reviewers": REVIEW["reviewers"]}
    if after is None:
        with pytest.raises(SpliceError):
            set_fields(before, fields)
    else:
        assert held(before, fields) == after


BLOCK = 'seen:\n  training/*.py: h1:ab\n  "**/x": h1:cd\n  "a: b": "1.10"\n'
MAPPINGS = {
    "new": ("a: 1\n", "a: 1\n" + BLOCK),
    "indented as the others": ("a:\n    k: v\n", "a:\n    k: v\n" + BLOCK.replace("  ", "    ")),
    "from nothing": ("seen:\nb: 1\n", BLOCK + "b: 1\n"),
    "from empty braces": ("seen: {} # c\nb: 1\n", BLOCK.replace("seen:", "seen: # c") + "b: 1\n"),
    "from a list": ("seen:\n- a\nb: 1\n", BLOCK + "b: 1\n"),
    "entry by entry": (
        "seen:\n   'training/*.py': 'h1:old' # k\n   gone: x # g\n   # stays\n   a: b\n   'a: b': '1.10' # e\nz: 1\n",
        "seen:\n   'training/*.py': 'h1:ab' # k\n   \"**/x\": h1:cd\n   # stays\n   'a: b': '1.10' # e\nz: 1\n",
    ),
    "none stays": (
        "seen:\n    x: y # x\n    # c\n    z: |\n      b\n",
        "seen:\n    # c\n" + BLOCK[6:].replace("  ", "    "),
    ),
    "in braces": (
        "seen: {a: b, 'training/*.py': 'h1:ab', # c\n  x: y}\n",
        'seen: {\'training/*.py\': \'h1:ab\', "**/x": h1:cd, "a: b": "1.10"}\n',
    ),
    "a mapping that others share": ("seen: &x\n  a: b\nb: *x\n", None),
    "a merge in it": ("b: &x {a: b}\nseen:\n  <<: *x\n", "b: &x {a: b}\n" + BLOCK),
}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("name", MAPPINGS)
def test_a_mapping_is_brought_up_to_date_entry_by_entry(name: str) -> None:
    before, after = MAPPINGS[name]
    if after is None:
        with pytest.raises(SpliceError):
            set_fields(before, {"seen": SEEN})
    else:
        assert held(before, {"seen": SEEN}) == after


@pytest.mark.parametrize(
    "text", ["seen:\n  a: b # c\n  # d\nb: 1\n", "seen: {a: b}\n", "a: 1\n", "seen:\n", "{seen: {a: b}}"]
)
@pytest.mark.parametrize("empty", [{}, []])
def test_nothing_can_be_set(text: str, empty: Any) -> None:
    result = held(text, {"seen": empty})
    assert f"seen: {empty}" in result
    assert ("# d" in result) == ("# d" in text)


def test_review_fields_come_in_their_order() -> None:
    text = "title: X\nreview_every: 6 months\nowner: a\n"
    fields = dict(reversed(REVIEW.items()))
    result = held(text, fields)
    assert list(yaml.read(result).documents[0]) == [
        "title",
        "review_every",
        "last_reviewed",
        "reviewers",
        "seen",
        "owner",
    ]
    assert list(yaml.read(set_fields("", fields)).documents[0]) == ["last_reviewed", "reviewers", "seen"]
    assert held("seen: {}\nlast_reviewed: x\nz: 1\n", REVIEW).index("reviewers") > 20


GLOSSARY = "# words\nterms:\n- title: A # c\n  x: |\n    y\n\n# about B\n-   {title: B}\n-   # C\n    title: C\n"


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("number", "before", "after"),
    [
        (0, "    y\n\n", "    y\n  " + NEW + "\n"),
        (1, "{title: B}", "{title: B, last_reviewed: 2026-11-23}"),
        (2, "title: C\n", "title: C\n    " + NEW),
    ],
)
def test_an_entry_of_a_list_is_a_record_too(number: int, before: str, after: str) -> None:
    assert held(GLOSSARY, DAY, 0, ("terms", number)) == GLOSSARY.replace(before, after)
    held(GLOSSARY, REVIEW, 0, ("terms", number))
    held(GLOSSARY.replace("terms:\n", ""), REVIEW, 0, (number,))


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("number", range(4))
def test_a_document_among_others(number: int) -> None:
    documents = ["--- # one\na: 1\n# c\n...\n", "---\nb: |+\n  x\n\n", "--- {c: 3}\n", "---\nd: 4"]
    result = held("".join(documents), REVIEW, number)
    assert result.startswith("".join(documents[:number]))
    assert result.endswith("".join(documents[number + 1 :]))


@pytest.mark.parametrize(
    ("text", "prefix", "told"),
    [
        ("a: 1\na: 2\n", (), "line 2: the key 'a' stands here a second time"),
        ("b: {a: 1, a: 2}\n", (), "second time"),
        ("a: [\n", (), "not valid YAML"),
        ("\ta: 1\n", (), "not valid YAML"),
        ("- a\n", (), "no mapping"),
        ("words\n", (), "no mapping"),
        ("~\n", (), "no mapping"),
        ("terms: [a]\n", ("terms", 0), "no mapping"),
        ("{{ card_data }}\n", (), "a template's text"),
        ("terms: [a]\n", ("terms", 1), "there is no 1"),
        ("a: 1\n", ("b",), "there is no 'b'"),
        ("a: &x {b: 1}\nc: *x\n", ("a",), "without changing another value"),
        ("- a: |\n    x", (0,), "without a line end"),
    ],
)
def test_what_cannot_be_edited_is_refused(text: str, prefix: tuple[Any, ...], told: str) -> None:
    with pytest.raises(SpliceError, match=told):
        set_fields(text, REVIEW, 0, prefix)


def test_a_document_that_is_not_there_is_refused() -> None:
    for document in (1, 2):
        with pytest.raises(SpliceError, match="no document"):
            set_fields("a: 1\n", REVIEW, document)
    with pytest.raises(SpliceError, match="no document"):
        set_fields("", REVIEW, 0, ("a",))


def test_a_key_too_long_for_a_line_is_refused() -> None:
    with pytest.raises(SpliceError, match="longer than YAML allows"):
        set_fields("a: 1\n", {"seen": {"x" * 2000: "y"}})


@pytest.mark.parametrize(
    "text", ["2026-11-23", "person:ann", "h1:0a1b", "training/*.py", "Ann Lee", "./a/b.csv", "日本", "a#b"]
)
def test_plain_where_it_reads_the_same(text: str) -> None:
    assert scalars.written(text) == text
    assert scalars.written(text, flow=True) == text


@pytest.mark.parametrize(
    "text",
    [
        "1.10",
        "1e5",
        "0x1f",
        "12:30",
        "yes",
        "Null",
        "~",
        "",
        "*.py",
        "a: b",
        "a #b",
        "x:",
        " x",
        "@a",
        "- a",
        "...",
        "---",
        "a\nb",
        "2026-11-23 10:00",
        "<<",
        ".inf",
    ],
)
def test_quoted_where_a_reader_might_find_something_else(text: str) -> None:
    assert scalars.written(text)[0] == '"'


def test_newlines_of_the_surroundings_where_the_text_has_none() -> None:
    assert set_fields("", DAY, newline="\r\n") == "last_reviewed: 2026-11-23\r\n"


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@given(WORDS, st.sampled_from(["", "'", '"']), st.booleans())
def test_any_text_reads_back(text: str, style: str, flow: bool) -> None:
    one = scalars.written(text, style, flow=flow)
    wrapped = f"k: [{one}]\n" if flow else f"k: {one}\n"
    expected = {"k": [text]} if flow else {"k": text}
    assert yaml.read(wrapped).documents == (expected,)
    assert as_text(ruamel(wrapped)) == [expected]


@given(
    st.dictionaries(WORDS, WORDS, max_size=4),
    st.lists(WORDS, max_size=4),
    WORDS,
    st.sampled_from(["a: 1\n", "{a: 1}", "", "- a: 1\n"]),
)
def test_any_value_can_be_set(seen: dict[str, str], people: list[str], day: str, text: str) -> None:
    fields = {"last_reviewed": day, "reviewers": people, "seen": seen}
    prefix = (0,) if text.startswith("-") else ()
    held(text, fields, 0, prefix)


# A generated mapping: each entry in a style of its own, with what people put between.
SIMPLE = ["x", "'it''s'", '"a # b"', "1.10", "2026-01-01", "~", "", "h1:ab", "a  b", '"\\u00e9"', "person:ann"]


@st.composite
def values(draw: st.DrawFn) -> str:
    """Return what stands behind a key's colon, up to and with its line end, written at no indentation."""
    comment = draw(st.sampled_from(["", " # c", "  # 'd: e"]))
    words = st.sampled_from(SIMPLE)
    some = draw(st.lists(words.filter(bool), min_size=1, max_size=3))
    pad = " " * draw(st.integers(1, 4))
    gap = draw(st.sampled_from(["", pad + "# between\n", "\n", "# at the side\n"]))
    indicator = draw(st.sampled_from(["|", ">", "|-", ">+", "|+", "|2"]))
    shapes = {
        "simple": " " + draw(words) + comment + "\n",
        "below": f"\n{pad}" + draw(words.filter(bool)) + comment + "\n",
        "long": f" long plain\n{pad}text\n\n{pad}on lines{comment}\n",
        "quoted": f" 'long\n{pad}text'{comment}\n",
        "block": f" {indicator}{comment}\n  line\n\n  # no comment\n" + draw(st.sampled_from(["", "\n", "\n\n"])),
        "list": comment + "\n" + gap.join(f"{pad}- {word}{comment}\n" for word in some),
        "flush": comment + "\n" + gap.join(f"-  {word}\n" for word in some),
        "map": comment + "\n" + gap.join(f"{pad}k{number}: {word}{comment}\n" for number, word in enumerate(some)),
        "brackets": " [" + draw(st.sampled_from([", ", ",", f" , # i\n{pad}"])).join(some) + "]" + comment + "\n",
        "braces": " {" + f",\n{pad}".join(f"k{n}: {word}" for n, word in enumerate(some)) + " }" + comment + "\n",
        "objects": "\n" + "".join(f"{pad}- n: {word}\n{pad}  m: |\n{pad}    t\n" for word in some),
    }
    return draw(st.sampled_from(sorted(shapes.values())))


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, tuple[Any, ...]]:
    """Return a text and the way to a mapping in it."""
    keys = draw(st.lists(st.sampled_from(["a", "'b'", '"c d"', "e", *ORDER]), min_size=1, max_size=6, unique=True))
    between = st.sampled_from(["", "", "# note\n", "\n", "  # aside\n", "\n# a: b\n\n"])
    text = "".join(draw(between) + key + ":" + draw(values()) for key in keys) + draw(between)
    where = draw(st.sampled_from(["root", "root", "document", "entry", "entry below"]))
    prefix: tuple[Any, ...] = ()
    if where == "document":
        text = "# head\n---\n" + text + "...\n"
    elif where != "root":
        deep = 2 if where == "entry" else 6
        lines = [" " * deep + line if line.strip() else line for line in text.split("\n")]
        first = next(number for number, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#"))
        lines[first] = lines[first][: deep - 2] + "- " + lines[first][deep:]
        text = "terms:\n" + "\n".join(lines) + "# next\n" + " " * (deep - 2) + "- z: 1\n"
        prefix = ("terms", 0)
    if draw(st.booleans()):
        text = text.rstrip("\n") if draw(st.booleans()) else text.replace("\n", "\r\n")
    return ("\ufeff" if draw(st.booleans()) else "") + text, prefix


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "last_reviewed": st.sampled_from(["2026-11-23", "x"]),
        "reviewers": st.lists(st.sampled_from(["x", "person:ann", "a, b", "it's"]), max_size=3),
        "seen": st.dictionaries(
            st.sampled_from(["k0", "k1", "**/x", "n"]), st.sampled_from(["x", "h1:ab"]), max_size=3
        ),
    },
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(texts(), FIELDS)
def test_any_mapping_can_be_edited(made: tuple[str, tuple[Any, ...]], fields: dict[str, Any]) -> None:
    text, prefix = made
    reading = yaml.read(text.removeprefix("\ufeff"))
    assume(not reading.problems and isinstance(reading.documents[0], dict))
    try:
        result = held(text, fields, 0, prefix)
    except SpliceError as error:
        assert "without a line end" in str(error)
        return
    # Going back gives the values that were there, and the lines.
    before = at(reading.documents, (0, *prefix))
    back = {name: before[name] for name in fields if name in before and settable(before[name])}
    again = at(yaml.read(set_fields(result, back, 0, prefix).removeprefix("\ufeff")).documents, (0, *prefix))
    assert {name: again[name] for name in back} == back


def settable(value: Any) -> bool:
    if isinstance(value, dict | list):
        return all(isinstance(item, str) for item in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, str)


def parts_of(path: Path) -> list[tuple[str, int, tuple[Any, ...]]]:
    """Return the YAML texts of a record file, with the ways to its mappings."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except (OSError, UnicodeDecodeError):
        return []
    return [
        (document.layer.text, document.layer.document, document.layer.prefix)
        for document in take_apart(path.name, text, "terms").documents
    ]


def record_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".yaml", *MARKDOWN) and path.is_file())


def edit_all(files: list[Path], most: int = 6) -> tuple[int, list[str]]:
    """Edit every record of the files; return how many were, and what was refused."""
    edited, refused = 0, []
    for path in files:
        for text, document, prefix in parts_of(path)[:most]:
            try:
                held(text, REVIEW, document, prefix)
                held(text.removesuffix("\n"), REVIEW, document, prefix)
                edited += 1
            except SpliceError as error:
                refused.append(f"{path.name}: {error}")
    return edited, refused


@pytest.mark.parametrize("folder", [HERE.parent / "sample_project", EXAMPLES / "good"], ids=lambda folder: folder.name)
def test_every_record_of_ours_can_be_edited(folder: Path) -> None:
    edited, refused = edit_all(record_files(folder))
    assert edited > 30
    assert not refused


@pytest.mark.slow
def test_every_record_that_others_wrote_can_be_edited_or_is_refused_for_what_is_wrong_with_it() -> None:
    folder = real_files()
    if folder is None:
        pytest.skip("no files of others here")
    edited, refused = edit_all(record_files(folder), 2)
    assert edited > 100
    wrong = ("second time", "not valid YAML", "a template's text")
    assert [told for told in refused if not any(reason in told for reason in wrong)] == []
