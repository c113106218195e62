"""In which fields two versions of a record differ, in words that a reviewer can judge."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAMES = ("ref", "name", "id", "version", "type", "metric", "path", "url", "title")
"""What tells the entries of a list apart, the first that all of them have."""

_LONG = 120


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs: its dotted name, and what it was and is; empty where it was not, or is not any more."""

    field: str
    before: str
    after: str

    def __str__(self) -> str:
        if not self.before:
            return f"{self.field}: added {self.after}"
        if not self.after:
            return f"{self.field}: {self.before} removed"
        return f"{self.field}: was {self.before}, is {self.after}"


def differences(before: Any, after: Any) -> tuple[Difference, ...]:
    """Return where two values differ, field by field, in the order of the newer one.

    Lists of mappings are compared entry by entry by what names them (`ref`, `name`, `version`, ...), other lists by
    what was added and removed.
    """
    return tuple(_between(before, after, ""))


def _between(before: Any, after: Any, name: str) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for key in [*after, *(key for key in before if key not in after)]:
            yield from _between(before.get(key), after.get(key), f"{name}.{key}" if name else str(key))
        return
    if isinstance(before or [], list) and isinstance(after or [], list):
        before, after = before or [], after or []
        yield from _lists(before, after, name)
        return
    yield Difference(name, *_around(_text(before), _text(after)))


def _lists(before: list[Any], after: list[Any], name: str) -> Iterator[Difference]:
    old, new = _named(before), _named(after)
    if old is not None and new is not None:
        for key in [*new, *(key for key in old if key not in new)]:
            yield from _between(old.get(key), new.get(key), f"{name}[{key}]")
        if list(old) != list(new) and old.keys() == new.keys() and all(old[key] == new[key] for key in old):
            yield Difference(name, "another order", "this order")
        return
    gone = Counter(map(_text, before)) - Counter(map(_text, after))
    come = Counter(map(_text, after)) - Counter(map(_text, before))
    if not gone and not come:
        yield Difference(name, "another order", "this order")
    elif len(gone) == len(come) == 1:
        yield Difference(name, *_around(*gone, *come))
    else:
        yield Difference(name, ", ".join(map(_cut, gone.elements())), ", ".join(map(_cut, come.elements())))


def _named(listed: list[Any]) -> dict[str, Any] | None:
    """Return a list's mappings by what tells them apart, or None where nothing does."""
    if not all(isinstance(item, dict) for item in listed):
        return None
    for field in _NAMES:
        names = [item.get(field) for item in listed]
        if all(isinstance(name, str | int | float) for name in names) and len(set(map(str, names))) == len(names):
            return {str(name): item for name, item in zip(names, listed, strict=True)}
    return None


def _text(value: Any) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return " ".join(text.split())


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"


def _around(before: str, after: str) -> tuple[str, str]:
    """Return two texts so that their difference is seen: of long ones what stands around it."""
    if max(len(before), len(after)) <= _LONG:
        return before, after
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), 0)
    start = max(0, same - _LONG // 3)
    begin = "…" if start else ""
    return tuple(begin + _cut(text[start:]) if text else "" for text in (before, after))  # type: ignore[return-value]
