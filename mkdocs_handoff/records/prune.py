"""Leaving out what is no value: empty places, stated gaps, what a template left behind."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.text.yaml import Path, Value

_Held = TypeVar("_Held")


class _Missing:
    """The type of `MISSING`."""

    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()
"""Stands where a value was taken out, so that its neighbours keep their places until `prune`."""


@dataclass(slots=True)
class Pruned:
    """A value without what is missing.

    Attributes:
        moved: Where list items stand in the file that moved when others were left out: new path to old path.
    """

    value: Value = None
    moved: dict[Path, Path] = field(default_factory=dict)

    def renamed(self, held: Mapping[Path, _Held]) -> dict[Path, _Held]:
        """Return a mapping by old paths as one by new paths."""
        if not self.moved:
            return dict(held)
        back = {old: new for new, old in self.moved.items()}
        return {_follow(path, back): value for path, value in held.items()}

    def place(self, path: Path) -> Path:
        """Return the old path of a new one."""
        return _follow(path, self.moved)


def _follow(path: Path, moved: Mapping[Path, Path]) -> Path:
    for length in range(len(path), 0, -1) if moved else ():
        if path[:length] in moved:
            return (*moved[path[:length]], *path[length:])
    return path


def prune(value: Value) -> Pruned:
    """Leave out `MISSING`, null and empty text, in mappings and in lists."""
    result = Pruned()
    result.value = _pruned(value, (), (), result.moved)
    return result


def _pruned(value: Value, new: Path, old: Path, moved: dict[Path, Path]) -> Value:
    if isinstance(value, dict):
        return {
            key: _pruned(item, (*new, key), (*old, key), moved) for key, item in value.items() if not _is_missing(item)
        }
    if not isinstance(value, list):
        return value
    kept: list[Value] = []
    # What is left out moves behind the others, so that a gap stated there has a place that is nobody else's.
    places = sorted(range(len(value)), key=lambda number: _is_missing(value[number]))
    for position, number in enumerate(places):
        here, there = (*new, position), (*old, number)
        if here != there:
            moved[here] = there
        if not _is_missing(value[number]):
            kept.append(_pruned(value[number], here, there, moved))
    return kept


def _is_missing(value: Any) -> bool:
    return value is None or value is MISSING or (isinstance(value, str) and not value.strip())
