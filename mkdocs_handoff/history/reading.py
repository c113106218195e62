"""Reading the stream of commits: one `git log`, once, newest first.

`-z` keeps names as they are; `-c` lists what a merge itself made, which none of its parents has; `-M100%` shows a
rename without a change as one, and reads no file to find it. Each header ends with a mark of its own and its fields
begin with a letter, so that no name and no message can be taken for one: only a file's name can begin with the byte
1 after a NUL, and it is followed by no number.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mkdocs_handoff.history import git
from mkdocs_handoff.history.log import TRAILERS, Log

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_KEYS = ",".join(f"key={name}" for name in TRAILERS)
_FORMAT = f"%x01%H%x00%ct%x00%P%x00n%an%x00e%ae%x00s%s%x00t%(trailers:{_KEYS},only,unfold)%x00%x02"
_LOG = (
    "-z", "-c", "-M100%", "-l0", "--combined-all-paths", "--name-status", f"--format={_FORMAT}", "--encoding=UTF-8",
    "--no-color", "--no-ext-diff", "--no-textconv", "--no-relative", "--no-notes",
    "--ignore-submodules=none", "--ignore-missing",
)  # fmt: skip
_NEXT = re.compile(rb"\x00\x01(?=[0-9a-f]{40,64}\x00[0-9]+\x00)")
_RENAME = b"R100\0"


@dataclass(slots=True)
class _Batch:
    """Commits as the stream gives them, newest first, numbered as they come."""

    heads: list[bytes] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    paths: defaultdict[bytes, list[int]] = field(default_factory=lambda: defaultdict(list))
    moves: defaultdict[bytes, list[tuple[int, bytes]]] = field(default_factory=lambda: defaultdict(list))


def extend(log: Log, top: Path, head: str) -> None:
    """Add the commits that lead to `head` and are not in the log.

    Raises:
        git.GitMissingError: git is not installed.
        git.UnreadableError: git said no; the log is as it was.
    """
    if head in log.tips:
        return
    known = log.numbers()
    if head.encode() in known:
        return
    batch = _Batch()
    arguments = (*_LOG, head, *(f"^{tip}" for tip in log.tips), "--")
    _enter(batch, _chunks(git.stream(top, "log", *arguments)), known)
    _append(log, batch, known)
    built_on = {parent for raw in batch.heads for parent in raw.split(b"\0", 3)[2].split()} if log.tips else set()
    log.tips = [*(tip for tip in log.tips if tip.encode() not in built_on), head]


def _chunks(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Give each commit's header and files, whatever blocks they come in."""
    rest = b"\0"
    for block in blocks:
        *whole, rest = _NEXT.split(rest + block)
        yield from filter(None, whole)
    if rest := rest.removesuffix(b"\0"):
        yield rest


def _enter(batch: _Batch, chunks: Iterable[bytes], known: Mapping[bytes, int]) -> None:
    """Enter commits, but those that are known: a tip that git has thrown away keeps nothing out of the stream."""
    heads, files, paths = batch.heads, batch.files, batch.paths
    for chunk in chunks:
        head, _, listed = chunk.partition(b"\0\2")
        if known and head[: head.index(b"\0")] in known:
            continue
        listed = listed.lstrip(b"\0\n")
        number = len(heads)
        heads.append(head)
        tokens = listed.split(b"\0") if listed else []
        if listed[1:2] == b"\0" and _RENAME not in listed:
            files.append(len(tokens) // 2)
            for path in tokens[1::2]:
                paths[path].append(number)
        else:
            files.append(_enter_one_by_one(batch, tokens, number))


def _enter_one_by_one(batch: _Batch, tokens: list[bytes], number: int) -> int:
    """Enter the files of a merge, or of a commit that may rename some, and return how many they are.

    A status is a letter and a path; `R100`, the old path and the new one; or, in a merge, a letter for each parent,
    the path
    in each of them, and the path in the merge.
    """
    position = count = 0
    while position + 1 < len(tokens):
        status = tokens[position].decode("ascii")
        letters = "R" if status[1:].isdigit() else status
        olds = tokens[position + 1 : position + 1 + len(letters)] if letters == "R" or len(letters) > 1 else []
        position += 1 + len(olds)
        new = tokens[position]
        position += 1
        count += 1
        renamed = {old for letter, old in zip(letters, olds, strict=False) if letter == "R"}
        if renamed:
            batch.moves[new].extend((number, old) for old in sorted(renamed))
        if letters.strip("R"):
            batch.paths[new].append(number)
    return count


def _append(log: Log, batch: _Batch, known: dict[bytes, int]) -> None:
    """Number the commits of a batch behind those of the log, parents before children, and add them."""
    start = len(log.heads)
    # Backwards is right but where a clock was wrong, or within one second.
    order: Sequence[int] = range(len(batch.heads) - 1, -1, -1)
    if not _place(log, [batch.heads[place] for place in order], known):
        order = _parents_first(batch.heads)
        _place(log, [batch.heads[place] for place in order], known, patient=True)
    new = [0] * len(order)
    for number, place in enumerate(order, start):
        new[place] = number
    log.files.extend([batch.files[place] for place in order])
    for path, places in batch.paths.items():
        log.paths.setdefault(_text(path), []).extend([new[place] for place in reversed(places)])
    for path, moves in batch.moves.items():
        log.moves.setdefault(_text(path), []).extend((new[place], _text(old)) for place, old in reversed(moves))


def _place(log: Log, heads: list[bytes], known: dict[bytes, int], *, patient: bool = False) -> bool:
    """Add commits in this order; or, unless patient, none of them if a parent has no number yet. Tell whether."""
    start = len(log.heads)
    times, latest, first = array("q"), log.latest[:], array("i")
    others: dict[int, list[int]] = {}
    numbers = dict(known)
    for number, head in enumerate(heads, start):
        sha, written, parents, _ = head.split(b"\0", 3)
        time = until = int(written)
        numbers[sha] = number
        parent = numbers.get(parents, -1)
        if parent >= 0:
            if latest[parent] > time:
                until = latest[parent]
        elif parents:
            above = [numbers.get(one, -1) for one in parents.split()]
            if -1 in above and not patient:
                return False
            above = [one for one in above if one >= 0]
            if above:
                parent, *others[number] = above
                until = max(time, *(latest[one] for one in above))
        times.append(time)
        latest.append(until)
        first.append(parent)
    log.heads.extend(heads)
    log.times.extend(times)
    log.first.extend(first)
    log.latest = latest
    log.others.update(others)
    return True


def _parents_first(heads: list[bytes]) -> Sequence[int]:
    """Return the places of commits, which come newest first, such that parents precede their children."""
    fields = [head.split(b"\0", 3) for head in heads]
    place = {sha: number for number, (sha, *_) in enumerate(fields)}
    order: dict[int, None] = {}
    for start in range(len(heads) - 1, -1, -1):
        waiting = [start]
        while waiting:
            above = [place[parent] for parent in fields[waiting[-1]][2].split() if parent in place]
            if waiting[-1] not in order and (missing := [one for one in above if one not in order]):
                waiting.extend(missing)
            else:
                order.setdefault(waiting.pop())
    return list(order)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
