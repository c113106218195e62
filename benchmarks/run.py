"""Measures lint and build against their neighbours, in one run and as ratios.

python -m benchmarks.run [--quick] [--sizes 100 1000 5000] [--only start parts lint build]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import parts
from benchmarks.generate import FOLDERS, write
from benchmarks.plain import write_plain
from mkdocs_handoff import resources
from mkdocs_handoff.schema.kinds import load_kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PROGRAMS = Path(sys.executable).parent
# What changes a time and is no part of what is measured.
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
ENVIRONMENT |= {"NO_MKDOCS_2_WARNING": "1", "GIT_CONFIG_GLOBAL": os.devnull}
NAMES = (
    *("mkdocs", "mkdocs-material", "check-jsonschema"),
    *("PyYAML", "ruamel.yaml", "py-yaml12", "jsonschema", "jsonschema-rs"),
)
SIZES = (100, 1000, 5000)
LINT_RUNS = {1: 9, 100: 7, 1000: 5, 5000: 3}
BUILD_RUNS = {100: 5, 1000: 3, 5000: 1}
OURS, BARE = "mkdocs build, records, with the plugin", "mkdocs build, equal pages, bare"
LIMIT = 6.0
"""What a build of 5,000 records may take, in builds of 1,000: beyond it something grows faster than the project."""


@dataclass(frozen=True)
class Command:
    """A command to measure: its words, where it runs, and a folder that it writes and that is removed before."""

    words: Sequence[str | Path]
    folder: Path
    out: Path | None = None

    def seconds(self) -> float:
        """Run it and return its CPU seconds, user and system, of all its processes."""
        if self.out is not None:
            shutil.rmtree(self.out, ignore_errors=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [str(word) for word in self.words],
            cwd=self.folder,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, self.words[:6]))} … ended with {done.returncode}:\n{done.stdout}")
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measure(commands: Mapping[str, Command], runs: int) -> dict[str, list[float]]:
    """Run commands in turn, as often as asked, after one round that does not count (unless one round is all)."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for round_ in range(runs + (runs > 1)):
        for name, command in commands.items():
            seconds = command.seconds()
            if round_ or runs == 1:
                times[name].append(seconds)
    return times


def show(title: str, times: Mapping[str, Sequence[float]], *, unit: str = "s", scale: float = 1.0) -> None:
    """Print a table: median, range, and the ratio of each median to the last row's."""
    base = median(list(times.values())[-1])
    print(f"\n{title}")
    for name, taken in times.items():
        middle, low, high = (value * scale for value in (median(taken), min(taken), max(taken)))
        spread = f"({low:.3f} to {high:.3f}, {len(taken)} runs)"
        print(f"  {name:<40} {middle:10.3f} {unit} {spread:<36} {median(taken) / base:7.3f}", flush=True)


def start(work: Path) -> None:
    """What one file costs, beside Python itself."""
    folder = work / "start"
    record = _one_record(folder)
    commands = {
        "mkdocs-handoff lint FILE": Command([PROGRAMS / "mkdocs-handoff", "lint", record], folder),
        "mkdocs-handoff --version": Command([PROGRAMS / "mkdocs-handoff", "--version"], folder),
        "python -c 'import jsonschema'": Command([sys.executable, "-c", "import jsonschema"], folder),
        "python -I -c pass": Command([sys.executable, "-I", "-c", "pass"], folder),
    }
    show("start-up, CPU milliseconds", measure(commands, 21), unit="ms", scale=1000)


def in_process(work: Path) -> None:
    """Readers and validators, per file."""
    folder = work / "parts"
    write(folder, 200, markdown=False)
    texts = [path.read_text(encoding="utf-8") for path in _record_files(folder)]
    show(f"reading one of {len(texts)} YAML files, CPU microseconds", parts.readers(texts), unit="us", scale=1e6)
    show("validating one record, CPU microseconds", parts.validators(texts), unit="us", scale=1e6)


def lint(work: Path, sizes: Sequence[int]) -> None:
    """Lint of N YAML files against check-jsonschema on the same files, with all kinds' schemas in one."""
    schema = work / "all.schema.json"
    schema.write_text(json.dumps(_one_schema()), encoding="utf-8")
    for size in (1, *sizes):
        folder = work / f"lint-{size}"
        if size == 1:
            files = [_one_record(folder)]
        else:
            write(folder, size, markdown=False)
            files = _record_files(folder)
        _commit(folder)
        commands = {
            "mkdocs-handoff lint": Command([PROGRAMS / "mkdocs-handoff", "lint"], folder),
            "check-jsonschema": Command([PROGRAMS / "check-jsonschema", "--schemafile", schema, *files], folder),
        }
        show(f"lint, YAML files: {len(files):,}; CPU seconds", measure(commands, LINT_RUNS[size]))


def build(work: Path, sizes: Sequence[int]) -> None:
    """Build of N records against a bare Material build, with navigation.prune, of N pages that show the same."""
    ours: dict[int, float] = {}
    for size in sizes:
        folder, plain = work / f"build-{size}", work / f"plain-{size}"
        write_plain(plain, write(folder, size))
        _commit(folder)
        commands = {
            name: Command([sys.executable, "-m", "mkdocs", "build", "-d", where / "site"], where, where / "site")
            for name, where in ((OURS, folder), (BARE, plain))
        }
        times = measure(commands, BUILD_RUNS[size])
        show(f"build, records: {size:,}; CPU seconds", times)
        for name, where in (("records", folder), ("pages", plain)):
            files = list((where / "site").rglob("*.html"))
            print(f"  {name}: {len(files):,} HTML files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB")
        ours[size] = median(times[OURS])
        shutil.rmtree(folder)
        shutil.rmtree(plain)
    if 1000 in ours and 5000 in ours:
        growth = ours[5000] / ours[1000]
        verdict = "within" if growth <= LIMIT else "OVER"
        print(f"\nbuild of 5,000 in builds of 1,000: {growth:.2f}, {verdict} the limit of {LIMIT}")


def _record_files(folder: Path) -> list[Path]:
    return sorted(path for name in FOLDERS.values() for path in (folder / name).iterdir())


def _one_record(folder: Path) -> Path:
    """Write a project of a single record; what it refers to nobody has written, which is no error. Return its file."""
    write(folder, 20, markdown=False)
    record = min((folder / "models").iterdir())
    for path in list(folder.rglob("*.yml")):
        if path not in (record, folder / "mkdocs.yml"):
            path.unlink()
    return record


def _one_schema() -> dict[str, object]:
    """Return one schema for all kinds: a record's `kind` chooses, as our claims do."""
    kinds, _ = load_kinds([(resources.folder("schemas"), "schemas")])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "allOf": [
            {"if": {"properties": {"kind": {"const": name}}}, "then": {"$ref": f"urn:kind:{name}"}} for name in FOLDERS
        ],
        "$defs": {name: {**kinds[name].schema, "$id": f"urn:kind:{name}"} for name in FOLDERS},
    }


def _commit(folder: Path) -> None:
    """Make a repository of a project, as people's are."""
    author = ["-c", "user.name=Ann", "-c", "user.email=ann@example.org"]
    for words in (["init", "--quiet"], ["add", "."], [*author, "commit", "--quiet", "-m", "All"]):
        subprocess.run(["git", *words], cwd=folder, env=ENVIRONMENT, check=True)


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description="Measure lint and build against their neighbours.")
    parser.add_argument("--quick", action="store_true", help="nothing larger than 1,000 records")
    parser.add_argument("--sizes", type=int, nargs="+", choices=SIZES, help="only these numbers of records")
    tasks = ("start", "parts", "lint", "build")
    parser.add_argument("--only", nargs="+", choices=tasks, default=tasks, help="only these tables")
    options = parser.parse_args()
    sizes = options.sizes or [size for size in SIZES if size <= 1000 or not options.quick]
    versions = ", ".join(f"{name} {version(name)}" for name in NAMES)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores; {versions}")
    print("Median (range) of runs in turn; the last column is the ratio to the table's last row.")
    measured: dict[str, Callable[[Path], None]] = {
        "start": start,
        "parts": in_process,
        "lint": lambda work: lint(work, sizes),
        "build": lambda work: build(work, sizes),
    }
    with tempfile.TemporaryDirectory() as work:
        for name in options.only:
            measured[name](Path(work))


if __name__ == "__main__":
    main()
