"""The entry of one record in the text of a sidecar that names its records (`team:retention:` and what is below it)."""

from __future__ import annotations

import re

from mkdocs_handoff.text import yaml

_INDENT = "  "
_LINE_END = re.compile(r"\r\n?|\n")


def entry(text: str, name: str) -> str | None:
    r"""Return what stands below a record's name, as a YAML text of its own with `\n` line ends.

    None where the name does not stand there, or stands there with its fields on the same line.
    """
    lines = _LINE_END.sub("\n", text).splitlines(keepends=True)
    found = _extent(lines, name)
    if found is None:
        return None
    return "".join(line.removeprefix(_INDENT) for line in lines[found[0] + 1 : found[1]])


def put(text: str, name: str, below: str) -> str:
    """Return a sidecar's text in which a block stands below a record's name; every other byte is left as it is.

    Args:
        text: The sidecar's text, with its line ends.
        name: The record's identity.
        below: What is to stand there, in place of all that does: a YAML text of its own, comments among it.

    Raises:
        ValueError: The result would not read so, or another entry would change.
    """
    newline = found[0] if (found := _LINE_END.search(text)) else "\n"
    block = _block(below, newline)
    lines = _LINE_END.split(text)
    ends = _LINE_END.findall(text)
    kept = [line + end for line, end in zip(lines, [*ends, ""], strict=True)]
    where = _extent(kept, name)
    if where is None:
        gap = "" if not text or text.endswith(("\n", "\r")) else newline
        made = f"{text}{gap}{name}:{newline}{block}"
    else:
        old = entry(text, name) or ""
        begin = where[0] + 1
        if old and below.startswith(old):  # what is there stays byte for byte
            begin, block = where[1], _block(below[len(old) :], newline)
            if not kept[begin - 1].endswith(("\n", "\r")):
                block = newline + block
        made = "".join((*kept[:begin], block, *kept[where[1] :]))
    _verify(text, made, name, below)
    return made


def _block(below: str, newline: str) -> str:
    lines = _LINE_END.sub("\n", below).splitlines()
    return "".join((_INDENT + line if line.strip() else "") + newline for line in lines)


def _extent(lines: list[str], name: str) -> tuple[int, int] | None:
    """Return the line of a name, and the first line that is not below it any more."""
    quoted = re.compile(rf"(?:{re.escape(name)}|'{re.escape(name)}'|\"{re.escape(name)}\")[ \t]*:[ \t]*(?:#.*)?\s*")
    start = next((number for number, line in enumerate(lines) if quoted.fullmatch(line)), None)
    if start is None:
        return None
    end = start + 1
    for number in range(start + 1, len(lines)):
        if lines[number].strip() and not lines[number].startswith((" ", "\t")):
            break
        if lines[number].strip():
            end = number + 1
    return start, end


def _verify(before: str, after: str, name: str, below: str) -> None:
    old, new, own = (yaml.read(_LINE_END.sub("\n", text)) for text in (before, after, below))
    was = old.documents[0] if old.documents else None
    now = new.documents[0] if new.documents else None
    wanted = {**(was if isinstance(was, dict) else {}), name: own.documents[0] if own.documents else None}
    if new.problems or len(new.documents) > 1 or now != wanted or (was is not None and not isinstance(was, dict)):
        raise ValueError(f"the fields of {name} cannot be put into this text")
