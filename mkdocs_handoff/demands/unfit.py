"""What a rule asks of a value that no value of the field can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.demands.demand import Test
from mkdocs_handoff.demands.domain import choices
from mkdocs_handoff.demands.idle import numbered
from mkdocs_handoff.demands.paths import ALWAYS, below, domain
from mkdocs_handoff.demands.values import holds, same
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.demands.domain import Domain
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.text.yaml import Path

_LIMITS = (("at_least", "at_most"), ("after", "before"))


def value(fields: list[str], given: Any, at: Path, kinds: list[Kind], place: Places) -> Iterator[Finding]:
    """Yield what is wrong with what a field must be.

    Args:
        fields: The field; of several, one must be so.
        given: What it must be, as the settings have it.
        at: Where that stands.
        kinds: Whose field it is.
        place: Where settings stand.
    """
    possible = domain(kinds, fields)
    named = " or ".join(map(repr, fields))
    for path, test, asked in _asked(given):
        if possible and not any(one.can(test) for one in possible):
            message = f"{named} is never {asked}"
            yield Finding(place((*at, *path)), "settings/choice", message, _hint(possible, test, fields, kinds))
    if isinstance(given, dict):
        yield from _against_itself(named, given, at, place)
        if given.get("present") is False and ALWAYS.intersection(fields):
            message = f"every record has a {' and a '.join(sorted(ALWAYS.intersection(fields)))}"
            hint = "It is inferred where it is not written. Ask what it is: `is`, `like`."
            yield Finding(place((*at, "present")), "settings/range", message, hint)


def lifecycle(one: Mapping[str, Any], at: Path, kinds: list[Kind], place: Places) -> Iterator[Finding]:
    """Tell where a selection asks for one lifecycle beside another."""
    given = one.get("where", {}).get("lifecycle")
    known = choices(domain(kinds, ["lifecycle"]))
    if given is None or "lifecycle" not in one or not known or not _OURS.issuperset(known):
        return  # a kind with words of its own for it: to us those are all active
    tests = [test for path, test, _ in _asked(given) if path[0] != "not"]
    whole = Test(
        among=tuple(word for test in tests for word in test.among),
        like=tuple(form for test in tests for form in test.like),
    )
    barred = [word for path, test, _ in _asked(given) if path[0] == "not" for word in test.among]
    stated = [word for _, word in numbered(one["lifecycle"])]
    if any(holds(word, whole) and not any(same(word, other) for other in barred) for word in stated):
        return
    message = f"what is {' or '.join(stated)} is not what `where` asks of 'lifecycle'"
    where = place((*at, "where", "lifecycle"))
    yield Finding(where, "settings/range", message, "Take one of the two out, or write the same in both.")


_OURS = frozenset(("draft", "active", "deprecated", "retired"))


def _asked(given: Any) -> Iterator[tuple[Path, Test, str]]:
    """Yield each thing that is asked of a value: where it stands, as a test of it alone, and in words."""
    if not isinstance(given, dict):
        for number, word in numbered(given):
            yield (number,), Test(among=(word,)), repr(str(word))
        return
    for key in ("is", "not"):
        for number, word in numbered(given.get(key)):
            yield (key, number), Test(among=(word,)), repr(str(word))
    for number, form in numbered(given.get("like")):
        yield ("like", number), Test(like=(form,)), f"like {form!r}"
    if "at_least" in given:
        yield ("at_least",), Test(least=given["at_least"]), f"{given['at_least']} or more"
    if "at_most" in given:
        yield ("at_most",), Test(most=given["at_most"]), f"{given['at_most']} or less"
    for key in ("before", "after"):
        if key in given:
            yield (key,), Test(**{key: given[key]}), f"{key} {given[key]}"


def _hint(possible: Domain, test: Test, fields: list[str], kinds: list[Kind]) -> str:
    """Say what the field can be."""
    known = choices(possible)
    if known:
        near = next((near for word in test.among if (near := nearest(str(word), known))), "")
        return (f"Did you mean {near!r}? " if near else "") + f"It is one of: {', '.join(known)}."
    if all(one.types == {"object"} for one in possible):
        inner = [f"{field}.{name}" for field in fields for name in below(kinds, field)]
        fit = [
            name for name in inner if test.among and any(one.choices and one.can(test) for one in domain(kinds, [name]))
        ]
        if fit:
            return f"Did you mean `{fit[0]}`?"
        listed = ", ".join(inner[:12]) + (", …" if len(inner) > 12 else "")
        return "It is a mapping: name a field in it" + (f": {listed}." if listed else ".")
    said = {
        "a day: ask `before` or `after`": any("string" in one.types and one.day for one in possible),
        "a number: ask `at_least` or `at_most`": any("number" in one.types for one in possible),
        "true or false": any("boolean" in one.types for one in possible),
        "a mapping": any("object" in one.types for one in possible),
    }
    return f"It is {', or '.join(words for words, so in said.items() if so)}."


def _against_itself(named: str, given: Mapping[str, Any], at: Path, place: Places) -> Iterator[Finding]:
    for low, high in _LIMITS:
        least, most = given.get(low), given.get(high)
        if least is not None and most is not None and (least > most if low == "at_least" else least >= most):
            message = f"nothing is {low.replace('_', ' ')} {least} and {high.replace('_', ' ')} {most}"
            yield Finding(place((*at, low)), "settings/range", message, "Turn the two round, or take one away.")
    wanted, barred = numbered(given.get("is")), numbered(given.get("not"))
    if wanted and all(any(same(one, other) for _, other in barred) for _, one in wanted):
        message = f"{named} must be what it must not be"
        yield Finding(place((*at, "is")), "settings/range", message, "Take `is` or `not` out.")
    if given.get("present") is False and given.keys() - {"present", "not"}:
        message = "where there is no value, there is none to look at"
        yield Finding(place((*at, "present")), "settings/range", message, "Take `present: false` out, or the rest.")
