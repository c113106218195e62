"""What readiness costs beside reading: of a model with very many records in scope, and one with few.

python -m benchmarks.readiness [--scope 200] [--rounds 9]

One model with so many records in its lineage (datasets, features, evaluations, decisions, playbooks, two teams with
their people) is read, and its readiness computed, in the same process and in turn. "reading" is `project.load`;
"readiness" is `readiness()`, given who owns what and how the records stand, which a build and the command compute for
other reports too; "with these" counts them in (what git does in its own process is not: `benchmarks.aging` tells that).
Records are as those of the sample project: 2 kB, datasets in Markdown. The model lacks nothing its kind asks for, as
before a handoff. "failing" is the same project where every tenth record lacks something, and "shown" the lines of all
that is missing, which are looked up only when they are shown.
"""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import tempfile
import time
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.past import look_back
from mkdocs_handoff.project import load
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.readiness.given import Given, given
from mkdocs_handoff.reports.readiness.readiness import readiness
from mkdocs_handoff.settings import find_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.reports.readiness.check import Readiness

TODAY = date(2026, 11, 23)
MODEL = Identity("model", "big")
BASE = Path(__file__).parent.parent / "tests" / "readiness" / "base"


def main() -> None:
    """Make the project, measure in turn, print the ratios."""
    parser = argparse.ArgumentParser(description="What readiness costs.")
    parser.add_argument("--scope", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    for name, every in (("in order", 0), ("failing", 10)):
        with tempfile.TemporaryDirectory() as work:
            write(Path(work), options.scope, every)
            commit(Path(work))
            _measure(name, Path(work), options.rounds)


def write(folder: Path, scope: int, every: int) -> None:
    """Write the base project of the tests, with a model beside its own that has so many records in scope.

    Args:
        folder: An empty one.
        scope: How many records.
        every: Each of so many of them lacks something; 0: none.
    """
    for path in sorted(BASE.rglob("*")):
        if path.is_file():
            target = folder / path.relative_to(BASE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    model = (BASE / "models" / "churn.yml").read_text(encoding="utf-8").replace("title: Churn", "title: Big")
    dataset = (BASE / "datasets" / "events.yml").read_text(encoding="utf-8")
    feature = (BASE / "features" / "age.yml").read_text(encoding="utf-8")
    evaluation = (BASE / "evaluations" / "churn-test.yml").read_text(encoding="utf-8")
    words = "It was counted by hand for a year, and then nobody had the time - the shop knows more about it. " * 6
    prose = (
        f"{words}\n\n## What to mind\n\n- {words}\n- [Age](../features/age.yml), [[decision:0002-nightly]]\n\n{words}\n"
    )
    columns = "".join(f"  - {{name: column_{at}, type: float64, description: What it says}}\n" for at in range(8))
    dataset = dataset.replace("limitations: [", f"biases:\n  - {words}\nlimitations: [")
    dataset = dataset.replace("schema:\n", f"schema:\n{columns}")
    feature += f"leakage_notes: {words}\n"
    slices = "".join(f"  - {{type: recall, name: Recall, slice: region {at}, value: 0.{at}1}}\n" for at in range(1, 7))
    evaluation = evaluation.replace("metrics:\n", f"notes: {words}\nmetrics:\n{slices}")
    features = []
    for number in range((scope - 20) // 3):
        lacking = bool(every) and number % every == 0
        data = dataset.replace("title: Events", f"title: Events {number}")
        data = data.replace("license: cc-by-4.0\n", "") if lacking else data
        card = f"---\n{data}---\n\n# Events {number}\n\n{prose}"
        (folder / f"datasets/events-{number}.md").write_text(card, encoding="utf-8")
        named = feature.replace("title: Age\nname: age", f"title: Age {number}\nname: age{number}")
        named = named.replace("dataset:events", f"dataset:events-{number}")
        named = named.replace("owners: team:givers\n", "") if lacking else named
        (folder / f"features/age-{number}.yml").write_text(named, encoding="utf-8")
        features.append(f"feature:age-{number}")
        test = evaluation.replace("model:churn@1.0", "model:big@1.0").replace("Churn on", f"Big {number} on")
        test = test.replace("2026-11-01", "2024-11-01") if lacking else test
        (folder / f"evaluations/big-{number}.yml").write_text(test, encoding="utf-8")
    model = model.replace("features: [feature:age]", f"features: [feature:age, {', '.join(features)}]")
    listed = enumerate(features)
    inputs = "".join(f"  - {{name: age{number}, type: float64, feature: {one}}}\n" for number, one in listed)
    model = model.replace("    feature: feature:age\n", f"    feature: feature:age\n{inputs}")
    (folder / "models/big.yml").write_text(model, encoding="utf-8")


def commit(folder: Path) -> None:
    """Commit it, before its records were reviewed."""
    moment = "2026-09-21T00:00:00Z"
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    dates = {**os.environ, "GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-q", "-m", "Begin")):
        subprocess.run(["git", *words], cwd=folder, env=dates, check=True)


def _measure(name: str, folder: Path, rounds: int) -> None:
    settings = find_settings(folder)
    reading, alone, whole, shown = [], [], [], []
    scope = checks = 0
    for number in range(rounds + 1):
        took, project = _timed(partial(load, settings))
        gathering, base = _timed(partial(_gathered, project))
        computing, found = _timed(partial(readiness, base, MODEL))
        showing, _ = _timed(partial(_lines, found))
        scope, checks = found.scope, len(found.checks)
        if number:  # the first loads modules
            reading.append(took)
            alone.append(computing / took)
            whole.append((gathering + computing) / took)
            shown.append(showing / took)
    print(f"{name}: {scope} records in scope, {checks} checks; reading {1000 * median(reading):.0f} ms")
    for what, ratios in (("readiness", alone), ("with these", whole), ("shown", shown)):
        least, most = 100 * min(ratios), 100 * max(ratios)
        print(f"  {what:<10} {100 * median(ratios):5.1f} % of reading ({least:.1f} to {most:.1f})")


def _gathered(project: Project) -> Given:
    return given(project, look_back(project.settings, TODAY))


def _lines(found: Readiness) -> list[object]:
    return [(check.place, check.more) for check in found.checks]


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()  # what the part before left behind is not this one's
    begin = time.process_time()
    result = work()
    return time.process_time() - begin, result


if __name__ == "__main__":
    main()
