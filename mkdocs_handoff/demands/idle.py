"""What a rule of the project's own asks that no record can meet or miss: it does nothing, and looks as if it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.demands.paths import choices, missing
from mkdocs_handoff.demands.values import like, same
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.text.globs import matches
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.text.yaml import Path

_LIMITS = (("at_least", "at_most"), ("after", "before"))
_OF_RECORDS = ("lifecycle", "stage", "tags", "files", "where", "related")


def value(field: str, given: Any, at: Path, kinds: list[Kind], place: Places) -> Iterator[Finding]:
    """Yield what is wrong with what a field must be.

    Args:
        field: The field.
        given: What it must be, as the settings have it.
        at: Where that stands.
        kinds: Whose field it is.
        place: Where settings stand.
    """
    known = choices(kinds, field)
    for path, word in _words(given):
        if known and not any(same(word, one) for one in known):
            near = nearest(str(word), known)
            hint = f"Did you mean {near!r}? " if near else ""
            hint += f"It is one of: {', '.join(known)}."
            yield Finding(place((*at, *path)), "settings/choice", f"{field!r} is never {str(word)!r}", hint)
    if isinstance(given, dict):
        yield from _tests(field, given, at, known, place)


def _words(given: Any) -> Iterator[tuple[Path, Any]]:
    """Yield the values that are named, each with where it stands."""
    for key in ("is", "not") if isinstance(given, dict) else ("",):
        for number, one in numbered(given.get(key) if key else given):
            yield ((key, number) if key else (number,)), one


def _tests(field: str, given: Mapping[str, Any], at: Path, known: Collection[str], place: Places) -> Iterator[Finding]:
    for number, form in numbered(given.get("like")):
        if known and not any(like(one, form) for one in known):
            hint = f"It is one of: {', '.join(known)}."
            yield Finding(place((*at, "like", number)), "settings/choice", f"{field!r} is never like {form!r}", hint)
    for low, high in _LIMITS:
        least, most = given.get(low), given.get(high)
        if least is not None and most is not None and (least > most if low == "at_least" else least >= most):
            message = f"nothing is {low.replace('_', ' ')} {least} and {high.replace('_', ' ')} {most}"
            yield Finding(place((*at, low)), "settings/range", message, "Turn the two round, or take one away.")
    wanted, barred = numbered(given.get("is")), numbered(given.get("not"))
    if wanted and all(any(same(one, other) for _, other in barred) for _, one in wanted):
        message = f"{field!r} must be what it must not be"
        yield Finding(place((*at, "is")), "settings/range", message, "Take `is` or `not` out.")
    if given.get("present") is False and given.keys() - {"present", "not"}:
        message = "where there is no value, there is none to look at"
        yield Finding(place((*at, "present")), "settings/range", message, "Take `present: false` out, or the rest.")


def demand(given: Mapping[str, Any], at: Path, place: Places) -> Iterator[Finding]:
    """Yield what a demand asks that asks nothing, or that cannot be met."""
    least, most = given.get("at_least"), given.get("at_most")
    if least is not None and most is not None and least > most:
        message = f"at least {least} and at most {most} cannot both be"
        yield Finding(place((*at, "at_least")), "settings/range", message, "Turn the two round, or take one away.")
    if least == 0 and most is None:
        hint = "Write 1 or more; for none at all `at_most: 0`."
        yield Finding(place((*at, "at_least")), "settings/range", "at least 0 is always there", hint)
    for key, needs in (("value", "field"), ("at_least", "related"), ("at_most", "related")):
        if key in given and needs not in given:
            message = f"{key!r} asks nothing without {needs!r}"
            yield Finding(place((*at, key), key=True), "settings/required", message, f"Write `{needs}:` beside it.")
    if "field" in given and "related" in given:
        hint = "Write two demands: `must: [{field: …}, {related: …}]`. A field that refers stands inside `related:`."
        where = place((*at, "related"), key=True)
        yield Finding(where, "settings/choice", "one demand asks for a field and for neighbours", hint)


def neighbour(given: Mapping[str, Any], at: Path, place: Places) -> Iterator[Finding]:
    """Yield what is asked of neighbours that nobody has written: only their kind is known."""
    if given.get("written") is not False:
        return
    for key in _OF_RECORDS:
        if key in given:
            message = f"of what nobody has written, {key!r} is not known"
            hint = "Take it out: only `kind`, `field` and `relation` say something of it."
            yield Finding(place((*at, key), key=True), "settings/choice", message, hint)
    if given.get("direction") == "in":
        message = "what nobody has written refers to nothing"
        yield Finding(place((*at, "direction")), "settings/choice", message, "Write `direction: out`, or leave it out.")


def stages(given: Mapping[str, Any], at: Path, kinds: list[Kind], place: Places) -> Iterator[Finding]:
    """Tell where a stage is asked of kinds whose records have none."""
    if "stage" in given and missing(kinds, "versions.stage") is not None:
        message = f"no {' or '.join(kind.name for kind in kinds)} has a stage"
        yield Finding(place((*at, "stage"), key=True), "settings/choice", message, "Take `stage` out, or name a model.")


def files(
    given: Mapping[str, Any], at: Path, paths: Collection[str], extended: Collection[str], place: Places
) -> Iterator[Finding]:
    """Yield globs of a selection, and of the neighbours in it, that match none of the records' files.

    A policy is written for many repositories, and its globs need not match in each: what is extended is left out.
    """
    for number, glob in numbered(given.get("files")):
        where = place((*at, "files", number))
        if where.path not in extended and not any(matches(path, glob) for path in paths):
            first, *rest = glob.removeprefix("./").removeprefix("/").split("/")
            near = nearest(first, sorted({path.partition("/")[0] for path in paths}))
            near = near and "/".join((near, *rest))
            hint = "Globs go from the project's root, and mean files of records."
            if near and any(matches(path, near) for path in paths):
                hint = f"Did you mean {near!r}? {hint}"
            yield Finding(where, "settings/nothing", f"{glob!r} matches no file with a record", hint, Severity.WARNING)
    for number, one in numbered(given.get("related")):
        yield from files(one, (*at, "related", number), paths, extended, place)


def numbered(given: Any) -> list[tuple[int, Any]]:
    """Return the items of a list, or the one value that stands for a list, each with its number."""
    if given is None:
        return []
    return list(enumerate(given if isinstance(given, list) else [given]))
