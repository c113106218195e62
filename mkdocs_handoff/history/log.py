"""Raw facts of commits: what each changed. They belong to the commit alone and never change, so they can be kept.

A log holds the commits of one or more branches, each once. Numbers stand for commits; a parent's number is smaller
than its child's. What is reachable from a branch, in which order commits are told and which of them count is
decided by who asks.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TRAILERS = ("Reviewed-by", "Acked-by", "Signed-off-by", "Co-authored-by")


class Commit(NamedTuple):
    """A commit. A named tuple, because thousands are made and a frozen dataclass takes five times as long.

    Attributes:
        time: When it was committed, in seconds since 1970, by the committer's clock.
        name: The author's, as `.mailmap` has it today where a history gives the commit.
        email: Likewise.
        trailers: `Reviewed-by: Bo <bo@example.org>` and the like, a folded one as one line.
        files: How many files it changed; for a merge, how many it has as none of its parents has them.
    """

    sha: str
    time: int
    name: str
    email: str
    subject: str
    trailers: tuple[str, ...]
    files: int


class Heads:
    """The header of each commit as git printed it.

    Those that were kept stay one text until they are asked for: of 20,000 commits few are the last change of a file.
    """

    __slots__ = ("_ends", "_new", "_text")

    def __init__(self, text: bytes = b"", ends: array[int] | None = None) -> None:
        """Begin with headers in one text, and where each ends in it."""
        self._text = text
        self._ends = array("q") if ends is None else ends
        self._new: list[bytes] = []

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Heads) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # mypy: what can be extended has none

    def __len__(self) -> int:
        return len(self._ends) + len(self._new)

    def __getitem__(self, number: int) -> bytes:
        kept = len(self._ends)
        if number >= kept:
            return self._new[number - kept]
        return self._text[self._ends[number - 1] if number else 0 : self._ends[number]]

    def __iter__(self) -> Iterator[bytes]:
        text = self._text
        for start, end in pairwise((0, *self._ends)):
            yield text[start:end]
        yield from self._new

    def extend(self, heads: Iterable[bytes]) -> None:
        """Add headers."""
        self._new.extend(heads)

    def packed(self) -> tuple[bytes, array[int]]:
        """Return all as one text, and where each ends in it."""
        ends = accumulate(map(len, self._new), initial=len(self._text))
        next(ends)
        return b"".join((self._text, *self._new)), self._ends + array("q", ends)

    def numbers(self, length: int) -> dict[bytes, int]:
        """Return the place of each by its first bytes, that many."""
        text, kept = self._text, len(self._ends)
        starts = (0, *self._ends[:-1]) if kept else ()
        found = {text[start : start + length]: number for number, start in enumerate(starts)}
        found.update((head[:length], number) for number, head in enumerate(self._new, kept))
        return found


@dataclass(slots=True)
class Log:
    """What has been read.

    Attributes:
        tips: Commits such that all others lead to one of them.
        heads: The header of each commit, taken apart only when asked for.
        times: When each was committed.
        latest: The latest time of a commit and all that it builds on; later than its own where a clock was wrong.
        first: Its first parent's number, -1 where it has none or the parent is cut off.
        others: The numbers of a merge's further parents.
        files: How many files it changed.
        paths: The commits that changed what stands at a path.
        moves: By new path: the commits that renamed a file to it without changing it, and its old path.
    """

    tips: list[str] = field(default_factory=list)
    heads: Heads = field(default_factory=Heads)
    times: array[int] = field(default_factory=lambda: array("q"))
    latest: array[int] = field(default_factory=lambda: array("q"))
    first: array[int] = field(default_factory=lambda: array("i"))
    others: dict[int, list[int]] = field(default_factory=dict)
    files: array[int] = field(default_factory=lambda: array("i"))
    paths: dict[str, list[int]] = field(default_factory=dict)
    moves: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def sha(self, number: int) -> str:
        """Return the name of a commit."""
        head = self.heads[number]
        return head[: head.index(b"\0")].decode("ascii")

    def numbers(self) -> dict[bytes, int]:
        """Return the number of each commit by its name; all names of a repository are of one length."""
        length = self.heads[0].index(b"\0") if self.heads else 0
        return self.heads.numbers(length)

    def person(self, number: int) -> tuple[str, str]:
        """Return the author's name and e-mail as the commit has them."""
        _, _, _, name, email, _ = self.heads[number].split(b"\0", 5)
        return _text(name[1:]), _text(email[1:])

    def commit(self, number: int) -> Commit:
        """Return one commit, its author as written."""
        sha, _, _, name, email, subject, trailers = _text(self.heads[number]).split("\0")
        return Commit(
            sha,
            self.times[number],
            name[1:],
            email[1:],
            subject[1:],
            tuple(trailers[1:].split("\n")[:-1]),
            self.files[number],
        )

    def parents(self, number: int) -> list[int]:
        """Return the numbers of a commit's parents."""
        first = self.first[number]
        return [] if first < 0 else [first, *self.others.get(number, ())]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
