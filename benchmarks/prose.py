"""How often prose against facts is right: on labelled sentences, and on files that others wrote.

    python -m benchmarks.prose [--list]

The labelled sentences stand in `tests/statements/corpus/`. The files that others wrote (`HANDOFF_REAL`, or
`shared/real/` beside the checkout) record few metrics. So each is taken for a model's record, with an evaluation of
every metric that there are words for, a decision threshold, a version of long ago, and values that no prose has: every
statement of these files that is read as one of a metric, a threshold or a cadence is told, and can be looked at.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from mkdocs_handoff.project import load
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.statements.sentences import sentences
from tests.projects import real_files
from tests.statements.labelled import DAY, PARTS, Outcome, corpus, lint, outcome, pretended


def main() -> None:
    """Print how many of the sentences are told, rightly and wrongly."""
    parser = argparse.ArgumentParser(description="How often prose against facts is right.")
    parser.add_argument("--list", action="store_true", help="print each sentence that is told wrongly, or missed")
    options = parser.parse_args()
    print("sentences        to be told  of them told  to be let alone  of them told")
    with tempfile.TemporaryDirectory() as folder:
        for part in PARTS:
            labelled = corpus(*part)
            found = outcome(labelled, lint(Path(folder, part[0]), labelled))
            print(_row(part[0], found))
            for one in (*found.wrong, *found.missed) if options.list else ():
                print(f"  {'missed' if one.rule else 'told'}: {one.text}")
        real = real_files()
        if real is None:
            sys.exit("files that others wrote are not here: set HANDOFF_REAL to their folder")
        project = load(find_settings(pretended(sorted(real.rglob("*.md")), Path(folder, "real"))), day=DAY)
        catalog = project.catalog
        models = catalog.of_kind("model")
        number = sum(1 for record in models for _ in sentences(record, catalog))
        told = [one for one in project.findings if one.rule.startswith("prose/")]
        print(f"files that others wrote: {len(models)}, with {number} sentences, of which {len(told)} are told")
        for finding in told:
            print(f"  {finding.place} {finding.rule} {finding.message}")


def _row(name: str, found: Outcome) -> str:
    right, alone = found.to_be_told - len(found.missed), found.to_be_let_alone
    return f"{name:<16} {found.to_be_told:>10}  {right:>12}  {alone:>15}  {len(found.wrong):>12}"


if __name__ == "__main__":
    main()
