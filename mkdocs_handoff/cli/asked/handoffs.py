"""Which project, handoff, team and person a user of `handoff` means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM, Rolls
from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.asked.names import Names
from mkdocs_handoff.cli.asked.projects import projects_with_records, read_again
from mkdocs_handoff.cli.asked.records import paths_among
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.findings import Severity
from mkdocs_handoff.handoffs.contradictions import check
from mkdocs_handoff.handoffs.handoff import Handoff, handoff, handoffs
from mkdocs_handoff.handoffs.words import HANDOFF, OPEN
from mkdocs_handoff.history.user import user
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.reports.owners.contributors import Contributors
from mkdocs_handoff.reports.owners.ownership import ownership

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from mkdocs_handoff.records.record import Identity
    from mkdocs_handoff.reports.owners.ownership import Ownership

_LISTED = 6


class Asking:
    """A project, and what the words of a user mean in it on a day."""

    def __init__(self, configuration: str | None, words: list[str], today: date) -> None:
        (self.project, *more) = projects_with_records(configuration, paths_among(words))
        if more:
            raise UsageError("the files that are named belong to several projects: name those of one")
        self.today = today

    @property
    def owned(self) -> Ownership:
        """Who owns what on that day."""
        return ownership(self.project.catalog, self.today)

    def read_again(self) -> None:
        """Read the project as it is on disk now."""
        self.project = read_again(self.project)

    def shown(self, path: str) -> str:
        """Return a file of the project as it can be opened from the current folder."""
        return files.shown(self.project.settings.root / path)

    def handoff(self, word: str) -> Handoff:
        """Return the handoff that a name or a file means.

        Raises:
            UsageError: There is none, or several.
        """
        if paths_among([word]):
            return handoff(self.project.catalog, self._in_file(word, HANDOFF))
        try:
            return handoff(self.project.catalog, self.named(word, HANDOFF))
        except UsageError as error:
            offered = self._offered(word)
            if not offered or ": say which" in str(error):
                raise
            raise UsageError(f"there is no handoff {word!r}: did you mean {offered}?") from None

    def _offered(self, word: str) -> str:
        """Return the handoffs that somebody may mean who names what moves, or a part of a name; those open first."""
        kind, _, rest = word.rpartition(":")
        name = slug(rest)
        found = [
            one
            for one in handoffs(self.project.catalog)
            if (kind in ("", HANDOFF) and name and name in one.identity.name)
            or any(moved.name == name and kind in ("", HANDOFF, moved.kind) for moved in one.moved)
        ]
        found.sort(key=lambda one: one.status not in OPEN)
        more = f" or one of {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        return ", ".join(repr(one.identity.name) for one in found[:_LISTED]) + more

    def broken(self, of: Handoff) -> list[str]:
        """Return what lint finds wrong with a handoff's files: what is not read as meant is not agreed on."""
        source = of.record.source
        paths = {source.path, *([source.sidecar.path] if source.sidecar is not None else [])}
        return [f"lint: line {one.place.line}: {one.message}" for one in self.project.errors if one.place.path in paths]

    def impossible(self, of: Handoff, known: Collection[str] = ()) -> list[str]:
        """Return what lint would find wrong with a handoff as it would be, each in words.

        Args:
            of: The handoff, as it would be written.
            known: Rules that are left out.
        """
        if of.record.lifecycle == "draft":  # a draft never fails
            return []
        catalog = self.project.catalog
        found = [
            self.project.settings.weigh(one) for one in check(catalog, of, Rolls(catalog)) if one.rule not in known
        ]
        return [f"lint would tell: {one.message}" for one in found if one.severity is Severity.ERROR]

    def named(self, word: str, kind: str) -> Identity:
        """Return the record of a kind that a name means.

        Raises:
            UsageError: There is none.
        """
        if paths_among([word]):
            return self._in_file(word, kind)
        text = word if ":" in word else f"{kind}:{word}"
        (found,) = self._names().record(text)
        if found is None or found.kind != kind:
            raise UsageError(f"{word!r} is no {kind}")
        return found

    def team(self, word: str) -> Identity:
        """Return the team that a name means.

        Raises:
            UsageError: There is none.
        """
        (found,) = self._names().owner(word if ":" in word else f"{TEAM}:{word}")
        if found is None or found.kind != TEAM:
            raise UsageError(f"{word!r} is no team: a handoff goes from a team to a team")
        return found

    def person(self, word: str) -> Identity:
        """Return the person that a name means; without one, whom git's user is.

        Raises:
            UsageError: There is none.
        """
        if word:
            found = self._names().person(word if ":" in word else f"{PERSON}:{word}")
            if found is None:
                raise UsageError(self._names().no_person(word))
            return found
        name, email = user(self.project.settings.root)
        if not name and not email:
            raise UsageError("git knows no user here (`git config user.email`): say who it is with --by PERSON")
        person = Contributors(self.project.catalog).find(name, email).person
        if person is None:
            who = f"{name} <{email}>" if email else name
            raise UsageError(f"git's user {who} is no person who is written down: say who it is with --by PERSON")
        return person

    def _names(self) -> Names:
        return Names((self.project.catalog,), (self.owned,))

    def _in_file(self, path: str, kind: str) -> Identity:
        root = self.project.settings.root
        for identity, record in self.project.catalog.records.items():
            source = record.source
            held = [source.path, *([source.sidecar.path] if source.sidecar is not None else [])]
            if identity.kind == kind and files.shown(path) in [files.shown(root / one) for one in held]:
                return identity
        raise UsageError(f"{path!r} holds no {kind}; `mkdocs-handoff lint {path}` may tell why")
