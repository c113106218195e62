"""A rule between records as plain data: the form that the settings' `rules:` and our own `builtin.toml` share."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs_handoff.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = Path(__file__).with_name("builtin.toml")
OWN, BUILT_IN = "own", "demand"
Direction = Literal["out", "in", "either"]


@dataclass(frozen=True)
class Test:
    """What a value must be. All that is stated must hold; of a list one item is enough.

    Attributes:
        present: Whether there must be a value; a stated gap counts as one.
        among: It equals one of these.
        without: It equals none of these: of a list, no item does.
        least: It is a number, and this at the least; `most` likewise.
        like: It is a text of this form, `*` standing for anything.
        before: It is a day before this one; `after` likewise.
    """

    present: bool | None = None
    among: tuple[Any, ...] = ()
    without: tuple[Any, ...] = ()
    least: float | None = None
    most: float | None = None
    like: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Selection:
    """Which records are meant; what is empty says nothing, and all that is said must hold.

    Attributes:
        stages: A version of the record stands in one of these.
        tags: It has one of these.
        where: Fields, as dotted paths, and what their values must be.
        related: For each of these it has a neighbour.
    """

    kinds: frozenset[str] = frozenset()
    lifecycles: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()
    where: tuple[tuple[str, Test], ...] = ()
    related: tuple[Neighbour, ...] = ()


@dataclass(frozen=True)
class Neighbour:
    """Which neighbours of a record are meant.

    Attributes:
        direction: Whether the record refers to the neighbour (`out`), or the neighbour to it (`in`).
        relations: How the relation reads from the record; empty: however.
        fields: The field that refers, of the record or of the neighbour; empty: any, and prose.
        written: Whether the neighbour is a record, or one that is wanted and that nobody has written.
        selection: What the neighbour is.
    """

    direction: Direction = "either"
    relations: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    written: bool = True
    selection: Selection = Selection()


@dataclass(frozen=True)
class Demand:
    """What a record must have.

    Attributes:
        fields: Any one of these must be so; empty: nothing is asked of fields.
        test: What its value must be.
        related: Which neighbours are counted; None: nothing is asked of neighbours.
        least: How many there must be; `most`: how many there may be, None for any number.
    """

    fields: tuple[str, ...] = ()
    test: Test = Test(present=True)
    related: Neighbour | None = None
    least: int = 1
    most: int | None = None


@dataclass(frozen=True)
class Rule:
    """A rule between records.

    Attributes:
        name: As findings carry it, `own/NAME` or `demand/NAME`.
        message: With `{title}`, `{name}` and the like for what it is about.
        why: The rationale, for `mkdocs-handoff rule`; our own rules have theirs in `rules.toml`.
    """

    name: str
    message: str
    select: Selection
    must: tuple[Demand, ...]
    severity: Severity = Severity.WARNING
    hint: str = ""
    why: str = ""


def rules_of(written: Mapping[str, Mapping[str, Any]], family: str = OWN) -> tuple[Rule, ...]:
    """Return rules as data.

    Args:
        written: By name, each as the settings' schema has it; a single value may stand for a list of one.
        family: What findings call them.
    """
    return tuple(_rule(f"{family}/{name}", one) for name, one in written.items())


@lru_cache(maxsize=1)
def built_in() -> tuple[Rule, ...]:
    """Return the rules that travel with the package."""
    return rules_of(tomllib.loads(_FILE.read_text(encoding="utf-8")), BUILT_IN)


def _rule(name: str, one: Mapping[str, Any]) -> Rule:
    return Rule(
        name,
        " ".join(one["message"].split()),
        _selection(one["select"]),
        tuple(_demand(demand) for demand in _listed(one["must"])),
        Severity(one.get("severity", Severity.WARNING)),
        " ".join(one.get("hint", "").split()),
        " ".join(one.get("why", "").split()),
    )


def _selection(one: Mapping[str, Any]) -> Selection:
    return Selection(
        frozenset(_listed(one.get("kind"))),
        frozenset(_listed(one.get("lifecycle"))),
        frozenset(_listed(one.get("stage"))),
        frozenset(_listed(one.get("tags"))),
        tuple(_listed(one.get("files"))),
        tuple((field, _test(given)) for field, given in one.get("where", {}).items()),
        tuple(map(_neighbour, _listed(one.get("related")))),
    )


def _neighbour(one: Mapping[str, Any]) -> Neighbour:
    return Neighbour(
        one.get("direction", "either"),
        frozenset(_listed(one.get("relation"))),
        frozenset(_listed(one.get("field"))),
        one.get("written", True),
        _selection(one),
    )


def _demand(one: Mapping[str, Any]) -> Demand:
    most = one.get("at_most")
    return Demand(
        tuple(_listed(one.get("field"))),
        _test(one["value"]) if "value" in one else Test(present=True),
        _neighbour(one["related"]) if "related" in one else None,
        int(one.get("at_least", 1 if most is None else 0)),
        None if most is None else int(most),
    )


def _test(given: Any) -> Test:
    if not isinstance(given, dict):
        return Test(among=tuple(_listed(given)))
    return Test(
        given.get("present"),
        tuple(_listed(given.get("is"))),
        tuple(_listed(given.get("not"))),
        given.get("at_least"),
        given.get("at_most"),
        tuple(_listed(given.get("like"))),
        given.get("before", ""),
        given.get("after", ""),
    )


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
