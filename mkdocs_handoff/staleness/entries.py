"""When the records of a file that holds several were last changed: git dates the file, not what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding
from mkdocs_handoff.records import dialects
from mkdocs_handoff.records.discover import SIDECAR
from mkdocs_handoff.records.documents import take_apart
from mkdocs_handoff.records.names import BY_PLACE, name_of
from mkdocs_handoff.records.namesakes import OF_FOLDERS
from mkdocs_handoff.records.sidecar import by_record
from mkdocs_handoff.staleness.material import REVIEW_FIELDS
from mkdocs_handoff.text.files import decode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.history.contents import Missing
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.history.log import Commit
    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.text.yaml import Path, Value

    Standing = Mapping[tuple[str, int, Path], str]

_VERSIONS = 100
"""So many versions of a file are compared; an entry that none of them changed is older than the oldest."""


Entry = tuple[str, str]
"""A record of a file: its kind and its name."""


def entry_commits(path: str, kind: str, list_key: str, history: History, standing: Standing) -> Mapping[Entry, Commit]:
    """Return the last substantive commit that changed each record of a file.

    What a review writes is no change: settling a suspicion does not make a record younger. A record that is not there
    cannot be dated: it was not changed in the versions that are compared, git lacks one of them, or it is not
    committed yet.

    Args:
        path: The file, from the project's root.
        kind: The name of the kind that its records are of; a document may say that it is of another.
        list_key: The key under which the kind lists many records (`terms`).
        history: What git knows.
        standing: The names of its records as it is that it does not say itself.
    """
    if not history.whole(path):
        return {}
    trail = history.trail(path)
    changes = trail[: _VERSIONS + 1]
    held = history.contents([(change.commit.sha, change.path) for change in changes])
    versions = [
        _entries(change, held.get((change.commit.sha, change.path)), kind, list_key, standing) for change in changes
    ]
    if len(changes) == len(trail):
        versions.append({})  # before the first commit there was none of them
    return _dated(changes, versions)


def _dated(changes: Sequence[Change], versions: Sequence[Mapping[Entry, Any] | None]) -> dict[Entry, Commit]:
    dated: dict[Entry, Commit] = {}
    settled: set[Entry] = set()
    waiting = set(versions[0] or ()) if versions else set()
    for change, after, before in zip(changes, versions, versions[1:], strict=False):
        if after is None or before is None:
            break  # a version that cannot be read may hold any change
        if change.substantive:
            changed = {name for name in waiting - settled if after.get(name) != before.get(name)}
            dated.update(dict.fromkeys(changed, change.commit))
            settled |= changed
    return dated


def _entries(
    change: Change, held: bytes | Missing | None, kind: str, list_key: str, standing: Standing
) -> Mapping[Entry, Any] | None:
    if not isinstance(held, bytes):
        return None
    text = decode(change.path, held)
    if isinstance(text, Finding):
        return None
    found: dict[Entry, Any] = {}
    for document in take_apart(change.path, text, list_key).documents:
        if change.path.endswith(SIDECAR) and by_record(document.value):
            found.update({sidecar_entry(name): _counting(below) for name, below in document.value.items()})
        else:
            found[named(document, kind, standing)] = (_counting(document.value), document.body)
    return found


def _counting(value: Value) -> Value:
    return {key: held for key, held in value.items() if key not in REVIEW_FIELDS} if isinstance(value, dict) else value


def sidecar_entry(identity: str) -> Entry:
    """Return as what a record's entry is dated, in a sidecar that names its records."""
    return "", identity


def standing_in(catalog: Catalog, path: str) -> Standing:
    """Return the names of a file's records that it does not say, by kind, document and the way to the record in it.

    They come from where the file stands, and from what claims it.
    """
    found = {}
    for identity in catalog.files.get(path, ()):
        record = catalog.records[identity]
        layer = record.source.layer
        if record.origins.get(("id",)) in (*BY_PLACE, OF_FOLDERS):
            found[record.kind, layer.document, layer.prefix] = identity.name
    return found


def named(document: Document, kind: str, standing: Standing) -> Entry:
    """Return the kind and the name of the record that a document is, or was.

    Args:
        document: One of a file of several.
        kind: The kind that the file's records are of; a document may say that it is of another.
        standing: As `standing_in` gives it: a document that has no name is the record that stands in its place today.
    """
    own = str(document.value.get("kind") or "").lower()
    kind = dialects.kind_of(document.value) or own or kind
    name, origin = name_of(document, dialects.adapt(kind, document, None).fields, "", kind, "")
    if origin in BY_PLACE:
        name = standing.get((kind, document.layer.document, document.layer.prefix), name)
    return kind, name
