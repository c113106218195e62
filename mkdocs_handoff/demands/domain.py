"""Which values a field can have, as its schema says: all that are valid, and where that is hard to tell some more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.demands.values import holds
from mkdocs_handoff.text.numbers import number_of
from mkdocs_handoff.today import day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.demands.demand import Test

_TYPES = frozenset(("string", "number", "boolean", "object"))
_MOST = 64
"""So many alternatives are told apart; of schemas with more of them, what one side says counts."""


@dataclass(frozen=True, slots=True)
class Values:
    """Some of the values that a field can have, as rules see them: of a list each item.

    Attributes:
        types: JSON Schema's names of them; `number` for whole ones as well.
        choices: It is one of these; None: any.
        day: Whether a text among them is a day.
    """

    types: frozenset[str] = _TYPES
    choices: tuple[Any, ...] | None = None
    day: bool = False

    def can(self, test: Test) -> bool:
        """Tell whether one of the values is what a test of one thing asks for."""
        if self.choices is not None:
            return any(holds(one, test) for one in self.choices)
        limits = test.least is not None or test.most is not None
        days = bool(test.before or test.after)
        if "string" in self.types and not (self.day and (limits or (test.among and not _any_day(test.among)))):
            return True
        if "number" in self.types and not days and not (test.among and not _any_number(test.among)):
            return True
        if "boolean" in self.types and any(holds(one, test) for one in (True, False)):
            return True
        return "object" in self.types and bool(test.like)


Domain = tuple[Values, ...]
ANY: Domain = (Values(),)


def reach(root: Any, steps: tuple[str, ...]) -> Domain:
    """Return which values stand at the end of a way, in records that a schema allows.

    Args:
        root: The schema, bundled: every `$ref` is local to it.
        steps: Keys; items of lists are gone through without one.
    """
    return _reach(root, steps, root, ())


def choices(domain: Domain) -> tuple[str, ...]:
    """Return the values of which a field has one, as text; none where one of its alternatives leaves it open."""
    if any(one.choices is None for one in domain):
        return ()
    return tuple(dict.fromkeys(str(choice) for one in domain for choice in one.choices or ()))


def _reach(schema: Any, steps: tuple[str, ...], root: Any, refs: tuple[tuple[str, int], ...]) -> Domain:
    if schema is False:
        return ()
    if not isinstance(schema, dict) or schema.get("x-adopted"):  # what is another format's may be wrong
        return ANY
    found = _own(schema, steps, root, refs)
    ref = schema.get("$ref")
    if isinstance(ref, str) and (ref, len(steps)) not in refs:
        found = _both(found, _reach(_resolved(root, ref), steps, root, (*refs, (ref, len(steps)))))
    for branch in schema.get("allOf", ()):
        found = _both(found, _reach(branch, steps, root, refs))
    for word in ("anyOf", "oneOf"):
        if schema.get(word):
            found = _both(found, _joined(_reach(branch, steps, root, refs) for branch in schema[word]))
    return found


def _own(schema: dict[str, Any], steps: tuple[str, ...], root: Any, refs: tuple[tuple[str, int], ...]) -> Domain:
    """Return what a schema says by itself; what it says nothing of is open."""
    declared = schema.get("type", [*_TYPES, "array"])
    types = {"number" if one == "integer" else one for one in ([declared] if isinstance(declared, str) else declared)}
    listed = [schema["const"]] if "const" in schema else schema.get("enum")
    if listed is not None and not any(isinstance(one, list | dict) for one in listed):
        named = tuple(one for one in listed if one not in (None, ""))
        return (Values(frozenset(types & _TYPES), named),) if named and not steps else ()
    parts: list[Domain] = []
    if "array" in types:
        items = schema.get("items", True) if "prefixItems" not in schema else True
        parts.append(_reach(items, steps, root, refs))
    if not steps:
        return _joined([(Values(frozenset(types & _TYPES), day=schema.get("format") == "date"),), *parts])
    if "object" in types:
        step, rest = steps[0], steps[1:]
        properties = schema.get("properties", {})
        inner = True if "patternProperties" in schema else schema.get("additionalProperties", True)
        parts.append(_reach(properties.get(step, inner), rest, root, refs))
    return _joined(parts)


def _joined(domains: Iterable[Domain]) -> Domain:
    return tuple(dict.fromkeys(one for domain in domains for one in domain if one.types))


def _both(left: Domain, right: Domain) -> Domain:
    """Return what is in the one and in the other."""
    if len(left) * len(right) > _MOST:
        return left
    found: dict[Values, None] = {}
    for one in left:
        for other in right:
            named = one.choices if one.choices is not None else other.choices
            if named is not None and other.choices is not None:
                named = tuple(choice for choice in named if choice in other.choices)
            if one.types & other.types and named != ():
                found[Values(one.types & other.types, named, one.day or other.day)] = None
    return tuple(found)


def _resolved(root: Any, ref: str) -> Any:
    node = root
    for step in ref.removeprefix("#").strip("/").split("/"):
        if not isinstance(node, dict) or step not in node:
            return True
        node = node[step]
    return node


def _any_day(words: Iterable[Any]) -> bool:
    return any(day_of(str(word).strip()) is not None for word in words)


def _any_number(words: Iterable[Any]) -> bool:
    return any(number_of(word) is not None for word in words)
