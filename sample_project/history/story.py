"""The story of the sample project: steps that can be undone, from what is there today back to the first day.

What is there today is kept once, as files. A step says how it differs from the day before it, in edits that are
undone from the last step to the first; what remains is the first day, from which `build.py` goes forward again.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Files = dict[str, bytes]
"""The files of one moment, by path from the project's root."""

NOT_KEPT = frozenset({"site", "__pycache__", ".venv", ".cache", ".git", ".ruff_cache", ".mypy_cache"})
"""What building, training and checking leave behind; never part of the history."""

_DOUBLE = {".py": re.compile(r'(?<!")"([\w.-]+)"(?!")'), ".yml": re.compile(r'"([\w.:#/@-]+)"')}
_SINGLE = {".py": re.compile(r"'([\w.-]+)'"), ".yml": re.compile(r"'([\w.:#/@-]+)'")}
_KEYS = frozenset(
    {
        "date", "by", "email", "subject", "body", "trailers", "branch", "merge", "add", "rewrite", "replace", "cut",
        "review", "rename", "requote", "ignored", "ignore_file", "matters", "why",
    }
)  # fmt: skip


class StoryError(Exception):
    """An edit of the story does not fit the files."""


@dataclass(frozen=True)
class Replace:
    """`old` became `new`, at exactly so many places."""

    file: str
    old: str
    new: str
    times: int = 1

    def swapped(self, files: Files, old: str, new: str) -> None:
        text = _text(files, self.file)
        if (found := text.count(old)) != self.times:
            raise StoryError(f"{self.file}: found {found} times instead of {self.times}: {old!r}")
        files[self.file] = text.replace(old, new).encode()

    def undo(self, files: Files) -> None:
        self.swapped(files, self.new, self.old)

    def redo(self, files: Files) -> None:
        self.swapped(files, self.old, self.new)


@dataclass
class Cut:
    """The text from `start` up to `end` was added. An empty `end` is the end of the file."""

    file: str
    start: str
    end: str
    kept: str = ""

    def undo(self, files: Files) -> None:
        text = _text(files, self.file)
        first = _place(self.file, text, self.start)
        rest = text[first:]
        length = rest.find(self.end, len(self.start)) if self.end else len(rest)
        if length < 0:
            raise StoryError(f"{self.file}: not found behind {self.start!r}: {self.end!r}")
        self.kept = rest[:length]
        before = text[:first]
        files[self.file] = (before + rest[length:]).encode()
        if self._place_of_insertion(files[self.file].decode()) != first:
            raise StoryError(f"{self.file}: would not come back to where it was: {self.start!r}")

    def redo(self, files: Files) -> None:
        text = _text(files, self.file)
        first = self._place_of_insertion(text)
        files[self.file] = (text[:first] + self.kept + text[first:]).encode()

    def _place_of_insertion(self, text: str) -> int:
        return _place(self.file, text, self.end) if self.end else len(text)


@dataclass
class Add:
    """The file appeared."""

    file: str
    kept: bytes = b""

    def undo(self, files: Files) -> None:
        _known(files, self.file)
        self.kept = files.pop(self.file)

    def redo(self, files: Files) -> None:
        if self.file in files:
            raise StoryError(f"{self.file}: appears, and is there already")
        files[self.file] = self.kept


@dataclass
class Rewrite:
    """The file was written anew; `before` is the whole text that it had."""

    file: str
    before: bytes
    kept: bytes = b""

    def undo(self, files: Files) -> None:
        _known(files, self.file)
        self.kept, files[self.file] = files[self.file], self.before

    def redo(self, files: Files) -> None:
        _known(files, self.file)
        files[self.file] = self.kept


@dataclass(frozen=True)
class Rename:
    """The file was moved, and nothing in it changed."""

    file: str
    to: str

    def undo(self, files: Files) -> None:
        self._move(files, self.to, self.file)

    def redo(self, files: Files) -> None:
        self._move(files, self.file, self.to)

    def _move(self, files: Files, source: str, target: str) -> None:
        _known(files, source)
        if target in files:
            raise StoryError(f"{source}: cannot move onto {target}, which is there")
        files[target] = files.pop(source)


@dataclass(frozen=True)
class Requote:
    """Single quotes became double ones, around every string in which that changes nothing."""

    file: str

    def undo(self, files: Files) -> None:
        self._quote(files, _DOUBLE, r"'\1'", _SINGLE, r'"\1"')

    def redo(self, files: Files) -> None:
        self._quote(files, _SINGLE, r'"\1"', _DOUBLE, r"'\1'")

    def _quote(
        self, files: Files, one: dict[str, re.Pattern[str]], new: str, other: dict[str, re.Pattern[str]], back: str
    ) -> None:
        suffix = Path(self.file).suffix
        text = _text(files, self.file)
        changed = one[suffix].sub(new, text)
        if changed == text or other[suffix].sub(back, changed) != text:
            raise StoryError(f"{self.file}: its quotes cannot be turned and turned back")
        files[self.file] = changed.encode()


Edit = Replace | Cut | Add | Rewrite | Rename | Requote


@dataclass(frozen=True)
class Step:
    """One commit to be.

    Attributes:
        date: In UTC.
        author: Name and e-mail address, as git writes them.
        subject: The first line of the message.
        body: The rest of it, with the trailers.
        edits: What it changes, in order.
        branch: The side branch it stands on; empty for the main one.
        merge: The side branch that it brings in.
        ignored: To be named in `.git-blame-ignore-revs`.
        ignore_file: This step writes `.git-blame-ignore-revs`.
        matters: The records whose text would mislead a reader if nobody looked at them after this step.
        why: One sentence on the judgement, where it is not plain.
    """

    date: datetime
    author: str
    subject: str
    body: str = ""
    edits: tuple[Edit, ...] = ()
    branch: str = ""
    merge: str = ""
    ignored: bool = False
    ignore_file: bool = False
    matters: tuple[str, ...] = ()
    why: str = ""

    def undo(self, files: Files) -> None:
        """Take the files back to before this step."""
        for edit in reversed(self.edits):
            self._told(edit.undo, files)

    def redo(self, files: Files) -> None:
        """Take the files from before this step to after it. Only after `undo`, which notes what it took away."""
        for edit in self.edits:
            self._told(edit.redo, files)

    def _told(self, edit: Callable[[Files], None], files: Files) -> None:
        try:
            edit(files)
        except StoryError as error:
            raise StoryError(f"step {self.date:%Y-%m-%d} “{self.subject}”: {error}") from None


def read_files(root: Path) -> Files:
    """Return the files of the sample project, as they are today."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not NOT_KEPT & set(path.relative_to(root).parts)
    }


def read_story(folder: Path, today: Files) -> tuple[Step, ...]:
    """Read `story.toml` in `folder` and undo all of it in `today`, until no file is left.

    Returns:
        The steps in order of their dates, ready to be done again from an empty folder.

    Raises:
        StoryError: An edit does not fit the files, a file comes from nowhere, or the dates are out of order.
    """
    content = tomllib.loads((folder / "story.toml").read_text(encoding="utf-8"))
    steps = tuple(_step(entry, content["people"], folder) for entry in content["step"])
    for before, after in pairwise(steps):
        if before.date >= after.date:
            raise StoryError(f"step “{after.subject}” does not come after “{before.subject}”")
    files = dict(today)
    for step in reversed(steps):
        step.undo(files)
    if files:
        raise StoryError(f"no step adds {', '.join(sorted(files))}")
    return steps


def _step(entry: dict[str, object], people: dict[str, str], folder: Path) -> Step:
    where = f"step “{entry.get('subject')}”"
    if unknown := sorted(set(entry) - _KEYS):
        raise StoryError(f"{where}: unknown: {', '.join(unknown)}")
    date, by = entry["date"], str(entry["by"])
    if not isinstance(date, datetime) or date.tzinfo is None:
        raise StoryError(f"{where}: its date needs a time and a zone")
    date = date.astimezone(UTC)
    trailers = "\n".join(_trailer(line, people) for line in _strings(entry, "trailers"))
    return Step(
        date=date,
        author=str(entry.get("email") or people[by]),
        subject=str(entry["subject"]),
        body="\n\n".join(part for part in (str(entry.get("body", "")).strip(), trailers) if part),
        edits=tuple(_edits(entry, date, folder)),
        branch=str(entry.get("branch", "")),
        merge=str(entry.get("merge", "")),
        ignored=bool(entry.get("ignored")),
        ignore_file=bool(entry.get("ignore_file")),
        matters=tuple(_strings(entry, "matters")),
        why=str(entry.get("why", "")),
    )


def _edits(entry: dict[str, object], date: datetime, folder: Path) -> list[Edit]:
    edits: list[Edit] = []
    edits += [Rename(**each) for each in _tables(entry, "rename")]
    edits += [Requote(file) for file in _strings(entry, "requote")]
    edits += [Add(file) for file in _strings(entry, "add")]
    for each in _tables(entry, "rewrite"):
        edits.append(Rewrite(str(each["file"]), (folder / str(each["before"])).read_bytes()))
    for each in _tables(entry, "review"):
        old, new = f"last_reviewed: {each['last']}\n", f"last_reviewed: {date:%Y-%m-%d}\n"
        edits.append(Replace(str(each["file"]), old, new, int(each.get("times", 1))))
    edits += [Replace(**each) for each in _tables(entry, "replace")]
    edits += [Cut(**each) for each in _tables(entry, "cut")]
    return edits


def _trailer(line: str, people: dict[str, str]) -> str:
    """`Reviewed-by: hanna` with her name and address."""
    key, _, value = line.partition(": ")
    return f"{key}: {people.get(value, value)}"


def _strings(entry: dict[str, object], key: str) -> list[str]:
    value = entry.get(key, [])
    if not isinstance(value, list):
        raise StoryError(f"step “{entry['subject']}”: {key} must be a list")
    return [str(each) for each in value]


def _tables(entry: dict[str, object], key: str) -> list[dict[str, Any]]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise StoryError(f"step “{entry['subject']}”: {key} must be a list of tables")
    return value


def _known(files: Files, file: str) -> None:
    if file not in files:
        raise StoryError(f"{file}: not there")


def _text(files: Files, file: str) -> str:
    _known(files, file)
    return files[file].decode()


def _place(file: str, text: str, part: str) -> int:
    if (found := text.count(part)) != 1:
        raise StoryError(f"{file}: found {found} times instead of once: {part!r}")
    return text.index(part)
