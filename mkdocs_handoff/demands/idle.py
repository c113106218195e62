"""What a rule of the project's own asks that no record can meet or miss: it does nothing, and looks as if it did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.demands.paths import ALWAYS, missing
from mkdocs_handoff.demands.ways import ways
from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.text.globs import matches
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings.checked import Places
    from mkdocs_handoff.text.yaml import Path

_FEW, _MANY = 3, 12
_OF_RECORDS = ("lifecycle", "stage", "tags", "files", "where", "related")


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
    always = [(number, field) for number, field in numbered(given.get("field")) if field in ALWAYS]
    if always and given.get("value", {"present": True}) == {"present": True}:
        number, field = always[0]
        hint = "It is inferred where it is not written. Say with `value` what it must be, or ask for another field."
        yield Finding(place((*at, "field", number)), "settings/range", f"every record has a {field}", hint)
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


def way(given: Mapping[str, Any], at: Path, meant: list[Kind], others: list[Kind], place: Places) -> Iterator[Finding]:
    """Tell where no field leads from the one to the other, in the direction and by the relation that are asked for.

    Args:
        given: The neighbour.
        at: Where it stands.
        meant: What the record may be.
        others: What the neighbour may be.
        place: Where settings stand.
    """
    if any(ways(given, meant, others)):
        return
    alone = {key: given[key] for key in ("direction", "written", "field") if key in given}
    key = "relation" if any(ways(alone, meant, others)) else "field"
    key = key if key in given else "relation" if "relation" in given else "kind"
    words = " or ".join(repr(word) for _, word in numbered(given.get(key)))
    message = {
        "field": f"{words} relates no {_nouns(meant)} to a {_nouns(others)}",
        "relation": f"no {_nouns(meant)} {words} a {_nouns(others)}",
        "kind": f"no field of a {_nouns(meant)} refers to a {_nouns(others)}",
    }[key]
    if "direction" in given and any(ways({**given, "direction": "either"}, meant, others)):
        turned = "in" if given["direction"] == "out" else "out"
        message += f", going {given['direction']}"
        hint = f"Write `direction: {turned}`, or leave it out."
    else:
        fields = alone if key == "relation" else {name: alone[name] for name in alone if name != "field"}
        found = ways(fields, meant, others)
        fit = [*dict.fromkeys(way.relation if key == "relation" else way.field for way in found if way.field)]
        more = ", …" if len(fit) > _MANY else ""
        hint = f"What relates them: {', '.join(fit[:_MANY])}{more}." if fit else "Name another kind."
    yield Finding(place((*at, key, 0)), "settings/choice", message, hint)


def _nouns(kinds: list[Kind]) -> str:
    return " or ".join(kind.name for kind in kinds) if len(kinds) <= _FEW else "record"


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
