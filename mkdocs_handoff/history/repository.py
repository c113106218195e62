"""What git says of a project's folder: whether there is a history to read, and if not, why."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from mkdocs_handoff.history import git


class State(StrEnum):
    """Whether history can be read, and if not, why. The text is for people."""

    READY = "ready"
    OFF = "the settings switch history off"
    NO_GIT = "git is not installed"
    NO_REPOSITORY = "this is no git repository"
    BARE = "this is a git repository without checked-out files"
    REFUSED = "git refuses to read this repository: it belongs to somebody else (git's `safe.directory`)"
    EMPTY = "the branch that is checked out has no commits yet"
    PARTIAL = "this partial clone lacks the folders of older commits (clone with `--filter=blob:none` or in full)"
    UNREADABLE = "git could not read the repository"


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository as git sees it from a project's root.

    Attributes:
        state: Whether it can be read.
        top: The work tree's root.
        prefix: The project's root within it, with a trailing `/`; empty where they are the same.
        head: The commit that is checked out.
        common: The folder that all work trees share; it names the repository in caches.
        boundary: In a shallow clone the commits behind which history is cut off: what they hold may be older than
            they are.
        partial: Whether objects may be missing that a remote has.
        filters: The names of the filters that its own configuration, not the user's, would run on files.
        mailmap: Whether its configuration names a mailmap, beside the one at the top.
        ignoring: The files that `blame.ignoreRevsFile` names, as written.
        hint: What git itself said, where it could not.
    """

    state: State
    top: Path = Path()
    prefix: str = ""
    head: str = ""
    common: str = ""
    boundary: frozenset[str] = frozenset()
    partial: bool = False
    filters: tuple[str, ...] = ()
    mailmap: bool = False
    ignoring: tuple[str, ...] = ()
    hint: str = ""


# What has a fixed form comes first: the folders' names may hold anything, a newline included.
_FACTS = ("--is-bare-repository", "--is-inside-work-tree", "--is-shallow-repository")
_HEAD = ("--revs-only", "HEAD^{commit}")
_PLACES = (("--show-toplevel",), ("--show-prefix",), ("--git-common-dir",), ("--git-path", "shallow"))
_SETTINGS = r"^(filter\..*\.(clean|smudge|process|required)|remote\..*\.promisor|mailmap\..*|blame\.ignorerevsfile)$"

_OWN = ("local", "worktree")


def repository(root: Path) -> Repository:
    """Return what git says of a folder; never raises for what a user may have done to it."""
    try:
        return _repository(root)
    except git.GitMissingError:
        return Repository(State.NO_GIT)
    except OSError as problem:
        return Repository(State.UNREADABLE, hint=str(problem))


def _repository(root: Path) -> Repository:
    answer = git.run(root, "rev-parse", *_FACTS, *_HEAD, *(word for place in _PLACES for word in place))
    bare, inside, shallow, *rest = [*answer.text.split("\n"), "", "", ""]
    if bare == "true" or inside == "false":
        return Repository(State.BARE, hint=answer.error)
    if answer.status:
        return Repository(_trouble(answer.error), hint=answer.error)
    head = rest.pop(0) if _is_commit(rest[0]) else ""
    places = rest[: len(_PLACES)]
    if answer.text.count("\n") != len(_FACTS) + len(_PLACES) + bool(head):  # a folder's name holds a newline
        places = [git.run(root, "rev-parse", *place).text.removesuffix("\n") for place in _PLACES]
    top, prefix, common, cut = places
    configured, error = _configured(root)
    if error:
        return Repository(State.UNREADABLE, hint=error)
    found = Repository(
        State.READY if head else State.EMPTY,
        Path(top),
        prefix,
        head,
        os.path.realpath(root / common),
        _boundary(root / cut) if shallow == "true" else frozenset(),
        partial=any(name.startswith("remote.") and value != "false" for _, name, value in configured),
        filters=tuple(
            sorted({_middle(name) for scope, name, _ in configured if name[:7] == "filter." and scope in _OWN})
        ),
        mailmap=any(name.startswith("mailmap.") for _, name, _ in configured),
        ignoring=tuple(value for _, name, value in configured if name.startswith("blame.")),
    )
    if not head and _is_commit(git.run(root, "rev-parse", "--revs-only", "HEAD").text.strip()):
        return replace(found, state=State.UNREADABLE, hint="HEAD names a commit that is not there")
    return found


def _trouble(error: str) -> State:
    if "dubious ownership" in error or "unsafe repository" in error:
        return State.REFUSED
    return State.NO_REPOSITORY if "not a git repository" in error else State.UNREADABLE


def _is_commit(text: str) -> bool:
    return len(text) in {40, 64} and not text.strip("0123456789abcdef")


def _middle(name: str) -> str:
    """`filter.lfs.clean` is about the filter `lfs`; that name may hold dots."""
    return name.partition(".")[2].rpartition(".")[0]


def _configured(root: Path) -> tuple[list[tuple[str, str, str]], str]:
    """Return whose they are, the names and the values of the settings that matter here, or what git says against it."""
    answer = git.run(root, "config", "--show-scope", "-z", "--get-regexp", _SETTINGS)
    if answer.status > 1:  # 1: there are none
        return [], answer.error or "git could not read its configuration"
    words = answer.text.split("\0")[:-1]
    return [(scope, *_parted(entry)) for scope, entry in zip(words[::2], words[1::2], strict=True)], ""


def _parted(entry: str) -> tuple[str, str]:
    name, _, value = entry.partition("\n")  # a name alone means true
    return name, value


def _boundary(file: Path) -> frozenset[str]:
    """Return the commits at which a shallow clone ends: git keeps them in a file that it alone can find."""
    try:
        return frozenset(file.read_text(encoding="ascii").split())
    except (OSError, ValueError):
        return frozenset()
