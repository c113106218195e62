"""The part of CODEOWNERS that says what the records say, and putting it into the file without touching the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.owners import ACCOUNTABLE
from mkdocs_handoff.history.coverage import area
from mkdocs_handoff.reports.owners.codeowners import covering
from mkdocs_handoff.text.globs import fixed_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.handles import Handles
    from mkdocs_handoff.reports.owners.ownership import Ownership

NEW = ".github/CODEOWNERS"
"""Where the file is created if there is none."""

_BEGIN, _END = "# begin mkdocs-handoff", "# end mkdocs-handoff"
_TOLD = "# Written by `mkdocs-handoff owners --codeowners --write` from the owners of records: change those instead."


class MarkerError(Exception):
    """The markers of the block stand in a file in a way that leaves open what is ours; the text says how."""


@dataclass(frozen=True, slots=True)
class Block:
    """What the records say, as lines of CODEOWNERS.

    Attributes:
        lines: From marker to marker.
        left_out: What could not be written: a path or glob, and why.
    """

    lines: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def block(catalog: Catalog, owned: Ownership, handles: Handles, prefix: str = "") -> Block:
    """Return the block: what records cover, wide globs first, then the record files, because the last match wins.

    Args:
        catalog: The records.
        owned: Who owns what.
        handles: How owners are written there.
        prefix: The project's root within the repository, with a trailing `/`.
    """
    lines: list[str] = []
    left_out: list[tuple[str, str]] = []
    globs = covering(catalog)
    for glob in sorted(globs, key=_reach):
        owners = _owners(globs[glob], glob, catalog, owned, handles, left_out)
        if not owners:
            continue
        pattern, why = of_glob(glob, prefix)
        if why:
            left_out.append((glob, why))
            lines.append(f"# {_shown(glob)} is left out: {why}")
        else:
            lines.append(" ".join((pattern, *owners)))
    for path in sorted(catalog.files):
        owners = _owners(catalog.files[path], path, catalog, owned, handles, left_out)
        if not owners:
            continue
        why = _unwritable(prefix + path)
        if why:
            left_out.append((path, why))
            lines.append(f"# {_shown(path)} is left out: {why}")
        else:
            lines.append(" ".join(("/" + _escaped(prefix + path), *owners)))
    begin, end = _markers(prefix)
    return Block((begin, _TOLD, *lines, end), tuple(dict.fromkeys(left_out)))


def _reach(glob: str) -> tuple[int, int, str]:
    """Return what sorts wide globs before narrow ones."""
    folders = len([part for part in fixed_part(glob).split("/") if part])
    return folders, 0 if "**" in glob else 1 if any(char in glob for char in "*?[") else 2, glob


def _owners(
    records: Iterable[Identity],
    path: str,
    catalog: Catalog,
    owned: Ownership,
    handles: Handles,
    left_out: list[tuple[str, str]],
) -> tuple[str, ...]:
    """Return the accountable owners of records as CODEOWNERS writes them."""
    found: dict[str, None] = {}
    for record in records:
        if catalog.records[record].lifecycle == "retired":
            continue
        for holder in owned.holders.get(record, ()):
            if holder.role != ACCOUNTABLE:
                continue
            if holder.identity is None:
                left_out.append((path, f"no team or person {holder.text!r} is written down"))
            elif holder.identity in owned.membership.gone:
                left_out.append((path, f"{holder.identity} is gone"))
            elif not handles.written(holder.identity):
                left_out.append((path, f"{holder.identity} has no `github:` name"))
            else:
                found[handles.written(holder.identity)] = None
    return tuple(found)


def of_glob(glob: str, prefix: str = "") -> tuple[str, str]:
    """Return the CODEOWNERS pattern that means what a glob covers, and why there is none; one of the two is empty.

    A pattern also means all inside of a folder that it matches: `/src/*.py` whatever is in a folder `src/x.py`. That is
    taken for the same, because no folder has such a name; `/src/train*` is left out, because folders have such names.

    Args:
        glob: From the project's root.
        prefix: The project's root within the repository, with a trailing `/`.
    """
    meant = area(glob, prefix)
    if meant is None:
        return "", "it leads out of the repository"
    inner = meant.glob.removesuffix("/") if not any(char in meant.glob for char in "*?[") else meant.glob
    if not inner:
        inner = "**"
    why = _unwritable(meant.base + inner)
    if why:
        return "", why
    for segment in inner.split("/"):
        if "**" in segment and segment != "**":
            return "", "in CODEOWNERS `**` crosses folders only between two `/`"
    last = inner.rpartition("/")[2]
    if last not in ("*", "**") and any(char in last for char in "*?") and "." not in last:
        return "", "in CODEOWNERS it would mean all inside of the folders that it matches, too"
    base = "/" + _escaped(meant.base)
    if inner == "**":
        return ("*" if base == "/" else base), ""
    if inner.endswith("/**") and not any(char in inner[:-3] for char in "*?"):
        return base + _spaced(inner[:-2]), ""
    return base + _spaced(inner), ""


def _unwritable(path: str) -> str:
    """Return why CODEOWNERS cannot name a path; empty where it can."""
    if "[" in path or "]" in path:
        return "CODEOWNERS has no `[ ]`"
    if "#" in path:
        return "CODEOWNERS may take the `#` for the beginning of a comment"
    if any(not char.isprintable() for char in path):
        return "CODEOWNERS cannot hold all its characters"
    return ""


def _escaped(path: str) -> str:
    """Return a path as a pattern that means it alone."""
    return _spaced("".join("\\" + char if char in "*?" else char for char in path.replace("\\", "\\\\")))


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", "\\ ")


def _shown(path: str) -> str:
    """Return a path as a comment can hold it."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in path)


def _markers(prefix: str) -> tuple[str, str]:
    """Return the lines around the block; projects of one repository have a block each."""
    of = f" {_shown(prefix)}" if prefix else ""
    return _BEGIN + of, _END + of


def put(data: bytes, lines: tuple[str, ...]) -> bytes:
    r"""Return a file with the block in it: in the place of the one that is there, else at the end, where it wins.

    All bytes outside of the block stay; a file with `\r\n` gets a block with `\r\n`.

    Args:
        data: The file; empty for a new one.
        lines: The block, from marker to marker.

    Raises:
        MarkerError: One marker is there without the other, or twice.
    """
    end_of_line = b"\r\n" if b"\r\n" in data else b"\n"
    made = end_of_line.join(line.encode("utf-8", "surrogateescape") for line in lines)
    written = data.split(b"\n")
    begins, ends = (
        [number for number, line in enumerate(written) if line.strip() == marker.encode("utf-8", "surrogateescape")]
        for marker in (lines[0], lines[-1])
    )
    if not begins and not ends:
        between = b"" if not data or data.endswith(b"\n") else end_of_line
        return data + between + made + end_of_line
    if len(begins) != 1 or len(ends) != 1 or begins[0] > ends[0]:
        numbers = ", ".join(str(number + 1) for number in sorted((*begins, *ends)))
        raise MarkerError(f"the lines {lines[0]!r} and {lines[-1]!r} should stand there once, in this order: {numbers}")
    last = b"\r" if written[ends[0]].endswith(b"\r") else b""
    return b"\n".join((*written[: begins[0]], made + last, *written[ends[0] + 1 :]))
