"""Composing YAML nodes with ruamel.yaml, in Python: for installations whose PyYAML was built without libyaml."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import ReusedAnchorWarning

if TYPE_CHECKING:
    from collections.abc import Iterator


def compose(text: str) -> Iterator[Any]:
    """Yield one node per document; slower than libyaml, and always there."""
    yaml = YAML(typ="safe", pure=True)  # the round-trip scanner leaves marks in folded text
    yaml.allow_duplicate_keys = True
    nodes = iter(yaml.compose_all(text))
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ReusedAnchorWarning)
            try:
                node = next(nodes)
            except StopIteration:
                return
            except ReusedAnchorWarning as warning:  # an error to libyaml: both readers say the same of a file
                raise _AnchorError(str(warning)) from warning
        yield node


class _AnchorError(ValueError):
    """A second anchor of one name, with its mark."""

    def __init__(self, text: str) -> None:
        self.problem = text.strip().partition("\n")[0]
        super().__init__(self.problem)
        line, column = re.findall(r"line (\d+), column (\d+)", text)[-1]
        self.line, self.column = int(line) - 1, int(column) - 1

    @property
    def problem_mark(self) -> _AnchorError:
        """Where it stands: the error serves as its own mark."""
        return self
