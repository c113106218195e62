"""What a user is asked about a record that is to be written: its title, its owner, what it refers to."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mkdocs_handoff.catalog.membership import PERSON, TEAM
from mkdocs_handoff.cli.asked.names import Names
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.drafting.draft import open_fields
from mkdocs_handoff.drafting.offered import candidates, written
from mkdocs_handoff.drafting.owner import suggestion
from mkdocs_handoff.text.near import nearest
from mkdocs_handoff.text.plain import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mkdocs_handoff.drafting.place import Spot
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.schema.fields import Field
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.splice import FieldValue

_SHOWN = 12
_OWNERS = "owners"


class Asker:
    """Somebody at a terminal, or nobody: then what is not given stays a placeholder.

    Args:
        project: Whose records are offered.
        kind: The new record's.
        spot: Where it will stand.
        asks: Whether anybody is asked.
    """

    def __init__(self, project: Project, kind: Kind, spot: Spot, *, asks: bool) -> None:
        self._project, self._kind, self._spot, self._asks = project, kind, spot, asks
        self.why = ""

    def title(self, name: str) -> str:
        """Return the title: what is answered, else the name in words."""
        words = " ".join(name.replace("-", " ").replace("_", " ").split())
        usual = words[:1].upper() + words[1:]
        return (one_line(_answer(f"Title [{usual}]: ", ())) if self._asks else "") or usual

    def owner(self, word: str, fields: Mapping[str, FieldValue], level: str) -> dict[str, FieldValue]:
        """Return the owner as a field, where the kind has one that is given, asked for, or probable.

        Raises:
            UsageError: The one that is given is nobody's record, or the kind has no owners.
        """
        shape = self._kind.root.fields.get(_OWNERS)
        if word:
            if shape is None:
                raise UsageError(f"a {self._kind.name} has no owners")
            (found,) = Names((self._project.catalog,), ()).owner(word)
            return {_OWNERS: str(found)}
        if shape is None or shape not in open_fields(self._kind, level, {**fields}):
            return {}
        probable = suggestion(self._project, self._spot.path)
        if self._asks:
            usual = str(probable.owner) if probable.owner is not None else ""
            answered = self._chosen(shape, usual, probable.why, (TEAM, PERSON))
            return {_OWNERS: answered} if answered else {}
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
        """Ask for records until every name is one, or is meant as it stands; nothing leaves the field open."""
        reference = shape.reference
        if reference is None:
            return ""
        there = {
            str(one): written(one, reference)
            for one in candidates(self._project.catalog, reference)
            if not kinds or one.kind in kinds
        }
        print(f"{shape.title}: {one_line(shape.question or shape.description)}")
        names = list(there.values())
        for number, name in enumerate(names[:_SHOWN], 1):
            print(f"  {number:2}  {one_line(name)}")
        if len(names) > _SHOWN:
            print(f"      and {len(names) - _SHOWN} more: Tab shows them")
        several = ", several with commas between" if shape.takes_list else ""
        shown = f" [{usual}, {why}]" if usual else f" [later{f'; {why}' if why else ''}]"
        insisted = ""
        while True:
            answer = _answer(f"  number or name{several}{shown}: ", names)
            words = [word.strip() for word in answer.split(",") if word.strip()]
            if not words:
                return usual
            chosen = [_meant(word, names, there) for word in words]
            unknown = [word for word, name in zip(words, chosen, strict=True) if not name]
            if unknown and answer != insisted:
                near = nearest(unknown[0], [*names, *there])
                hint = f"; did you mean {near!r}?" if near else "."
                print(f"  there is no {one_line(unknown[0])!r}{hint} Type it again if it is meant so.")
                insisted = answer
                continue
            values = [name or word for word, name in zip(words, chosen, strict=True)]
            return values[0] if len(values) == 1 else values


def _meant(word: str, names: Sequence[str], there: Mapping[str, str]) -> str:
    """Return the name that a number, a name, an identity or the beginning of just one name means."""
    if word.isascii() and word.isdigit() and 0 < int(word) <= len(names):
        return names[int(word) - 1]
    if word in names:
        return word
    if word in there:
        return there[word]
    begun = [name for name in names if name.startswith(word)]
    return begun[0] if len(begun) == 1 else ""


def _answer(question: str, names: Sequence[str]) -> str:
    """Return a line from the terminal; Tab completes names. Whoever ends the input stops: nothing is written."""
    with _completing(names):
        try:
            return input(question).strip()
        except EOFError:
            raise KeyboardInterrupt from None


@contextmanager
def _completing(names: Sequence[str]) -> Iterator[None]:
    try:
        import readline  # noqa: PLC0415 - not everywhere, and only where somebody types
    except ImportError:
        yield
        return
    before, ends = readline.get_completer(), readline.get_completer_delims()

    def completer(begun: str, number: int) -> str | None:
        found = [name for name in names if name.startswith(begun)]
        return found[number] if number < len(found) else None

    readline.set_completer(completer)
    readline.set_completer_delims(", ")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(ends)
