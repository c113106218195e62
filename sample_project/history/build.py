"""Build the history of the sample project: a git repository whose last commit is what stands in this folder.

    python sample_project/history/build.py FOLDER          # build it, and say which commit it ends with
    python sample_project/history/build.py FOLDER --json   # ... and print each commit: id, date, subject, matters

Same files, same commit ids. The last commit holds the sample project as it is, and one file more:
`.git-blame-ignore-revs`. It names a commit of this history, and that name changes with every word that is mended
anywhere in the sample, so that it cannot stand in the sample itself.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from story import Files, Step, StoryError, read_files, read_story

HERE = Path(__file__).resolve().parent
IGNORE_FILE = ".git-blame-ignore-revs"

_ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "TZ": "UTC",
    "LC_ALL": "C",
}


@dataclass(frozen=True)
class Made:
    """A commit that was made.

    Attributes:
        id: Its full name.
        date: When, in UTC, ISO 8601.
        author: Name and e-mail address, as git writes them.
        subject: The first line of its message.
        branch: The side branch it was made on; empty for the main one.
        merge: The side branch that it brings in. What this brings has been told by the commits of that branch, but
            only now it reaches the readers of the main one.
        matters: The records whose text would mislead a reader if nobody looked at them after this commit.
        why: One sentence on the judgement, where it is not plain.
    """

    id: str
    date: str
    author: str
    subject: str
    branch: str
    merge: str
    matters: tuple[str, ...]
    why: str


def build(folder: Path, sample: Path = HERE.parent) -> list[Made]:
    """Make `folder` a git repository with the history of `sample`, and check out its last commit.

    Args:
        folder: A new or an empty folder, outside of `sample`.
        sample: The sample project, with its story in `history/`.

    Returns:
        The commits, in order of their dates.

    Raises:
        StoryError: The folder is not empty, or the story does not fit the files.
    """
    folder, sample = folder.resolve(), sample.resolve()
    if folder.is_relative_to(sample):
        raise StoryError(f"{folder} is inside the sample project: its history would be part of itself")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoryError(f"{folder} is not an empty folder")
    today = read_files(sample)
    if IGNORE_FILE in today:
        raise StoryError(f"{IGNORE_FILE} is written by this script; it cannot be part of the sample")
    steps = read_story(sample / "history", today)
    folder.mkdir(parents=True, exist_ok=True)
    _git(folder, "init", "-q", "--initial-branch=main", "--object-format=sha1")
    for key, value in (("core.autocrlf", "false"), ("core.fileMode", "false"), ("commit.gpgSign", "false")):
        _git(folder, "config", key, value)
    ids, last = _commit(folder, steps)
    last.pop(IGNORE_FILE, None)
    if last != today:
        differing = sorted(name for name in {*last, *today} if last.get(name) != today.get(name))
        raise StoryError(f"going forward ends elsewhere, branches overlap: {', '.join(differing)}")
    _git(folder, "reset", "-q", "--hard", "main")
    return [
        Made(name, f"{step.date:%Y-%m-%dT%H:%M:%SZ}", step.author, step.subject, step.branch, step.merge, step.matters,
             step.why)
        for name, step in zip(ids, steps, strict=True)
    ]  # fmt: skip


def _commit(folder: Path, steps: tuple[Step, ...]) -> tuple[list[str], Files]:
    """Commit the steps, each on its branch. Returns their names and the files of the last one."""
    states: dict[str, Files] = {"": {}}  # by branch
    tips: dict[str, int] = {}  # the last step of each branch
    told: dict[str, list[Step]] = {}  # the steps of each side branch
    stream: list[bytes] = []
    with tempfile.TemporaryDirectory() as outside:
        marks = Path(outside) / "marks"
        for number, step in enumerate(steps, 1):
            branch = step.branch
            if branch not in states:
                states[branch], tips[branch] = dict(states[""]), tips[""]
            before, files = states[branch], dict(states[branch])
            for each in told.pop(step.merge, []) if step.merge else []:
                each.redo(files)
            step.redo(files)
            if step.ignore_file:
                _import(folder, stream, marks)
                stream = []
                files[IGNORE_FILE] = _ignore_file(steps, _names(marks), files)
            parents = [tips[branch]] if branch in tips else []
            if step.merge:
                parents.append(tips.pop(step.merge))
                del states[step.merge]
            stream.append(_as_stream(step, number, parents, before, files))
            states[branch], tips[branch] = files, number
            if branch:
                told.setdefault(branch, []).append(step)
        _import(folder, stream, marks)
        names = _names(marks)
    if loose := sorted(set(tips) - {""}):
        raise StoryError(f"never merged: {', '.join(loose)}")
    return [names[number] for number in range(1, len(steps) + 1)], states[""]


def _as_stream(step: Step, number: int, parents: list[int], before: Files, after: Files) -> bytes:
    """One commit in the language of `git fast-import`. Side branches get no name of their own: their merge has them."""
    message = (f"{step.subject}\n\n{step.body}\n" if step.body else f"{step.subject}\n").encode()
    who = f"{step.author} {int(step.date.timestamp())} +0000"
    lines = ["commit refs/heads/main", f"mark :{number}", f"author {who}", f"committer {who}"]
    out = [("\n".join(lines) + f"\ndata {len(message)}\n").encode() + message + b"\n"]
    for key, parent in zip(("from", "merge"), parents, strict=False):
        out.append(f"{key} :{parent}\n".encode())
    out += [f"D {name}\n".encode() for name in sorted(set(before) - set(after))]
    for name in sorted(after):
        if before.get(name) != after[name]:
            out.append(f"M 100644 inline {name}\ndata {len(after[name])}\n".encode() + after[name] + b"\n")
    return b"".join(out) + b"\n"


def _import(folder: Path, stream: list[bytes], marks: Path) -> None:
    _git(
        folder, "fast-import", "--quiet", "--force", f"--import-marks-if-exists={marks}", f"--export-marks={marks}",
        given=b"".join(stream),
    )  # fmt: skip


def _names(marks: Path) -> dict[int, str]:
    lines = marks.read_text(encoding="ascii").splitlines() if marks.exists() else []
    return {int(mark.removeprefix(":")): name for mark, name in (line.split() for line in lines)}


def _ignore_file(steps: tuple[Step, ...], names: dict[int, str], files: Files) -> bytes:
    """What `.git-blame-ignore-revs` holds: the ignored commits so far, each with its subject."""
    old = files.get(IGNORE_FILE, b"# Commits that changed how files are written, and nothing of what they say.\n")
    found = [f"{names[number]}  # {step.subject}\n" for number, step in enumerate(steps, 1)
             if step.ignored and number in names]  # fmt: skip
    if not found:
        raise StoryError(f"{IGNORE_FILE} is written before there is a commit to ignore")
    return old + "".join(found).encode()


def _git(folder: Path, *arguments: str, given: bytes | None = None) -> bytes:
    done = subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607
        cwd=folder,
        env=_ENVIRONMENT | {"HOME": str(folder)},
        input=given,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise StoryError(f"git {arguments[0]} failed: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(description="Build the history of the sample project as a git repository.")
    parser.add_argument("folder", type=Path, help="a new or an empty folder, outside of the sample project")
    parser.add_argument("--json", action="store_true", help="print each commit with the records that it matters to")
    options = parser.parse_args(arguments)
    try:
        made = build(options.folder)
    except StoryError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps([vars(each) for each in made], ensure_ascii=False, indent=1))
    else:
        print(f"{len(made)} commits in {options.folder}, from {made[0].date[:10]} to {made[-1].date[:10]}")
        print(f"the last is {made[-1].id}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
