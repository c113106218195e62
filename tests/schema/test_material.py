"""`docs/material.md` lists the material fields of each kind, as the schemas have them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff import resources
from mkdocs_handoff.schema.kinds import load_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.schema.fields import Field

DOCS = Path(__file__).parents[2] / "docs"


def material(field: Field, path: str = "", depth: int = 0) -> Iterator[str]:
    """Yield the outermost material fields by their path."""
    if path and field.material:
        yield path
    elif depth < 6:
        for name, inner in field.fields.items():
            yield from material(inner, f"{path}.{name}" if path else name, depth + 1)
        if field.items is not None:
            yield from material(field.items, f"{path}[]", depth + 1)


def test_the_table_lists_the_material_fields_of_each_kind() -> None:
    kinds, _ = load_kinds([(resources.folder("schemas"), "ours")])
    rows = re.findall(r"^\| (\w+) \| (`.*`) \|$", (DOCS / "material.md").read_text(encoding="utf-8"), re.MULTILINE)
    told = {kind: re.findall(r"`([^`]+)`", fields) for kind, fields in rows}
    assert told == {name: list(material(kind.root)) for name, kind in kinds.items()}
    assert not any(kind.root.material for kind in kinds.values())


def test_how_a_dataset_came_about_is_material() -> None:
    kinds, _ = load_kinds([(resources.folder("schemas"), "ours")])
    assert {"collection", "preprocessing"} <= set(material(kinds["dataset"].root))


def test_the_page_on_kinds_leads_there() -> None:
    assert "(material.md)" in (DOCS / "kinds.md").read_text(encoding="utf-8")
