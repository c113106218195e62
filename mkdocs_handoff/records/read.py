"""All records of a project, and all that is wrong with their files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.records import dialects
from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.assemble import Workshop, assemble
from mkdocs_handoff.records.checkout import repository
from mkdocs_handoff.records.dialects.evaluations import BENCHMARK
from mkdocs_handoff.records.discover import CARDS, RESULTS, SIDECAR, discover
from mkdocs_handoff.records.documents import take_apart
from mkdocs_handoff.records.forms import ValueFiles
from mkdocs_handoff.records.namesakes import told_apart
from mkdocs_handoff.records.sidecar import Sidecar, read_sidecar
from mkdocs_handoff.records.unmarked import unmarked
from mkdocs_handoff.schema.validate import BASE, Validators
from mkdocs_handoff.settings import Claim
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.files import read_text
from mkdocs_handoff.text.near import nearest
from mkdocs_handoff.text.paths import illegible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mkdocs_handoff.records.discover import Claimed
    from mkdocs_handoff.records.documents import Document, Parts
    from mkdocs_handoff.records.record import Record
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings import Settings


_KIND_LINE = re.compile(r"^kind:[ \t]*[\"']?([\w-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Records:
    """What was read.

    Attributes:
        records: In the order of their places. Names may still collide: the catalog sees to that.
        findings: About files and values; references are the catalog's.
        broken: Files that should hold records and gave none, so that a page can say why.
        read: All record files that were read, sidecars among them.
        used: Other files that values came from.
        left_out: How many documents of a Backstage catalog are nothing of ours (services, interfaces), by path.
        marked: The texts of record files in which a finding may be ignored by a comment, by path.
    """

    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    broken: tuple[str, ...]
    read: tuple[str, ...]
    used: tuple[str, ...]
    marked: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    left_out: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


MARK = ("handoff:", "ignor")
"""What a file holds, in small letters, that has such a comment, or what somebody took for one."""


def read_records(
    settings: Settings,
    kinds: Mapping[str, Kind],
    level: str = BASE,
    told: Callable[[int, int], None] | None = None,
    texts: Mapping[str, str] | None = None,
) -> Records:
    """Read all records of a project.

    Args:
        settings: Where they are.
        kinds: What they may be.
        level: What is asked of every record, whatever its own level.
        told: Is told how many files of how many have been read.
        texts: What files are taken to hold, by path, whatever they hold: to see what a change would make of them.
    """
    reader = _Reader(settings, kinds, level, texts or {})
    claimed, beside = discover(settings, kinds)
    sidecars = tuple(path for path in beside if not illegible(path))
    taken = frozenset(sidecars)
    for number, file in enumerate(claimed):
        if told is not None:
            told(number, len(claimed))
        reader.file(file, file.path + SIDECAR if file.path + SIDECAR in taken else "")
    reader.orphans(sidecars)
    apart, findings = told_apart(reader.records, reader.findings)
    return Records(
        tuple(apart),
        (*findings, *unmarked(apart, settings)),
        tuple(reader.broken),
        tuple(reader.read),
        tuple(sorted(reader.used)),
        MappingProxyType(reader.marked),
        MappingProxyType(reader.left_out),
    )


def _speaks_of(record: Record, folder: str) -> bool:
    """Tell whether a record's file is the card of a folder."""
    held, _, name = record.source.path.rpartition("/")
    return held == folder and name.lower().partition(".")[0] in CARDS


class _Reader:
    """Gathers the records of a run, file by file."""

    def __init__(self, settings: Settings, kinds: Mapping[str, Kind], level: str, texts: Mapping[str, str]) -> None:
        self.settings = settings
        self.kinds = kinds
        files = ValueFiles(partial(read_text, settings.root))
        self.shop = Workshop(settings.namespace, Validators(), files, level, repository(settings.root))
        self.records: list[Record] = []
        self.findings: list[Finding] = []
        self.broken: list[str] = []
        self.read: list[str] = []
        self.used: set[str] = set()
        self.joined: set[str] = set()
        self.marked: dict[str, str] = {}
        self.left_out: dict[str, int] = {}
        self.texts = texts

    def file(self, file: Claimed, sidecar_path: str) -> None:
        """Read one file. A page that no claim names is a record only if its front matter says so."""
        shown = illegible(file.path)
        if shown:
            if file.claim is not None:
                wrong = Finding(Place(shown), "file/encoding", "has a name that is not UTF-8", "Rename the file.")
                self._broken(shown, [wrong])
            return
        text = self._text(file.path)
        if isinstance(text, Finding):
            if file.claim is not None:
                self.joined.add(sidecar_path)  # it is not alone: what it stands beside is broken
                self._broken(file.path, [text])
            return
        if file.claim is None and not ("\nkind:" in text and text.lstrip().startswith("---")):
            return
        kind = self.kinds.get(file.claim.kind) if file.claim is not None else None
        parts = take_apart(file.path, text, kind.list_key if kind else "")
        if file.claim is None and not self._says_its_kind(text, parts):
            return
        self.read.append(file.path)
        self._mark(file.path, text)
        self.findings.extend(parts.findings)
        sidecar = self._sidecar(sidecar_path, len(parts.documents)) if sidecar_path else None
        before = len(self.records)
        for document in parts.documents:
            self._document(file, self._surrounded(document), sidecar)
        if sidecar is not None:
            self.findings.extend(sidecar.left(file.path))
        if len(self.records) == before and parts.findings:
            self.broken.append(file.path)

    def _surrounded(self, document: Document) -> Document:
        """Add what files beside a document say of it: the model of a result, the tasks of a benchmark."""
        folder, _, name = document.layer.path.rpartition("/")
        if folder.rpartition("/")[2] == RESULTS:
            above = folder.rpartition("/")[0]
            model = next((one for one in self.records if one.kind == "model" and _speaks_of(one, above)), None)
            if model is None:
                return document
            return replace(document, beside={"model": model.identity.name, "title": model.title})
        tasks = f"{folder}/{BENCHMARK}" if folder else BENCHMARK
        if name.lower().partition(".")[0] in CARDS and (self.settings.root / tasks).is_file():
            text = self._text(tasks)
            held = yaml.read(text).documents if isinstance(text, str) else ()
            if held and isinstance(held[0], dict) and "tasks" in held[0]:
                self.used.add(tasks)
                return replace(document, beside={"benchmark": held[0]})
        return document

    def _text(self, path: str) -> str | Finding:
        return self.texts[path] if path in self.texts else read_text(self.settings.root, path)

    def _mark(self, path: str, text: str) -> None:
        small = text.lower()
        if all(part in small for part in MARK):
            self.marked[path] = text

    def _broken(self, path: str, findings: list[Finding]) -> None:
        self.read.append(path)
        self.findings.extend(findings)
        self.broken.append(path)

    def _document(self, file: Claimed, document: Document, sidecar: Sidecar | None) -> None:
        if dialects.skipped(document.value):
            self._left_out(document)
            return
        added = sidecar.value if sidecar is not None else {}
        own = self._known(added.get("kind")) or self._known(document.value.get("kind"))
        name = dialects.kind_of(document.value) or own or (file.claim.kind if file.claim else "")
        written = added.get("kind", document.value.get("kind"))
        unknown: list[Finding] = []
        near = ""
        if isinstance(written, str) and name != written.lower() and not dialects.kind_of(document.value):
            near = nearest(written.lower(), self.kinds)
            hint = f"Did you mean {near!r}?" if near else f"Known kinds: {', '.join(self.kinds)}."
            message = f"{written!r} is no kind; the record is read as {name!r}, as its place says"
            unknown = [Finding(document.layer.place(("kind",)), "record/unknown-kind", message, hint)]
        kind = self.kinds.get(name)
        if kind is None:
            hint = (
                f"Known kinds: {', '.join(self.kinds)}. An own kind needs `{self.settings.schemas}/{name}.schema.json`."
            )
            place = document.layer.place(())
            unknown.append(Finding(place, "record/unknown-kind", f"there is no kind {name!r}", hint))
            self.findings.extend(unknown)
            return
        made = assemble(kind, document, sidecar, file.claim or Claim(name, ""), self.shop)
        if unknown and not near and "kind" not in added and adopted(made.record):  # `kind: adr` is another tool's word
            unknown = [replace(one, severity=Severity.WARNING) for one in unknown]
        self.findings.extend(unknown)
        self.records.append(made.record)
        self.findings.extend(made.findings)
        self.used.update(made.files)

    def _says_its_kind(self, text: str, parts: Parts) -> bool:
        """Tell whether a page is a record: its front matter names a kind, be it in front matter that cannot be read."""
        if parts.documents or not parts.findings:
            return any(self._known(document.value.get("kind")) for document in parts.documents)
        return any(word.lower() in self.kinds for word in _KIND_LINE.findall(text))

    def _left_out(self, document: Document) -> None:
        """Say that another tool's document was left out; what else a Backstage catalog holds is no surprise."""
        if dialects.is_backstage(document.value):
            path = document.layer.path
            self.left_out[path] = self.left_out.get(path, 0) + 1
            return
        message = f"{document.value.get('kind')!r} with an `apiVersion` is another tool's document, and is left out"
        hint = f"If it is a record, give it one of our kinds: {', '.join(self.kinds)}; if not, name it in `exclude:`."
        place = document.layer.place(("kind",))
        self.findings.append(Finding(place, "record/unknown-kind", message, hint, Severity.WARNING))

    def _known(self, written: object) -> str:
        """Return the kind that a `kind:` names, or an empty string."""
        return written.lower() if isinstance(written, str) and written.lower() in self.kinds else ""

    def _sidecar(self, path: str, documents: int) -> Sidecar | None:
        self.joined.add(path)
        self.read.append(path)
        text = self._text(path)
        if isinstance(text, Finding):
            self.findings.append(text)
            return None
        self._mark(path, text)
        sidecar = read_sidecar(path, text)
        self.findings.extend(sidecar.findings)
        if documents > 1 and sidecar.value and not sidecar.by_record:
            hint = "Write the fields of each below its name (`team:retention:`)."
            message = f"adds to a file of {documents} records, and does not say to which"
            self.findings.append(Finding(Place(path), "sidecar/many", message, hint))
            return None
        return sidecar

    def orphans(self, sidecars: tuple[str, ...]) -> None:
        """Tell of sidecars that stand beside no record."""
        for path in sidecars:
            if path not in self.joined:
                base = path.removesuffix(SIDECAR)
                hint = f"It belongs beside a record file named {base.rpartition('/')[2]!r}."
                self.findings.append(Finding(Place(path), "sidecar/alone", "stands beside no record", hint))
