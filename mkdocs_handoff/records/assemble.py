"""From one document to one record, with all that is wrong with it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.records import dialects, forms, markdown, names
from mkdocs_handoff.records.record import Identity, Lifecycle, Origin, Record, Source, slug
from mkdocs_handoff.records.sidecar import merge
from mkdocs_handoff.schema.fields import normal, typed
from mkdocs_handoff.schema.validate import BASE, LEVELS, READY, unknown_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.forms import ValueFiles
    from mkdocs_handoff.records.markdown import Body
    from mkdocs_handoff.records.record import Gap
    from mkdocs_handoff.records.sidecar import Sidecar
    from mkdocs_handoff.schema.flaw import Flaw
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.schema.validate import Validators
    from mkdocs_handoff.settings import Claim
    from mkdocs_handoff.text.yaml import Path, Value


@dataclass(slots=True)
class Workshop:
    """What assembling needs beside the document: shared by all records of a run."""

    namespace: str
    validators: Validators
    files: ValueFiles
    level: str = ""


@dataclass(slots=True)
class Assembled:
    """A record, what is wrong with it, and the other files its values come from."""

    record: Record
    findings: list[Finding] = field(default_factory=list)
    files: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Notes:
    """Findings of one record, gathered as it takes shape."""

    source: Source
    findings: list[Finding] = field(default_factory=list)

    def tell(self, flaw: Flaw, severity: Severity = Severity.ERROR) -> None:
        place = self.source.place(flaw.path, key=flaw.key)
        self.findings.append(Finding(place, flaw.rule, flaw.message, flaw.hint, severity))

    def fail(self, path: Path, rule: str, message: str, hint: str) -> None:
        self.findings.append(Finding(self.source.place(path), rule, message, hint))

    def say(self, path: Path, rule: str, message: str, hint: str, *, key: bool = False) -> None:
        place = self.source.place(path, key=key)
        self.findings.append(Finding(place, rule, message, hint, Severity.WARNING))


def assemble(kind: Kind, document: Document, sidecar: Sidecar | None, claim: Claim, shop: Workshop) -> Assembled:
    """Make a record of a document.

    Args:
        kind: What the document describes.
        document: As `documents.take_apart` gives it.
        sidecar: The fields of a sidecar, which win.
        claim: What claims the file; the record's own `level`, and the run's, may ask for more than it does.
        shop: Validators, files and settings of the run.
    """
    body = None if document.body is None else markdown.parse(document.body, document.body_line)
    adapted = dialects.adapt(kind.name, document, body)
    source = Source(document.layer, moved=MappingProxyType(adapted.moved))
    notes = _Notes(source)
    fields = adapted.fields
    if sidecar is not None and sidecar.layer is not None:
        laid = merge(fields, sidecar.value)
        fields = laid.value
        source = Source(document.layer, sidecar.layer, frozenset(laid.given), MappingProxyType(adapted.moved))
        notes.source = source
        for path in laid.overridden:
            hint = "If the file is right, take the value out of the sidecar; if the sidecar is, this can stay."
            notes.say(path, "sidecar/overrides", f"{path[-1]!r} overrides what {document.layer.path} says", hint)
    resolved = forms.resolve(fields, (), shop.files, posixpath.dirname(document.layer.path))
    for flaw in resolved.flaws:
        notes.tell(flaw, Severity.WARNING if flaw.rule == "gap/reason" else Severity.ERROR)
    value = typed(_without_placeholders(resolved.value, (), notes), kind.root)
    origins = {**adapted.origins, **resolved.origins}
    name, origin = names.name_of(document, value, claim.glob)
    if origin is not None:
        origins["id",] = origin
    names.fill_title(value, name, body, origins)
    _fill_from_sections(kind, body, value, resolved.gaps, origins)
    asked = _level(value.get("level"), claim.level, shop.level)
    for flaw in shop.validators.check(kind, value, asked, resolved.gaps.keys()):
        notes.tell(flaw)
    for path, written, near in unknown_fields(fields, kind.root):
        notes.say(path, "field/unknown", f"unknown field {written!r}", f"Did you mean {near!r}?", key=True)
    if asked == READY:
        _missing_sections(kind, body, value, notes)
    _template_sections(body, notes)
    fields = normal(value, kind.root)
    record = Record(
        identity=Identity(kind.name, name, _namespace(value, shop.namespace)),
        title=str(fields["title"]),
        description=_text(fields.get("description")),
        lifecycle=_lifecycle(value, adapted.lifecycle),
        fields=MappingProxyType(fields),
        source=source,
        origins=MappingProxyType(origins),
        gaps=MappingProxyType(resolved.gaps),
        aliases=names.aliases_of(value, name, adapted.aliases),
        body=body,
        level=asked,
    )
    return Assembled(record, [found.about(str(record.identity)) for found in notes.findings], frozenset(resolved.files))


def _namespace(value: dict[str, Value], own: str) -> str:
    """Return the record's namespace; the repository's own is left out inside it."""
    written = value.get("namespace")
    namespace = slug(written) if isinstance(written, str) else ""
    return "" if namespace == own else namespace


def _lifecycle(value: dict[str, Value], adopted: str) -> Lifecycle:
    written = value.get("lifecycle") or adopted
    if not written and isinstance(value.get("deprecation"), dict):
        return "deprecated"
    return next((lifecycle for lifecycle in get_args(Lifecycle) if lifecycle == written), "active")


def _level(*asked: Value) -> str:
    """Return the highest of the levels that anyone asks for."""
    return max((level for level in asked if level in LEVELS), key=LEVELS.index, default=BASE)


def _text(value: Any) -> str:
    return "\n\n".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _fill_from_sections(
    kind: Kind, body: Body | None, value: dict[str, Value], gaps: Mapping[Path, Gap], origins: dict[Path, Origin]
) -> None:
    """Let a section of the body stand for a field that is not written (`x-sections` with `field`)."""
    for section in kind.sections if body is not None else ():
        path = tuple(section.field.split(".")) if section.field else ()
        shape = kind.root.at(path)
        takes_text = "string" in shape.types or (shape.items is not None and "string" in shape.items.types)
        if not path or path in gaps or not takes_text or body is None:
            continue
        heading = body.section(section.headings)
        if heading is not None and heading.text and not markdown.is_placeholder(heading.text):
            _put(value, path, heading.text, origins, Origin("inferred", f"the section {heading.title!r}"))


def _put(value: dict[str, Value], path: Path, text: str, origins: dict[Path, Origin], origin: Origin) -> None:
    here = value
    for step in path[:-1]:
        here = here.setdefault(str(step), {})
        if not isinstance(here, dict):
            return
    if here.get(str(path[-1])) in (None, "", []):
        here[str(path[-1])] = text
        origins[path] = origin


def _missing_sections(kind: Kind, body: Body | None, value: dict[str, Value], notes: _Notes) -> None:
    for section in kind.sections:
        heading = body.section(section.headings) if body is not None else None
        written = heading is not None and heading.text and not markdown.is_placeholder(heading.text)
        if section.level != READY or written or (section.field and section.field in value):
            continue
        hint = f"Write it under a heading `## {section.title}`. {section.description}".strip()
        notes.fail((), "section/missing", f"has no section {section.title!r}", hint)


def _template_sections(body: Body | None, notes: _Notes) -> None:
    """Tell once of all sections that still hold a template's text."""
    left = [heading for heading in body.headings if markdown.is_placeholder(heading.text)] if body is not None else []
    if left:
        titles = ", ".join(heading.title for heading in left[:6]) + (", …" if len(left) > 6 else "")
        what = "1 section still holds" if len(left) == 1 else f"{len(left)} sections still hold"
        hint = "Write them, or delete the headings. They count as missing."
        place = Place(notes.source.path, left[0].line)
        message = f"{what} a template's text: {titles}"
        notes.findings.append(Finding(place, "section/placeholder", message, hint, Severity.WARNING))


_PLACEHOLDER = object()


def _without_placeholders(value: Value, path: Path, notes: _Notes) -> Value:
    """Leave out what a template left behind: it is no value, and says so once."""
    if isinstance(value, dict):
        kept = {key: _without_placeholders(item, (*path, key), notes) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item is not _PLACEHOLDER}
    if isinstance(value, list):
        items = [_without_placeholders(item, (*path, number), notes) for number, item in enumerate(value)]
        return [item for item in items if item is not _PLACEHOLDER]
    if isinstance(value, str) and markdown.is_placeholder(value):
        hint = 'Write the value, or say that it is not known: `{unknown: "who was asked, and when"}`.'
        notes.say(path, "field/placeholder", f"{value[:40]!r} is a template's text, and counts as missing", hint)
        return _PLACEHOLDER
    return value
