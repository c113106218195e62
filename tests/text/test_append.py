"""Adding an item to a list in a YAML text: it is there, and every other byte is where it was."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.append import append_item, put_text
from mkdocs_handoff.text.splice import SpliceError

ITEM = {"role": "to", "by": "person:ann", "seen": {"model:x": "h1:ab", "model:y": "h1:cd"}}
LINES = "role: to\n    by: person:ann\n    seen: {model:x: h1:ab, model:y: h1:cd}\n"
FLOW = "{role: to, by: person:ann, seen: {model:x: h1:ab, model:y: h1:cd}}"

CASES = {
    "a new field": ("a: 1 # one\n# end\n", f"a: 1 # one\nsign:\n  - {LINES}# end\n"),
    "indented as the others": (
        "a:\n- x\n",
        "a:\n- x\nsign:\n- " + LINES.replace("    ", "  "),
    ),
    "behind the last": (
        "sign:\n  - role: from # f\n    # g\n\n# h\nb: 1\n",
        f"sign:\n  - role: from # f\n  - {LINES}    # g\n\n# h\nb: 1\n",
    ),
    "behind one in braces": (
        "sign:\n  - {role: from} # f\nb: 1\n",
        f"sign:\n  - {{role: from}} # f\n  - {LINES}b: 1\n",
    ),
    "in brackets": ("sign: [{role: from}] # f\nb: 1\n", f"sign: [{{role: from}}, {FLOW}] # f\nb: 1\n"),
    "brackets of many lines": ("sign: [\n  {role: from}, # f\n]\n", f"sign: [\n  {{role: from}}, {FLOW}, # f\n]\n"),
    "empty brackets": ("sign: [] # f\nb: 1\n", f"sign: [{FLOW}] # f\nb: 1\n"),
    "nothing": ("sign: # f\n# g\nb: 1\n", f"sign: # f\n  - {LINES}# g\nb: 1\n"),
    "a tilde": ("sign: ~ # f\n", f"sign: [{FLOW}] # f\n"),
    "braces": ("{a: 1}\n", f"{{a: 1, sign: [{FLOW}]}}\n"),
    "wide dashes": ("sign:\n-   role: from\n", "sign:\n-   role: from\n- " + LINES.replace("    ", "  ")),
    "CRLF": ("sign:\r\n  - role: from\r\nb: 1\r\n", f"sign:\n  - role: from\n  - {LINES}b: 1\n".replace("\n", "\r\n")),
    "no line end": ("a: 1", f"a: 1\nsign:\n  - {LINES}"[:-1]),
    "a block of text before": ("a: |\n  x\n\n  y\n\n# c\n", f"a: |\n  x\n\n  y\nsign:\n  - {LINES}\n# c\n"),
    "a byte-order mark": ("\ufeffa: 1\n", f"\ufeffa: 1\nsign:\n  - {LINES}"),
}


def only_added(before: str, after: str) -> bool:
    """Tell whether a text holds all characters of another in their order, with one piece put in."""
    codes = [word for word, *_ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()]
    return not {"delete", "replace"} & set(codes)


@pytest.mark.parametrize("name", CASES)
def test_an_item_comes_last_and_nothing_else_moves(name: str) -> None:
    before, after = CASES[name]
    assert append_item(before, "sign", ITEM) == after


@pytest.mark.parametrize(
    "text",
    [
        "x: &x [a]\nsign: *x\n",
        "sign: &x [a]\nb: *x\n",
        "sign: text\n",
        "sign: {a: b}\n",
        "[a]\n",
        "sign: [\n",
        "a: 1\na: [\n",
    ],
)
def test_what_would_change_something_else_is_refused(text: str) -> None:
    with pytest.raises(SpliceError):
        append_item(text, "sign", ITEM)


def test_an_item_of_a_record_deep_in_a_file() -> None:
    text = "list:\n  - a: 1\n  - a: 2 # c\n"
    assert append_item(text, "s", "x", 0, ("list", 1)) == "list:\n  - a: 1\n  - a: 2 # c\n    s:\n      - x\n"
    with pytest.raises(SpliceError, match="no document"):
        append_item(text, "s", "x", 3)


_WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12)
_KEYS = st.text("abcdefg_", min_size=1, max_size=6)
_ITEMS = st.dictionaries(_KEYS, st.one_of(_WORDS, st.dictionaries(_WORDS, _WORDS, max_size=2)), min_size=1, max_size=4)
_SHAPES = st.sampled_from([before for before, _ in CASES.values()])


@given(_SHAPES, _ITEMS)
@settings(max_examples=150, deadline=None)
def test_what_is_added_is_read_again(text: str, item: dict[str, Any]) -> None:
    result = append_item(text, "sign", item)
    own = yaml.read(result.removeprefix("\ufeff").replace("\r\n", "\n")).documents[0]
    assert own["sign"][-1] == item
    assert len(append_item(result, "sign", item)) > len(result)
    if "sign: ~" not in text and "sign: []" not in text:
        assert only_added(text, result)


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("owners: [team:a, {ref: b}] # c\n", ("owners", 0), "owners: [person:z, {ref: b}] # c\n"),
        ("owners:\n  - 'team:a' # c\n  - x\n", ("owners", 0), "owners:\n  - 'person:z' # c\n  - x\n"),
        (
            "owners:\n  - ref: team:a # c\n    role: accountable\n",
            ("owners", 0, "ref"),
            "owners:\n  - ref: person:z # c\n    role: accountable\n",
        ),
        ("owner: team:a\n", ("owner",), "owner: person:z\n"),
    ],
)
def test_a_text_is_put_in_the_place_of_another(before: str, path: tuple[Any, ...], after: str) -> None:
    assert put_text(before, path, "person:z") == after


@pytest.mark.parametrize(
    ("text", "path"),
    [("a: [b]\n", ("a",)), ("a: b\n", ("c",)), ("a: &x b\nc: *x\n", ("a",)), ("a:\n", ("a",)), ("a: b\n", ("a", 0))],
)
def test_where_there_is_no_single_text_nothing_is_put(text: str, path: tuple[Any, ...]) -> None:
    with pytest.raises(SpliceError):
        put_text(text, path, "z")
