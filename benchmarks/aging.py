"""What history costs a build: the same project built with git's history and without, in turn.

python -m benchmarks.aging [--size 1000] [--commits 4000] [--rounds 5]

The project is `generate.py`'s, with two thirds of the records covering code of their own (`covers: src/NAME/**`) and a
history of two years: first the files, then commits that each edit one to three files by a power law, code four times
as often as records. Records were reviewed in the last nine months; one edit of a record in four changes a material
field. "cold" has no cache, "warm" has read all but the commits since the last run (none). Figures are CPU seconds of
all processes; what matters is the ratio to the build with `history: false`, which shows no trails, and judges by
review dates alone.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.generate import write
from benchmarks.run import ENVIRONMENT, PROGRAMS, Command

TODAY = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp())
_YEARS = 2 * 365 * 86_400


def main() -> None:
    """Make the project, build it in turn, print the ratios."""
    parser = argparse.ArgumentParser(description="What history costs a build.")
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--commits", type=int, default=4000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "project")
        write(folder, options.size)
        (folder / "docs" / "index.md").touch()
        make_history(folder, options.commits)
        ENVIRONMENT.update(XDG_CACHE_HOME=str(Path(work, "cache")), SOURCE_DATE_EPOCH=str(TODAY))
        configuration = folder / "mkdocs.yml"
        plain = configuration.read_text(encoding="utf-8")
        (folder / "off.yml").write_text(plain.replace("handoff: {}", "handoff: {history: false}"), encoding="utf-8")
        told = _verdicts(folder)
        rounds: dict[str, list[float]] = {"off": [], "cold": [], "warm": []}
        for number in range(options.rounds + 1):
            for name, taken in rounds.items():
                if name == "cold":
                    shutil.rmtree(Path(work, "cache"), ignore_errors=True)
                file = "off.yml" if name == "off" else "mkdocs.yml"
                words = [PROGRAMS / "mkdocs", "build", "-q", "-f", folder / file, "-d", Path(work, "site")]
                seconds = Command(words, folder, Path(work, "site")).seconds()
                if number:
                    taken.append(seconds)
        print(f"{options.size} records, {options.commits} commits; verdicts: {told}")
        for name, taken in rounds.items():
            # Of each round by itself: what else the machine does changes slower than a round takes.
            ratios = [one / off for one, off in zip(taken, rounds["off"], strict=True)]
            told = f"{min(ratios):.3f} to {max(ratios):.3f}"
            print(f"  {name:<5} {median(taken):7.2f} s  {median(ratios):6.3f} ({told})  least {min(taken):.2f} s")


def make_history(folder: Path, commits: int) -> None:
    """Turn a generated project into a repository of two years' commits."""
    chance = random.Random(1)
    records = sorted(path for path in folder.rglob("*") if path.suffix in (".yml", ".md") and "teams" not in path.parts)
    cards = [path for path in records if path.parent.name not in ("docs", folder.name)]
    code: list[Path] = []
    for number, card in enumerate(cards):
        if number % 3:
            name = card.parent.name if card.name == "README.md" else card.stem
            text = card.read_text(encoding="utf-8")
            start, rest = ("---\n", text.removeprefix("---\n")) if text.startswith("---\n") else ("", text)
            card.write_text(f"{start}covers: src/{name}/**\n{rest}", encoding="utf-8")
            for part in ("train.py", "features.py"):
                path = folder / "src" / name / part
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(f"# {name}\n", encoding="utf-8")
                code.append(path)
    _git(folder, "init", "-q", "-b", "main")
    everything = sorted(path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    held = {path: path.read_bytes() for path in everything}
    stream = [_commit(1, TODAY - _YEARS, "Begin", held, folder)]
    for number in range(2, commits + 2):
        moment = TODAY - _YEARS + _YEARS * (number - 1) // (commits + 1)
        changed = {}
        for _ in range(chance.randint(1, 3)):
            some = code if chance.random() < 0.8 else cards
            path = some[int(len(some) * chance.random() ** 3)]
            held[path] = changed[path] = _edited(held[path], number, code=some is code, material=chance.random() < 0.25)
        stream.append(_commit(number, moment, f"Edit {number} (#{number})", changed, folder))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=b"".join(stream), check=True)
    _git(folder, "reset", "-q", "--hard", "main")


def _edited(content: bytes, number: int, *, code: bool, material: bool) -> bytes:
    if code:
        return content + b"x = %d\n" % number
    line = b"license: l-%d\n" % number if material else b"tags: [t-%d]\n" % number
    front = content.startswith(b"---\n")
    body = content[4:] if front else content
    key = line.partition(b":")[0] + b":"
    kept = [one for one in body.splitlines(keepends=True) if not one.startswith(key)]
    # What a list or mapping under the key held would hang below the new line.
    return (b"---\n" if front else b"") + line + b"".join(kept) if _flat(body, key) else content + b"\n"


def _flat(body: bytes, key: bytes) -> bool:
    lines = body.splitlines()
    return all(
        not (line.startswith(key) and following[:1] in (b" ", b"-"))
        for line, following in zip(lines, [*lines[1:], b""], strict=True)
    )


def _commit(mark: int, moment: int, subject: str, files: dict[Path, bytes], folder: Path) -> bytes:
    who = f"Person {mark % 20} <person{mark % 20}@example.org> {moment} +0000"
    message = f"{subject}\n\nReviewed-by: Person {mark % 7} <person{mark % 7}@example.org>\n".encode()
    out = [f"commit refs/heads/main\nmark :{mark}\nauthor {who}\ncommitter {who}\ndata {len(message)}\n".encode()]
    out += [message, b"\n"]
    out += [f"from :{mark - 1}\n".encode()] if mark > 1 else []
    for path, content in files.items():
        name = path.relative_to(folder).as_posix()
        out += [f"M 100644 inline {name}\ndata {len(content)}\n".encode(), content, b"\n"]
    return b"".join(out)


def _verdicts(folder: Path) -> str:
    from datetime import date  # noqa: PLC0415 - only here

    from mkdocs_handoff.past import look_back  # noqa: PLC0415
    from mkdocs_handoff.project import load  # noqa: PLC0415
    from mkdocs_handoff.settings import find_settings  # noqa: PLC0415
    from mkdocs_handoff.staleness.judge import staleness  # noqa: PLC0415

    project = load(find_settings(folder))
    past = look_back(project.settings, date(2026, 10, 1))
    found = staleness(project.catalog, folder, past.history, past.today)
    counts = Counter(one.verdict for one in found.standings.values())
    return ", ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items()))


def _git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, env={**os.environ, **ENVIRONMENT})


if __name__ == "__main__":
    sys.exit(main())
