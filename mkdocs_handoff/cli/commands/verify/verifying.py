"""What files are to be held against, what is found, and writing it into records."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.artifacts.checked import WRONG, State, check
from mkdocs_handoff.artifacts.evidence import VERIFIED, untracked, verified
from mkdocs_handoff.artifacts.stated import stated_by
from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.asked.names import Names
from mkdocs_handoff.cli.asked.projects import read_again
from mkdocs_handoff.cli.asked.records import paths_among
from mkdocs_handoff.cli.shown.passing import of_bytes
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.cli.status import UsageError
from mkdocs_handoff.history import repository as git

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from mkdocs_handoff.artifacts.checked import Checked
    from mkdocs_handoff.history.repository import Repository
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record


@dataclass
class Verifying:
    """One run of the command in a project.

    Attributes:
        project: As it is on disk; read again where a file that was written holds more.
        today: The day.
        record: Whether what is found is written into records.
        by: Who does it.
    """

    project: Project
    today: date
    record: bool
    by: str = ""
    _repository: Repository | None = None
    _written: set[str] = field(default_factory=set)
    _told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        errors = self.project.errors
        if errors:
            say(f"lint finds {len(errors):,} errors: what cannot be read is not verified (`mkdocs-handoff lint`)")
        if self.record:
            self.by = self._reviewer()

    @property
    def root(self) -> Path:
        """The project's root."""
        return self.project.settings.root

    @property
    def repository(self) -> Repository:
        """What git says of the project's folder."""
        if self._repository is None:
            self._repository = git.repository(self.root)
        return self._repository

    def shown(self, path: str) -> str:
        """Return a file of the project as it can be opened from the current folder."""
        return files.shown(os.path.join(self.root, path))  # noqa: PTH118 - once a row

    def chosen(self, words: Sequence[str]) -> list[Identity]:
        """Return the records that are asked for, each once, with the pipelines that make the models among them."""
        catalog = self.project.catalog
        if not words:
            return list(catalog.records)
        names, paths = Names((catalog,), ()), set(paths_among(words))
        found: dict[Identity, None] = {}
        for word in words:
            named = self._in(word) if word in paths else [one for one in names.record(word) if one is not None]
            for identity in named:
                found[identity] = None
                found.update(dict.fromkeys(self._made_by(identity)))
        return list(found)

    def _in(self, path: str) -> list[Identity]:
        """Return the records of a file or folder."""
        inside = os.path.relpath(path, self.root).replace(os.sep, "/")
        every = inside == "." or inside.split("/")[0] == ".."
        found = []
        for identity, record in self.project.catalog.records.items():
            layers = (record.source.layer, record.source.sidecar)
            held = [layer.path for layer in layers if layer is not None]
            if every or any(one == inside or one.startswith(f"{inside}/") for one in held):
                found.append(identity)
        if not found:
            raise UsageError(f"{path!r} holds no record; `mkdocs-handoff lint {path}` may tell why")
        return found

    def _made_by(self, identity: Identity) -> Iterator[Identity]:
        """Yield the pipeline that a record's `reproduce` names."""
        targets = self.project.catalog.targets
        for at in (("reproduce", "pipeline"), ("reproduce", "pipeline", "ref")):
            target = targets.get((identity, at))
            if target in self.project.catalog.records:
                yield target  # type: ignore[misc]

    def check(self, chosen: Sequence[Identity]) -> tuple[Checked, ...]:
        """Hold the files of records against what they state."""
        catalog = self.project.catalog
        stated = [one for identity in chosen for one in stated_by(catalog.records[identity], catalog, self.root)]
        bar = of_bytes()
        try:
            return check(self.root, stated, bar.progress)
        finally:
            bar.gone()

    def good(self, checked: Sequence[Checked]) -> bool:
        """Tell whether nothing is wrong."""
        return not any(one.state in WRONG for one in checked)

    def write_verified(self, checked: Sequence[Checked]) -> None:
        """Write what was found of their files into records."""
        from mkdocs_handoff.records.edit import write_fields  # noqa: PLC0415 - only who records needs it

        by_record: dict[Identity, list[Checked]] = {}
        for one in checked:
            by_record.setdefault(one.stated.record, []).append(one)
        uncommitted = (*self.uncommitted(), *untracked(self.repository, checked)) if by_record else ()
        for identity, found in by_record.items():
            if all(one.state is State.UNSTATED for one in found):
                continue
            kind = self.project.catalog.kinds[identity.kind]
            known = kind.root.fields.get(VERIFIED)
            if known is None or "matched" not in known.fields:  # an evaluation's `verified` is another thing
                say(f"{identity}: not recorded, its kind has no place for it (`{VERIFIED}` with `matched` and `of`)")
                continue
            held = verified(found, self.today, self.by, self.repository.head, uncommitted)
            self.write(identity, lambda record, held=held: write_fields(self.root, record, {VERIFIED: held}))

    def read_again(self) -> None:
        """Read the project as it is now."""
        self.project = read_again(self.project)

    def write(self, identity: Identity, change: Any) -> None:
        """Change a record's file; one that was written before is read again first."""
        from mkdocs_handoff.records.edit import EditError  # noqa: PLC0415 - only who records needs it

        record: Record | None = self.project.catalog.records.get(identity)
        if record is None or record.source.path in self._written:
            self.project = read_again(self.project)
            record = self.project.catalog.records.get(identity)
        if record is None:
            raise UsageError(f"{identity} is not there any more: nothing was written into it")
        try:
            path = change(record)
        except EditError as error:
            raise UsageError(str(error)) from None
        self._written.update((path, record.source.path))
        told = f"{identity}: written to {self.shown(path)}"
        if told not in self._told:  # checksums and a run are written one after the other
            self._told.add(told)
            say(told)

    def _reviewer(self) -> str:
        """Return who works here, as git knows it: the person's record, else the name."""
        from mkdocs_handoff.history.user import user  # noqa: PLC0415 - only who records needs it
        from mkdocs_handoff.reports.owners.contributors import Contributors  # noqa: PLC0415

        name, email = user(self.root)
        if not name and not email:
            raise UsageError("--record writes who checked, and git does not know: `git config user.name 'Ann Lee'`")
        found = Contributors(self.project.catalog).find(name, email)
        return str(found.person) if found.person is not None else name or email

    def uncommitted(self, *, everywhere: bool = False) -> tuple[str, ...]:
        """Return the files that are not committed as they are: of the project, or of the whole repository."""
        from mkdocs_handoff.running.worktree import WorktreeError, uncommitted  # noqa: PLC0415 - not needed to check

        if self.repository.state is not git.State.READY:
            return ()
        try:
            paths = uncommitted(self.repository)
        except WorktreeError as error:
            say(str(error))
            return ()
        prefix = self.repository.prefix
        return paths if everywhere else tuple(path[len(prefix) :] for path in paths if path.startswith(prefix))


def say(text: str) -> None:
    """Say something on standard error, beside what is printed."""
    print(f"mkdocs-handoff: {printable(text)}", file=sys.stderr, flush=True)
