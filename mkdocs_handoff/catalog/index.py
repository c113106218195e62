"""Finding records by name: by identity and alias. Resemblance only serves to tell what was probably meant."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.records.record import slug
from mkdocs_handoff.text.near import LONGEST, fold, nearest, slip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.catalog.references import Name
    from mkdocs_handoff.records.record import Identity, Record
    from mkdocs_handoff.schema.fields import Reference


@dataclass(slots=True)
class Index:
    """Records by name.

    Attributes:
        records: By identity.
        named: Identities by namespace and name, of all kinds.
        aliased: Identities by namespace and alias.
    """

    records: Mapping[Identity, Record]
    named: dict[tuple[str, str], list[Identity]] = field(default_factory=lambda: defaultdict(list))
    aliased: dict[tuple[str, str], list[Identity]] = field(default_factory=lambda: defaultdict(list))
    _variants: dict[str, set[str]] | None = None
    _calls: dict[str, list[Identity]] | None = None

    @classmethod
    def of(cls, records: Mapping[Identity, Record]) -> Index:
        """Index records by their names and aliases."""
        index = cls(records)
        for identity, record in records.items():
            index.named[identity.namespace, identity.name].append(identity)
            # An address serves to find somebody, and is no name to be told.
            mail = record.get("email")
            also = slug(mail) if isinstance(mail, str) else ""
            for alias in dict.fromkeys((*record.aliases, *([also] if also else []))):
                index.aliased[identity.namespace, alias].append(identity)
        return index

    def candidates(self, name: Name, kinds: tuple[str, ...]) -> tuple[Identity, ...]:
        """Return the records that a reference may mean: by identity, else by alias.

        Args:
            name: The reference. A written kind decides; without one, `kinds` do.
            kinds: The kinds that the field takes; empty: all.
        """
        wanted = (name.kind,) if name.kind else kinds
        for table in (self.named, self.aliased):
            found = table.get((name.namespace, name.name), ())
            matching = tuple(identity for identity in found if not wanted or identity.kind in wanted)
            if matching:
                return matching
        return ()

    def meant(self, name: Name, reference: Reference) -> tuple[Identity, ...]:
        """Return the records that a reference in a field may mean: one of a hub may be a record of ours."""
        kinds = () if reference.any_kind else reference.kinds
        found = self.candidates(name, kinds)
        if not found and reference.external:
            # By the hub's whole name, where a record is called so; else by the last part of it.
            whole = replace(name, namespace="", name=slug(f"{name.namespace}/{name.name}"))
            found = self.candidates(whole, kinds) if name.namespace else ()
            found = found or self.candidates(replace(name, namespace=""), kinds)
        return found if found or not reference.text else self._called(name, kinds)

    def beside(self, name: Name, kind: str, folder: str) -> tuple[Identity, ...]:
        """Return the records of a kind that a name or an alias may mean among those whose files stand in a folder."""
        found = (
            *self.named.get((name.namespace, name.name), ()),
            *self.aliased.get((name.namespace, name.name), ()),
        )
        return tuple(
            identity
            for identity in dict.fromkeys(found)
            if identity.kind == kind and posixpath.dirname(self.records[identity].source.path) == folder
        )

    def _called(self, name: Name, kinds: tuple[str, ...]) -> tuple[Identity, ...]:
        """Return the one record that people call so: by its title, or by its login. Several are none."""
        if self._calls is None:
            self._calls = defaultdict(list)
            for identity, record in self.records.items():
                logins = record.get("github")
                calls = (record.title, *(logins if isinstance(logins, list) else [logins]))
                for called in {slug(one) for one in calls if isinstance(one, str)}:
                    self._calls[called].append(identity)
        wanted = (name.kind,) if name.kind else kinds
        found = () if name.namespace else self._calls.get(name.name, ())
        matching = tuple(identity for identity in found if not wanted or identity.kind in wanted)
        return matching if len(matching) == 1 else ()

    def near(self, name: Name, kinds: tuple[str, ...]) -> Identity | None:
        """Return the record that a reference which matches nothing is a slip of; else it names one that is to come."""
        known = {spelled: held for spelled, held in self._known(name, kinds).items() if slip(name.name, spelled)}
        return next(iter(known.get(nearest(name.name, known), ())), None)

    def only_near(self, name: Name, kinds: tuple[str, ...]) -> Identity | None:
        """Return the one record that a reference which matches nothing can be a slip of, if no other resembles it."""
        known = self._known(name, kinds)
        near = {identity for spelled in known if nearest(name.name, (spelled,)) for identity in known[spelled]}
        return near.pop() if len(near) == 1 and self.near(name, kinds) in near else None

    def _known(self, name: Name, kinds: tuple[str, ...]) -> dict[str, list[Identity]]:
        """Return records of the wanted kinds by the names that resemble a reference's."""
        wanted = (name.kind,) if name.kind else kinds
        known: dict[str, list[Identity]] = {}
        for spelled in sorted(self._resembling(name.name)):
            for identity in (
                *self.named.get((name.namespace, spelled), ()),
                *self.aliased.get((name.namespace, spelled), ()),
            ):
                if not wanted or identity.kind in wanted:
                    known.setdefault(spelled, []).append(identity)
        return known

    def _resembling(self, name: str) -> Iterable[str]:
        """Return names that share a spelling with one letter left out: a few, whatever the size of the catalog."""
        if self._variants is None:
            self._variants = defaultdict(set)
            for _, spelled in (*self.named, *self.aliased):
                for variant in _shortened(spelled):
                    self._variants[variant].add(spelled)
        found: set[str] = set()
        for variant in _shortened(name):
            found |= self._variants.get(variant, set())
        return found


def _shortened(name: str) -> Iterator[str]:
    """Yield a name without case and separators, and the same with each one letter left out."""
    folded = fold(name)
    yield folded
    if len(folded) > LONGEST:
        return
    for position in range(len(folded)):
        yield folded[:position] + folded[position + 1 :]
