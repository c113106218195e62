"""A step of `init`: files as they are and as they would be, written together after one question."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding
from mkdocs_handoff.text.files import inside, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is written.

    Attributes:
        path: From the project's root.
        before: What it holds; None for one that is not there.
        after: What it is to hold.
    """

    path: str
    before: bytes | None
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is written together, after one question.

    Attributes:
        title: What it is for.
        changes: The files, in the order in which they are written; none where there is nothing to do.
        note: What is good to know, or why there is nothing to do.
        by_hand: What is left to people, in lines.
        brief: Whether the files are too long to be shown.
    """

    title: str
    changes: tuple[Change, ...] = ()
    note: str = ""
    by_hand: tuple[str, ...] = ()
    brief: bool = False


def there(root: Path, path: str) -> bool:
    """Tell whether something stands at a path, be it a link that leads nowhere."""
    return os.path.lexists(root / path)


def held(root: Path, path: str) -> tuple[str, bytes] | str:
    """Return a file's text as it stands, with its bytes, or why it is left alone."""
    read = read_text(root, path)
    if isinstance(read, Finding):
        return f"{path} {read.message}"
    try:
        raw = (root / path).read_bytes()
        return (raw.decode("utf-8-sig"), raw) if inside(root, root / path) else f"{path} leads elsewhere"
    except (OSError, ValueError) as error:
        return f"{path} cannot be read: {error}"


def ends(raw: bytes) -> str:
    """Return the line end of a file."""
    return "\r\n" if b"\r\n" in raw else "\n"


def quoted(text: str) -> str:
    """Return a text as YAML and JSON have it."""
    return json.dumps(text, ensure_ascii=False)


def below(root: Path) -> str:
    """Return the way to a folder from the top of its git repository; empty at the top, and where there is none."""
    top = next((above for above in (root, *root.parents) if (above / ".git").exists()), root)
    return "" if top == root else root.relative_to(top).as_posix()


def no_repository(root: Path, what: str, lines: Iterable[str]) -> tuple[str, ...]:
    """Return what to do where a folder is not the top of a git repository; nothing where it is one.

    Args:
        root: The project's root.
        what: What git or a forge reads at the top alone.
        lines: What to write there.
    """
    if (root / ".git").exists():
        return ()
    if below(root):
        told = f"this is not the top folder of a git repository: write {what} there"
        return (f"{told}, with these lines:", *(f"  {line}" for line in lines))
    return (f"there is no git repository here: `git init`, then `mkdocs-handoff init` again, for {what}",)
