"""Which fixes are made: those of files that are ours, that fit, and that make nothing worse.

What a fix makes of the project is read before anything is written: records are read with the new text in the file's
place, and a fix that brings a finding which was not there is left out.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from mkdocs_handoff.fixes.text import edited, plain
from mkdocs_handoff.project import load
from mkdocs_handoff.records.adopted import adopted
from mkdocs_handoff.records.edit import EditError, current
from mkdocs_handoff.records.rewrite import Rewrite, Rewrites

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from mkdocs_handoff.findings import Finding
    from mkdocs_handoff.project import Project
    from mkdocs_handoff.settings import Found

_PASSES = 20
"""Fixing a key may bring a value to light that can be fixed as well."""

_MISFIT = "what it would change is written so that more would change than that"

_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What can be mended.

    Attributes:
        files: What the files hold, and what they are to hold.
        done: What is mended by it, in the order in which it was found.
        left: What could be mended, and is not, each with the reason.
        foreign: What could be mended in another tool's files, which nobody has named.
        project: The project as it is with the new texts.
    """

    files: tuple[Rewrite, ...]
    done: tuple[Finding, ...]
    left: tuple[tuple[Finding, str], ...]
    foreign: tuple[Finding, ...]
    project: Project

    def unfixable(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings without the fixes that were tried and left."""
        tried = {_key(one) for one, _ in self.left}
        return tuple(replace(one, fix=None) if _key(one) in tried else one for one in findings)

    def write(self, root: Path) -> None:
        """Write the files, all or none.

        Raises:
            EditError: One cannot be written; all hold what they held.
        """
        rewrites = Rewrites(root)
        for one in self.files:
            rewrites.add(one)
        rewrites.write()


def fix(
    found: Found,
    project: Project,
    wanted: Callable[[Finding], bool],
    named: Collection[str] = (),
    *,
    held: bool = False,
) -> Fixed:
    """Find out what can be mended.

    Args:
        found: The project's settings.
        project: As it was read.
        wanted: Which findings are asked for.
        named: Files that the user names one by one: those of another tool are edited only then.
        held: Whether findings of the baseline are mended as well.
    """
    run = _Run(found, project, wanted, frozenset(named), held=held)
    run.all()
    return run.result()


@dataclass(slots=True)
class _State:
    """The project with some fixes made."""

    project: Project
    texts: dict[str, str] = field(default_factory=dict)


class _Run:
    def __init__(
        self, found: Found, project: Project, wanted: Callable[[Finding], bool], named: frozenset[str], *, held: bool
    ) -> None:
        self.found, self.first, self.wanted, self.held = found, project, wanted, held
        self.before = Counter(map(_key, project.counting.whole))
        self.original: dict[str, str] = {}
        self.refused: dict[_Key, str] = {}
        self.done: list[Finding] = []
        self.state = _State(project)
        # Another tool writes them again as they were, or somebody else keeps them.
        self.foreign = {
            record.source.path
            for record in project.records.records
            if record.source.path not in named and adopted(record)
        }

    def result(self) -> Fixed:
        """Return what was found."""
        texts = {path: text for path, text in sorted(self.state.texts.items()) if text != self.original[path]}
        files = tuple(Rewrite(path, self.original[path], text, like=path) for path, text in texts.items())
        left = [one for one in self._findings(self.state.project) if one.fix is not None and self.wanted(one)]
        foreign = tuple(one for one in left if one.place.path in self.foreign)
        refused = tuple((one, self.refused.get(_key(one), _MISFIT)) for one in left if one not in foreign)
        return Fixed(files, tuple(self.done), refused, foreign, self.state.project)

    def all(self) -> None:
        """Make fixes until there are none left that can be made."""
        for _ in range(_PASSES):
            todo = self._todo()
            if not todo:
                return
            self._make({_key(one) for one in todo})

    def _findings(self, project: Project) -> tuple[Finding, ...]:
        return project.counting.whole if self.held else project.findings

    def _todo(self, keys: Collection[_Key] | None = None) -> list[Finding]:
        return [
            one
            for one in self._findings(self.state.project)
            if one.fix is not None
            and one.place.path not in self.foreign
            and _key(one) not in self.refused
            and (_key(one) in keys if keys is not None else self.wanted(one))
        ]

    def _make(self, keys: set[_Key]) -> None:
        """Make fixes together if that makes nothing worse; else part them, until those are found that do."""
        todo = self._todo(keys)
        if not todo:
            return
        texts, made, misfit = self._texts(todo, self.state.texts)
        self.refused.update((_key(one), _MISFIT) for one in misfit)
        if not made:
            return
        project = self._read(texts)
        new = self._new(project)
        for _ in range(_PASSES):
            # What a renamed key brings to light may be mended too: a date under a misspelt key.
            texts, more, _misfit = self._texts([one for one in new if one.fix is not None], texts)
            if not more:
                break
            made += more
            project = self._read(texts)
            new = self._new(project)
        if not new:
            self.state = _State(project, texts)
            self.done += made
            return
        parts = list(_apart(todo, {one.place.path for one in new}))
        if parts:
            for part in parts:
                self._make({_key(one) for one in part})
            return
        worse = {one.place.path: one for one in reversed(new)}
        for one in todo:
            why = worse.get(one.place.path, new[0])
            self.refused[_key(one)] = f"it would bring {why.rule}: {why.message}"

    def _read(self, texts: Mapping[str, str]) -> Project:
        return load(self.found, self.first.level, texts={path: plain(text) for path, text in texts.items()})

    def _new(self, project: Project) -> list[Finding]:
        """Return the findings that were not there before."""
        more = Counter(map(_key, project.counting.whole)) - self.before
        return [one for one in project.counting.whole if more[_key(one)]]

    def _texts(
        self, todo: Iterable[Finding], texts: Mapping[str, str]
    ) -> tuple[dict[str, str], list[Finding], list[Finding]]:
        """Return the texts with fixes made in them, the fixes that could be made, and those that could not."""
        texts = dict(texts)
        made: list[Finding] = []
        misfit: list[Finding] = []
        for path, findings in _by_file(todo).items():
            text = texts.get(path)
            try:
                text = current(self.first.settings.root, path) if text is None else text
            except EditError:
                misfit += findings
                continue
            self.original.setdefault(path, text)
            whole = edited(path, text, [edit for one in findings if one.fix for edit in one.fix.edits])
            if whole is not None:
                texts[path] = whole
                made += findings
                continue
            # Together they do not fit: those are made that fit by themselves, from the end of the file on, so that
            # the places of the others stay.
            for one in reversed(findings):
                changed = edited(path, text, one.fix.edits if one.fix else ())
                (misfit if changed is None else made).append(one)
                text = text if changed is None else changed
            texts[path] = text
        return texts, made, misfit


def _apart(todo: Sequence[Finding], worse: Collection[str]) -> Iterator[list[Finding]]:
    """Yield fixes that made something worse together, in parts to be tried each by itself; nothing where each is known.

    Mostly a fix makes its own file worse: those of the other files go first. Where all files are worse, one of each is
    tried at a time, so that many files take no longer than few.
    """
    files = _by_file(todo)
    others = [one for one in todo if one.place.path not in worse]
    if others and len(others) < len(todo):
        yield others
        yield [one for one in todo if one.place.path in worse]
    elif others and len(todo) > 1:  # what is worse stands elsewhere: which of them it was, only a trial can tell
        yield list(todo[: len(todo) // 2])
        yield list(todo[len(todo) // 2 :])
    elif len(files) < len(todo):
        for number in range(max(map(len, files.values()))):
            yield [held[number] for held in files.values() if number < len(held)]


def _by_file(findings: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for one in findings:
        if one.fix is not None and all(edit.place.path == one.place.path for edit in one.fix.edits):
            found.setdefault(one.place.path, []).append(one)
    return found


def _key(finding: Finding) -> _Key:
    return (finding.place.path, finding.rule, finding.message)
