"""The YAML reader: text as it was written, and a place for every value.

libyaml composes the nodes, through PyYAML, without resolving any scalar: PyYAML's own idea of types is YAML 1.1, and
would turn `no` into a boolean and `1.10` into `1.1`. Where libyaml is not there, ruamel.yaml's parser composes the same
nodes. `docs/decisions/0001-read-yaml-with-libyaml.md` has the figures; `tests/text/test_yaml.py` compares the two.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

Path = tuple[str | int, ...]
"""The way from a document's root to a value: keys and list positions."""

Value = Any
"""What a document holds: `dict[str, Value]`, `list[Value]`, `str` (quoted), `Plain` (not quoted) or `None`."""

MAX_DEPTH = 100
MAX_NODES = 200_000
# Composing is recursive C code and overflows the stack somewhere beyond 20,000 levels. A level takes at least a byte.
_SAFE_LENGTH = 10_000
_TOO_DEEP = f"nested more than {MAX_DEPTH} levels deep"
# What is longer than a `double` can hold (1.8e308) stays text: no validator, report or browser could reckon with it.
_DIGITS = 300
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class Plain(str):
    """A scalar written without quotes: a schema may ask for a number or a boolean, and else it is this text."""

    __slots__ = ()

    def integer(self) -> int | None:
        """Return the whole number that YAML 1.2 reads here, or None; None too where no `double` can hold it."""
        if len(self) > _DIGITS or not _INTEGER.fullmatch(self):
            return None
        return int(self, {"0o": 8, "0x": 16}.get(self[:2], 10))

    def number(self) -> int | float | None:
        """Return the number that YAML 1.2 reads here, or None."""
        whole = self.integer()
        if whole is not None:
            return whole
        number = float(self) if _NUMBER.fullmatch(self) else math.inf
        return number if math.isfinite(number) else None

    def boolean(self) -> bool | None:
        """Return the boolean that YAML 1.2 reads here, or None."""
        return _BOOLEANS.get(self)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text as YAML, at a line and column from 1."""

    rule: str
    message: str
    hint: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents of a text, and what is wrong with it. A syntax error ends the documents; the others do not."""

    documents: tuple[Value, ...]
    problems: tuple[Problem, ...]


class _Mark(Protocol):
    line: int
    column: int


class _Node(Protocol):
    value: Any
    start_mark: _Mark


def read(text: str) -> Reading:
    """Read all documents of a YAML text.

    Args:
        text: YAML 1.2, decoded; line ends of any kind.

    Returns:
        Values with their text kept, and problems: syntax, duplicate keys, keys that are no words, too many aliases.
    """
    documents: list[Value] = []
    problems: list[Problem] = []
    try:
        for node in _compose(text):
            builder = _Builder()
            documents.append(builder.value(node, 0))
            problems.extend(builder.problems)
    except (_NestingError, RecursionError) as error:
        line, column = (error.line, error.column) if isinstance(error, _NestingError) else (1, 1)
        message = str(error) if isinstance(error, _NestingError) else _TOO_DEEP
        problems.append(Problem("yaml/nesting", message, "Flatten the file, or split it.", line, column))
    except Exception as error:  # two libraries, one shape: a mark and a problem
        if not hasattr(error, "problem") and not hasattr(error, "position") and not isinstance(error, ValueError):
            raise
        problems.append(_syntax_problem(error, text))
    return Reading(tuple(documents), tuple(problems))


def locate(text: str, document: int, path: Path, *, key: bool = False) -> tuple[int, int]:
    """Return line and column, from 1, of the value at `path`, or of the nearest thing around it that exists.

    Args:
        text: The text that was read.
        document: Which of its documents, from 0.
        path: Where the value stands.
        key: The place of the key that names the value, not of the value itself.
    """
    nodes = _nodes(text)
    if document >= len(nodes):
        return 1, 1
    node = nodes[document]
    mark = node.start_mark
    for step in path:
        found = _step(node, step)
        if found is None:
            break
        name, node = found
        mark = name.start_mark if key and name is not None else node.start_mark
    return mark.line + 1, mark.column + 1


@lru_cache(maxsize=8)
def _nodes(text: str) -> tuple[_Node, ...]:
    """Compose again, for places: nodes are ten times the size of their text, and few files need them."""
    nodes = []
    try:
        for node in _compose(text):
            nodes.append(node)  # noqa: PERF402 - what came before a syntax error still has places
    except Exception:  # noqa: S110 - `read` has told
        pass
    return tuple(nodes)


def _step(node: _Node, step: str | int) -> tuple[_Node | None, _Node] | None:
    value = node.value
    if isinstance(step, int):
        if _is_sequence(node):
            return (None, value[step]) if step < len(value) else None
        return (None, node) if step == 0 else None  # one value, where the schema allows a list of them
    if not isinstance(value, list) or _is_sequence(node):
        return None
    found = None
    for name, child in value:
        if name.value == step:
            found = (name, child)
        elif name.value == "<<" and found is None:
            for merged in child.value if _is_sequence(child) else [child]:
                found = found or _step(merged, step)
    return found


def _is_sequence(node: _Node) -> bool:
    return type(node).__name__ == "SequenceNode"


class _NestingError(Exception):
    def __init__(self, message: str, mark: _Mark) -> None:
        super().__init__(message)
        self.line, self.column = mark.line + 1, mark.column + 1


class _Builder:
    """Turns nodes into values, counting what aliases unfold to."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.count = 0

    def value(self, node: _Node, depth: int) -> Value:
        self.count += 1
        if depth > MAX_DEPTH:
            raise _NestingError(_TOO_DEEP, node.start_mark)
        if self.count > MAX_NODES:
            raise _NestingError(f"more than {MAX_NODES:,} values (aliases may multiply them)", node.start_mark)
        name = type(node).__name__
        if name == "ScalarNode":
            return _scalar(node)
        if name == "SequenceNode":
            return [self.value(item, depth + 1) for item in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: _Node, depth: int) -> dict[str, Value] | None:
        result: dict[str, Value] = {}
        merged: dict[str, Value] = {}
        before = len(self.problems)
        for key, child in node.value:
            word = key.value
            if type(key).__name__ != "ScalarNode":
                self._problem("yaml/key", "a key must be a word, not a list or a mapping", _KEY_HINT, key)
                continue
            if word == "<<" and not getattr(key, "style", None) and type(child).__name__ != "ScalarNode":
                for source in child.value if _is_sequence(child) else [child]:
                    value = self.value(source, depth + 1)
                    if isinstance(value, dict):
                        merged = {**value, **merged}
                continue
            if word in result:
                hint = f"The value on line {child.start_mark.line + 1} would win; keep one of the two."
                self._problem("yaml/duplicate-key", f"the key {word!r} stands here a second time", hint, key)
            result[word] = self.value(child, depth + 1)
        if not result and not merged and len(self.problems) > before:
            return None  # `{{ name }}`: nothing is written here, and that has been told
        return {**merged, **result} if merged else result

    def _problem(self, rule: str, message: str, hint: str, node: _Node) -> None:
        self.problems.append(Problem(rule, message, hint, node.start_mark.line + 1, node.start_mark.column + 1))


_KEY_HINT = "Curly brackets left from a template ({{ … }}) read as a mapping: fill them in, or put the value in quotes."


def _scalar(node: Any) -> str | None:
    if node.style:
        return str(node.value)
    return None if node.value in _NULLS else Plain(node.value)


def _syntax_problem(error: Any, text: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    message = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    position = getattr(error, "position", None)
    if mark is None and isinstance(position, int):
        before = text[:position]
        line, column = before.count("\n") + 1, position - before.rfind("\n")
    lines = text.splitlines()
    here = lines[line - 1] if 0 < line <= len(lines) else ""
    return Problem("yaml/syntax", f"not valid YAML: {message}", _syntax_hint(here, str(message)), line, column)


def _syntax_hint(line: str, message: str) -> str:
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "YAML allows no tabs for indentation: use spaces."
    if "mapping values are not allowed" in message:
        return "A value that holds a colon and a space must stand in quotes."
    if "{{" in line or "{%" in line:
        return _KEY_HINT
    if line.lstrip().startswith(("@", "`", "%")) or "cannot start any token" in message:
        return "A value that begins with a special character must stand in quotes."
    return "Look at this line and the one before it: indentation, quotes and brackets must close."


def _compose(text: str) -> Iterator[_Node]:
    """Yield one node per document; raises the parsing library's own errors."""
    libyaml = _libyaml()
    if libyaml is None:
        from mkdocs_handoff.text import ruamel  # noqa: PLC0415 - 44 ms that the fast path does not need

        slow: Iterator[_Node] = ruamel.compose(text)
        return slow
    if len(text) > _SAFE_LENGTH:
        mark = libyaml.beyond(text, MAX_DEPTH)
        if mark is not None:
            raise _NestingError(_TOO_DEEP, mark)
    nodes: Iterator[_Node] = libyaml.compose(text)
    return nodes


@lru_cache(maxsize=1)
def _libyaml() -> Any:
    try:
        from mkdocs_handoff.text import libyaml  # noqa: PLC0415 - PyYAML may come without libyaml
    except ImportError:
        return None
    return libyaml
