"""A record file taken apart: YAML documents, or front matter with a Markdown body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Edit, Finding, Fix, Place, Severity
from mkdocs_handoff.records.dialects import listed
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.swap import swap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.text.yaml import Path, Value

MARKDOWN = (".md", ".markdown")
YAML = (".yml", ".yaml")

_FENCE = re.compile(r"\s*---[ \t]*\n")
_TEMPLATE = re.compile(r"\{+[^{}:]*\}+")
_FILL = "Fill the template in, or take the line away: the card has no fields as it is."
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Layer:
    """One text that values of a record come from, and where in its file it begins.

    Attributes:
        path: The file, from the project's root.
        text: The YAML in it.
        first_line: The line of the file on which that text begins, from 1.
        document: Which document of the text, from 0.
        prefix: The way from the document's root to the record, where a file lists several.
    """

    path: str
    text: str = ""
    first_line: int = 1
    document: int = 0
    prefix: Path = ()

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Return the place of the value (or of its key) at a path, or of the nearest thing around it."""
        line, column = yaml.locate(self.text, self.document, (*self.prefix, *path), key=key)
        return Place(self.path, line + self.first_line - 1, column)

    def fix(self, path: Path, was: str, new: str, *, key: bool = False) -> Fix | None:
        """Return how the scalar at a path (or its key) is given another text, if it can be done in place."""
        found = swap(self.text, self.document, (*self.prefix, *path), was, new, key=key)
        if found is None:
            return None
        place = Place(self.path, found.line + self.first_line - 1, found.column)
        message = f"Rename {was!r} to {new!r}." if key else f"Write {new!r} in place of {was!r}."
        return Fix(message, (Edit(place, found.old, found.new),))


@dataclass(frozen=True, slots=True)
class Document:
    """What one record is made of, before anything is known of its kind.

    Attributes:
        beside: What stands above the record in its file, or in files beside it, and says something of it.
    """

    value: dict[str, Value]
    layer: Layer
    body: str | None = None
    body_line: int = 1
    entry: bool = False
    beside: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(slots=True)
class Parts:
    """The documents of a file, and what is wrong with it."""

    documents: list[Document] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def take_apart(path: str, text: str, list_key: str = "") -> Parts:
    """Take a record file apart.

    Args:
        path: The file's path; its ending says whether it is Markdown.
        text: What it holds.
        list_key: The key under which a document may list many records of the kind (`terms`).
    """
    parts = Parts()
    if not text.strip():
        hint = "Write at least a `title:`, or delete the file."
        parts.findings.append(Finding(Place(path), "file/empty", "is empty", hint))
    elif path.lower().endswith(MARKDOWN):
        _markdown(path, text, parts)
    else:
        _yaml(path, text, list_key, parts)
    return parts


def _markdown(path: str, text: str, parts: Parts) -> None:
    fence = _FENCE.match(text)
    if not fence:
        parts.documents.append(Document({}, Layer(path), text))
        return
    end = _END.search(text, fence.end())
    if not end:
        hint = "End the front matter with a line `---`."
        line = text.count("\n", 0, fence.end())
        parts.findings.append(Finding(Place(path, line), "front-matter/unclosed", "front matter does not end", hint))
        return
    head = text[fence.end() : end.start()]
    body = text[end.end() + 1 :]
    layer = Layer(path, head, text.count("\n", 0, fence.end()) + 1)
    if _TEMPLATE.fullmatch(head.strip()):
        place = Place(path, layer.first_line)
        message = f"{head.strip()[:40]!r} is a template's text, and counts as missing"
        parts.findings.append(Finding(place, "field/placeholder", message, _FILL, Severity.WARNING))
        head = ""
    reading = yaml.read(head)
    _tell(parts, layer, reading)
    body_line = text.count("\n", 0, end.end()) + 2
    value = reading.documents[0] if reading.documents else None
    if value is None and not any(problem.rule == "yaml/syntax" for problem in reading.problems):
        value = {}
    if isinstance(value, dict):
        parts.documents.append(Document(value, layer, body, body_line))
    elif value is not None:
        parts.findings.append(_no_mapping(layer.place(()), value, "front matter"))


def _yaml(path: str, text: str, list_key: str, parts: Parts) -> None:
    reading = yaml.read(text)
    layer = Layer(path, text)
    _tell(parts, layer, reading)
    found = 0
    for number, value in enumerate(reading.documents):
        here = Layer(path, text, document=number)
        if value is None:
            continue
        found += 1
        terms = listed.entries(value, texts=listed.may_hold_texts(path)) if list_key == listed.TERMS else []
        for where, entry, above in terms:
            entry_layer = Layer(path, text, document=number, prefix=where)
            parts.documents.append(Document(entry, entry_layer, entry=True, beside=above))
        if terms:
            continue
        many = _listed(value, list_key)
        if many is not None:
            prefix, entries = many
            for position, entry in enumerate(entries):
                entry_layer = Layer(path, text, document=number, prefix=(*prefix, position))
                if isinstance(entry, dict):
                    parts.documents.append(Document(entry, entry_layer, entry=True))
                else:
                    parts.findings.append(_no_mapping(entry_layer.place(()), entry, "an entry of the list"))
        elif isinstance(value, dict):
            parts.documents.append(Document(value, here))
        else:
            parts.findings.append(_no_mapping(here.place(()), value, "the document"))
    if not found and not reading.problems:
        hint = "Write at least a `title:`, or delete the file."
        parts.findings.append(Finding(Place(path), "file/empty", "holds only comments", hint))


def _listed(value: Value, list_key: str) -> tuple[Path, list[Value]] | None:
    if isinstance(value, list):
        return (), value
    if not isinstance(value, dict) or list_key not in value:
        return None
    entries = value[list_key]
    if entries in (None, {}) and not listed.OWN_NAMES & value.keys():  # a file that is begun
        return (list_key,), []
    # A record of the kind may have a field of the same name: what it holds are references.
    if isinstance(entries, list) and (not listed.OWN_NAMES & value.keys() or all(map(_is_record, entries))):
        return (list_key,), entries
    return None


def _is_record(entry: Value) -> bool:
    return isinstance(entry, dict) and "ref" not in entry


def _tell(parts: Parts, layer: Layer, reading: yaml.Reading) -> None:
    for problem in reading.problems:
        place = Place(layer.path, problem.line + layer.first_line - 1, problem.column)
        parts.findings.append(Finding(place, problem.rule, problem.message, problem.hint))


def _no_mapping(place: Place, value: Value, what: str) -> Finding:
    written = "empty" if value is None else "a list" if isinstance(value, list) else f"the text {str(value)[:40]!r}"
    hint = "A record is written as `field: value` lines."
    return Finding(place, "yaml/not-a-mapping", f"{what} is {written}, and not a mapping of fields", hint)
