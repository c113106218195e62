"""From one document to one record, with all that is wrong with it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.records import dialects, forms, markdown, names, sections
from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.namesakes import names_in_sidecars
from mkdocs_handoff.records.prune import prune
from mkdocs_handoff.records.record import Identity, Lifecycle, Origin, Record, Source, slug
from mkdocs_handoff.records.sidecar import merge
from mkdocs_handoff.schema.fields import normal, typed
from mkdocs_handoff.schema.validate import BASE, LEVELS, unknown_fields
from mkdocs_handoff.text.near import only_near

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.records.forms import ValueFiles
    from mkdocs_handoff.records.markdown import Heading
    from mkdocs_handoff.records.sidecar import Sidecar
    from mkdocs_handoff.schema.flaw import Flaw
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.schema.validate import Validators
    from mkdocs_handoff.settings import Claim
    from mkdocs_handoff.text.yaml import Path, Value


@dataclass(slots=True)
class Workshop:
    """What assembling needs beside the document: shared by all records of a run.

    Attributes:
        validators: None where nobody wants to know what is wrong: of a record as it was.
        level: What is asked of every record, whatever its own level.
        repository: What the repository is called, if anybody knows.
    """

    namespace: str
    validators: Validators | None
    files: ValueFiles
    level: str = ""
    repository: str = ""


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
    silent: bool = False

    def tell(self, flaw: Flaw, severity: Severity = Severity.ERROR, at: Heading | None = None) -> None:
        """Tell a flaw where its field stands, or at a heading."""
        if self.silent:
            return
        place = self.source.place(flaw.path, key=flaw.key) if at is None else Place(self.source.path, at.line)
        fix = self.source.fix(flaw.path, flaw.was, flaw.instead, key=flaw.key) if flaw.instead else None
        self.findings.append(Finding(place, flaw.rule, flaw.message, flaw.hint, severity, fix=fix))

    def say(self, path: Path, rule: str, message: str, hint: str, *, rename: str = "", key: bool = False) -> None:
        """Tell a warning; `rename` is what the key is to be called, where that is beyond doubt."""
        if self.silent:
            return
        place = self.source.place(path, key=key)
        fix = self.source.fix(path, str(path[-1]), rename, key=True) if rename else None
        self.findings.append(Finding(place, rule, message, hint, Severity.WARNING, fix=fix))

    def unknown(self, fields: dict[str, Value], kind: Kind) -> list[Finding]:
        """Tell of the fields that are a slip beyond doubt; return those that may be somebody's own name for another."""
        before = len(self.findings)
        sure: list[Finding] = []
        for path, written, near in () if self.silent else unknown_fields(fields, kind.root):
            slip = only_near(written, kind.root.at(path[:-1]).fields) == near
            hint = f"Did you mean {near!r}?"
            message = f"unknown field {written!r}"
            self.say(path, "field/unknown", message, hint, rename=near if slip else "", key=True)
            if slip or path[:1] in self.source.added:  # a sidecar is ours
                sure.append(self.findings.pop())
        unsure = self.findings[before:]
        self.findings[before:] = sure
        return unsure

    def template_text(self, headings: tuple[Heading, ...]) -> None:
        """Tell once of all sections that still hold a template's text."""
        if headings:
            titles = ", ".join(heading.title for heading in headings[:6]) + (", …" if len(headings) > 6 else "")
            what = "1 section still holds" if len(headings) == 1 else f"{len(headings)} sections still hold"
            hint = "Write them, or delete the headings. They count as missing."
            place = Place(self.source.path, headings[0].line)
            message = f"{what} a template's text: {titles}"
            self.findings.append(Finding(place, "section/placeholder", message, hint, Severity.WARNING))


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
    prose = MappingProxyType(adapted.lines)
    source = Source(document.layer, moved=MappingProxyType(adapted.moved), prose=prose)
    notes = _Notes(source, silent=shop.validators is None)
    fields = adapted.fields
    if sidecar is not None and sidecar.by_record:
        name, _ = names.name_of(document, fields, claim.glob, kind.name, shop.repository)
        identity = Identity(kind.name, name, _namespace(fields, shop.namespace))
        sidecar = sidecar.of(*names_in_sidecars(identity, document.layer.path))
    if sidecar is not None and sidecar.layer is not None:
        laid = merge(fields, sidecar.value)
        fields = laid.value
        source = replace(source, sidecar=sidecar.layer, added=frozenset(laid.given))
        notes.source = source
        for path in laid.overridden:
            if path == ("id",):  # what tells two records of one name apart is no other truth
                continue
            hint = "If the file is right, take the value out of the sidecar; if the sidecar is, this can stay."
            notes.say(path, "sidecar/overrides", f"{path[-1]!r} overrides what {document.layer.path} says", hint)
    resolved = forms.resolve(fields, (), shop.files, posixpath.dirname(document.layer.path))
    for flaw in resolved.flaws:
        notes.tell(flaw, Severity.WARNING if flaw.rule == "gap/reason" else Severity.ERROR)
    unsure = notes.unknown(fields, kind)
    left: list[Flaw] = []
    pruned = prune(sections.without_placeholders(resolved.value, (), left))
    linked = {path: file for path, file in pruned.renamed(adapted.linked).items() if path[:1] not in source.added}
    notes.source = source = replace(source, pruned=pruned, linked=MappingProxyType(linked))
    value = typed(pruned.value, kind.root)
    gaps = pruned.renamed(resolved.gaps)
    origins = pruned.renamed({**adapted.origins, **resolved.origins})
    origins.update(_captured(value, origins))
    name, origin = names.name_of(document, value, claim.glob, kind.name, shop.repository)
    if origin is not None:
        origins["id",] = origin
    names.fill_title(value, name, body, origins, adapted.lead, untitled=adapted.untitled, repository=shop.repository)
    undescribed = {("description",)} if adapted.lead == "" else set()
    sections.fill(kind, body, value, gaps.keys() | undescribed, origins)
    asked = _level(value.get("level"), claim.level, shop.level)
    fields = normal(value, kind.root)
    record = Record(
        identity=Identity(kind.name, name, _namespace(value, shop.namespace)),
        title=str(fields["title"]),
        description=_text(fields.get("description")),
        lifecycle=_lifecycle(value, adapted.lifecycle),
        fields=MappingProxyType(fields),
        source=source,
        origins=MappingProxyType(origins),
        gaps=MappingProxyType(gaps),
        aliases=names.aliases_of(value, name, adapted.aliases),
        body=body,
        level=asked,
    )
    if shop.validators is not None:
        flaws = shop.validators.check(kind, value, asked, gaps.keys())
        for flaw in sections.with_placeholders(flaws, pruned.renamed({one.path: one for one in left})):
            light = flaw.rule == sections.PLACEHOLDER or _of_others(flaw, kind, record, foreign=adapted.foreign)
            notes.tell(flaw, Severity.WARNING if light else Severity.ERROR)
        lacking = list(sections.missing(kind, body, value, gaps.keys(), asked))
        for flaw, heading in lacking:
            notes.tell(flaw, at=heading)
        notes.template_text(sections.left_over(body, [heading for _, heading in lacking if heading is not None]))
        _older_names(record, document, notes)
        if unsure and not adapted.foreign and not adopted(record):
            notes.findings.extend(unsure)
    return Assembled(record, [found.about(str(record.identity)) for found in notes.findings], frozenset(resolved.files))


def _of_others(flaw: Flaw, kind: Kind, record: Record, *, foreign: bool) -> bool:
    """Tell whether a value that is wrong is another format's: that is told, and fails nothing.

    What the record lacks is something else, and so is what a sidecar gives: that is ours.
    """
    if any(shape.adopted for shape in kind.root.along(flaw.path)):
        return True
    if flaw.path[:1] in record.source.added or (flaw.rule == "field/required" and len(flaw.path) < 2):
        return False
    return flaw.rule.startswith("field/") and (foreign or adopted(record))


def _older_names(record: Record, document: Document, notes: _Notes) -> None:
    """Tell of older names of fields in files that are ours; a card that was written for another place may keep them."""
    for old, new in dialects.RENAMED.items() if record.kind in ("model", "dataset") else ():
        if old in document.value and not adopted(record):
            message = f"{old!r} is the older name of {new!r}"
            notes.say((old,), "field/renamed", message, f"Write {new!r}.", rename=new, key=True)


def _captured(value: dict[str, Value], known: Mapping[Path, Origin]) -> Iterator[tuple[Path, Origin]]:
    """Yield where values came from that a command captured: the field `captured` names the source of each."""
    marks = value.get("captured")
    for name, source in marks.items() if isinstance(marks, dict) else ():
        path = tuple(str(name).split("."))
        held: Value = value
        for step in path:
            held = held.get(step) if isinstance(held, dict) else None
        if held is not None and isinstance(source, str) and path not in known:
            yield path, Origin("imported", str(source))


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
