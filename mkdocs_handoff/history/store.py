"""Raw facts kept between runs, in the user's cache folder, by repository; only new commits are read the next time.

A commit's facts never change, so nothing that a user does to branches makes what is kept wrong: commits of a branch
that was rewritten or left are only not asked about. What cannot be trusted (another version's, cut short, changed)
is read anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
import zlib
from array import array
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.history.log import Heads, Log
from mkdocs_handoff.history.reading import extend

if TYPE_CHECKING:
    from mkdocs_handoff.history.repository import Repository

FORM = 3
"""To be raised when what is kept, or how it was read, changes."""

_BRANCHES = 16
_SHARE = 200
"""One commit in so many must be new before all are written again: reading a few costs less."""


def folder() -> Path:
    """Return the cache folder: `$XDG_CACHE_HOME/mkdocs-handoff`, or the platform's own place for such things."""
    import platformdirs  # noqa: PLC0415 - only a run that asks git needs it

    return Path(os.environ.get("XDG_CACHE_HOME") or platformdirs.user_cache_dir()) / "mkdocs-handoff"


def read(repository: Repository, cache: Path | None) -> Log:
    """Return a log that holds all commits up to the repository's head.

    Args:
        repository: Ready to be read.
        cache: Where facts are kept; None: nowhere.

    Raises:
        git.GitMissingError: git is not installed.
        git.UnreadableError: git could not give the log.
    """
    file = None if cache is None else cache / f"history-{_key(repository)}"
    log = _load(file)
    if len(log.tips) > _BRANCHES:  # mostly branches that are gone: begin again with this one
        log = Log()
    kept = len(log.heads)
    extend(log, repository.top, repository.head)
    if (len(log.heads) - kept) * _SHARE > kept:
        _save(file, log)
    return log


def _key(repository: Repository) -> str:
    """What a clone's oldest commits changed depends on where it is cut off, so that is part of its name."""
    parts = (repository.common, *sorted(repository.boundary))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _load(file: Path | None) -> Log:
    """Return what is kept, or an empty log where there is nothing, or nothing that can be trusted."""
    if file is None:
        return Log()
    try:
        raw = file.read_bytes()
        start = raw.index(b"\n") + 1
        form, byteorder, check, tips, sizes = json.loads(raw[:start])
        rest = memoryview(raw)[start:]
        if (form, byteorder, check) != (FORM, sys.byteorder, zlib.crc32(rest)):
            return Log()
        return _unpacked(tips, [rest[begin:end] for begin, end in pairwise(accumulate(sizes, initial=0))])
    except (OSError, ValueError, TypeError, KeyError):
        return Log()


def _unpacked(tips: list[str], parts: list[memoryview]) -> Log:
    times, latest = (_array("q", part) for part in parts[:2])
    first, files, counts, numbers = (_array("i", part) for part in parts[2:6])
    ends = _array("q", parts[6])
    names, others, moves = json.loads(bytes(parts[7]))
    flat = numbers.tolist()
    places = pairwise(accumulate(counts, initial=0))
    return Log(
        tips,
        Heads(bytes(parts[8]), ends),
        times,
        latest,
        first,
        {int(number): above for number, above in others.items()},
        files,
        {name: flat[start:end] for name, (start, end) in zip(names, places, strict=True)},
        {new: [(number, old) for number, old in all_] for new, all_ in moves.items()},
    )


def _array(kind: str, raw: memoryview) -> array[int]:
    found = array(kind)
    found.frombytes(raw)
    return found


def _packed(log: Log) -> list[bytes]:
    text, ends = log.heads.packed()
    names = json.dumps([list(log.paths), log.others, log.moves]).encode("ascii")
    parts = [
        log.times.tobytes(),
        log.latest.tobytes(),
        log.first.tobytes(),
        log.files.tobytes(),
        array("i", map(len, log.paths.values())).tobytes(),
        array("i", chain.from_iterable(log.paths.values())).tobytes(),
        ends.tobytes(),
        names,
        text,
    ]
    check = 0
    for part in parts:
        check = zlib.crc32(part, check)
    first = json.dumps([FORM, sys.byteorder, check, log.tips, [len(part) for part in parts]])
    return [first.encode("ascii"), b"\n", *parts]


def _save(file: Path | None, log: Log) -> None:
    """Write a new file and put it in the old one's place. A cache that cannot be written is none: nothing is lost."""
    if file is None:
        return
    name = ""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}-")
        with os.fdopen(handle, "wb") as new:
            new.writelines(_packed(log))
        Path(name).replace(file)
    except OSError:
        if name:
            Path(name).unlink(missing_ok=True)
