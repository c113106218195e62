"""A record's fields as somebody wrote them: forms and gaps unresolved, a sidecar laid over."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mkdocs_handoff.records.forms import ValueFiles, resolve
from mkdocs_handoff.records.prune import MISSING
from mkdocs_handoff.records.sidecar import merge
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.records.documents import Layer
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.text.yaml import Value

GAPS = ("unknown", "not-applicable")


class Written:
    """The fields of a record as they are written.

    Attributes:
        value: By name.
    """

    def __init__(self, root: Path, record: Record) -> None:
        source = record.source
        self.value = _of(source.layer)
        if source.sidecar is not None:
            self.value = merge(self.value, _of(source.sidecar)).value
        self._folder = source.path.rpartition("/")[0]
        self._files = ValueFiles(partial(read_text, root))

    def reads(self, value: Value) -> Value:
        """Return what a written value reads as; None where it is a gap, or a file that gives nothing."""
        found = resolve(value, ("",), self._files, self._folder).value
        return None if found is MISSING else found


def gap(value: Value) -> tuple[str, str] | None:
    """Return a stated gap's word and reason; None for what is none."""
    if isinstance(value, dict) and len(value) == 1:
        ((word, reason),) = value.items()
        if word in GAPS and (reason is None or isinstance(reason, str)):
            return word, reason or ""
    return None


def from_file(value: Value) -> str:
    """Return the file that a form takes its value from; empty for what is no such form."""
    held = value.get("from") if isinstance(value, dict) and len(value) == 1 else None
    return held if isinstance(held, str) else ""


def _of(layer: Layer) -> dict[str, Value]:
    documents = yaml.read(layer.text).documents
    value: Value = documents[layer.document] if layer.document < len(documents) else None
    for step in layer.prefix:
        value = value[step]
    return dict(value) if isinstance(value, dict) else {}
