"""The sidecar of an adopted file: what the file does not say, named as comments, each with what to ask."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.schema.demand import demanded
from mkdocs_handoff.schema.validate import READY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.kinds import Kind

_WIDTH = 100
_LINE_END = re.compile(r"\r\n?|\n")
_OWNERS = ("owners", "owner")
_COVERS = "covers"
_WATCHED = frozenset(("model", "dataset", "feature", "pipeline", "evaluation", "playbook"))
"""Kinds whose records speak of code: no schema asks for `covers`, and without it nothing watches them."""


@dataclass(frozen=True, slots=True)
class Lacking:
    """A field that a handoff asks for and that nobody has written.

    Attributes:
        path: Its name, with those of the mappings it stands in.
        question: What to ask the person who knows; the field's description where no question is written.
        instead: Fields of which one would do as well.
    """

    path: tuple[str, ...]
    question: str
    instead: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The field as people name it: `intended_use.primary_uses`."""
        return ".".join(self.path)


def lacking(kind: Kind, record: Record) -> tuple[Lacking, ...]:
    """Return what a record lacks to be handed off, in the order in which its kind's schema asks for it, and `covers`.

    A stated gap lacks nothing. Of a mapping that is not there at all only the mapping is named.
    """
    found: list[Lacking] = []
    for path, instead in demanded(kind, READY).items():
        names = tuple(path)
        if any(_is_there(record, (*names[:-1], name)) for name in (names[-1], *instead)):
            continue
        if len(names) > 1 and not isinstance(_value(record, names[:-1]), dict):
            continue
        shape = kind.root.at(names)
        found.append(Lacking(names, shape.question or shape.description, tuple(instead)))
    if kind.name in _WATCHED and not any(one.path == (_COVERS,) for one in found) and not _is_there(record, (_COVERS,)):
        shape = kind.root.at((_COVERS,))
        found.append(Lacking((_COVERS,), shape.question or shape.description))
    return tuple(found)


def text_of(record: Record, fields: tuple[Lacking, ...], owner: str, why: str, held: str = "") -> str:
    """Return what a sidecar is to hold: what it held, byte for byte, and below it what it does not speak of yet.

    Args:
        record: Whose file it stands beside.
        fields: What is lacking.
        owner: Who may be its owner; empty where nobody was found.
        why: Where that comes from.
        held: What the sidecar holds already.

    Returns:
        The text; the same as `held` where there is nothing to add.
    """
    spoken = set(re.findall(r"^[ \t]*(?:#[ \t]*)?([\w-]+)[ \t]*:(?:[ \t]|$)", held, re.MULTILINE))
    new = [one for one in fields if not spoken & {one.path[-1], *one.instead}]
    if not new:
        return held
    lines = [] if held else list(_head(record))
    for one in new:
        lines += ["", *_comment(f"{one.name}: {one.question}" if len(one.path) > 1 else one.question)]
        lines += [f"#   (or one of: {', '.join(one.instead)})"] if one.instead else []
        lines += list(_owner(one, owner, why)) if one.path[-1] in _OWNERS else _key(one)
    newline = found[0] if (found := _LINE_END.search(held)) else "\n"
    added = newline.join(lines) + newline
    break_ = "" if not held or held.endswith(("\n", "\r")) else newline
    return held + break_ + added


def _head(record: Record) -> Iterator[str]:
    file = posixpath.basename(record.source.path)
    yield from _comment(
        f"What {file} does not say of {record.identity}, and whoever takes it over will ask. The file itself stays as "
        "it is. Write what you know behind a name, and take the `# ` before it away. What nobody knows is stated as "
        '`{unknown: "asked Ann on 2026-10-02"}`, what does not apply as `{not-applicable: "why"}`.'
    )


def _key(one: Lacking) -> list[str]:
    """Return the lines of a field to be filled in; one in a mapping stands below the mapping's name."""
    return [f"# {'  ' * depth}{name}:" for depth, name in enumerate(one.path)]


def _owner(one: Lacking, owner: str, why: str) -> Iterator[str]:
    if owner:
        yield from _comment(f"Probably {owner}: {why}.")
        yield f"# {one.path[-1]}: {owner}"
        return
    if why:
        yield from _comment(f"Nobody was found: {why}.")
    yield f"# {one.path[-1]}:"


def _comment(text: str) -> Iterator[str]:
    """Break a text into comment lines; no text of a file can end its comment."""
    line = "#"
    for word in text.split():
        if len(line) + len(word) + 1 > _WIDTH and line != "#":
            yield line
            line = "#"
        line += f" {word}"
    yield line


def _value(record: Record, path: tuple[str, ...]) -> object:
    here: object = record.fields
    for name in path:
        here = here.get(name) if hasattr(here, "get") else None
    return here


def _is_there(record: Record, path: tuple[str, ...]) -> bool:
    return path in record.gaps or _value(record, path) not in (None, "", [], {})
