"""Whom and what a user's words name: records, teams, persons, kinds. What means nothing is told with a near name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.catalog.owners import gone
from mkdocs_handoff.catalog.references import parse
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from mkdocs_handoff.catalog.catalog import Catalog
    from mkdocs_handoff.cli.asked.looked import Looked
    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.ownership import Ownership

_OWNERS = (TEAM, PERSON)
_LISTED = 8


@dataclass(frozen=True)
class Names:
    """The names that projects know.

    Attributes:
        catalogs: The records of each project.
        owned: Who owns them.
    """

    catalogs: tuple[Catalog, ...]
    owned: tuple[Ownership, ...]

    @classmethod
    def of(cls, looked: Sequence[Looked]) -> Names:
        """Return the names that projects know."""
        return cls(tuple(one.project.catalog for one in looked), tuple(one.report.ownership for one in looked))

    def record(self, text: str) -> tuple[Identity | None, ...]:
        """Return, of each project, the record that a name means.

        Raises:
            UsageError: It means none in any of them, or may mean several.
        """
        found = self._meant(text, ())
        if not any(found):
            raise UsageError(f"there is no record, file or folder {text!r}{self._near(text, ())}")
        return found

    def owner(self, text: str) -> tuple[Identity | None, ...]:
        """Return, of each project, the team or person that a name means.

        Raises:
            UsageError: It means nobody in any of them, or may mean several.
        """
        found = self._meant(text, _OWNERS)
        if not any(found):
            raise UsageError(self._nobody(text))
        return found

    def person(self, text: str) -> Identity | None:
        """Return the person that a name means, in the first project that has one of that name."""
        return next((one for one in self._meant(text, (PERSON,)) if one is not None), None)

    def no_person(self, text: str) -> str:
        """Return in words that a name means no person."""
        return f"there is no person {text!r}{self._near(text, (PERSON,))}"

    def reviewer(self, text: str, today: date) -> tuple[str, ...]:
        """Return, of each project, a reference to the team or person that a name means.

        A project that describes nobody takes the text as it is.

        Args:
            text: The name.
            today: The day of the review.

        Raises:
            UsageError: It means nobody in a project that describes people, may mean several, or is gone on that day.
        """
        peopled = [any(identity.kind in _OWNERS for identity in catalog.records) for catalog in self.catalogs]
        found = self._meant(text, _OWNERS)
        if any(there and one is None for there, one in zip(peopled, found, strict=True)):
            raise UsageError(self._nobody(text))
        for catalog, one in zip(self.catalogs, found, strict=True):
            left = gone(catalog.records[one], today) if one is not None else None
            if one is not None and left is not None:
                when = f"left on {left.on}" if left.on is not None else "is gone"
                raise UsageError(f"{catalog.title(one)} {when}: who reviewed it?")
        return tuple(str(one) if one is not None else text for one in found)

    def check_kinds(self, kinds: Sequence[str]) -> None:
        """Refuse a kind that no project has.

        Raises:
            UsageError: There is one.
        """
        known = dict.fromkeys(name for catalog in self.catalogs for name in catalog.kinds)
        for kind in kinds:
            if kind not in known:
                near = nearest(kind, known)
                more = f"; did you mean {near!r}?" if near else f": it is one of {_list(known)}"
                raise UsageError(f"there is no kind {kind!r}{more}")

    def _meant(self, text: str, kinds: tuple[str, ...]) -> tuple[Identity | None, ...]:
        """Return, of each project, what a name means; of no kind in particular, as prose would mean it."""
        return tuple(_one(text, catalog, kinds) for catalog in self.catalogs)

    def _nobody(self, text: str) -> str:
        """Return why a name means no team or person."""
        for owned in self.owned:
            for unknown, held in owned.unknown.items():
                if unknown == text or unknown.partition(":")[2] == text:
                    records = _list(str(holding.record) for holding in held[:3])
                    return f"{unknown!r} is named as an owner of {records}, but no record says who that is"
        return f"there is no team or person {text!r}{self._near(text, _OWNERS)}"

    def _near(self, text: str, kinds: tuple[str, ...]) -> str:
        """Return what was probably meant; else, of people, who there is."""
        for catalog in self.catalogs:
            name = parse(text, catalog.namespace)
            near = catalog.index.near(name, kinds) if name is not None else None
            # Nothing is changed by a wrong guess here: what a finding would not dare to say, a message may.
            bare = {identity.name: str(identity) for identity in catalog.records if _among(identity, kinds)}
            loose = bare.get(nearest(text, bare)) or nearest(text, _identities(catalog, kinds))
            spelled = str(near) if near is not None else loose
            if spelled:
                return f"; did you mean {spelled!r}?"
        if not kinds:
            return ""
        known = [name for catalog in self.catalogs for name in _identities(catalog, kinds)]
        if not known:
            return ": no record describes any"
        return f": there are {_list(known[:_LISTED])}{' and more' if len(known) > _LISTED else ''}"


def _one(text: str, catalog: Catalog, kinds: tuple[str, ...]) -> Identity | None:
    name = parse(text, catalog.namespace)
    if name is None or (kinds and name.kind and name.kind not in kinds):
        return None
    found = catalog.index.candidates(name, kinds) if kinds else catalog.find(text)
    if len(found) > 1:
        raise UsageError(f"{text!r} may mean {_list(map(str, found))}: say which")
    return found[0] if found else None


def _identities(catalog: Catalog, kinds: tuple[str, ...]) -> list[str]:
    return [str(identity) for identity in catalog.records if _among(identity, kinds)]


def _among(identity: Identity, kinds: tuple[str, ...]) -> bool:
    return not kinds or identity.kind in kinds


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
