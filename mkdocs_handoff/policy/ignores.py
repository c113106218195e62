"""Findings that a comment in the file takes out, and what is wrong with such comments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.findings import Finding, Severity
from mkdocs_handoff.policy.comments import Comment, comments
from mkdocs_handoff.rules import load_rules
from mkdocs_handoff.schema.validate import READY
from mkdocs_handoff.settings.model import names
from mkdocs_handoff.text.near import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs_handoff.settings import Settings

_UNREADABLE = ("file/", "yaml/", "front-matter/", "settings/", "schema/", "ignore/", "baseline/")
"""What keeps a file from being read hides all else that is wrong in it; the rest speaks of the policy itself."""

DEMANDS = frozenset(("field/required", "field/empty", "section/missing"))
"""What depends on the level that a run asks for: nothing is known of it where a run asks for less."""

_TALK = "Mend what it finds, or talk to whoever keeps that file."

_OF_A_CHANGE = "reference/deleted"
"""`lint --changed` alone finds it: without it nothing is known of whether a comment has one to take out."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """What became of findings.

    Attributes:
        kept: Those that no comment takes out.
        ignored: Those that one does, each with the reason that it gives.
        findings: What is wrong with the comments.
    """

    kept: tuple[Finding, ...]
    ignored: tuple[tuple[Finding, str], ...]
    findings: tuple[Finding, ...]


def ignore(findings: Iterable[Finding], texts: Mapping[str, str], settings: Settings, level: str) -> Ignored:
    """Take out what comments ignore.

    Args:
        findings: Those of a run, also those that are off.
        texts: The files that may hold such comments, by path.
        settings: For the rules that are locked.
        level: What the run asks for.
    """
    if not texts:
        return Ignored(tuple(findings), (), ())
    known = {*load_rules(), *(f"own/{name}" for name in settings.rules)}
    held = {path: [_Held(comment, settings, known) for comment in comments(path, texts[path])] for path in texts}
    kept: list[Finding] = []
    ignored: list[tuple[Finding, str]] = []
    for finding in findings:
        takers = [one for one in held.get(finding.place.path, ()) if one.takes(finding)]
        if takers:
            ignored.append((finding, next((one.comment.reason for one in takers if one.comment.reason), "")))
        else:
            kept.append(finding)
    wrong = [finding for path in sorted(held) for one in held[path] for finding in one.wrong(level)]
    return Ignored(tuple(kept), tuple(ignored), tuple(wrong))


class _Held:
    """A comment, and which of the rules that it names it has taken findings of."""

    def __init__(self, comment: Comment, settings: Settings, known: set[str]) -> None:
        self.comment = comment
        self.known = known
        self.families = {name.partition("/")[0] + "/*" for name in known}
        self.used: set[str] = set()
        self.refused = {name: why for name in comment.rules if (why := _refused(name, settings, known))}
        self.settings = settings

    def takes(self, finding: Finding) -> bool:
        """Tell whether it takes a finding out; keep in mind that it did, or that a lock keeps it from that."""
        if self.comment.lines is not None and finding.place.line not in self.comment.lines:
            return False
        if finding.rule.startswith(_UNREADABLE) or self.comment.misspelt:
            return False
        taken = [name for name in self.comment.rules if names(name, finding.rule)]
        lock = self.settings.locked(finding.rule)
        if lock is not None:
            for name in taken:
                self.refused.setdefault(name, (f"{name!r} does not ignore {finding.rule}: {lock.path} locks it", _TALK))
            return False
        self.used.update(taken)
        return bool(taken)

    def wrong(self, level: str) -> Iterator[Finding]:
        """Yield what is wrong with it."""
        comment = self.comment
        if comment.misspelt:
            hint = "`handoff: ignore` speaks of a line, `handoff: ignore-file` of the file, in small letters."
            yield self._finding("ignore/unknown", f"{comment.misspelt!r} ignores nothing: there is no such word", hint)
            return
        if not comment.rules:
            hint = "Name what is ignored: `handoff: ignore family/rule — reason`."
            yield self._finding("ignore/unknown", "names no rule, and ignores nothing", hint)
            return
        for name in comment.rules:
            if name not in self.known and name not in self.families:
                near = nearest(name, [*sorted(self.known), *sorted(self.families)])
                hint = f"Did you mean {near!r}?" if near else "`mkdocs-handoff rule` lists all."
                yield self._finding("ignore/unknown", f"there is no rule {name!r}", hint)
            elif name in self.refused:
                yield self._finding("ignore/refused", *self.refused[name])
            elif name not in self.used and name != _OF_A_CHANGE and not (name in DEMANDS and level != READY):
                hint = "Take it out: what it was for has been mended, or stands on another line."
                yield self._finding("ignore/unused", f"ignores {name!r}, and there is no such finding", hint)
        if not comment.reason:
            hint = f"Say why, for whoever reads it later: `handoff: ignore {', '.join(comment.rules)} — reason`."
            yield self._finding("ignore/reason", f"ignores {', '.join(comment.rules)} without a reason", hint)

    def _finding(self, rule: str, message: str, hint: str) -> Finding:
        return Finding(self.comment.place, rule, message, hint, Severity.WARNING)


def _refused(name: str, settings: Settings, known: set[str]) -> tuple[str, str] | None:
    """Return why the findings of a rule, or of a whole family, cannot be ignored."""
    meant = [rule for rule in known if names(name, rule)]
    if meant and all(rule.startswith(_UNREADABLE) for rule in meant):
        hint = "Mend the file: as long as it cannot be read, nothing else in it is checked."
        return f"{name!r} cannot be ignored: it keeps a file from being read", hint
    locks = [settings.locked(rule) for rule in meant]
    lock = locks[0] if locks and all(locks) else None
    if lock is not None:
        return f"{name!r} cannot be ignored: {lock.path} locks it", _TALK
    return None
