"""When the records of a file that holds several were last changed: git dates the file, not what stands in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mkdocs_handoff.findings import Finding
from mkdocs_handoff.records import dialects
from mkdocs_handoff.records.discover import SIDECAR
from mkdocs_handoff.records.documents import take_apart
from mkdocs_handoff.records.names import name_of
from mkdocs_handoff.records.sidecar import by_record
from mkdocs_handoff.staleness.material import REVIEW_FIELDS
from mkdocs_handoff.text.files import decode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_handoff.history.contents import Missing
    from mkdocs_handoff.history.facts import Change
    from mkdocs_handoff.history.history import History
    from mkdocs_handoff.history.log import Commit
    from mkdocs_handoff.records.documents import Document
    from mkdocs_handoff.text.yaml import Value

_VERSIONS = 100
"""So many versions of a file are compared; an entry that none of them changed is older than the oldest."""


Entry = tuple[str, str]
"""A record of a file: its kind and its name."""


def entry_commits(path: str, kind: str, list_key: str, history: History) -> Mapping[Entry, Commit]:
    """Return the last substantive commit that changed each record of a file.

    What a review writes is no change: settling a suspicion does not make a record younger. A record that is not there
    cannot be dated: it was not changed in the versions that are compared, git lacks one of them, or it is not
    committed yet.

    Args:
        path: The file, from the project's root.
        kind: The name of the kind that its records are of; a document may say that it is of another.
        list_key: The key under which the kind lists many records (`terms`).
        history: What git knows.
    """
    if not history.whole(path):
        return {}
    trail = history.trail(path)
    changes = trail[: _VERSIONS + 1]
    held = history.contents([(change.commit.sha, change.path) for change in changes])
    versions = [_entries(change, held.get((change.commit.sha, change.path)), kind, list_key) for change in changes]
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


def _entries(change: Change, held: bytes | Missing | None, kind: str, list_key: str) -> Mapping[Entry, Any] | None:
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
            found[named(document, kind)] = (_counting(document.value), document.body)
    return found


def _counting(value: Value) -> Value:
    return {key: held for key, held in value.items() if key not in REVIEW_FIELDS} if isinstance(value, dict) else value


def sidecar_entry(identity: str) -> Entry:
    """Return as what a record's entry is dated, in a sidecar that names its records."""
    return "", identity


def named(document: Document, kind: str) -> Entry:
    """Return the kind and the name of the record that a document is, in a file of records of a kind."""
    own = str(document.value.get("kind") or "").lower()
    kind = dialects.kind_of(document.value) or own or kind
    return kind, name_of(document, dialects.adapt(kind, document, None).fields, "")[0]
