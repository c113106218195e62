"""The fields of one record, read by path: texts, and what references name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.relations import External, Wanted
from mkdocs_handoff.handoffs.parts import Named
from mkdocs_handoff.records.record import Identity

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Path


def mapping(value: Any) -> Mapping[str, Any]:
    """Return a mapping; an empty one for what is none."""
    return value if isinstance(value, Mapping) else {}


class Fields:
    """One record's fields, and what its references name."""

    def __init__(self, catalog: Catalog, record: Record) -> None:
        self._catalog = catalog
        self._record = record

    def items(self, field: str) -> Iterator[Path]:
        """Yield the paths of a list's mappings."""
        listed = self._record.get(field)
        for number, item in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(item, Mapping):
                yield field, number

    def dated(self, field: str, day: str) -> Iterator[tuple[Path, str]]:
        """Yield the paths of a list's mappings, each with one of its days."""
        for path in self.items(field):
            yield path, self.text(path, day)

    def item(self, path: Path) -> Mapping[str, Any]:
        """Return the mapping at the path of an item, the record's own fields at the empty path."""
        here: Any = self._record.fields
        for step in path:
            here = here[step]
        return mapping(here)

    def text(self, path: Path, key: str) -> str:
        """Return a value as text; empty where there is none, or where it is no single value."""
        value = self.item(path).get(key)
        return str(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else ""

    def name(self, path: Path, key: str) -> Named | None:
        """Return what a reference names, or None where the field is missing or empty."""
        found = self.names(path, key)
        return found[0] if found else None

    def names(self, path: Path, key: str) -> tuple[Named, ...]:
        """Return what a reference, or a list of them, names."""
        value = self.item(path).get(key)
        listed = enumerate(value) if isinstance(value, list) else ((None, value),)
        return tuple(
            self._named(text, (*path, key) if number is None else (*path, key, number))
            for number, text in listed
            if isinstance(text, str) and text.strip()
        )

    def _named(self, text: str, path: Path) -> Named:
        target = self._catalog.targets.get((self._record.identity, path))
        if isinstance(target, Identity):
            return Named(target, self._catalog.title(target), path)
        return Named(None, target.name if isinstance(target, Wanted | External) else text, path)
