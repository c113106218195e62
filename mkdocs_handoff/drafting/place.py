"""Where a new record of a kind belongs: the file that the project's globs will find it in."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.records.discover import beside_records, claims
from mkdocs_handoff.records.documents import MARKDOWN, YAML
from mkdocs_handoff.records.record import DECISION, slug
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.files import read_text
from mkdocs_handoff.text.globs import fixed_part, matches, path_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings import Claim
    from mkdocs_handoff.text.yaml import Path

FORMATS = {"md": MARKDOWN[0], "yml": YAML[0]}
_NUMBERED = re.compile(r"([0-9]{3,5})-")
_REFERENCE = re.compile(r"[:/\\@#]")
_WITHOUT = "without one, the next is put before the name"
_OTHERWISE = "take another, or none"


class RefusedError(Exception):
    """A record cannot be drafted like this; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record is to be written.

    Attributes:
        path: The file, from the project's root.
        name: The record's name; a decision's begins with its number where the others' do.
        claim: The glob that finds the file.
        into: Whether the file is there, and holds records of the kind: the new one becomes an entry.
        document: Which document of that file gets the entry, from 0.
        keyed: The way to the mapping that has those records by their names; None: they are a list.
    """

    path: str
    name: str
    claim: Claim
    into: bool = False
    document: int = 0
    keyed: Path | None = None


def name_for(kind: Kind, word: str) -> str:
    """Return a record's name, as a slug; of a title, its words.

    Args:
        kind: The record's.
        word: As the user has it.

    Raises:
        RefusedError: It is no name, but a file's, or a reference.
    """
    stem, _, ending = word.strip().rpartition(".")
    file = f".{ending.lower()}" in (*MARKDOWN, *YAML)
    found = _REFERENCE.search(word)
    if file or found is not None:
        last = re.split(r"[/\\]", (stem if file else word).lower().removeprefix(f"{kind.name}:"))[-1]
        likely = slug(re.split("[@#]", last)[0]) or slug(stem)
        why = f"is no name, as {found[0]!r} stands in it" if found is not None else "is a file, and a name is asked for"
        raise RefusedError(f"{word!r} {why}{f'; {likely!r} would do' if likely else ''}")
    name = slug(word)
    if not name:
        raise RefusedError(f"{word!r} is no name: letters and digits, and dashes between words")
    return name


def spot_for(project: Project, kind: Kind, name: str, form: str = "", folder: str = "") -> Spot:
    """Return where a record goes: where most records of its kind are, if nothing else is asked for.

    Args:
        project: With its settings and its records.
        kind: The record's.
        name: The record's name, as a slug.
        form: `md` or `yml`; empty: as the others are.
        folder: The folder, from the project's root; empty: where the others are.

    Raises:
        RefusedError: Nothing would find the file, or there is such a record already.
    """
    tried = [claim for claim in claims(project.settings, project.catalog.kinds) if claim.kind == kind.name]
    paths = [record.source.path for record in project.catalog.of_kind(kind.name)]
    usual = not form and not folder
    if kind.list_key and not paths and usual:
        _readable(project, kind)
    listing = _listing(project, kind, tried) if usual else None
    spot = listing or _file(kind, tried, paths, name, form, folder)
    spot = replace(spot, name=name) if listing is not None else spot
    _free(project, kind, spot)
    return spot


def _listing(project: Project, kind: Kind, tried: Iterable[Claim]) -> Spot | None:
    """Return the one file that holds the kind's records, in a list or by their names, where all of them are in it."""
    if not kind.list_key:
        return None
    held = [_held(record) for record in project.catalog.of_kind(kind.name)]
    held = held or [(_begun(project, kind), 0, (kind.list_key,), False)]
    path, document, above, named = max(held, key=lambda one: one[:2])
    one = len({(path, above, named) for path, _, above, named in held}) <= 1
    claim = next((claim for claim in tried if matches(path, claim.glob)), None)
    if not one or claim is None or not (above == (kind.list_key,) or (named and not above)):
        return None
    return Spot(path, "", claim, into=True, document=document, keyed=above if named else None)


def _held(record: Record) -> tuple[str, int, Path, bool]:
    """Return where a record stands: its file, the document, what is around it, and whether it has its name there."""
    layer = record.source.layer
    named = bool(layer.prefix) and isinstance(layer.prefix[-1], str)
    return record.source.path, layer.document, layer.prefix[:-1], named


def _begun(project: Project, kind: Kind) -> str:
    """Return the one file that lists nothing yet, and is there for records of a kind; empty where none is."""
    read = [path for path in project.records.read if path.lower().endswith(YAML) and _first(project, path) == kind.name]
    text = read_text(project.settings.root, read[0]) if len(read) == 1 else ""
    held = yaml.read(text).documents if isinstance(text, str) else ()
    begun = len(held) == 1 and isinstance(held[0], dict) and held[0].get(kind.list_key, "") in ([], {}, None)
    return read[0] if begun else ""


def _first(project: Project, path: str) -> str:
    """Return the kind as which a file is read."""
    tried = claims(project.settings, project.catalog.kinds)
    return next((claim.kind for claim in tried if matches(path, claim.glob)), "")


def _readable(project: Project, kind: Kind) -> None:
    """Refuse to pass over a file that may list all records of a kind, and gave none."""
    for path in project.records.broken:
        if path.lower().endswith(YAML) and _first(project, path) == kind.name:
            raise RefusedError(
                f"{path} cannot be read, and may hold each {kind.title.lower()} that there is: mend it first "
                f"(`mkdocs-handoff lint` tells what is wrong), or name another place with --dir"
            )


def _file(kind: Kind, tried: list[Claim], paths: list[str], name: str, form: str, folder: str) -> Spot:
    endings = [FORMATS[form]] if form else [*MARKDOWN, *YAML]
    if folder:
        wanted = posixpath.normpath(folder.replace("\\", "/"))
        if wanted.startswith(("../", "/")) or wanted == "..":
            raise RefusedError(f"{folder} is outside the project")
        lead = "" if wanted == "." else wanted + "/"
        usual = [ending for ending in endings if any(path.endswith(ending) for path in paths)]
        for ending in (*usual, *endings):
            named = _numbered(kind, name, lead, paths)
            path = f"{lead}{named}{ending}"
            claim = next((claim for claim in tried if matches(path, claim.glob)), None)
            if claim is not None:
                return Spot(path, named, claim)
    else:
        # The glob that finds most of what there is, then the others in their order.
        often = {claim.glob: sum(matches(path, claim.glob) for path in paths) for claim in tried}
        for claim in sorted(tried, key=lambda claim: -often[claim.glob]):
            fixed = fixed_part(claim.glob)
            named = _numbered(kind, name, f"{fixed}/" if fixed else "", paths)
            path = path_for(named, claim.glob)
            if path.endswith(tuple(endings)):
                return Spot(path, name if posixpath.basename(path).startswith(("README", "index")) else named, claim)
    globs = ", ".join(claim.glob for claim in tried) or "nowhere: the settings name no glob for it"
    where = f"{folder or 'any folder'}{f' as a .{form} file' if form else ''}"
    there = next((path for path in paths if any(claim.glob == path for claim in tried)), "")
    instead = f"Write it into {there} by hand, as the others are" if there else "Name another place with --dir"
    raise RefusedError(
        f"a {kind.title.lower()} in {where} would not be found; they are looked for in {globs}. "
        f"{instead}, or add a glob to `records:` in the settings"
    )


def _numbered(kind: Kind, name: str, lead: str, paths: Iterable[str]) -> str:
    """Return a name with the next number, where most that stand in the folder begin with one.

    Raises:
        RefusedError: One of them has the name, whatever its number, or the number that the name begins with.
    """
    beside = [path for path in dict.fromkeys(paths) if path.startswith(lead) and "/" not in path[len(lead) :]]
    numbers = {path: found[1] for path in beside if (found := _NUMBERED.match(path[len(lead) :]))}
    numbered = 2 * len(numbers) > len(beside)
    # A decision's number is never a part of its name: others call it by either.
    if not numbers or not (numbered or kind.name == DECISION):
        return name
    own = _NUMBERED.match(name)
    for path in beside:
        stem, number = posixpath.splitext(path[len(lead) :])[0], numbers.get(path, "")
        if own is None and slug(stem[len(number) :]) == name:
            raise RefusedError(f"{kind.name}:{slug(stem)} is there already ({path})")
        if own is not None and number and int(own[1]) == int(number):
            raise RefusedError(f"the number {number} is taken ({path}); {_WITHOUT if numbered else _OTHERWISE}")
    if own or not numbered:
        return name
    return f"{max(map(int, numbers.values())) + 1:0{max(map(len, numbers.values()))}d}-{name}"


def _free(project: Project, kind: Kind, spot: Spot) -> None:
    if any(matches(spot.path, glob) for glob in project.settings.exclude):
        raise RefusedError(f"{spot.path} is excluded by the settings (`exclude:`), and would not be read")
    own = any(claim.glob == spot.claim.glob for claim in project.settings.claims)
    if not own and not spot.into and beside_records(spot.path, spot.claim.glob):
        raise RefusedError(f"{spot.path} would pass for a template or an overview, and not be read: name it otherwise")
    first = next(one for one in claims(project.settings, project.catalog.kinds) if matches(spot.path, one.glob))
    if first.kind != kind.name:
        raise RefusedError(f"{spot.path} would be read as a {first.kind} ({first.glob}): name another place with --dir")
    for record in project.catalog.of_kind(kind.name):
        if spot.name in (record.identity.name, *record.aliases) and not record.identity.namespace:
            raise RefusedError(f"{record.identity} is there already ({record.source.path})")
