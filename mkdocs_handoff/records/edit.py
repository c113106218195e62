"""Writing fields into a record's file, or into the sidecar beside it, with everything else in it left as it is."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from mkdocs_handoff.findings import Finding
from mkdocs_handoff.records.adopted import adopted, written
from mkdocs_handoff.records.discover import SIDECAR
from mkdocs_handoff.records.documents import MARKDOWN, Layer, take_apart
from mkdocs_handoff.records.entries import entry, put
from mkdocs_handoff.records.sidecar import by_record
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.append import Item, append_item
from mkdocs_handoff.text.files import inside, read_text
from mkdocs_handoff.text.splice import FieldValue, set_fields
from mkdocs_handoff.text.whole import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.records.record import Record

_LINE_END = r"(?:\r\n?|\n)"
_FENCE = re.compile(rf"\s*---[ \t]*{_LINE_END}")
_END = re.compile(r"(?:(?<=[\r\n])|\A)(?:---|\.\.\.)[ \t]*(?=[\r\n]|\Z)")
_READ_AGAIN = "Read the project again, and repeat."


class EditError(Exception):
    """A record that cannot be edited; its files are as they were.

    Attributes:
        path: The file, from the project's root.
        what: Why not.
        hint: How to mend it.
    """

    def __init__(self, path: str, what: str, hint: str) -> None:
        super().__init__(f"{path}: {what}. {hint}")
        self.path, self.what, self.hint = path, what, hint


def write_fields(root: Path, record: Record, fields: Mapping[str, FieldValue]) -> str:
    """Set fields of a record in the file that is to hold them.

    That is its sidecar, if it has one (and the fields do not stand in its own file alone); else its own file, if that
    is ours; else a new sidecar, so that another tool's file stays unedited.

    Args:
        root: The project's root.
        record: As it was read; its files must not have changed since.
        fields: What to set: see `text.splice.set_fields`.

    Returns:
        The path of the file that was written, from the root. A file that says all of it already is not touched.

    Raises:
        EditError: Nothing was written.
    """
    layer, new = target(root, record, fields)
    return _written_back(root, record, layer, _Setting(fields), new=new)


def append_to(root: Path, record: Record, name: str, item: Item) -> str:
    """Put a mapping behind the others of a field that is a list, in the file that `write_fields` would write.

    Args:
        root: The project's root.
        record: As it was read; its files must not have changed since.
        name: The field; a list is begun where there is none.
        item: What to add: see `text.append.append_item`.

    Returns:
        The path of the file that was written, from the root.

    Raises:
        EditError: Nothing was written.
    """
    layer, new = target(root, record, {name: []})
    held = record.fields.get(name)
    if held and name not in written(layer):
        hint = f"Write {name} into {layer.path} yourself, with what it holds now."
        raise EditError(layer.path, f"does not itself write {name!r}, which comes from elsewhere", hint)
    return _written_back(root, record, layer, _Adding(name, item), new=new)


def _written_back(root: Path, record: Record, layer: Layer, change: Change, *, new: bool) -> str:
    """Change a layer's text in its file, or begin a sidecar; return the file's path."""
    if new:
        there = current(root, layer.path) if os.path.lexists(root / layer.path) else None
        made = _changed(there or "", layer, change)
        replace_file(root, layer.path, None if there is None else there.encode(), made, like=record.source.path)
        return layer.path
    text = current(root, layer.path)
    made = changed_in(text, layer, change)
    if made != text:
        replace_file(root, layer.path, text.encode(), made, like=layer.path)
    return layer.path


def edited(text: str, layer: Layer, fields: Mapping[str, FieldValue]) -> str:
    """Return the text of a file with fields set in one of its records.

    Args:
        text: The whole file, with its byte-order mark and line ends.
        layer: Which text of it holds the record's fields, as it was read.
        fields: What to set.

    Raises:
        EditError: The text is not what the layer was read from, or the fields cannot be set in it.
    """
    return changed_in(text, layer, _Setting(fields))


def changed_in(text: str, layer: Layer, change: Change) -> str:
    """Return the text of a file with a change made in one of its records: see `edited`."""
    if not layer.path.lower().endswith(MARKDOWN):
        if plainly(text) != layer.text:
            raise EditError(layer.path, "changed since it was read", _READ_AGAIN)
        return _changed(text, layer, change)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    fence = _FENCE.match(text, len(mark))
    end = _END.search(text, fence.end()) if fence else None
    if fence is None or end is None or plainly(text[fence.end() : end.start()]) != layer.text:
        raise EditError(layer.path, "changed since it was read", _READ_AGAIN)
    head = text[fence.end() : end.start()]
    newline = re.search(_LINE_END + r"\Z", fence[0])
    made = _changed(head, layer, change, newline[0] if newline else "\n")
    whole = text[: fence.end()] + made + text[end.start() :]
    again = take_apart(layer.path, plainly(whole)).documents
    if not again or again[0].layer.text != plainly(made):
        raise EditError(layer.path, "the fields do not fit into its front matter", "Write them yourself.")
    return whole


def target(root: Path, record: Record, fields: Mapping[str, FieldValue]) -> tuple[Layer, bool]:
    """Return the layer to edit, and whether it is a sidecar to begin."""
    own, sidecar = record.source.layer, record.source.sidecar
    if sidecar is not None:
        there, here = written(sidecar), written(own)
        if any(name in here for name in fields) and not any(name in there for name in fields):
            return own, False
        for name, value in fields.items():
            before = here.get(name)
            if isinstance(value, Mapping) and isinstance(before, dict) and not before.keys() <= value.keys():
                what = f"writes {name!r} too, and the two are read as one"
                raise EditError(own.path, what, f"Move its {name!r} into {sidecar.path}.")
        return sidecar, False
    if not adopted(record):
        return own, False
    path = own.path + SIDECAR
    prefix = (str(record.identity),) if several(own) else ()
    beside = plainly(current(root, path)) if os.path.lexists(root / path) else ""
    found = yaml.read(beside)
    held = [value for value in found.documents if value is not None]
    if prefix and not found.problems and len(held) == 1 and by_record(held[0]):
        return Layer(path, text=beside, prefix=prefix), False
    if found.problems or held:
        raise EditError(path, "appeared since the records were read, or cannot be read", _READ_AGAIN)
    return Layer(path, prefix=prefix), True


def several(layer: Layer) -> bool:
    """Tell whether a file is one of several records, so that a sidecar must name them."""
    if layer.prefix:
        return True
    return sum(value is not None for value in yaml.read(layer.text).documents) > 1


class Change(Protocol):
    """What changes the YAML text of a record."""

    @property
    def names(self) -> str:
        """The fields that change, for people."""

    def made(self, text: str, layer: Layer, newline: str) -> str:
        """Return the text as it is to be; `newline` is its line end, where it has none yet."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """Fields that are set."""

    fields: Mapping[str, FieldValue]

    @property
    def names(self) -> str:
        return ", ".join(self.fields)

    def made(self, text: str, layer: Layer, newline: str) -> str:
        return set_fields(text, self.fields, layer.document, layer.prefix, newline=newline)


@dataclass(frozen=True, slots=True)
class _Adding:
    """An entry that is put behind the others of a list."""

    name: str
    item: Item

    @property
    def names(self) -> str:
        return self.name

    def made(self, text: str, layer: Layer, newline: str) -> str:
        return append_item(text, self.name, self.item, layer.document, layer.prefix, newline=newline)


def _changed(text: str, layer: Layer, change: Change, newline: str = "\n") -> str:
    try:
        return made_with(text, layer, change, newline)
    except ValueError as error:
        names = change.names
        raise EditError(layer.path, f"cannot be edited: {error}", f"Write {names} into it yourself.") from error


def made_with(text: str, layer: Layer, change: Change, newline: str = "\n") -> str:
    """Make a change in a YAML text; of a sidecar that names its records, in an entry that may have to be begun.

    Raises:
        ValueError: The change cannot be made in this text.
    """
    if not layer.path.endswith(SIDECAR) or not layer.prefix or written(replace(layer, text=plainly(text))):
        return change.made(text, layer, newline)
    name = str(layer.prefix[0])
    return put(text, name, change.made(entry(text, name) or "", Layer(layer.path), "\n"))


def plainly(text: str) -> str:
    r"""Return a text as records are read: without byte-order mark, with `\n` line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def current(root: Path, path: str) -> str:
    """Return a file's text with its byte-order mark and line ends; what cannot be read as a record is refused."""
    found = read_text(root, path)
    if isinstance(found, Finding):
        raise EditError(path, found.message, found.hint)
    try:
        text = (root / path).read_bytes().decode("utf-8")
    except (OSError, ValueError) as error:
        raise EditError(path, f"cannot be read: {error}", _READ_AGAIN) from error
    if plainly(text) != found:
        raise EditError(path, "is changing while it is read", _READ_AGAIN)
    return text


def replace_file(root: Path, path: str, before: bytes | None, text: str, *, like: str) -> None:
    """Put a text in a file's place at once: it is the old file or the new one, and never half of it.

    Args:
        root: The project's root.
        path: The file; where it is a link within the project, what it links to is written.
        before: What it must still hold; None for a file that must not be there.
        text: What it is to hold.
        like: The file whose permissions a new one gets.
    """

    def unchanged(target: Path) -> None:
        if (target.read_bytes() if os.path.lexists(target) else None) != before:
            raise EditError(path, "changed since it was read", _READ_AGAIN)

    try:
        if not inside(root, (root / path).parent):
            raise EditError(path, "is in a folder outside the project", "Nothing is written outside the project.")
        mode = stat.S_IMODE((root / like).stat().st_mode)
        if before is not None and not os.access(root / path, os.W_OK):
            raise EditError(path, "may not be written", "Give yourself the right to write it.")
        write_whole(root / path, text.encode(), mode=mode if before is not None else mode & 0o666, ready=unchanged)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise EditError(path, f"cannot be written: {reason}", "Check the folder's permissions and space.") from error
