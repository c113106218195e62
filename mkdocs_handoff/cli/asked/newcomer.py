"""What a user is asked about a record that is to be written: its title, its owner, what it refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.cli.asked.choice import Choice, line
from mkdocs_handoff.cli.asked.names import Names
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.drafting.draft import open_fields
from mkdocs_handoff.drafting.offered import candidates, written
from mkdocs_handoff.drafting.owner import suggestion
from mkdocs_handoff.schema.overview import told
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from mkdocs_handoff.drafting.place import Spot
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.splice import FieldValue

_OWNERS = "owners"
_ALSO = "domain expert"
"""The role of whoever is named behind the first: the question is who knows it well enough to be asked."""


class Asker:
    """Somebody at a terminal, or nobody: then what is not given stays a placeholder.

    Args:
        project: Whose records are offered.
        kind: The new record's.
        spot: Where it will stand.
        day: The day on which it is written.
        asks: Whether anybody is asked.

    Attributes:
        why: Whom the record belongs to and why, where nobody was asked.
        answered: The fields that were answered: what is named there is meant so.
    """

    def __init__(self, project: Project, kind: Kind, spot: Spot, day: date, *, asks: bool) -> None:
        self._project, self._kind, self._spot, self._day, self._asks = project, kind, spot, day, asks
        self.why = ""
        self.answered: set[str] = set()

    def title(self, name: str) -> str:
        """Return the title: what is answered, else the name in words."""
        words = " ".join(name.replace("-", " ").replace("_", " ").split())
        usual = words[:1].upper() + words[1:]
        return (one_line(line(f"Title [{usual}]: ")) if self._asks else "") or usual

    def owner(self, word: str, fields: Mapping[str, FieldValue], level: str) -> dict[str, FieldValue]:
        """Return the owner as a field, where the kind has one that is given, asked for, or probable.

        Raises:
            UsageError: The one that is given is nobody's record, or is given twice, or the kind has no owners.
        """
        shape = self._kind.root.fields.get(_OWNERS)
        if word:
            if shape is None:
                raise UsageError(f"a {self._kind.name} has no owners")
            twice = next((name for name in (_OWNERS, "owner") if name in fields), "")
            if twice:
                raise UsageError(f"--owner {word!r}: `--set {twice}=…` gives the owner too; leave one away")
            (found,) = Names((self._project.catalog,), ()).owner(word)
            return {_OWNERS: str(found)}
        if shape is None or shape not in open_fields(self._kind, level, {**fields}):
            return {}
        probable = suggestion(self._project, self._spot.path, self._day)
        if self._asks:
            usual = str(probable.owner) if probable.owner is not None else ""
            answered = self._chosen(shape, usual, probable.why, (TEAM, PERSON))
            return {_OWNERS: _with_roles(shape, answered)} if answered else {}
        if probable.owner is None:
            self.why = f"no owner was found: {probable.why}" if probable.why else ""
            return {}
        self.why = f"owner: {probable.owner} ({probable.why})"
        return {_OWNERS: str(probable.owner)}

    def references(self, fields: Mapping[str, FieldValue], level: str) -> dict[str, FieldValue]:
        """Return what is answered for each open field that refers to other records."""
        found: dict[str, FieldValue] = {}
        for shape in open_fields(self._kind, level, fields) if self._asks else ():
            if shape.reference is not None and shape.name != _OWNERS:
                answered = self._chosen(shape, "", "", ())
                if answered:
                    found[shape.name] = answered
        return found

    def _chosen(self, shape: Field, usual: str, why: str, kinds: tuple[str, ...]) -> FieldValue:
        """Ask for the records that a field names; nothing leaves it open."""
        reference = shape.reference
        if reference is None:
            return ""
        choice = Choice(
            {
                str(one): written(one, reference)
                for one in candidates(self._project.catalog, reference)
                if not kinds or one.kind in kinds
            }
        )
        about, _ = told(shape.description)
        print(f"{shape.title}: {one_line(shape.question or about)}")
        choice.show()
        several = ", several with commas between" if shape.takes_list else ""
        several += ", the first decides" if several and shape.name == _OWNERS and _has_roles(shape) else ""
        if why:
            print(f"  {usual} ({why})" if usual else f"  nobody was found: {why}")
        answer = choice.ask(f"  number or name{several} [{usual or 'later'}]: ", several=shape.takes_list)
        values = tuple(dict.fromkeys(answer))
        if not values:
            return usual
        self.answered.add(shape.name)
        return values[0] if len(values) == 1 else list(values)


def _with_roles(shape: Field, answered: FieldValue) -> FieldValue:
    """Return owners of whom the first answers for the record: exactly one does, and the others have a role."""
    if isinstance(answered, str) or not _has_roles(shape):
        return answered
    first, *others = answered
    return [first, *({"ref": one, "role": _ALSO} for one in others)]


def _has_roles(shape: Field) -> bool:
    return shape.items is not None and {"ref", "role"} <= shape.items.fields.keys()
