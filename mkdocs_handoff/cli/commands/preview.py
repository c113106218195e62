"""`mkdocs-handoff preview`: a site of any repository, built into a temporary folder and shown in a browser."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from http.server import ThreadingHTTPServer

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.settings import Settings

_HOST = "127.0.0.1"
_PORT = 8010
_NAMED = 5


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "preview",
        help="show a repository as a site, without writing anything in it",
        description="Build a site of a repository into a temporary folder and serve it on this machine alone. Nothing "
        "is written in the repository, and nothing in it is run: its own theme and plugins are not used. Ctrl-C ends "
        "it and removes the folder. Exit status: 0 ended, 2 could not run.",
    )
    parser.add_argument("path", nargs="?", default=".", metavar="PATH", help="the repository (default: this folder)")
    parser.add_argument(
        "--port",
        type=_port,
        default=None,
        help=f"where it is served (default: {_PORT}, or one that is free; 0: one that is free)",
    )
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    parser.add_argument("--no-serve", action="store_true", help="say what was found, and leave the pages in the folder")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look, build, tell and serve."""
    import shutil  # noqa: PLC0415 - `--help` needs none of this
    import tempfile  # noqa: PLC0415

    from mkdocs_handoff.cli.status import CLEAN, UsageError  # noqa: PLC0415

    root = Path(os.path.abspath(given.path))  # noqa: PTH100 - links are not followed
    if not root.is_dir():
        raise UsageError(f"there is no folder {given.path!r}")
    _end_on_terminate()
    # A port that is taken is told before anything is built.
    server = None if given.no_serve else _server(given.port)
    folder = Path(tempfile.mkdtemp(prefix="handoff-preview-"))
    kept = False
    try:
        site = _built(root, folder)
        if server is None:
            kept = True
            print(f"the pages are in {site.as_posix()}: open {(site / 'index.html').as_uri()}")
            return CLEAN
        _serve(server, site, opened=given.open)
    finally:
        if server is not None:
            server.server_close()
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)
    return CLEAN


def _built(root: Path, folder: Path) -> Path:
    from mkdocs_handoff.adoption.found import lines  # noqa: PLC0415
    from mkdocs_handoff.adoption.look import look  # noqa: PLC0415
    from mkdocs_handoff.adoption.preview import shown  # noqa: PLC0415
    from mkdocs_handoff.adoption.settings import bare  # noqa: PLC0415
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415
    from mkdocs_handoff.settings.kinds import kinds_of  # noqa: PLC0415
    from mkdocs_handoff.site.builder import UnbuiltError  # noqa: PLC0415 - this command runs a builder
    from mkdocs_handoff.site.preview import preview  # noqa: PLC0415

    settings = _settings(root)
    if settings.path and bare(root, settings.path):  # as good as none
        settings = replace(settings, path="")
    kinds, _ = kinds_of(settings)
    seen = look(root)
    for line in lines(seen, kinds, settings):
        print(printable(f"  {line}"), file=sys.stderr)
    try:
        project, site = preview(shown(settings, seen, kinds), folder)
    except UnbuiltError as error:
        raise UsageError(str(error)) from None
    missed = unclaimed(project, seen)
    if missed:
        told = f"{', '.join(missed[:_NAMED])}{f' and {len(missed) - _NAMED:,} more' if len(missed) > _NAMED else ''}"
        print(
            printable(f"not claimed by the settings (`mkdocs-handoff init` gives the lines): {told}"), file=sys.stderr
        )
    print(printable(found(project)), flush=True)
    return site


def unclaimed(project: Project, seen: Look) -> tuple[str, ...]:
    """Return the files that are records by what they hold, and that nobody has claimed or left out."""
    from mkdocs_handoff.text.globs import matches  # noqa: PLC0415

    read = {*project.records.read}
    return tuple(
        one.path
        for one in seen.seen
        if one.detected.kinds
        and one.detected.dialect not in ("own", "eval-results")
        and one.path not in read
        and not any(matches(one.path, glob) for glob in project.settings.exclude)
    )


def _settings(root: Path) -> Settings:
    from mkdocs_handoff.cli.shown.terminal import printable  # noqa: PLC0415
    from mkdocs_handoff.findings import Severity  # noqa: PLC0415
    from mkdocs_handoff.settings import find_settings  # noqa: PLC0415

    read = find_settings(root)
    for one in read.findings:
        if one.severity is Severity.ERROR:
            print(printable(f"{one.place}: {one.message}: the standard settings are used"), file=sys.stderr)
    return read.settings


def found(project: Project) -> str:
    """Return what a repository holds, in one line: records by kind, what is wanted, owners that nobody knows."""
    from mkdocs_handoff.adoption.found import many  # noqa: PLC0415
    from mkdocs_handoff.catalog.owners import owners  # noqa: PLC0415
    from mkdocs_handoff.catalog.relations import Wanted  # noqa: PLC0415
    from mkdocs_handoff.text.numbers import counted  # noqa: PLC0415

    catalog = project.catalog
    said: list[str] = []
    for name, kind in catalog.kinds.items():
        number = len(catalog.of_kind(name))
        if number:
            said.append(many(number, kind))
    unknown = {
        owner.text
        for identity, record in catalog.records.items()
        for owner in owners(record)
        if isinstance(catalog.targets.get((identity, owner.path)), Wanted)
    }
    if not said:
        return "no records found" + (f", {counted(len(project.errors), 'error')}" if project.errors else "")
    said += [counted(len(catalog.wanted), "wanted page")] if catalog.wanted else []
    said += [f"{counted(len(unknown), 'owner')} that nobody knows"] if unknown else []
    said += [counted(len(project.errors), "error")] if project.errors else []
    return ", ".join(said)


def _server(port: int | None) -> ThreadingHTTPServer:
    """Return a server that holds its port, and has nothing to serve yet.

    Raises:
        UsageError: The port is taken.
    """
    import http.server  # noqa: PLC0415

    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    handler = http.server.SimpleHTTPRequestHandler
    try:
        return http.server.ThreadingHTTPServer((_HOST, _PORT if port is None else port), handler)
    except (OSError, OverflowError) as error:
        if port is not None:
            why = getattr(error, "strerror", "") or error
            raise UsageError(f"port {port} cannot be used: {why}; `--port 0` takes one that is free") from None
        return http.server.ThreadingHTTPServer((_HOST, 0), handler)


def _serve(server: ThreadingHTTPServer, site: Path, *, opened: bool) -> None:
    """Serve until somebody presses Ctrl-C."""
    import functools  # noqa: PLC0415
    import http.server  # noqa: PLC0415

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library has it
            """Say nothing of each request."""

        def end_headers(self) -> None:
            """Let no browser keep what the next preview has other pages for."""
            self.send_header("Cache-Control", "no-store")
            super().end_headers()

    server.RequestHandlerClass = functools.partial(Quiet, directory=str(site))
    address = f"http://{_HOST}:{server.server_address[1]}/"
    print(f"serving on {address} - Ctrl-C ends it", flush=True)
    if opened:
        import webbrowser  # noqa: PLC0415 - only who asks for it

        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()


def _end_on_terminate() -> None:
    """End as with Ctrl-C when somebody ends the process: the folder is removed then, too."""
    import signal  # noqa: PLC0415

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    # A process that is started in the background of a script is told to ignore Ctrl-C, and a server must be ended.
    for name in ("SIGTERM", "SIGHUP", "SIGINT"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)


def _port(text: str) -> int:
    import argparse  # noqa: PLC0415

    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: it is a number up to 65535")
    return int(text)
