"""What history costs, as ratios to one bare `git log -z --name-status` stream on the same repository, in the same run.

    python -m benchmarks.history [--rounds 5] [--commits 20000] [--files 2000] [--plugin]
    python -m benchmarks.history --agree REPOSITORY [--sample 200]

Figures are CPU seconds (user and system, this process and its children), medians of rounds in which all jobs take
turns. The repository is made by `git fast-import`: files in folders three deep, edits by a power law, one commit in
twelve the base of a side branch with a merge, some merges with changes of their own. "cold" reads everything and
answers the last change of every file; "globs" answers 500 globs (changes in the last year) as well; "warm" has all but
the last 100 commits in the cache. With `--plugin`, MkDocs builds one folder in ten of the cards with and without
mkdocs-git-revision-date-localized (of the dependency group `bench`); the difference, for as many pages as the
repository has files, is set against "cold".

With `--agree`, the last changes of a sample of a real repository's files are compared with per-file `git log`, and
each disagreement is explained or called unexplained (`agreement.py`).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import sleep
from typing import TYPE_CHECKING

from benchmarks.agreement import compared
from mkdocs_handoff.history.history import History, history

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_GLOBS = 500
_NEW = 100
_PLUGINS: dict[str, list[object]] = {
    "without": [],
    "last change of each": ["git-revision-date-localized"],
    "and its creation": [{"git-revision-date-localized": {"enable_creation_date": True}}],
}
_YEAR = 365 * 86400
_MESSAGE = "A change of something\n\nWhy it was made.\n\nSigned-off-by: Bo <bo@example.org>"


def stream(files: int, commits: int, seed: int = 1) -> Iterator[bytes]:
    """Give a repository as `git fast-import` reads it."""
    rng = random.Random(seed)
    paths = [_path(number) for number in range(files)]
    weights = [1 / (number + 1) for number in range(files)]
    people = [(f"Person {number}", f"person{number}@example.org") for number in range(40)]
    time, made, mark, tip = 1_500_000_000, 0, 0, 0

    def chosen(count: int) -> set[str]:
        return set(rng.choices(paths[: max(made, 1)], weights[: max(made, 1)], k=count))

    def commit(parents: tuple[int, ...], changed: set[str], message: str, texts: dict[str, str]) -> bytes:
        nonlocal mark, time
        mark += 1
        time += rng.randrange(60, 7200)
        name, email = people[int(rng.random() ** 2 * len(people))]
        lines = [f"commit refs/heads/main\nmark :{mark}\nauthor {name} <{email}> {time} +0000\n"]
        lines += [f"committer {name} <{email}> {time} +0000\ndata {len(message)}\n{message}\n"]
        lines += [f"{'merge' if place else 'from'} :{parent}\n" for place, parent in enumerate(parents)]
        for path in sorted(changed):
            texts[path] = "".join(f"line {rng.random()}\n" for _ in range(8))
        lines += [f"M 100644 inline {path}\ndata {len(text)}\n{text}\n" for path, text in sorted(texts.items())]
        return "".join(lines).encode()

    while mark < commits:
        new = paths[made : made + rng.choice([1, 1, 1, 2])] if made < files and rng.random() < 0.15 else []
        made += len(new)
        changed = chosen(rng.choice([1, 1, 1, 2, 2, 3, 5])) | set(new)
        base = tip
        yield commit((tip,) if tip else (), changed, _MESSAGE, {})
        tip = mark
        if base and rng.random() < 1 / 12:
            side, brought = base, {}
            for _ in range(rng.choice([1, 2, 4])):
                texts: dict[str, str] = {}
                yield commit((side,), chosen(1), "Work on the side", texts)
                side = mark
                brought.update(texts)
            taken = {path: text for path, text in brought.items() if path not in changed}
            yield commit((tip, side), chosen(1) if rng.random() < 0.2 else set(), "Merge", taken)
            tip = mark


def _path(number: int) -> str:
    if number % 2:
        return f"models/team{number % 20}/m{number:04d}/card.md"
    return f"src/package{number % 40}/module{number:04d}.py"


def _globs() -> list[str]:
    """A covered folder, a file, and a wildcard, as records have them."""
    return [
        (f"models/team{number % 20}/**", f"src/package{number % 40}/*.py", _path(number * 4))[min(number % 5, 2)]
        for number in range(_GLOBS)
    ]


def _built(folder: Path, files: int, commits: int) -> Path:
    folder.mkdir()
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=folder, check=True)
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        for block in stream(files, commits):
            process.stdin.write(block)
    if process.returncode:
        sys.exit("git fast-import failed")
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=folder, check=True)
    # Files as young as the index have their content compared each time: only a repository of this second has such.
    sleep(1.1)
    subprocess.run(["git", "status"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder


def _cpu() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _lasts(found: History) -> None:
    for path in found.tree.tracked:
        found.last(path)


def _covers(found: History) -> None:
    since = max(found.branch.log.times) - _YEAR
    for glob in _globs():
        found.covered([glob], since)


def jobs(repository: Path, older: Path, cache: Path) -> dict[str, tuple[Callable[[], None], Callable[[], None]]]:
    """Return by name what is to be done before a job, uncounted, and the job."""
    ready, empty = cache / "ready", cache / "empty"

    def fill() -> None:
        """Have all but the last commits in the cache."""
        shutil.rmtree(ready, ignore_errors=True)
        head = _git(repository, "rev-parse", "HEAD")
        _git(repository, "checkout", "-q", older.name)
        history(repository, ready)
        _git(repository, "checkout", "-q", "main")
        assert _git(repository, "rev-parse", "HEAD") == head

    def forget() -> None:
        shutil.rmtree(empty, ignore_errors=True)

    def bare() -> None:
        subprocess.run(["git", "log", "-z", "--name-status"], cwd=repository, stdout=subprocess.DEVNULL, check=True)

    def piped() -> None:
        subprocess.run(["git", "log", "-z", "--name-status"], cwd=repository, stdout=subprocess.PIPE, check=True)

    def cold() -> None:
        _lasts(history(repository, empty))

    def globs() -> None:
        found = history(repository, empty)
        _lasts(found)
        _covers(found)

    def warm() -> None:
        found = history(repository, ready)
        _lasts(found)

    def warm_globs() -> None:
        found = history(repository, ready)
        _lasts(found)
        _covers(found)

    def nothing() -> None:
        return

    def read() -> None:
        history(repository, ready)

    return {
        "bare": (nothing, bare),
        "bare, read through a pipe": (nothing, piped),
        "cold, last change of every file": (forget, cold),
        f"cold, and {_GLOBS} globs": (forget, globs),
        f"warm, {_NEW} new commits": (fill, warm),
        f"warm, and {_GLOBS} globs": (fill, warm_globs),
        "warm, nothing new": (read, warm),
    }


def _git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def _built_pages(repository: Path, folder: Path) -> tuple[int, dict[str, float]]:
    """Return how many pages MkDocs built, and what it cost with each way to set the plugin; the first is without."""
    pages = repository / "models" / "team1"
    seconds = {}
    for words, plugins in _PLUGINS.items():
        settings = {"site_name": "x", "docs_dir": str(pages), "site_dir": str(folder / "site"), "plugins": plugins}
        (folder / "mkdocs.yml").write_text(json.dumps(settings))  # JSON is YAML
        before = _cpu()
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(folder / "mkdocs.yml")],
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            check=True,
        )
        seconds[words] = _cpu() - before
    return len(list(pages.rglob("*.md"))), seconds


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description="What history costs, as ratios to one bare git log stream.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--commits", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--plugin", action="store_true", help="also mkdocs-git-revision-date-localized, on a sample")
    parser.add_argument("--agree", type=Path, help="a real repository, to compare with per-file git log")
    parser.add_argument("--sample", type=int, default=200, help="how many of its files")
    options = parser.parse_args()
    if options.agree:
        for words, count in compared(options.agree.resolve(), options.sample).most_common():
            print(f"{count:5}  {words}")
        return
    with tempfile.TemporaryDirectory() as folder:
        repository = _built(Path(folder) / "repository", options.files, options.commits)
        older = _git(
            repository, "rev-parse", f"HEAD~{_NEW * 3 // 4}"
        )  # the side branches' commits make up for the rest
        new = _git(repository, "rev-list", "--count", f"{older}..HEAD")
        work = jobs(repository, Path(older), Path(folder) / "cache")
        figures: dict[str, list[float]] = {name: [] for name in work}
        for _ in range(options.rounds):
            for name, (before, job) in work.items():
                before()
                start = _cpu()
                job()
                figures[name].append(_cpu() - start)
        bare = median(figures["bare"])
        print(f"{options.commits} commits, {options.files} files, {new} new ones; CPU seconds and ratio to bare")
        for name, times in figures.items():
            print(
                f"{name:36} {median(times):6.3f}  {median(times) / bare:5.2f}   ({min(times):.3f} to {max(times):.3f})"
            )
        if options.plugin:
            cold = median(figures["cold, last change of every file"])
            pages, costs = _built_pages(repository, Path(folder))
            without, *rest = costs.items()
            print(f"\nmkdocs-git-revision-date-localized: a build of {pages} pages, {without[1]:.2f} without it")
            for words, cost in rest:
                each = (cost - without[1]) / pages
                print(
                    f"{words:36} {cost:6.2f}  {each * options.files:6.1f} for {options.files},"
                    f" {each * options.files / cold:.0f} times what history costs cold"
                )


if __name__ == "__main__":
    main()
