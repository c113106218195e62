"""Fields that hold lists of mappings: what stays keeps its line, its comment and its quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.splice import SpliceError, set_fields
from mkdocs_handoff.text.yaml import Plain

if TYPE_CHECKING:
    from mkdocs_handoff.text.splice import FieldValue

TEXT = """\
title: X
inputs:
  - name: a   # first
    description: |
      long
      text
  - {name: 'b'}
reproduce:
  command: x  # keep
"""
PORTS: list[FieldValue] = [
    {"name": "a", "description": "long\ntext\n", "type": "double", "shape": [Plain("-1"), Plain("3")]},
    {"name": "b", "type": "long"},
    {"name": "c", "required": Plain("false")},
]


def test_items_are_added_to_and_keep_what_they_have() -> None:
    made = set_fields(TEXT, {"inputs": PORTS, "reproduce": {"command": "x", "seed": {"from": "a.json#/x"}}})
    assert (
        made
        == """\
title: X
inputs:
  - name: a   # first
    description: |
      long
      text
    type: double
    shape: [-1, 3]
  - {name: 'b', type: long}
  - {name: c, required: false}
reproduce:
  command: x  # keep
  seed: {from: a.json#/x}
"""
    )
    assert set_fields(made, {"inputs": PORTS}) == made


@pytest.mark.parametrize("before", ["", "title: X\n", "inputs: []\n", "inputs: {unknown: asked Ann}\n", "inputs:\n"])
def test_a_list_is_begun_whatever_stood_there(before: str) -> None:
    (held,) = yaml.read(set_fields(before, {"inputs": PORTS})).documents
    assert held["inputs"][0] == {"name": "a", "description": "long\ntext\n", "type": "double", "shape": ["-1", "3"]}
    assert len(held["inputs"]) == 3


def test_in_brackets_as_well() -> None:
    made = set_fields(
        "inputs: [{name: a}, {name: b}] # two\n", {"inputs": [{"name": "a", "type": "x, y"}, {"name": "b"}]}
    )
    assert made == 'inputs: [{name: a, type: "x, y"}, {name: b}] # two\n'


def test_an_item_that_would_change_its_shape_is_left_to_people() -> None:
    with pytest.raises(SpliceError, match="changes its shape"):
        set_fields("inputs:\n  - a\n  - b\n", {"inputs": [{"name": "a"}, {"name": "b"}]})


def test_an_item_that_is_shared_is_left_to_people() -> None:
    with pytest.raises(SpliceError):
        set_fields("a:\n  - &x {n: a}\nb:\n  - *x\n", {"b": [{"n": "c"}]})


@pytest.mark.parametrize("value", [{"a": None}, [None], [{"a": "x", "b": None}], {"a": {"b": [None]}}])
def test_what_is_no_value_is_refused_and_not_written(value: Any) -> None:
    with pytest.raises(SpliceError):
        set_fields(TEXT, {"added": value})
