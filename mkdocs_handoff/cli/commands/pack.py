"""`mkdocs-handoff pack`: a handoff as one archive that opens in a browser from a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.exchange.pack.archive import Member
    from mkdocs_handoff.exchange.pack.holdings import Holdings
    from mkdocs_handoff.exchange.pack.manifest import Origin
    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.past import Past
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.handoffs.scope import Scope

INCLUDE, CHECKSUMS = "include", "checksums"
_UNITS = {"": 1, "B": 1, "kB": 10**3, "KB": 10**3, "MB": 10**6, "GB": 10**9}
_LISTED = 10


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "pack",
        help="write a handoff as one archive that opens in a browser from a folder",
        description="Write one archive (.zip) of a handoff: the pages in scope, their records, the artifacts or their "
        "checksums, a manifest. The same input gives the same bytes. Exit status: 0 written, 1 records in scope have "
        "errors, 2 could not run.",
    )
    parser.add_argument("handoff", metavar="HANDOFF", help="the handoff's name or, without one, a model's")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="the archive (default: NAME.zip in the current folder; from a folder of the project, in its top)",
    )
    parser.add_argument(
        "--artifacts",
        choices=(INCLUDE, CHECKSUMS),
        default=INCLUDE,
        help="whether artifacts go along, or only their checksums (default: include)",
    )
    parser.add_argument(
        "--max-size",
        type=_size,
        default=_size("25MB"),
        metavar="SIZE",
        help="of a larger artifact, or file that prose links to, only the checksum goes along (default: 25MB)",
    )
    options.add_commit_day(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Write the archive."""
    from mkdocs_handoff.cli import files  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked.projects import projects_with_records  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS, UsageError  # noqa: PLC0415
    from mkdocs_handoff.exchange.pack import archive, holdings  # noqa: PLC0415
    from mkdocs_handoff.reports.handoffs.scope import scope  # noqa: PLC0415

    (project,) = projects_with_records(given.config, ())
    about = _about(project, given.handoff)
    if about is None:
        return FINDINGS
    output = _output(given.output, about, project)
    scoped = scope(project.catalog, about)
    if _refused(project, _wrong(project, scoped)):
        return FINDINGS
    past, moment = _past(project, given.today)
    try:
        held = holdings.holdings(
            project,
            past.history,
            scoped,
            include=given.artifacts == INCLUDE,
            limit=given.max_size,
        )
        members = _members(project, past, scoped, held, given.max_size)
    except (holdings.GoneError, archive.ClashError) as error:
        raise UsageError(str(error)) from None
    if members is None:
        return FINDINGS
    try:
        archive.write(output, about.name, members, moment)
    except OSError as error:
        raise UsageError(f"{files.shown(output)} cannot be written: {error.strerror or error}") from None
    print(printable(files.shown(output)))
    for line in _told(scoped, held, len(members), output):
        print(printable(line), file=sys.stderr)
    return CLEAN


def _about(project: Project, text: str) -> Identity | None:
    """Return what is to be packed; None where its file is broken, which has been told."""
    from mkdocs_handoff.catalog.references import parse  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.reports.handoffs.scope import HANDOFF  # noqa: PLC0415

    catalog = project.catalog
    handoffs = [identity for identity in catalog.records if identity.kind == HANDOFF]
    name = parse(text, catalog.namespace)
    # A handoff is often called as the model that it hands over: here the handoff is meant.
    if name is not None and not name.kind:
        meant = catalog.index.candidates(name, (HANDOFF,))
        if len(meant) == 1:
            return meant[0]
    try:
        (found,) = Names((catalog,), ()).record(text)
    except UsageError:
        broken = {path for path in project.records.broken if name is not None and _stem(path) == name.name}
        if _refused(project, [one for one in project.errors if one.place.path in broken]):
            return None
        raise
    if found is None or found.kind not in (HANDOFF, "model"):
        known = ", ".join(map(str, handoffs)) or "there is none"
        raise UsageError(f"{found} is no handoff and no model; handoffs: {known}")
    return found


def _stem(path: str) -> str:
    from mkdocs_handoff.records.record import slug  # noqa: PLC0415

    folder, name = os.path.split(path)
    stem = name.partition(".")[0]
    return slug(os.path.basename(folder) if stem.lower() in ("readme", "index", "card") else stem)  # noqa: PTH119


def _wrong(project: Project, scoped: Scope) -> list[Finding]:
    """Return the errors in records in scope, and in files that probably hold records which their fields name."""
    from mkdocs_handoff.catalog.relations import Wanted  # noqa: PLC0415

    catalog = project.catalog
    names = {str(identity) for identity in scoped}
    paths = {
        layer.path
        for identity in scoped
        for layer in (catalog.records[identity].source.layer, catalog.records[identity].source.sidecar)
        if layer is not None
    }
    wanted = {
        target.name for (asker, _), target in catalog.targets.items() if isinstance(target, Wanted) and asker in scoped
    }
    paths |= {path for path in project.records.broken if _stem(path) in wanted}
    return [one for one in project.errors if one.subject in names or (not one.subject and one.place.path in paths)]


def _refused(project: Project, wrong: list[Finding]) -> bool:
    """Tell what is wrong, and whether anything is."""
    if not wrong:
        return False
    from mkdocs_handoff.cli.shown import findings, terminal  # noqa: PLC0415
    from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

    print(
        findings.text(findings.Checked(project, tuple(wrong)), colour=terminal.colour(), width=terminal.room()), end=""
    )
    print(f"nothing is packed: {counted(len(wrong), 'error')} in what would be in the pack", file=sys.stderr)
    return True


def _output(given: str | None, about: Identity, project: Project) -> Path:
    """Return the archive to be written.

    Raises:
        UsageError: It may not be written there.
    """
    from mkdocs_handoff.cli import files  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.exchange.pack.archive import is_pack  # noqa: PLC0415

    output = Path(given) if given is not None else _usual(project.settings.root) / f"{about.name}.zip"
    shown = files.shown(output)
    if output.is_dir():
        raise UsageError(f"{shown} is a folder: name the file, -o {shown}/{about.name}.zip")
    if output.suffix.lower() != ".zip":
        raise UsageError(f"{shown} does not end in .zip, and a pack is a zip file")
    if not output.parent.is_dir():
        raise UsageError(f"{shown} cannot be written: there is no folder {files.shown(output.parent)}")
    docs = (project.settings.root / project.settings.docs_dir).resolve()
    if output.resolve().is_relative_to(docs):
        raise UsageError(f"{shown} is in {project.settings.docs_dir}, which is published: name another folder with -o")
    if os.path.lexists(output) and not is_pack(output):
        raise UsageError(f"{shown} is there already, and is no pack: move it, or name another file with -o")
    return output


def _usual(root: Path) -> Path:
    """Return the folder for an archive that nobody names: the current one; from within a project, the project's."""
    here = Path.cwd()
    return root if here != root.resolve() and here.is_relative_to(root.resolve()) else Path()


def _past(project: Project, today: str) -> tuple[Past, int]:
    """Return what git knows, of the day asked for or of the commit's, and the moment that files in the archive have."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415
    from mkdocs_handoff.past import look_back  # noqa: PLC0415
    from mkdocs_handoff.today import EPOCH, day  # noqa: PLC0415

    written = day_given(today)
    epoch = os.environ.get(EPOCH, "")
    past = look_back(project.settings, written)
    committed = _committed(past.history)
    if not today and not epoch and committed is not None:
        past = look_back(project.settings, day(committed))
    if epoch:
        return past, int(epoch)
    if committed is not None:
        return past, committed
    return past, int(datetime(past.today.year, past.today.month, past.today.day, tzinfo=UTC).timestamp())


def _committed(history: History) -> int | None:
    """Return when the commit was made that is checked out; None where git tells none."""
    number = history.branch.number(history.repository.head) if history.readable else None
    return history.branch.commit(number).time if number is not None else None


def _when(committed: int | None) -> str:
    from datetime import UTC, datetime  # noqa: PLC0415

    return "" if committed is None else datetime.fromtimestamp(committed, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _origin(past: Past) -> Origin:
    from mkdocs_handoff.exchange.pack.manifest import Origin  # noqa: PLC0415

    committed, repository = _committed(past.history), past.history.repository
    if committed is None:
        return Origin("", "", repository.state.value, past.today.isoformat())
    return Origin(repository.head, _when(committed), "", past.today.isoformat())


def _members(project: Project, past: Past, scoped: Scope, held: Holdings, limit: int) -> tuple[Member, ...] | None:
    """Return all files of the pack in order; None where pages cannot be made for what is wrong in the project."""
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.exchange.pack.archive import ordered, sums  # noqa: PLC0415
    from mkdocs_handoff.exchange.pack.manifest import manifest  # noqa: PLC0415
    from mkdocs_handoff.site import archive  # noqa: PLC0415 - the only command that runs a builder

    origin = _origin(past)
    try:
        made = archive.pages(project, past, scoped, origin, held, limit)
    except archive.UnbuiltError as error:
        raise UsageError(str(error)) from None
    if _refused(project, [one for one in made.problems if one.rule.startswith("template/")]):
        return None
    members = ordered((*held.members, *made.members))
    told = manifest(project.catalog, scoped, held, origin, made.addresses, members, made.built_with)
    every = ordered((*members, told))
    return (*every, sums(every))


def _told(scoped: Scope, held: Holdings, members: int, output: Path) -> list[str]:
    """Return what was written, and what whoever sends it should know, line by line."""
    from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

    inside = sum(1 for one in held.artifacts if one.member)
    artifacts = f"{inside} of {counted(len(held.artifacts), 'artifact')}"
    size = f"{output.stat().st_size:,} bytes"
    lines = [f"  {one}" for one in (counted(len(scoped), "record"), artifacts, f"{counted(members, 'file')}, {size}")]
    lines += [f"not in it: {one.path} ({one.absent})" for one in held.artifacts if not one.member]
    lines += [f"not what a record says: {one.path}" for one in held.artifacts if one.wrong]
    pending = held.uncommitted
    if pending:
        more = f" and {len(pending) - _LISTED} more" if len(pending) > _LISTED else ""
        lines.append(f"not committed, and so in no repository: {', '.join(pending[:_LISTED])}{more}")
    return lines


def _size(text: str) -> int:
    import argparse  # noqa: PLC0415
    import re  # noqa: PLC0415

    found = re.fullmatch(r"(\d{1,12})\s?([A-Za-z]{0,2})", text, re.ASCII)
    if found is None or found[2] not in _UNITS:
        raise argparse.ArgumentTypeError(f"{text!r} is no size: write it as 25MB, 800kB or 1GB")
    return int(found[1]) * _UNITS[found[2]]
