"""Files in the usual places of records that are something else: a tool's own `models/`, a test's `features/`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.cards import is_template
from mkdocs_handoff.adoption.decisions import is_log, is_meeting, is_numbered
from mkdocs_handoff.adoption.detect import MARKDOWN, YAML, is_object, is_skeleton, keys_of
from mkdocs_handoff.adoption.glossaries import says_no_term
from mkdocs_handoff.adoption.heads import keys as keys_in
from mkdocs_handoff.adoption.heads import lists, parted
from mkdocs_handoff.adoption.look import head_of
from mkdocs_handoff.records.dialects import words
from mkdocs_handoff.records.dialects.stated import stated
from mkdocs_handoff.records.markdown import parse
from mkdocs_handoff.text.paths import illegible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.adoption.look import Look
    from mkdocs_handoff.records.discover import Claimed
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.settings import Settings

_CALLED = re.compile(r"(?:adr|rdr|madr|decision)[-_ ]?(?:\d|n+\b)", re.IGNORECASE)
_SAID = frozenset(("kind", "title"))
"""What a record of ours begins with, whatever else stands in it."""

_COPIED = frozenset(("model", "dataset", "decision"))
"""Kinds of which people keep templates beside what they make of them; a playbook may be about templates."""

_OWNED = frozenset(("owner", "owners"))
_MACRO = "{% docs"
"""How a file of dbt begins that holds descriptions of columns."""

_COMMON = frozenset(("name", "version", "description", "tags", "id", "url", "links", "status", "type", "date"))
"""Fields of ours that other tools have as well."""


def strangers(look: Look, settings: Settings, kinds: Mapping[str, Kind], files: Iterable[Claimed]) -> Iterator[str]:
    """Yield the files that only their place claims, and that have nothing of a record of that kind.

    What the project's own settings claim is never among them, nor what is a record of any kind by its own words.

    Args:
        look: What the look at the repository showed.
        settings: The project's, before.
        kinds: With their fields.
        files: What is claimed now.
    """
    known = {one.path for one in look.seen}
    for file in files:
        if (
            file.claim is None
            or not file.claim.glob
            or file.path in known
            or illegible(file.path)
            or file.claim in settings.claims
        ):
            continue
        head = head_of(settings.root, file.path)
        if head is not None and _strange(file.path, head, kinds[file.claim.kind]):
            yield file.path


def _decides(path: str, keys: frozenset[str], head: str) -> bool:
    """Tell whether a page in a folder of decisions is one that is not called as they mostly are."""
    if _CALLED.search(path.rpartition("/")[2]) or any(words.field(key) for key in keys):
        return True
    said = (one.value for one in stated(parse(parted(head)[1])) if one.field == "status")
    return any(isinstance(value, str) and words.status(value) for value in said)


def _strange(path: str, head: str, kind: Kind) -> bool:
    keys = keys_of(path, head)
    if path.lower().endswith(YAML) and (is_object(head) or is_skeleton(head)):
        return True
    if kind.name == "term" and path.lower().endswith(YAML) and says_no_term(path, head):
        return True
    copied = kind.name in _COPIED and path.lower().endswith(MARKDOWN)
    if copied and is_template(path, keys_in(parted(head)[0])):
        return True
    if _SAID & keys:
        return False
    if path.lower().endswith(MARKDOWN) and parted(head)[1].lstrip().startswith(_MACRO):
        return True
    ours = keys & kind.root.fields.keys()
    told, others = len(ours - _COMMON), len(keys - ours)
    # As many fields of ours as others, and none that says whose it is: both tools may call something so.
    foreign = others > told or (others == told > 0 and not _OWNED & keys)
    if kind.list_key in keys:
        return False
    if path.lower().endswith(YAML):
        return foreign or (lists(head) and not kind.list_key)
    # Prose alone may be a model's description or a playbook; decisions and features are told by more.
    if kind.name == "decision":
        return is_meeting(head) or is_log(path, head) or not (is_numbered(path) or _decides(path, keys, head))
    return kind.name == "feature" and (foreign or not keys)
