"""Which team or person a code owner is: `@user`, `@org/team`, an e-mail address; and how each is written there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.catalog.membership import PERSON, TEAM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity, Record

# Backstage's well-known annotations, for records that come from there.
_ANNOTATIONS = {TEAM: "github.com/team-slug", PERSON: "github.com/user-login"}


class Handles:
    """The handles of a catalog's teams and persons. Upper and lower case are one, as on GitHub."""

    def __init__(self, catalog: Catalog) -> None:
        meant: dict[str, dict[Identity, None]] = defaultdict(dict)
        self._written: dict[Identity, str] = {}
        for identity, record in catalog.records.items():
            if identity.kind in (TEAM, PERSON):
                for handle in _handles(record):
                    meant[handle.casefold()][identity] = None
                    self._written.setdefault(identity, handle)
        self._meant = {handle: tuple(identities) for handle, identities in meant.items()}

    def meant(self, owner: str) -> tuple[Identity, ...]:
        """Return the teams and persons that a code owner is; none where nobody has that handle or address."""
        return self._meant.get(owner.casefold(), ())

    def written(self, identity: Identity) -> str:
        """Return how a team or person is written as a code owner: the handle, else the address; empty without either.

        A team has no address there: GitHub looks an address up among its users.
        """
        handle = self._written.get(identity, "")
        return "" if identity.kind == TEAM and not handle.startswith("@") else handle


def _handles(record: Record) -> Iterator[str]:
    """Yield what a team or person goes by, the best first."""
    metadata: Any = record.get("metadata")
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    named = annotations.get(_ANNOTATIONS[record.kind]) if isinstance(annotations, dict) else None
    for handle in (record.get("github"), named):
        if isinstance(handle, str) and handle.strip():
            yield "@" + handle.strip().removeprefix("@")
    profile: Any = record.get("profile")
    spec: Any = record.get("spec")
    inner = spec.get("profile") if isinstance(spec, dict) else None
    for address in (record.get("email"), *(one.get("email") for one in (profile, inner) if isinstance(one, dict))):
        if isinstance(address, str) and "@" in address:
            yield address.strip()
