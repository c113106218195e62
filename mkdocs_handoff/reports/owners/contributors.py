"""Which person's record stands behind a name in a commit, a trailer or an approval."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON
from mkdocs_handoff.reports.owners.handles import Handles
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.records.record import Identity

# GitHub lets people commit under an address that holds their login.
_NOREPLY = re.compile(r"(?:\d+\+)?([\w-]+)@users\.noreply\.github\.com")


@dataclass(frozen=True, slots=True)
class Contributor:
    """Somebody who had a part in a change: a name to show, and the person's record if there is one."""

    name: str
    person: Identity | None = None


class Contributors:
    """The people of a catalog, by what commits and forges call them. What two people share names neither of them."""

    def __init__(self, catalog: Catalog) -> None:
        self._handles = Handles(catalog)
        self._found: dict[tuple[str, str, str], Contributor] = {}
        self._names: dict[str, set[Identity]] = defaultdict(set)
        for record in catalog.of_kind(PERSON):
            for name in (record.title, record.get("name")):
                if isinstance(name, str) and name.strip():
                    self._names[name.strip().casefold()].add(record.identity)

    def find(self, name: str, email: str = "", login: str = "") -> Contributor:
        """Return who is meant: by address, then by login on a forge, then by full name.

        Args:
            name: As a commit has it; shown in one line, whatever it holds.
            email: Never shown.
            login: Of a forge; shown where there is no name.
        """
        asked = (name, email, login)  # the same few people on every page
        if asked not in self._found:
            self._found[asked] = self._find(*asked)
        return self._found[asked]

    def _find(self, name: str, email: str, login: str) -> Contributor:
        shown = one_line(name) or one_line(login)
        noreply = _NOREPLY.fullmatch(email.strip())
        for handle in (email.strip(), f"@{login}" if login else "", f"@{noreply[1]}" if noreply else ""):
            found = [one for one in self._handles.meant(handle) if one.kind == PERSON] if handle else []
            if len(found) == 1:
                return Contributor(shown or "somebody without a name", found[0])
        named = self._names.get(shown.casefold(), set())
        return Contributor(shown or "somebody without a name", next(iter(named)) if len(named) == 1 else None)
