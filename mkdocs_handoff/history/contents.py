"""What stood at a path at a commit, for many at once: one `git cat-file --batch`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from mkdocs_handoff.history import git

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs_handoff.history.repository import Repository


class Missing(StrEnum):
    """Why there is no content. The text is for people."""

    ABSENT = "there was no such file"
    UNKNOWN = "git could not give the file"


Request = tuple[str, str]
"""A commit and a path from the work tree's root."""

_TRIES = 3
"""In a partial clone git stops at a file that it lacks. It is asked again for the rest, but not without end."""


def contents(repository: Repository, requests: Sequence[Request]) -> dict[Request, bytes | Missing]:
    """Return the bytes of files as commits have them, before any filter; of a symbolic link, where it leads.

    Args:
        repository: Ready to be read.
        requests: Commits by their full name, and paths from the work tree's root.
    """
    found: dict[Request, bytes | Missing] = dict.fromkeys(requests, Missing.UNKNOWN)
    # A request is a line, unless it holds a newline: git 2.38 and later take NUL between requests.
    lines = [request for request in found if "\n" not in request[1]]
    odd = [request for request in found if "\n" in request[1]]
    for some, options, end in ((lines, (), b"\n"), (odd, ("-z",), b"\0")):
        waiting = some
        for _ in range(_TRIES):
            if not waiting:
                break
            asked = [_name(request) for request in waiting]
            given = b"".join(name + end for name in asked)
            answer = git.run(repository.top, "cat-file", "--batch", *options, given=given)
            answered = _read(answer.out, asked, absent=not repository.partial)
            found.update(zip(waiting, answered, strict=False))
            waiting = waiting[len(answered) + 1 :]  # the one that git stopped at stays unknown
    return found


def _name(request: Request) -> bytes:
    commit, path = request
    return f"{commit}:{path}".encode("utf-8", "surrogateescape")


def _read(out: bytes, asked: Sequence[bytes], *, absent: bool) -> list[bytes | Missing]:
    """Return what git said, request by request, as far as it came.

    Args:
        out: What it printed: `NAME TYPE SIZE`, a newline, so many bytes and a newline; or `REQUEST missing`.
        asked: The requests.
        absent: Whether "missing" means that the commit has no such file, and not that the clone lacks it.
    """
    found: list[bytes | Missing] = []
    position = 0
    for name in asked:
        missing = name + b" missing\n"
        if out.startswith(missing, position):
            found.append(Missing.ABSENT if absent else Missing.UNKNOWN)
            position += len(missing)
            continue
        end = out.find(b"\n", position)
        facts = out[position:end].split(b" ") if end >= 0 else []
        if len(facts) != 3 or not facts[2].isdigit():
            if facts and facts[-1] == b"submodule":
                found.append(Missing.UNKNOWN)
                position = end + 1
                continue
            break
        size = int(facts[2])
        found.append(out[end + 1 : end + 1 + size] if facts[1] == b"blob" else Missing.ABSENT)
        position = end + size + 2
    return found


def signatures(repository: Repository, commits: Sequence[str]) -> dict[str, str]:
    """Return how each commit is signed: `openpgp`, `ssh`, `x509`, or an empty text for no signature.

    That one is there is a fact of the commit; whether it is valid depends on the keys of whoever asks, and is not
    asked here:
    the program that checks it is one that the repository may name.
    """
    known = list(dict.fromkeys(commits))
    answer = git.run(repository.top, "cat-file", "--batch", given="".join(f"{commit}\n" for commit in known).encode())
    found: dict[str, str] = {}
    position = 0
    for commit in known:
        end = answer.out.find(b"\n", position)
        facts = answer.out[position:end].split(b" ")
        if len(facts) != 3 or facts[1] != b"commit":
            position = end + 1
            continue
        size = int(facts[2])
        header = answer.out[end + 1 : end + 1 + size].partition(b"\n\n")[0]
        position = end + size + 2
        found[commit] = next((kind for mark, kind in _SIGNATURES if mark in header), "")
    return found


_SIGNATURES = (
    (b"-----BEGIN PGP", "openpgp"),
    (b"-----BEGIN SSH SIGNATURE", "ssh"),
    (b"-----BEGIN SIGNED MESSAGE", "x509"),
)
