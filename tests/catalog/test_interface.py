"""Types and columns of both sides of an interface; what is told of them is in `tests/examples/*/interface`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.catalog.interface import columns, family, type_of
from mkdocs_handoff.records.record import Identity
from tests.projects import lint, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Write = Callable[[Mapping[str, str | bytes]], Path]


@pytest.mark.parametrize(
    ("name", "sort"),
    [
        ("float64", "a number"),
        ("np.int32", "a number"),
        ("uint8", "a number"),
        ("DOUBLE", "a number"),
        ("Decimal(10, 2)", "a number"),
        ("BOOL", "a number"),
        ("VARCHAR(20)", "text"),
        ("large_string", "text"),
        ("utf8", "text"),
        ("image", "an image"),
        ("DOUBLE_LIST", ""),
        ("array<string>", ""),
        ("tensor", ""),
        ("timestamp", ""),
        ("categorical", ""),
        ("what the vendor sends", ""),
        ("", ""),
    ],
)
def test_a_type_is_of_a_sort_or_tells_nothing(name: str, sort: str) -> None:
    assert family(name) == sort


def test_columns_come_from_the_schema_and_from_a_cards_features(write_project: Write) -> None:
    files = {
        "datasets/a.yml": "title: A\nschema:\n  - {name: id, type: integer}\n  - {name: worst_*, type: float}\n",
        "datasets/b/README.md": "---\ndataset_info:\n- config_name: x\n  features:\n  - {name: text, dtype: string}\n"
        "- config_name: y\n  features:\n  - {name: tokens, sequence: string}\n---\n# B\n",
        "datasets/c.yml": "title: C\n",
    }
    project = lint(write_project(files))
    assert told(project) == []
    a, b, c = (columns(project.catalog.records[Identity("dataset", name)]) for name in "abc")
    assert (dict(a), dict(b), dict(c)) == (
        {"id": "integer", "worst_*": "float"},
        {"text": "string", "tokens": ""},
        {},
    )
    assert (type_of("id", a), type_of("worst_radius", a), type_of("best_radius", a)) == ("integer", "float", None)
    assert type_of("worst_*", a) == "float"
