"""Sidecars: `FULLNAME.handoff.yml` beside a file adds fields without touching it.

Beside a file of several records it says by name to which it adds: each record's fields stand below its identity
(`team:retention:`). No field has a name with a colon, so the form tells itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding
from mkdocs_handoff.records.documents import take_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.records.documents import Layer
    from mkdocs_handoff.text.yaml import Path, Value


@dataclass(slots=True)
class Sidecar:
    """A sidecar's fields and what is wrong with it.

    Attributes:
        taken: The records whose entries were read, of a sidecar that names its records.
    """

    value: dict[str, Value] = field(default_factory=dict)
    layer: Layer | None = None
    findings: list[Finding] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    @property
    def by_record(self) -> bool:
        """Whether it names the records to which it adds."""
        return by_record(self.value)

    def of(self, *identities: str) -> Sidecar | None:
        """Return what it adds to one record: all of it, unless it names its records; None where that is nothing.

        Args:
            identities: The names by which it may name the record; one of them counts.
        """
        if not self.by_record or self.layer is None:
            return self
        identity = next((one for one in identities if one in self.value), "")
        if not identity:
            return None
        entry = self.value[identity]
        self.taken.add(identity)
        return Sidecar(entry, replace(self.layer, prefix=(identity,))) if isinstance(entry, dict) else None

    def left(self, path: str) -> Iterator[Finding]:
        """Yield what is wrong with a sidecar that names its records, once those of its file were read."""
        if not self.by_record or self.layer is None:
            return
        for name, entry in self.value.items():
            place = self.layer.place((name,), key=True)
            if name not in self.taken:
                hint = "Write the name as its page has it: `kind:name`."
                yield Finding(place, "sidecar/alone", f"{name!r} is no record of {path}", hint)
            elif not isinstance(entry, dict | None):
                hint = "A record is written as `field: value` lines."
                yield Finding(place, "yaml/not-a-mapping", f"what stands below {name!r} is no mapping of fields", hint)


def by_record(value: Value) -> bool:
    """Tell whether a sidecar's fields stand below the names of the records to which they belong."""
    return isinstance(value, dict) and bool(value) and all(":" in name for name in value)


def read_sidecar(path: str, text: str) -> Sidecar:
    """Read a sidecar: one YAML mapping."""
    parts = take_apart(path, text)
    # One that only names what is to be written, as `adopt` leaves it, is no mistake.
    commented = not parts.documents and bool(text.strip())
    sidecar = Sidecar(findings=[one for one in parts.findings if not (commented and one.rule == "file/empty")])
    if parts.documents:
        sidecar.value, sidecar.layer = parts.documents[0].value, parts.documents[0].layer
    for extra in parts.documents[1:]:
        message = "a sidecar holds one mapping, and here begins another"
        sidecar.findings.append(Finding(extra.layer.place(()), "sidecar/many", message, "Merge the two."))
    return sidecar


@dataclass(slots=True)
class Merged:
    """A file's fields with its sidecar's.

    Attributes:
        given: The paths at which the sidecar gave the whole value.
        overridden: Those of them at which the file had another one.
    """

    value: dict[str, Value]
    given: set[Path] = field(default_factory=set)
    overridden: list[Path] = field(default_factory=list)


def merge(base: dict[str, Value], added: dict[str, Value]) -> Merged:
    """Lay a sidecar's fields over a file's: mappings merge, everything else replaces."""
    result = Merged({})
    result.value = _laid(base, added, (), result)
    return result


def _laid(base: dict[str, Value], added: dict[str, Value], path: Path, result: Merged) -> dict[str, Value]:
    laid = dict(base)
    for key, value in added.items():
        old = base.get(key)
        here = (*path, key)
        if isinstance(old, dict) and isinstance(value, dict):
            laid[key] = _laid(old, value, here, result)
            continue
        if old is not None and old != value:
            result.overridden.append(here)
        result.given.add(here)
        laid[key] = value
    return laid
