"""What of a project's findings a change is about: those in files that it touches, and those that it brings elsewhere.

Elsewhere a finding is the change's when it was not there at the commit that the change builds on. The project is read
once more as it was then, in a folder of its own: nothing less tells what a deleted record, another schema or other
settings break in files that nobody touched.
"""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked.began import began
from mkdocs_handoff.cli.asked.paths import everywhere
from mkdocs_handoff.cli.asked.putting import without_baseline
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.findings import Finding, Place, Severity, ordered
from mkdocs_handoff.history.earlier import differing, earlier, leaving
from mkdocs_handoff.history.git import UnreadableError
from mkdocs_handoff.history.repository import Repository, State, repository
from mkdocs_handoff.policy.ignores import ignore
from mkdocs_handoff.project import load
from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.discover import SIDECAR
from mkdocs_handoff.reports.gone import gone
from mkdocs_handoff.schema.files import SUFFIX
from mkdocs_handoff.settings import CONFIGURATIONS, OWN_FILE, find_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.reports.gone import Gone

# An addition breaks nothing that another file says; what can hold a record, a value or settings may.
_SAYING = (".md", ".markdown", ".yml", ".yaml", ".json", ".csv")
_DELETED = "reference/deleted"
_INSTEAD = frozenset(("reference/near-miss", "owner/unknown", "link/missing"))
"""What else is told of a reference to a record that is gone, and knows less of it."""
_CLAIM = "Write where it is now into `records:`."
_NO_GLOB = str.maketrans("*[]", "???")


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change touches.

    Attributes:
        base: The commit that it builds on.
        paths: The files that differ from it, from the project's root; also those that are gone.
        gone: The records that it took away.
    """

    base: str
    paths: frozenset[str] = frozenset()
    gone: tuple[Gone, ...] = ()


def changed(
    project: Project, name: str, told: Callable[[int, int], None] | None = None, *, whole: bool = False
) -> tuple[Touched | None, tuple[Finding, ...]]:
    """Return what a change touches, and the findings that it is about, by place.

    Args:
        project: As the change leaves it, files that are not committed among them.
        name: The branch that it left; empty: the usual one.
        told: Is told how far the reading of the earlier project is.
        whole: Whether a baseline holds nothing back.

    Raises:
        UsageError: It cannot be told what the change is.
    """
    root = project.settings.root
    found = repository(root) if project.settings.history else Repository(State.OFF)
    if found.state is State.EMPTY and name == "HEAD":  # the first commit, of which a hook asks what it changes: all
        return None, project.findings
    base = began(found, name)
    try:
        full = differing(found, base)
        left = {_from_root(path, found.prefix) for path in leaving(found)}.intersection(project.catalog.files)
        if left:
            project = _without(project, left, whole=whole)
        paths = frozenset(_from_root(path, found.prefix) for path in full)
        inside = tuple(one for one in project.findings if one.place.path in paths or everywhere(project, one))
        if len(inside) == len(project.findings) and not _may_break(paths):
            return Touched(base, paths), inside
        pages = None if _asks_otherwise(paths, project) else {found.prefix + path for path in project.records.read}
        with earlier(found, base, full, pages) as top:
            before = _load(top / found.prefix, project, told)
            moved = _moved(before, project, paths)
    except UnreadableError as error:
        lacking = "; this is a partial clone: fetch without `--filter`" if found.partial else ""
        raise UsageError(f"what was wrong before the change cannot be told: {error}{lacking}") from None
    took = gone(before.catalog, project.catalog, project.records.broken, partial(_on_disk, project, left))
    findings = _with_gone(project, took, left, moved)
    old = before.counting.whole if whole else before.findings
    always = {finding for finding in findings if everywhere(project, finding)}
    return Touched(base, paths, took), tuple(_about(findings, old, paths, always))


def _load(root: Path, project: Project, told: Callable[[int, int], None] | None) -> Project:
    root.mkdir(parents=True, exist_ok=True)  # the change may have brought the project
    configuration = project.settings.path
    named = configuration if configuration != OWN_FILE and (root / configuration).is_file() else ""
    return load(find_settings(root, named), project.level, told)


def _without(project: Project, paths: Collection[str], *, whole: bool) -> Project:
    """Return a project without records that are on disk and that the next commit takes away."""
    found = find_settings(project.settings.root, project.settings.path if project.settings.path != OWN_FILE else "")
    literal = (path.translate(_NO_GLOB) for path in sorted(paths))
    settings = replace(found.settings, exclude=(*found.settings.exclude, *literal))
    read = load(replace(found, settings=settings), project.level)
    return without_baseline(read) if whole else read


def _moved(before: Project, project: Project, paths: Iterable[str]) -> dict[str, str]:
    """Return where the files of records are now that are not where they were, and that nothing claims there.

    Told by what they hold: the same bytes.
    """
    root, was = project.settings.root, before.settings.root
    gone = [path for path in before.catalog.files if not os.path.lexists(root / path)]
    new = [path for path in sorted(paths) if path not in project.records.read and (root / path).is_file()]
    if not gone or not new:
        return {}
    held = {(root / path).read_bytes(): path for path in reversed(new)}
    return {path: held[content] for path in gone if (content := (was / path).read_bytes()) in held}


def _on_disk(project: Project, left: Collection[str], path: str) -> bool:
    return path not in left and os.path.lexists(project.settings.root / path)


def _may_break(paths: Iterable[str]) -> bool:
    """Tell whether what is written elsewhere may have lost what it speaks of."""
    return any(path.lower().endswith(_SAYING) for path in paths)


def _asks_otherwise(paths: Iterable[str], project: Project) -> bool:
    """Tell whether other files may have been read before: settings and schemas say which are."""
    return any(
        posixpath.basename(path) in (*CONFIGURATIONS, OWN_FILE, project.settings.path) or path.endswith(SUFFIX)
        for path in paths
    )


def _about(
    now: Iterable[Finding], before: Iterable[Finding], paths: frozenset[str], always: Collection[Finding]
) -> Iterator[Finding]:
    """Yield the findings in touched files, those elsewhere that were not there before, and what is always told."""
    old = Counter(map(_key, before))
    for finding in now:
        if finding.place.path in paths or finding in always:
            yield finding
        elif old[_key(finding)]:
            old[_key(finding)] -= 1
        else:
            yield finding


def _key(finding: Finding) -> tuple[object, ...]:
    """A file that no one touched has the same lines; the hint may name what is new, and is the same finding's."""
    return finding.place, finding.rule, finding.subject, finding.message, finding.severity


def _with_gone(
    project: Project, took: Iterable[Gone], left: Collection[str], moved: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Return a project's findings with those about records that are gone; settings and comments weigh them."""
    found = [
        project.settings.weigh(finding)
        for one in took
        for finding in (*_unretired(project, one, left, moved), *_askers(project, one, left, moved))
    ]
    kept = ignore(ordered(found), project.records.marked, project.settings, project.level).kept
    told = [finding for finding in kept if finding.severity is not Severity.OFF]
    places = {finding.place for finding in told}
    return ordered((*(one for one in project.findings if one.rule not in _INSTEAD or one.place not in places), *told))


def _unretired(project: Project, one: Gone, left: Collection[str], moved: Mapping[str, str]) -> Iterator[Finding]:
    """Tell of an active record whose file is deleted. One that seems to have another name now is not lost."""
    if one.lifecycle == "active" and one.now is None and not _on_disk(project, left, one.path):
        message = f"{one.identity} was active, and this change deletes it instead of retiring it"
        hint = f"{_kept('it', one)}: who meets its name later finds what it was and what replaced it."
        if one.path in moved:
            message = f"{one.identity} was moved to {moved[one.path]}, which nothing claims: it is no record now"
            hint = _CLAIM
        yield Finding(Place(one.path), "record/deleted", message, hint, Severity.WARNING, str(one.identity))


def _kept(what: str, one: Gone) -> str:
    """Say how a record is kept: a decision has a word of its own for that, and a file of another tool's a sidecar."""
    if one.identity.kind == "decision":
        return f"Keep {what} with the status `superseded` or `deprecated`"
    return f"Keep {what} with `lifecycle: retired`" + (f" in {one.path}{SIDECAR}" if one.adopted else "")


def _askers(project: Project, one: Gone, left: Collection[str], moved: Mapping[str, str]) -> Iterator[Finding]:
    where, keep = f"{one.path} is deleted", _kept("the record", one)
    if one.path in moved:
        where, keep = f"{one.path} was moved to {moved[one.path]}, which nothing claims", _CLAIM.rstrip(".")
    elif _on_disk(project, left, one.path):
        read = one.path in project.records.read
        where = f"{one.path} no longer holds it" if read else f"no record is read from {one.path} any more"
        keep = keep if read else "Let `records:` find it and `exclude:` spare it"
    elif one.path in left:
        where = f"{one.path} is on disk, and staged as deleted"
    for asker in one.asked_by:
        means = "leads to" if asker.link else "names"
        message = f"{asker.text!r} {means} {one.identity}, which this change takes away ({where})"
        hint = f"{keep}, or take the reference out of {asker.record}."
        if one.now:
            file = one.now_path + (SIDECAR if adopted(project.catalog.records[one.now]) else "")
            alias = f"name that here, or add `aliases: [{one.identity.name}]` to {file}."
            hint = f"If it is {one.now} now, " + (f"link to {one.now_path}." if asker.link else alias)
        if asker.address:
            hint += f" Without it this leads to {asker.address}."
        draft = project.catalog.records[asker.record].lifecycle == "draft"
        severity = Severity.WARNING if draft and project.settings.locked(_DELETED) is None else Severity.ERROR
        yield Finding(asker.place, _DELETED, message, hint, severity, str(asker.record))


def _from_root(full: str, prefix: str) -> str:
    return full[len(prefix) :] if full.startswith(prefix) else posixpath.relpath(full, prefix)
