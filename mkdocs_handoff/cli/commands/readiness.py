"""`mkdocs-handoff readiness`: whether a receiving team can take a model over, check by check."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options

if TYPE_CHECKING:
    import argparse

    from mkdocs_handoff.cli.asked.names import Names
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.readiness.check import Readiness

AREAS = (
    "ownership", "knowledge map", "interface", "vocabulary", "decisions", "reproducibility", "data", "operations",
    "guardrails", "playbook", "acceptance", "staleness", "questions",
)  # fmt: skip
"""`reports.readiness.check.Area`, which `--help` need not load."""

_FAIL_ON = ("unknown", "failed", "none")
_KINDS = ("handoff", "model", "dataset", "feature", "pipeline")


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "readiness",
        help="tell whether a receiving team can take a model over",
        description="Check whether a receiving team can take over what a handoff moves, or a model as if it were "
        "handed over: what passes, what holds it up, where to mend it, whom to ask. Exit status: 0 ready, or no "
        "handoff is open; 1 something holds it up; 2 could not run.",
    )
    parser.add_argument(
        "names", nargs="*", metavar="HANDOFF|MODEL", help="the handoffs or models (default: all handoffs that are open)"
    )
    options.add_format(parser, options.TABULAR)
    parser.add_argument(
        "--area",
        action="append",
        default=[],
        type=_area,
        metavar="AREA",
        help=f"only checks of this area; may be repeated: {', '.join(AREAS)}",
    )
    parser.add_argument(
        "--fail-on",
        choices=_FAIL_ON,
        default=_FAIL_ON[0],
        help="exit with 1 where a check failed or its answer is unknown (unknown), failed (failed), or never (none); "
        f"waived ones count as passed (default: {_FAIL_ON[0]})",
    )
    parser.add_argument(
        "--before-signing",
        action="store_true",
        help="what only signatures can settle holds nothing up yet: it is told as to be signed",
    )
    options.add_today(parser)
    options.add_config(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look at what is ready, and print it."""
    from mkdocs_handoff.cli.asked.day import day_given  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.asked.names import Names  # noqa: PLC0415
    from mkdocs_handoff.cli.asked.projects import projects_with_records  # noqa: PLC0415
    from mkdocs_handoff.cli.shown import ready as shown  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS, UsageError  # noqa: PLC0415
    from mkdocs_handoff.handoffs.handoff import handoffs  # noqa: PLC0415
    from mkdocs_handoff.handoffs.words import OPEN  # noqa: PLC0415
    from mkdocs_handoff.past import look_back  # noqa: PLC0415
    from mkdocs_handoff.reports.readiness.given import given as computed_from  # noqa: PLC0415
    from mkdocs_handoff.reports.readiness.readiness import readiness  # noqa: PLC0415

    day = day_given(given.today)
    unknown = [area for area in given.area if area not in AREAS]
    if unknown:
        raise UsageError(f"there is no area {unknown[0]!r}: it is one of {', '.join(AREAS)}")
    (project,) = projects_with_records(given.config, ())
    catalog = project.catalog
    base = computed_from(project, look_back(project.settings, day))
    names = Names((catalog,), (base.owned,))
    asked = [_named(text, names) for text in given.names]
    asked = asked or [one.identity for one in handoffs(catalog) if one.status in OPEN]
    found = [_only(readiness(base, identity), given.area) for identity in dict.fromkeys(asked)]
    if given.before_signing:
        found = [one.before_signing() for one in found]
    if not found:
        print("no handoff is open: name a model, or a handoff", file=sys.stderr)
    seen = shown.Shown(catalog, project.settings.root, day)
    print(seen.text(given.format, found), end="")
    if given.format in (options.TABLE, options.CSV):
        for one in found:
            print(f"{one.of}: {shown.summary(one)}", file=sys.stderr)
    failing = {"unknown": ("failed", "unknown"), "failed": ("failed",), "none": ()}[given.fail_on]
    held_up = any(check.state in failing for one in found for check in one.holding_up)
    held_up = held_up or (bool(failing) and any(one.ended for one in found))
    return FINDINGS if held_up else CLEAN


def _area(text: str) -> str:
    return text.strip().lower().replace("-", " ").replace("_", " ")


def _named(text: str, names: Names) -> Identity:
    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    identity = names.record(text)[0]
    if identity is None or identity.kind not in _KINDS:
        raise UsageError(f"{text!r} is {identity}: readiness is asked of a handoff, or of a {', '.join(_KINDS[1:])}")
    return identity


def _only(found: Readiness, areas: list[str]) -> Readiness:
    from dataclasses import replace  # noqa: PLC0415

    from mkdocs_handoff.cli.status import UsageError  # noqa: PLC0415

    if not areas:
        return found
    left = tuple(one for one in found.not_asked if one.partition("/")[0] in areas)
    checks = tuple(one for one in found.checks if one.area in areas)
    if not checks:  # nothing that was asked is nothing that passed
        raise UsageError(f"{found.of}: nothing of {' or '.join(areas)} is asked but of a handoff")
    return replace(found, checks=checks, not_asked=left)
