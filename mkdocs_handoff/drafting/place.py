"""Where a new record of a kind belongs: the file that the project's globs will find it in."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.records.discover import beside_records, claims
from mkdocs_handoff.records.documents import MARKDOWN, YAML
from mkdocs_handoff.text.globs import fixed_part, matches, path_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings import Claim

FORMATS = {"md": MARKDOWN[0], "yml": YAML[0]}
_NUMBERED = re.compile(r"([0-9]{3,5})-")


class RefusedError(Exception):
    """A record cannot be drafted like this; the text says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a record is to be written.

    Attributes:
        path: The file, from the project's root.
        name: The record's name; a decision's begins with its number where the others' do.
        claim: The glob that finds the file.
        into: Whether the file is there, and lists records of the kind: the new one becomes an entry.
    """

    path: str
    name: str
    claim: Claim
    into: bool = False


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
    listing = _listing(project, kind, tried, paths) if not form and not folder else None
    spot = listing or _file(kind, tried, paths, name, form, folder)
    spot = replace(spot, name=name) if listing is not None else spot
    _free(project, kind, spot)
    return spot


def _listing(project: Project, kind: Kind, tried: Iterable[Claim], paths: list[str]) -> Spot | None:
    """Return the one file that lists the kind's records, where all of them are in it."""
    entries = {
        record.source.path
        for record in project.catalog.of_kind(kind.name)
        if record.source.layer.prefix[:1] == (kind.list_key,)
    }
    if not kind.list_key or len(entries) != 1 or set(paths) != entries:
        return None
    (path,) = entries
    claim = next((claim for claim in tried if matches(path, claim.glob)), None)
    return Spot(path, "", claim, into=True) if claim is not None else None


def _file(kind: Kind, tried: list[Claim], paths: list[str], name: str, form: str, folder: str) -> Spot:
    endings = [FORMATS[form]] if form else [*MARKDOWN, *YAML]
    if folder:
        wanted = posixpath.normpath(folder.replace("\\", "/"))
        if wanted.startswith(("../", "/")) or wanted == "..":
            raise RefusedError(f"{folder} is outside the project")
        lead = "" if wanted == "." else wanted + "/"
        usual = [ending for ending in endings if any(path.endswith(ending) for path in paths)]
        for ending in (*usual, *endings):
            named = _numbered(name, lead, paths)
            path = f"{lead}{named}{ending}"
            claim = next((claim for claim in tried if matches(path, claim.glob)), None)
            if claim is not None:
                return Spot(path, named, claim)
    else:
        # The glob that finds most of what there is, then the others in their order.
        often = {claim.glob: sum(matches(path, claim.glob) for path in paths) for claim in tried}
        for claim in sorted(tried, key=lambda claim: -often[claim.glob]):
            named = _numbered(name, fixed_part(claim.glob) + "/", paths)
            path = path_for(named, claim.glob)
            if path.endswith(tuple(endings)):
                return Spot(path, name if posixpath.basename(path).startswith(("README", "index")) else named, claim)
    globs = ", ".join(claim.glob for claim in tried) or "nowhere: the settings name no glob for it"
    where = f"{folder or 'any folder'}{f' as a .{form} file' if form else ''}"
    raise RefusedError(
        f"a {kind.title.lower()} in {where} would not be found; they are looked for in {globs}. "
        f"Name another place with --dir, or add a glob to `records:` in the settings"
    )


def _numbered(name: str, lead: str, paths: Iterable[str]) -> str:
    """Return a name with the next number, where all that stand in the folder begin with one."""
    beside = [posixpath.basename(path) for path in paths if path.startswith(lead) and "/" not in path[len(lead) :]]
    numbers = [found[1] for one in beside if (found := _NUMBERED.match(one))]
    if not numbers or len(numbers) < len(beside) or _NUMBERED.match(name):
        return name
    return f"{max(map(int, numbers)) + 1:0{max(map(len, numbers))}d}-{name}"


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
