"""`mkdocs-handoff lint`: what is wrong with the records, where, and how to mend it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.cli.asked import options, policy

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from mkdocs_handoff.cli.shown.findings import Checked
    from mkdocs_handoff.project import Project

TEXT, CONCISE, SARIF, GITHUB, GITLAB = "text", "concise", "sarif", "github", "gitlab"


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command and its options."""
    parser = commands.add_parser(
        "lint",
        help="check records against their schemas and each other",
        description="Check records against schemas and each other. Exit status: 0 clean, 1 errors, 2 could not run.",
    )
    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="report only what is in these files or folders (all are read all the same)",
    )
    options.add_config(parser)
    options.add_format(
        parser,
        (TEXT, CONCISE, options.JSON, SARIF, GITHUB, GITLAB),
        "; github: annotations in GitHub Actions, gitlab: a code quality report",
    )
    parser.add_argument(
        "--changed",
        nargs="?",
        const="",
        metavar="BASE",
        help="only what this change touches and what it breaks elsewhere: what differs from where it left BASE "
        "(default: origin/HEAD, origin/main, main, ...), and what is not committed",
    )
    parser.add_argument(
        "--level",
        choices=("base", "handoff-ready"),
        default="base",
        help="what is asked of every record (default: base)",
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 for warnings too")
    policy.add_fixing(parser)
    policy.add_baseline(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Check a project and print what was found."""
    from mkdocs_handoff.cli.asked.projects import open_projects  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.shown.passing import of_files  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS, UsageError  # noqa: PLC0415
    from mkdocs_handoff.findings import Severity  # noqa: PLC0415

    if given.diff and given.format not in (TEXT, CONCISE):
        raise UsageError(f"--diff shows a diff, and no {given.format}; `--format json` and `sarif` carry each fix")
    if given.diff and given.baseline in (policy.WRITE, policy.UPDATE):
        raise UsageError(f"--diff writes nothing, and --{given.baseline}-baseline does: ask for one of them")
    ticker = of_files("read")
    try:
        projects = open_projects(given.config, given.paths, given.level, ticker.progress)
        if given.baseline == "none":
            from mkdocs_handoff.cli.asked.putting import without_baseline  # noqa: PLC0415 - few ask for it

            projects = tuple(map(without_baseline, projects))
        checked = [_checked(project, given, ticker.progress) for project in projects]
    finally:
        ticker.gone()
    if given.diff:
        return _differences(checked, given)
    if given.fix or given.baseline in (policy.WRITE, policy.UPDATE):
        checked = [_acted(one, given) for one in checked]
    _print(given.format, checked)
    if given.format in (TEXT, CONCISE) and given.paths:
        from mkdocs_handoff.cli.asked.paths import recordless  # noqa: PLC0415 - only who names some

        for line in recordless(projects, given.paths):
            print(f"mkdocs-handoff: {line}", file=sys.stderr)
    every = [finding for one in checked for finding in one.findings]
    failing = [finding for finding in every if finding.severity is Severity.ERROR or given.strict]
    return FINDINGS if failing else CLEAN


def _differences(checked: Sequence[Checked], given: argparse.Namespace) -> int:
    """Print what `--fix` would change; it is a finding that it would, and what keeps it from being known is one too."""
    from mkdocs_handoff.cli.asked.putting import fixed  # noqa: PLC0415 - few ask for it
    from mkdocs_handoff.cli.shown import findings  # noqa: PLC0415
    from mkdocs_handoff.cli.shown import fixed as shown  # noqa: PLC0415
    from mkdocs_handoff.cli.status import CLEAN, FINDINGS  # noqa: PLC0415
    from mkdocs_handoff.findings import Severity  # noqa: PLC0415

    changes = 0
    for one in checked:
        # Settings that are wrong are not those by which it would be mended.
        weighed = map(one.project.settings.weigh, one.project.counting.hiding)
        wrong = tuple(finding for finding in weighed if finding.severity is Severity.ERROR)
        print(findings.text(replace(one, findings=wrong)), end="", file=sys.stderr)
        changes += len(wrong)
        made = fixed(one.project, one.findings, given)
        changes += len(made.files)
        for line in shown.difference(one.project.settings.root, made):
            print(line)
        for line in shown.told(one.project.settings.root, made, done=False):
            print(line, file=sys.stderr)
    return FINDINGS if changes else CLEAN


def _acted(checked: Checked, given: argparse.Namespace) -> Checked:
    """Mend what can be mended, and write the baseline; return what is told then."""
    from mkdocs_handoff.cli.asked import putting  # noqa: PLC0415 - few ask for it
    from mkdocs_handoff.cli.shown import fixed as shown  # noqa: PLC0415

    out = sys.stdout if given.format in (TEXT, CONCISE) else sys.stderr
    root = checked.project.settings.root
    if given.fix:
        made = putting.fixed(checked.project, checked.findings, given)
        putting.written(root, made)
        for line in shown.told(root, made):
            print(line, file=out)
        if made.files:
            checked = _checked(putting.again(checked.project, given), given, None)
        checked = replace(checked, findings=made.unfixable(checked.findings))
    if given.baseline in (policy.WRITE, policy.UPDATE):
        from mkdocs_handoff.cli.asked.baseline import rewrite_baseline  # noqa: PLC0415 - once in a project's life

        print(rewrite_baseline(checked.project, checked.findings, given).told, file=out)
        checked = _checked(putting.again(checked.project, given), given, None)
    return checked


def _checked(project: Project, given: argparse.Namespace, told: Callable[[int, int], None] | None) -> Checked:
    """Return what of a project's findings is told: every finding that is printed has come through here."""
    from mkdocs_handoff.cli.asked.paths import within  # noqa: PLC0415 - `--help` needs none of this
    from mkdocs_handoff.cli.shown.findings import Checked, Put  # noqa: PLC0415

    touched, findings = None, project.findings
    if given.changed is not None:
        from mkdocs_handoff.cli.asked.changed import changed  # noqa: PLC0415 - asks git, and few want it

        touched, findings = changed(project, given.changed, told, whole=given.baseline == "none")
    puts = [Put(finding, why=reason) for finding, reason in project.counting.ignored]
    puts += [Put(finding, external=True) for finding in project.counting.held]
    asked = set(within(project, (put.finding for put in puts), given.paths))
    aside = (
        put for put in puts if put.finding in asked and (touched is None or put.finding.place.path in touched.paths)
    )
    return Checked(project, within(project, findings, given.paths), touched, tuple(aside))


def _print(form: str, checked: Sequence[Checked]) -> None:
    from mkdocs_handoff.cli.shown import findings, terminal  # noqa: PLC0415

    if form == TEXT:
        print("".join(findings.text(one, colour=terminal.colour(), width=terminal.room()) for one in checked), end="")
        print("".join(map(findings.gone, checked)), end="")
        print(findings.by_rule(checked), end="", file=sys.stderr)
        for one in checked:
            print(findings.summary(one), file=sys.stderr)
    elif form == CONCISE:
        print("".join(map(findings.concise, checked)), end="")
    elif form == options.JSON:
        from mkdocs_handoff.cli.shown.findings.document import as_json  # noqa: PLC0415 - only who asks for it

        print(as_json(checked))
    elif form == SARIF:
        from mkdocs_handoff.cli.shown.findings.sarif import as_sarif  # noqa: PLC0415

        print(as_sarif(checked))
    elif form == GITLAB:
        from mkdocs_handoff.cli.shown.findings.gitlab import as_code_quality  # noqa: PLC0415

        print(as_code_quality(checked))
    else:
        from mkdocs_handoff.cli.shown.findings.github import as_annotations, left_out  # noqa: PLC0415

        print(as_annotations(checked), end="")
        if more := left_out(checked):
            print(f"mkdocs-handoff: {more}", file=sys.stderr)
