"""Composing YAML nodes with libyaml: the fast half of `yaml.py`, imported only where PyYAML was built with libyaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


def compose(text: str) -> Iterator[Any]:
    """Yield one node per document."""
    composer = _Composer(text)
    while composer.check_node():
        yield composer.get_node()


def depth(text: str) -> tuple[int, Any]:
    """Return how deep a text nests, and the mark of the deepest point, without recursion."""
    parser = CParser(text)
    level = deepest = 0
    mark = None
    while parser.check_event():
        event: Any = parser.get_event()
        name = type(event).__name__
        if name in _OPENING:
            level += 1
            if level > deepest:
                deepest, mark = level, event.start_mark
        elif name in _CLOSING:
            level -= 1
    return deepest, mark
