"""`mkdocs-handoff generate`: the pages as files, for builders that load no plugin."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.generated.layout import Layout
    from mkdocs_handoff.past import Past
    from mkdocs_handoff.project import Project


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "generate",
        help="write the pages to a folder, for a builder that loads no plugin",
        description="Write the pages that the plugin would add to a site to a folder, as files that Zensical, MkDocs "
        "without the plugin, and TechDocs build; only what changed is written. Exit status: 0 the folder is current, "
        "1 a file is not ours to change (or, with --check, something would change), 2 could not run.",
    )
    parser.add_argument(
        "folder",
        metavar="DIR",
        help="the folder, below the builder's folder of pages or that of another builder; in the builder's own folder, "
        "pages go where `prefix` says",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if anything would change")
    parser.add_argument(
        "--force", action="store_true", help="write over files that were there before or were edited by hand"
    )
    parser.add_argument(
        "--no-directory-urls",
        action="store_true",
        help="for a builder with `use_directory_urls: false`: addresses end in .html",
    )
    options.add_commit_day(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Write the pages, or tell what would be written."""
    from mkdocs_handoff.cli import files as named  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked.projects import projects_with_records  # noqa: PLC0415
    from mkdocs_handoff.cli.shown import generated as shown  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS, UsageError  # noqa: PLC0415
    from mkdocs_handoff.generated import layout, plan  # noqa: PLC0415
    from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

    (project,) = projects_with_records(given.config, ())
    folder = _folder(project, given.folder)
    laid = layout.layout(project, folder, directory_urls=not given.no_directory_urls)
    made = _made(laid, _past(project, given.today))
    if made is None:
        return FINDINGS
    full = project.settings.root / folder
    where = named.shown(full)
    try:
        found = plan.plan(full, made, force=given.force)
        current = found.is_current
        if not given.check and not found.refused:
            plan.carry_out(found)
    except plan.ManifestError as error:
        raise UsageError(f"{where}: {error}; move it away, and generate again") from None
    except OSError as error:
        what = named.shown(error.filename) if error.filename else where
        raise UsageError(f"{what} cannot be written: {error.strerror or error}") from None
    print(shown.steps(found, where), end="")
    print(shown.summary(found, where, check=given.check), file=sys.stderr)
    if project.errors:
        # Whoever builds these pages loads no plugin, and no strict build of theirs would tell.
        unread = ": what cannot be read has no page of its own" if project.records.broken else ""
        told = f"lint finds {counted(len(project.errors), 'error')}{unread}"
        print(f"mkdocs-handoff: {told} (`mkdocs-handoff lint`)", file=sys.stderr)
    return FINDINGS if found.refused or (given.check and not current) else CLEAN


def _folder(project: Project, given: str) -> str:
    """Return the folder to generate, from the project's root.

    Raises:
        UsageError: It may not be generated.
    """
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.generated.layout import folder_of  # noqa: PLC0415
    from mkdocs_handoff.generated.plan import MANIFEST  # noqa: PLC0415

    root = project.settings.root
    real = Path(os.path.realpath(root))
    asked = Path(os.path.realpath(given))
    if not asked.is_relative_to(real):
        raise UsageError(f"{given} is outside the project: nothing is written there")
    folder = asked.relative_to(real).as_posix()
    if folder == ".":
        raise UsageError(f"{given} is the project's own folder: name one in it")
    chosen = folder_of(project, folder)
    if chosen == project.settings.docs_dir:
        raise UsageError(f"{given} holds the builder's own pages: name a folder in it, such as {given}/handoff")
    full = root / chosen
    if full.is_symlink() or (os.path.lexists(full) and not full.is_dir()):
        raise UsageError(f"{chosen} is no folder: name another one")
    docs = project.settings.docs_dir + "/"
    if any(part.startswith(".") for part in chosen.split("/")):
        raise UsageError(f"{chosen} is hidden: builders do not show what begins with a dot")
    held = next((path for path in sorted(project.catalog.files) if path.startswith(chosen + "/")), "")
    if held:
        raise UsageError(f"{chosen} holds records ({held}): name a folder for generated pages alone")
    if docs.startswith(chosen + "/"):
        raise UsageError(f"{chosen} holds the builder's own pages ({docs}): name another folder")
    other = "" if (full / MANIFEST).exists() else _other(full)
    if other:
        raise UsageError(f"{chosen} holds other files ({other}) and no page: name a folder for pages")
    return chosen


def _other(folder: Path) -> str:
    """Return a file of a folder in which there are files and no page: it is one of code, or of data."""
    if any(folder.rglob("*.md")):
        return ""
    return next((path.name for path in sorted(folder.iterdir()) if path.is_file()), "") if folder.is_dir() else ""


def _past(project: Project, today: str) -> Past:
    """Return what git knows, of the day asked for or of the commit's: the same input gives the same pages."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415
    from mkdocs_handoff.past import look_back  # noqa: PLC0415
    from mkdocs_handoff.today import EPOCH  # noqa: PLC0415

    past = look_back(project.settings, day_given(today))
    history = past.history
    if today or os.environ.get(EPOCH, "") or not history.readable:
        return past
    number = history.branch.number(history.repository.head)
    if number is None:
        return past
    return look_back(project.settings, datetime.fromtimestamp(history.branch.commit(number).time, UTC).date())


def _made(laid: Layout, past: Past) -> dict[str, bytes] | None:
    """Return all files; None where a template of the project's own cannot be used, which has been told."""
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.generated.files import files  # noqa: PLC0415
    from mkdocs_handoff.site import failure  # noqa: PLC0415 - it loads no builder

    try:
        return files(laid, past)
    except OSError as error:
        raise UsageError(f"{error.filename} cannot be read: {error.strerror or error}") from None
    except Exception as error:
        wrong = failure.finding(error, laid.project.settings)
        if wrong is None:
            raise
        print(printable(f"{wrong.place}: {wrong.rule}: {wrong.message}\n  {wrong.hint}"))
        print("nothing is generated", file=sys.stderr)
        return None
