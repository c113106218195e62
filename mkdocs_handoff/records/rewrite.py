"""Changing several record files as one: all are prepared before the first is written, and put back if one fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.records.adopted import written
from mkdocs_handoff.records.documents import MARKDOWN, Layer, take_apart
from mkdocs_handoff.records.edit import EditError, changed_in, current, made_with, plainly, replace_file, target

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.records.record import Record

Step = Callable[[str, Layer, str], str]
"""What changes a YAML text: given the text, which part of it the record is, and its line end."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file that is to be replaced.

    Attributes:
        path: From the project's root.
        before: What it holds; empty, with `new`, where it is not there.
        after: What it is to hold.
        like: The file whose permissions a new one gets.
        new: It is to be made.
    """

    path: str
    before: str
    after: str
    like: str
    new: bool = False


@dataclass(frozen=True, slots=True)
class _Steps:
    changed: str
    steps: tuple[Step, ...]

    @property
    def names(self) -> str:
        return self.changed

    def made(self, text: str, layer: Layer, newline: str) -> str:
        for step in self.steps:
            text = step(text, layer, newline)
        return text


class Rewrites:
    """The changes of one run, by file; a file of several records may be changed several times."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._made: dict[str, Rewrite] = {}

    @property
    def files(self) -> tuple[Rewrite, ...]:
        """The files that change, in the order in which they were asked for."""
        return tuple(one for one in self._made.values() if one.after != one.before or one.new)

    def add(self, rewrite: Rewrite) -> None:
        """Add a file whose new text is known."""
        self._made[rewrite.path] = rewrite

    def change(self, record: Record, names: tuple[str, ...], steps: tuple[Step, ...]) -> None:
        """Prepare a change of a record, in the file that holds the fields, or is to hold them.

        Args:
            record: As it was read.
            names: The fields that change.
            steps: What changes the text, one after another.

        Raises:
            EditError: It cannot be changed so.
        """
        layer, new = holding(self._root, record, names)
        change = _Steps(", ".join(names), steps)
        made = self._made.get(layer.path)
        before = made.after if made is not None else "" if new else current(self._root, layer.path)
        if made is not None and not new:
            layer = _again(layer, before)
        after = made_with(before, layer, change) if new else changed_in(before, layer, change)
        first = made if made is not None else Rewrite(layer.path, before, after, record.source.path, new)
        self._made[layer.path] = replace(first, after=after)

    def write(self) -> None:
        """Write the files one after another; each is the old one or the new one at every moment.

        Raises:
            EditError: One cannot be written; those before it hold again what they held.
        """
        begun: list[Rewrite] = []
        try:
            for one in self.files:
                begun.append(one)
                replace_file(self._root, one.path, None if one.new else one.before.encode(), one.after, like=one.like)
        except BaseException as error:
            # What another run wrote is not ours to put back, though it wrote the same.
            mine = begun[:-1] if isinstance(error, EditError) else begun
            # Looked at, and not kept in mind: an interrupt may come between a file's replacement and the note of it.
            for one in reversed(mine):
                if self._is_written(one):
                    self._put_back(one)
            raise

    def _is_written(self, one: Rewrite) -> bool:
        try:
            return (self._root / one.path).read_bytes() == one.after.encode()
        except OSError:
            return False

    def _put_back(self, one: Rewrite) -> None:
        if one.new:
            (self._root / one.path).unlink(missing_ok=True)
        else:
            replace_file(self._root, one.path, one.after.encode(), one.before, like=one.like)


def holding(root: Path, record: Record, names: tuple[str, ...]) -> tuple[Layer, bool]:
    """Return the layer that writes one of some fields, else the one to write it; and whether that is a new sidecar."""
    for layer in (record.source.sidecar, record.source.layer):
        if layer is not None and any(name in written(layer) for name in names):
            return layer, False
    return target(root, record, dict.fromkeys(names, ""))


def _again(layer: Layer, text: str) -> Layer:
    """Return a layer as it is read from a text that was changed."""
    if not layer.path.lower().endswith(MARKDOWN):
        return replace(layer, text=plainly(text))
    documents = take_apart(layer.path, plainly(text)).documents
    if not documents:
        raise EditError(layer.path, "cannot be read any more once it is changed", "Write it yourself.")
    return replace(layer, text=documents[0].layer.text)
