"""Setting fields in a YAML text, with every other byte left as it is.

The characters of a value are replaced where they stand, or lines are put behind an entry; nothing is written anew from
nodes (`docs/decisions/0007-splice-edits-into-the-text.md`). What comes out is read again, and must differ in the
fields that were set and in nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.edits import Edits
from mkdocs_handoff.text.values import ORDER, FieldValue, SpliceError, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mkdocs_handoff.text.yaml import Path, Reading, Value

__all__ = ["ORDER", "FieldValue", "SpliceError", "set_fields"]

_LINE_END = re.compile(r"\r\n?|\n")
TOLERATED = frozenset(("yaml/key",))
"""Problems of a text that do not keep it from being edited."""


def set_fields(
    text: str,
    fields: Mapping[str, FieldValue],
    document: int = 0,
    prefix: Path = (),
    *,
    newline: str = "\n",
) -> str:
    r"""Return a YAML text with fields set.

    Args:
        text: As it stands in the file: with its byte-order mark and its line ends, if it has them.
        fields: What to set: a text (a number or boolean as `yaml.Plain`), or lists and mappings of such.
        document: Which document of the text holds the mapping, from 0.
        prefix: The way from the document's root to the mapping.
        newline: The line end to use where the text has none of its own.

    Returns:
        The text with the same lines, but for those of the fields. What reads the same already is not touched: an item
        or entry that stays keeps its line, its comment and its quotes. A field that was not there is put behind the
        one that comes before it in `ORDER`, else behind the last of these that is there, else at the end.

    Raises:
        SpliceError: The text is not valid YAML, has a key twice, holds no mapping at that place, or is written in
            such a way (a shared anchor, an unusual block) that another value would change too.
    """
    return edited(
        text,
        lambda edits: edits.run(document, prefix, fields),
        lambda old, result: _verify(old, result, fields, document, prefix),
        newline,
    )


def edited(text: str, edit: Callable[[Edits], None], verify: Callable[[Reading, Reading], None], newline: str) -> str:
    r"""Return a YAML text with edits made in it.

    Args:
        text: As it stands in the file.
        edit: Finds the edits.
        verify: Holds what is read from the result against what was read before, and raises where too much changed.
        newline: The line end to use where the text has none of its own.

    Raises:
        SpliceError: The text is not valid YAML, or cannot be edited so.
    """
    own = text[1:] if text.startswith("\ufeff") else text
    before = normalised(own)
    old = yaml.read(before)
    for problem in old.problems:
        if problem.rule not in TOLERATED:
            raise SpliceError(f"line {problem.line}: {problem.message}")
    ended = before if before.endswith("\n") or not before else before + "\n"
    edits = Edits(ended, cut_off=ended != before)
    try:
        edit(edits)
    except ValueError as error:  # a shape that is not known, a key too long for a line
        raise SpliceError(str(error)) from error
    result = applied(own, edits.found, newline)
    verify(old, yaml.read(normalised(result)))
    return text[: len(text) - len(own)] + result


def normalised(text: str) -> str:
    r"""Return a text with `\n` line ends."""
    return _LINE_END.sub("\n", text)


def applied(text: str, edits: list[tuple[int, int, str]], newline: str) -> str:
    r"""Make edits, which count in the text with `\n` line ends and one at its end, in the text as it is."""
    found = _LINE_END.search(text)
    newline = found[0] if found else newline
    # Where the text with `\n` line ends has one that is two characters here.
    pairs = [match.start() - number for number, match in enumerate(re.finditer("\r\n", text))]
    unended = bool(text) and not text.endswith(("\n", "\r"))
    if unended:
        if newline == "\r\n":
            pairs.append(len(text) - len(pairs))
        text += newline
    out: list[str] = []
    done = 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        begin = start + bisect_left(pairs, start)
        if begin < done:
            raise SpliceError("two of the changes meet at one place")
        out += (text[done:begin], new.replace("\n", _line_end_before(text, begin, newline)))
        done = end + bisect_left(pairs, end)
    result = "".join((*out, text[done:]))
    return result.removesuffix(newline) if unended else result


def _line_end_before(text: str, at: int, default: str) -> str:
    last = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at))
    if last == -1:
        return default
    return "\r\n" if text[last - 1 : last + 1] == "\r\n" else text[last]


def _verify(old: Reading, new: Reading, fields: Mapping[str, FieldValue], document: int, prefix: Path) -> None:
    """Hold the result against what was read before: it must differ in the fields that were set, and nowhere else."""
    if [problem.rule for problem in new.problems] != [problem.rule for problem in old.problems]:
        what = new.problems[0].message if new.problems else "it reads otherwise"
        raise SpliceError(f"the fields cannot be set in this text without breaking it: {what}")
    expected = [shape(value) for value in old.documents]
    if document == len(expected):
        expected.append(shape(None))
    found = [shape(value) for value in new.documents]
    if len(found) != len(expected):
        raise SpliceError("the fields cannot be set in this text without breaking it: its documents change")
    *way, last = (document, *prefix)
    holder, got = walked(expected, way), walked(found, (*way, last))
    for name, value in fields.items():
        if not isinstance(got, dict) or _texts(got.get(name)) != _texts(_shape_of(value)):
            raise SpliceError(f"the field {name!r} cannot be set in this text: it would not read as it should")
    target = holder[last]
    holder[last] = {**(target if isinstance(target, dict) else {}), **{name: got[name] for name in fields}}
    if found != expected:
        raise SpliceError("the fields cannot be set in this text without changing another value (a shared anchor?)")


def walked(value: Value, path: Sequence[str | int]) -> Value:
    """Return what stands at a place."""
    for step in path:
        value = value[step]
    return value


def shape(value: Value) -> Value:
    """Return a value in which what is quoted and what is not differ."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    return (isinstance(value, yaml.Plain), value)


def _shape_of(value: FieldValue) -> Value:
    return shape(plain(value))


def _texts(shape: Value) -> Value:
    if isinstance(shape, dict):
        return {key: _texts(item) for key, item in shape.items()}
    if isinstance(shape, list):
        return [_texts(item) for item in shape]
    return None if shape is None else shape[1]
