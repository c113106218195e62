"""Whether files are what records state: each file is read once, whatever is stated of it."""

from __future__ import annotations

import hashlib
import json
import posixpath
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from mkdocs_handoff.artifacts import algorithms, dvc
from mkdocs_handoff.artifacts.digest import Trouble, UnreadError
from mkdocs_handoff.artifacts.located import there
from mkdocs_handoff.artifacts.shelf import Shelf
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text.files import read_text
from mkdocs_handoff.text.paths import gits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mkdocs_handoff.artifacts.digest import Digests
    from mkdocs_handoff.artifacts.lfs import Pointer
    from mkdocs_handoff.artifacts.shelf import Held, Progress
    from mkdocs_handoff.artifacts.stated import Stated


class State(StrEnum):
    """How a file stands to what is stated of it."""

    MATCH = "match"
    POINTER = "pointer"
    NOT_HERE = "not here"
    UNSTATED = "no checksum"
    MISMATCH = "mismatch"
    MISSING = "missing"
    OUTSIDE = "outside"
    UNKNOWN = "unknown algorithm"
    MALFORMED = "malformed"


AGREES = frozenset((State.MATCH, State.POINTER))
"""The file is what is stated, or stands for it."""

WRONG = frozenset((State.MISMATCH, State.MISSING, State.OUTSIDE, State.UNKNOWN, State.MALFORMED))
"""Something must be mended."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One statement, and what the file says to it.

    Attributes:
        stated: The statement.
        state: How it stands.
        reason: What was found, for people; empty where it simply matches.
        hint: How to mend it.
        found: The checksum that the file has, where it was computed.
    """

    stated: Stated
    state: State
    reason: str = ""
    hint: str = ""
    found: str = ""


def check(root: Path, stated: Sequence[Stated], progress: Progress | None = None) -> tuple[Checked, ...]:
    """Return how files stand to what is stated of them, in the same order.

    Args:
        root: The project's root. Nothing outside is read, whatever a path or a link says.
        stated: See `stated.stated_by`.
        progress: Told how far the reading is, for every piece that is read.
    """
    shelf = Shelf(root)
    wanted = [one for one in stated if _before(one) is None]
    for one in wanted:
        shelf.want(one)
    shelf.read(progress)
    return tuple(_before(one) or _judged(one, shelf) for one in stated)


def _before(one: Stated) -> Checked | None:
    """Return what is to be said of a statement without looking at a file, or None."""
    if one.outside:
        own = gits(one.path.replace("\\", "/"))
        why = "it is git's own, and is not read" if own else "the path leads out of the project"
        return Checked(one, State.OUTSIDE, why, _COPY)
    if one.flaw:
        hint = "Let DVC write it anew: `dvc commit`." if one.at[-1:] == ("dvc_lock",) else _REWRITE
        return Checked(one, State.MALFORMED, one.flaw, hint)
    if one.elsewhere:
        return Checked(one, State.NOT_HERE, one.elsewhere)
    if not one.content:
        return None
    if one.alg == algorithms.LEGACY:
        return None
    if one.alg not in algorithms.NAMES:
        what = f"{one.alg!r} cannot be computed here" if one.alg else "nothing says how it was made"
        near = algorithms.nearest(one.alg)
        names = ", ".join(algorithms.NAMES)
        hint = f"Did you mean {near}?" if near else f"State the checksum with one of {names} as well."
        return Checked(one, State.UNKNOWN, what, hint)
    return None


_COPY = "Copy the file into the repository, or give its address as `url`."
_REWRITE = "Write it anew: `sha256sum FILE` prints it."
_PULL = "Fetch it: `dvc pull`."
_FETCH = "Fetch the content: `git lfs pull`."


def _judged(one: Stated, shelf: Shelf) -> Checked:
    if one.directory:
        return _folder(one, shelf)
    if one.parts:
        return _root(one, shelf)
    held = shelf.held[one.file]
    if held.trouble is not None:
        return _untold(one, held.trouble, shelf)
    if held.pointer is not None:
        return _pointer(one, held.pointer, held.digests)
    if one.size is not None and one.size != held.size:
        return _other_size(one, held.size)
    if not one.content:
        return Checked(one, State.UNSTATED, "no checksum is written for it", _write(one))
    return _compared(one, held)


def _compared(one: Stated, held: Held) -> Checked:
    """Return how the content of a file stands that was read, and is of the size that is stated."""
    values = held.digests.values if held.digests is not None else {}
    found = values.get(one.alg, "")
    if one.alg == algorithms.LEGACY and values.get(algorithms.MD5) == one.content.lower():
        return Checked(one, State.MATCH, found=one.content.lower())
    if not found:
        return Checked(one, State.MISMATCH, "it changed while it was read", "Repeat when nothing writes it.")
    if found == one.content.lower():
        return Checked(one, State.MATCH, _unix(one) or _inferred(one), found=found)
    return Checked(one, State.MISMATCH, f"its {one.alg} is {found}", _mend(one), found)


def _unix(one: Stated) -> str:
    return "with the line ends that DVC 1 and 2 hashed" if one.alg == algorithms.LEGACY else ""


def _inferred(one: Stated) -> str:
    return f"{one.alg} inferred from {len(one.content)} digits" if one.inferred else ""


def _mend(one: Stated) -> str:
    where = f"what {one.source} says" if one.source else "the checksum"
    return f"Put the file back that is meant, or, if this one is right, correct {where} and say what changed."


def _other_size(one: Stated, size: int) -> Checked:
    return Checked(one, State.MISMATCH, f"it has {size:,} bytes, and {one.size:,} are stated", _mend(one))


def _untold(one: Stated, error: UnreadError, shelf: Shelf) -> Checked:
    """Return how a file stands that could not be read."""
    if error.trouble is Trouble.MISSING:
        return _missing(one, shelf)
    if error.trouble is Trouble.OUTSIDE:
        return Checked(one, State.OUTSIDE, error.reason, _COPY)
    if error.trouble is Trouble.FOLDER and not one.content:
        return Checked(one, State.UNSTATED, "it is a folder: state the checksums of its files", "List its files.")
    if error.trouble is Trouble.FOLDER:
        return Checked(one, State.MALFORMED, "it is a folder, and a checksum is one of a file", "List its files.")
    hint = "Put an ordinary file in its place that you may read."
    return Checked(one, State.MISSING, error.reason, hint)


def _missing(one: Stated, shelf: Shelf) -> Checked:
    """Return how a file stands that is not there: DVC may keep it, and then knows its checksum."""
    beside = one.file + ".dvc"
    text = read_text(shelf.root, beside) if there(shelf.root, beside) else None
    if isinstance(text, str):
        return _kept(one, text, beside)
    if one.kept:
        return Checked(one, State.NOT_HERE, "DVC keeps it, and it was not fetched", _PULL)
    if isinstance(text, Finding):
        return Checked(one, State.MALFORMED, f"{beside} {text.message}", text.hint)
    return Checked(one, State.MISSING, Trouble.MISSING.value, "Add the file, or correct the path.")


def _kept(one: Stated, text: str, beside: str) -> Checked:
    try:
        entries = [entry for entry in dvc.read_dvc(text) if entry.path == posixpath.basename(one.file)]
    except dvc.DvcError as error:
        return Checked(one, State.MALFORMED, f"{beside} is no file of DVC's: {error}", "Let DVC write it anew.")
    for entry in entries:
        alg = algorithms.MD5 if entry.alg == "md5" else entry.alg
        if alg == one.alg and alg in (algorithms.MD5, algorithms.LEGACY):
            if entry.content == one.content.lower():
                return Checked(one, State.POINTER, f"{beside} has the same checksum; the content is not here", _PULL)
            return Checked(one, State.MISMATCH, f"{beside} says {entry.content}", _mend(one), entry.content)
    return Checked(one, State.NOT_HERE, f"DVC keeps it ({beside}), and it was not fetched", _PULL)


def _pointer(one: Stated, pointer: Pointer, digests: Digests | None) -> Checked:
    """Return how a file stands of which only the git-lfs pointer is here: its `oid` is the SHA-256 of the content."""
    if not one.content:
        return Checked(one, State.UNSTATED, "no checksum is written for it; only its git-lfs pointer is here", _FETCH)
    if one.size is not None and one.size != pointer.size:
        if digests is not None and digests.size == one.size and digests.values.get(one.alg) == one.content.lower():
            return _of_the_pointer(one)
        return _other_size(one, pointer.size)
    if one.alg != algorithms.SHA_256:
        said = "only its git-lfs pointer is here, and that knows its SHA-256 alone"
        if digests is not None and digests.values.get(one.alg) == one.content.lower():
            return _of_the_pointer(one)
        return Checked(one, State.NOT_HERE, said, _FETCH)
    if pointer.oid == one.content.lower():
        return Checked(one, State.POINTER, "its git-lfs pointer says so; the content is not here", _FETCH, pointer.oid)
    if digests is not None and digests.values.get(one.alg) == one.content.lower():
        return _of_the_pointer(one)
    return Checked(one, State.MISMATCH, f"its git-lfs pointer says {pointer.oid}", _mend(one), pointer.oid)


def _write(one: Stated) -> str:
    """Return what to type for a checksum that nobody wrote."""
    if one.record.kind == "model":
        return f"`mkdocs-handoff capture {one.record}` writes it."
    return f"`sha256sum {one.file}` prints it; write it beside the path: `checksum: {{alg: SHA-256, content: …}}`."


def _of_the_pointer(one: Stated) -> Checked:
    why = "this is the checksum of the git-lfs pointer, and not of the file"
    return Checked(one, State.MISMATCH, why, "Fetch the content (`git lfs pull`), and state its checksum.")


def _root(one: Stated, shelf: Shelf) -> Checked:
    """Return how a root digest stands: SHA-256 over the digests of all files, in the order of their names."""
    running = hashlib.sha256()
    pointers = 0
    for file in one.parts:
        held = shelf.held[file]
        if held.trouble is not None or held.digests is None:
            reason = held.trouble.reason if held.trouble is not None else Trouble.UNREADABLE.value
            outside = held.trouble is not None and held.trouble.trouble is Trouble.OUTSIDE
            state = State.OUTSIDE if outside else State.MISSING
            return Checked(one, state, f"{file}: {reason}", "It takes all files of the record to compute it.")
        pointers += held.pointer is not None
        oid = held.pointer.oid if held.pointer is not None else held.digests.values[algorithms.SHA_256]
        running.update(bytes.fromhex(oid))
    found = running.hexdigest()
    if found != one.content.lower():
        return Checked(one, State.MISMATCH, f"the digest of its {len(one.parts)} files is {found}", _mend(one), found)
    if pointers:
        return Checked(one, State.POINTER, f"{pointers} of its files are git-lfs pointers", _FETCH, found)
    return Checked(one, State.MATCH, found=found)


def _folder(one: Stated, shelf: Shelf) -> Checked:
    """Return how a folder of DVC's stands: its checksum is the MD5 of a list of its files with theirs."""
    paths = shelf.paths(one.file)
    if isinstance(paths, UnreadError):
        return _untold(one, paths, shelf)
    listed = []
    for path in paths:
        held = shelf.held[f"{one.file}/{path}"]
        if held.trouble is not None or held.digests is None:
            reason = held.trouble.reason if held.trouble is not None else Trouble.UNREADABLE.value
            outside = held.trouble is not None and held.trouble.trouble is Trouble.OUTSIDE
            return Checked(one, State.OUTSIDE if outside else State.MISSING, f"{path} in it: {reason}", _COPY)
        if held.pointer is not None:
            return Checked(one, State.NOT_HERE, f"{path} in it is a git-lfs pointer", _FETCH)
        legacy = one.alg == algorithms.LEGACY and dvc.looks_like_text(held.digests.head)
        content = held.digests.values[algorithms.LEGACY if legacy else algorithms.MD5]
        listed.append({"md5": content, "relpath": path})
    listed.sort(key=lambda entry: entry["relpath"])
    found = _md5(json.dumps(listed, sort_keys=True).encode())
    if found == one.content.lower():
        return Checked(one, State.MATCH, f"{len(listed):,} files", found=found)
    ignoring = " (DVC leaves out what `.dvcignore` names)" if there(shelf.root, ".dvcignore") else ""
    why = f"the list of its {len(listed):,} files has the MD5 {found}{ignoring}"
    return Checked(one, State.MISMATCH, why, _mend(one), found)


def _md5(data: bytes) -> str:
    running = algorithms.begun(algorithms.MD5)
    running.update(data)
    return running.hexdigest()
