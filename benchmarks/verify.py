"""What `mkdocs-handoff verify` costs beside one `sha256sum` over the same bytes, in the same run.

    python -m benchmarks.verify [--megabytes 1024] [--files 8] [--rounds 5] [--folder DIR]

The files are generated, a dataset record states the SHA-256 of each. Both read them from the page cache: a round that
does not count comes first. CPU seconds, user and system; the clock on the wall is shown as well. Start-up (Python, the
schemas, the records) is part of ours: it is what a small project pays, shown by a row of its own.

Some `sha256sum` use the SHA instructions of the processor through OpenSSL, as Python does, and others do
not: `openssl dgst` beside it shows which it is.

The limit is 1.15 times `sha256sum`, of CPU and on the clock.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROGRAM = Path(sys.executable).parent / "mkdocs-handoff"
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "GIT_"))}
LIMIT = 1.15
_BLOCK = 1 << 20


def project(folder: Path, files: int, megabytes: int, *, checksums: bool = True) -> list[Path]:
    """Write a project whose one record states the checksum of each of some files; return the files."""
    chance = random.Random(20261123)
    (folder / "data").mkdir(parents=True)
    (folder / "datasets").mkdir()
    (folder / "handoff.yml").write_text("{}\n")
    listed, made = [], []
    for number in range(files):
        file = folder / "data" / f"{number:03}.bin"
        running = hashlib.sha256()
        with file.open("wb") as out:
            for _ in range(megabytes // files):
                block = chance.randbytes(_BLOCK)
                running.update(block)
                out.write(block)
        made.append(file)
        stated = {"path": f"data/{file.name}", "checksum": {"alg": "SHA-256", "content": running.hexdigest()}}
        listed.append(stated if checksums else {"path": stated["path"]})
    (folder / "datasets" / "rows.yml").write_text(f"title: Rows\nfiles: {json.dumps(listed)}\n")
    return made


def measure(commands: Mapping[str, Sequence[str]], folder: Path, rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Run commands in turn after a round that does not count; return CPU and wall seconds of each."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, words in commands.items():
            before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
            done = subprocess.run(words, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
            clock = time.monotonic() - begun
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if done.returncode:
                sys.exit(f"{' '.join(words[:4])} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
            if number:
                taken[name].append((after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, clock))
    return taken


def main() -> int:
    """Measure, and say whether the limit holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=int, default=1024)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where files are made (default: the temporary folder)")
    given = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="verify-", dir=given.folder))
    try:
        files = project(work / "large", given.files, given.megabytes)
        project(work / "small", 1, 1)
        commands = {
            "mkdocs-handoff verify": [str(PROGRAM), "verify"],
            "mkdocs-handoff verify, 1 MB": [str(PROGRAM), "verify", "-f", str(work / "small" / "handoff.yml")],
            "openssl dgst -sha256": ["openssl", "dgst", "-sha256", *map(str, files)],
            "sha256sum": ["sha256sum", *map(str, files)],
        }
        if shutil.which("openssl") is None:
            del commands["openssl dgst -sha256"]
        taken = measure(commands, work / "large", given.rounds)
    finally:
        shutil.rmtree(work)
    bases = [median(pair[part] for pair in taken["sha256sum"]) for part in (0, 1)]
    print(f"{given.files} files, {given.megabytes} MB together; seconds, and times sha256sum")
    ratios: dict[str, list[float]] = {}
    for name, pairs in taken.items():
        middle = [median(pair[part] for pair in pairs) for part in (0, 1)]
        ratios[name] = [value / base for value, base in zip(middle, bases, strict=True)]
        low, high = min(pair[0] for pair in pairs), max(pair[0] for pair in pairs)
        spread = f"({low:.3f} to {high:.3f}, {len(pairs)} runs)"
        cpu, clock = ratios[name]
        print(f"  {name:<30} CPU {middle[0]:7.3f} {spread:<34} {cpu:6.3f}   clock {middle[1]:7.3f} {clock:6.3f}")
    held = max(ratios["mkdocs-handoff verify"]) <= LIMIT
    print(f"limit {LIMIT}: {'held' if held else 'broken'}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
