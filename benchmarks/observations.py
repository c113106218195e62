"""What observations cost: reading them, a page with them, a build and lint with them, each against the same without.

    python -m benchmarks.observations [--rows 100000] [--rounds 7]

"reading" is set against the least that any reader must do in Python: `csv.reader` (`json.loads` a line), `float`,
`datetime.fromisoformat`. A build has one model with the rows and one limit, so it is the worst case: what the rows cost
does not depend on how many other pages there are. Figures are CPU seconds, medians of alternated rounds; only ratios
within a table mean something.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.run import PROGRAMS, Command
from mkdocs_handoff.observations.read import read
from mkdocs_handoff.observations.sources import Observations

if TYPE_CHECKING:
    from collections.abc import Callable

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_CARD = """title: Churn
owners: team:growth
observations: observations/churn.NAME
monitors: [{metric: flagged, threshold: above 0.9, alert: "#churn"}]
"""


def main() -> None:
    """Write the projects, measure in turn, print the ratios."""
    parser = argparse.ArgumentParser(description="What observations cost.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folders = {name: write(Path(work, name), name, options.rows) for name in ("none", "csv", "jsonl")}
        print(f"{options.rows:,} rows, one metric")
        _reading(folders, options.rounds)
        for words in (("mkdocs-handoff", "lint"), ("mkdocs", "build", "-q")):
            _commands(words, folders, options.rounds)
        sizes = {name: _page(folder).stat().st_size for name, folder in folders.items()}
        for name in ("csv", "jsonl"):
            print(f"page, {name}: {(sizes[name] - sizes['none']) / 1000:.1f} kB more than without")


def write(folder: Path, name: str, rows: int) -> Path:
    """Write a project with a model whose observations are CSV, JSON lines, or none."""
    for path in ("models", "teams", "docs", "observations"):
        (folder / path).mkdir(parents=True)
    (folder / "mkdocs.yml").write_text("site_name: Lab\ntheme: material\nplugins: [{handoff: {history: false}}]\n")
    (folder / "docs" / "index.md").write_text("# Lab\n")
    (folder / "teams" / "growth.yml").write_text("title: Growth\n")
    card = _CARD.replace("NAME", name)
    (folder / "models" / "churn.yml").write_text(
        card if name != "none" else "".join(card.splitlines(keepends=True)[:2])
    )
    values = [((_BEGIN + timedelta(minutes=at)).isoformat(), at * 7919 % 1009 / 1009) for at in range(rows)]
    text = "".join(f"{moment},{value:.4f}\n" for moment, value in values)
    (folder / "observations" / "churn.csv").write_text("time,flagged\n" + text)
    lines = (json.dumps({"time": moment, "flagged": round(value, 4)}) for moment, value in values)
    (folder / "observations" / "churn.jsonl").write_text("\n".join(lines))
    return folder


def _least_csv(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened)
        next(rows)
        return len([(datetime.fromisoformat(row[0]).timestamp(), float(row[1])) for row in rows])


def _least_jsonl(path: Path) -> int:
    with path.open(encoding="utf-8") as opened:
        rows = map(json.loads, opened)
        return len([(datetime.fromisoformat(row["time"]).timestamp(), float(row["flagged"])) for row in rows])


def _reading(folders: dict[str, Path], rounds: int) -> None:
    for name, least in (("csv", _least_csv), ("jsonl", _least_jsonl)):
        root, file = folders[name], f"observations/churn.{name}"
        asked = Observations((), file, file)
        jobs = {"ours": partial(read, root, asked), "least": partial(least, root / file)}
        taken = _in_turn(jobs, rounds)
        print(f"reading {name}: {taken['ours']:.2f} s, {taken['ours'] / taken['least']:.2f} times the least")


def _in_turn(jobs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            before = time.process_time()
            job()
            taken[name].append(time.process_time() - before)
    return {name: median(each) for name, each in taken.items()}


def _commands(words: tuple[str, ...], folders: dict[str, Path], rounds: int) -> None:
    taken: dict[str, list[float]] = {name: [] for name in folders}
    for number in range(rounds + 1):
        for name, folder in folders.items():
            out = folder / "site" if words[0] == "mkdocs" else None
            seconds = Command([PROGRAMS / words[0], *words[1:]], folder, out).seconds()
            if number:
                taken[name].append(seconds)
    base = median(taken["none"])
    for name in ("csv", "jsonl"):
        seconds = median(taken[name])
        print(f"{' '.join(words)}, {name}: {seconds / base:.2f} times without ({seconds - base:+.2f} s)")


def _page(folder: Path) -> Path:
    return folder / "site" / "handoff" / "models" / "churn" / "index.html"


if __name__ == "__main__":
    main()
