"""Glossary files that hold many terms otherwise than as a list: DataHub's tree of them, and a mapping by key."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.records.record import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.text.yaml import Path, Value

    Entry = tuple[Path, dict[str, Value], Mapping[str, Value]]

TERMS = "terms"
OWN_NAMES = frozenset(("id", "title", "name"))
"""What a record is called: a mapping that has one of these is a record itself."""

_MEANINGS = ("definition", "def", "short", "description", "long", "short_description")
_CALLED = ("title", "term", "name")


def entries(value: Value) -> list[Entry]:
    """Return the terms of a glossary: where each stands, its fields, what stands above it and says something of it.

    Anything else is no such glossary, and gives nothing.
    """
    if not isinstance(value, dict) or OWN_NAMES & value.keys():
        return []
    return _tree(value) or _keyed(value)


def _tree(value: dict[str, Value]) -> list[Entry]:
    """Return the nodes and terms of a business glossary of DataHub; a node is a term with narrower ones.

    `path` is the way by which DataHub's own files refer to an entry; `twin` is set where another has its name too.
    """
    if "version" not in value or not isinstance(value.get("nodes"), list):
        return []
    found = _below(value, (), MappingProxyType({"datahub": "yes", "owners": value.get("owners")}))
    names = Counter(slug(str(own["name"])) for _, own, _ in found if own.get("name"))
    return [
        (where, own, MappingProxyType({**above, "twin": names[slug(str(own.get("name") or ""))] > 1}))
        for where, own, above in found
    ]


def _below(value: dict[str, Value], path: Path, above: Mapping[str, Value]) -> list[Entry]:
    found: list[Entry] = []
    for key in ("nodes", TERMS):
        listed = value.get(key)
        for number, one in enumerate(listed if isinstance(listed, list) else []):
            if not isinstance(one, dict):
                continue
            here = (*path, key, number)
            own = {name: held for name, held in one.items() if name not in ("nodes", TERMS)}
            parts = (above.get("path"), one.get("name"))
            named = ".".join(str(part) for part in parts if part)
            found.append((here, own, {**above, "parent": above.get("path"), "path": named}))
            found.extend(
                _below(one, here, {**above, "path": named, "owners": one.get("owners") or above.get("owners")})
            )
    return found


def _keyed(value: dict[str, Value]) -> list[Entry]:
    """Return terms by their keys: `auc: {title: AUC, definition: …}`, at the top or below `terms`."""
    listed = value.get(TERMS)
    path: Path = (TERMS,) if isinstance(listed, dict) else ()
    held = listed if isinstance(listed, dict) else value
    found: list[Entry] = []
    for key, one in held.items():
        own = {"definition": one} if path and isinstance(one, str) else one
        if not isinstance(own, dict) or not any(own.get(name) for name in (*_MEANINGS, *_CALLED)):
            return []
        if not path and not any(isinstance(own.get(name), str) for name in _MEANINGS):
            return []
        found.append(((*path, key), own, MappingProxyType({"key": key})))
    return found
