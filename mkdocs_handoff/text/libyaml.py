"""Composing YAML nodes with libyaml: the fast half of `yaml.py`, imported only where PyYAML was built with libyaml."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from yaml import YAMLError
from yaml._yaml import CParser  # type: ignore[import-not-found, unused-ignore]

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = frozenset(("SequenceStartEvent", "MappingStartEvent"))
_CLOSING = frozenset(("SequenceEndEvent", "MappingEndEvent"))


class _Composer(CParser):  # type: ignore[misc, unused-ignore]
    """libyaml's parser without PyYAML's resolver: scalars keep their text, and no tag is guessed."""

    def __init__(self, text: str) -> None:
        CParser.__init__(self, text)

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


# libyaml breaks lines at these, as YAML 1.1 has it; to YAML 1.2, and to every editor, they are letters among others.
_LETTERS = {ord(letter): 0xE100 + number for number, letter in enumerate("\x85\u2028\u2029")}
_BACK = {stand_in: letter for letter, stand_in in _LETTERS.items()}
_BREAKS = re.compile("[\x85\u2028\u2029]")


def compose(text: str) -> Iterator[Any]:
    """Yield one node per document."""
    broken = _BREAKS.search(text) is not None
    composer = _Composer(text.translate(_LETTERS) if broken else text)
    while composer.check_node():
        node = composer.get_node()
        if broken:
            _restore(node)
        yield node


def _restore(root: Any) -> None:
    """Put the letters back that stood in for others."""
    waiting, seen = [root], set()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:  # an alias
            continue
        seen.add(id(node))
        if isinstance(node.value, str):
            node.value = node.value.translate(_BACK)
        else:
            waiting.extend(part for item in node.value for part in (item if isinstance(item, tuple) else (item,)))


def beyond(text: str, depth: int) -> Any:
    """Return the mark of the first point of a text that nests deeper than `depth`, or None.

    It goes no further: composing is recursive, and libyaml's own time grows with the square of the depth. What is no
    YAML ends it as well: the documents before it can be composed, and composing tells the rest.
    """
    parser = CParser(text)
    level = 0
    try:
        while parser.check_event():
            event: Any = parser.get_event()
            name = type(event).__name__
            if name in _OPENING:
                level += 1
                if level > depth:
                    return event.start_mark
            elif name in _CLOSING:
                level -= 1
    except YAMLError:
        pass
    return None
