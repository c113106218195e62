"""The baseline: findings that were there when a project began to check, and are not told as long as they stay.

It only shrinks. Entries know no line, so that what is written above a finding does not bring it back; each stands on a
line of its own, sorted, so that two branches that mend different things merge.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from mkdocs_handoff.findings import Finding, Place, Severity, ordered
from mkdocs_handoff.policy.ignores import DEMANDS
from mkdocs_handoff.schema.validate import BASE, LEVELS
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.files import decode, inside
from mkdocs_handoff.text.numbers import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from mkdocs_handoff.settings import Settings

VERSION = 1
_NEVER = ("settings/", "schema/", "baseline/", "ignore/")
"""What speaks of the settings and of the policy is mended at once: it may hide everything else."""

_MEND = "Restore the file from git, or write it anew with `mkdocs-handoff lint --write-baseline`."
_AWAY = "Restore the file from git, or take it away first: `mkdocs-handoff lint --write-baseline` then writes it anew."
_NEWER = "Update mkdocs-handoff, or take the file away first: a newer one wrote it, and nothing is written over it."
_MARK = b'"findings"'
"""What a baseline holds, be it broken by a merge or by a hand; a file without it is something else."""
_KEYS = ("path", "rule", "record", "message")


class Entry(NamedTuple):
    """What findings of the baseline have in common; where in the file they stand is not part of it."""

    path: str
    rule: str
    record: str
    message: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings of a baseline.

    Attributes:
        path: Its file, from the project's root.
        counts: How many findings of each sort it holds, in order.
        level: What was asked for when it was written.
        text: The file as it was read; empty for one that is not there.
    """

    path: str
    counts: Mapping[Entry, int] = field(default_factory=dict)
    level: str = BASE
    text: str = field(default="", compare=False)

    @property
    def size(self) -> int:
        """How many findings it holds."""
        return sum(self.counts.values())

    def written(self) -> str:
        """Return it as its file holds it."""
        lines = [
            json.dumps({**entry._asdict(), **({"count": count} if count > 1 else {})}, ensure_ascii=False)
            for entry, count in sorted(self.counts.items())
        ]
        listed = "[\n" + ",\n".join(f"    {line}" for line in lines) + "\n  ]" if lines else "[]"
        return f'{{\n  "version": {VERSION},\n  "level": "{self.level}",\n  "findings": {listed}\n}}\n'


@dataclass(frozen=True, slots=True)
class Sorted:
    """Findings held against a baseline.

    Attributes:
        kept: Those to be told, with what is to be said of the baseline itself.
        held: Those that are in it.
        stale: How many of each sort it holds in vain: their findings are gone, or it may not hold them.
        locked: Of those the ones that it may not hold, each with the settings that lock its rule.
    """

    kept: tuple[Finding, ...]
    held: tuple[Finding, ...]
    stale: Mapping[Entry, int]
    locked: Mapping[Entry, str]


def read_baseline(root: Path, path: str) -> Baseline | Finding:
    """Return the baseline of a project, an empty one where it has none, or what is wrong with it."""
    file = root / path
    if not file.is_symlink() and not file.exists():
        return Baseline(path)
    try:
        if not inside(root, file):
            return _broken(Place(path), "is a link to a place outside the project", _AWAY)
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        return _broken(Place(path), f"cannot be read: {getattr(error, 'strerror', None) or error}", _AWAY)
    return parsed(path, content)


def parsed(path: str, content: bytes) -> Baseline | Finding:
    """Return the baseline that a file holds, or what is wrong with it."""
    text = decode(path, content)
    hint = _MEND if replaceable(content) else _AWAY
    if isinstance(text, Finding):
        return _broken(text.place, text.message, hint)
    try:
        return _taken(path, text, json.loads(text), hint)
    except json.JSONDecodeError as error:
        return _broken(Place(path, error.lineno, error.colno), f"is no JSON: {error.msg}", hint)
    except (ValueError, RecursionError):  # a number of thousands of digits, thousands of brackets
        return _broken(Place(path), "is not JSON that can be read", hint)


def replaceable(content: bytes) -> bool:
    """Tell whether a baseline may be written over what a file holds: nothing, or one of ours, be it broken."""
    return (not content.strip() or _MARK in content) and not newer(content)


def newer(content: bytes) -> bool:
    """Tell whether a file holds a baseline of a version that is newer than ours."""
    try:
        return _is_newer(json.loads(content))
    except (ValueError, RecursionError):
        return False


def _is_newer(value: Any) -> bool:
    version = value.get("version") if isinstance(value, dict) and "findings" in value else None
    return isinstance(version, int) and version > VERSION


def _taken(path: str, text: str, value: Any, hint: str) -> Baseline | Finding:
    if _is_newer(value):
        at = Place(path, *yaml.locate(text, 0, ("version",)))
        return _broken(at, f"is of version {value['version']}, and this reads version {VERSION}", _NEWER)
    if not isinstance(value, dict) or not isinstance(value.get("findings"), list):
        return _broken(Place(path), 'is no baseline: it has no list "findings"', hint)
    if value.get("version") != VERSION:
        at = Place(path, *yaml.locate(text, 0, ("version",)))
        return _broken(at, f"is of version {value.get('version')!r}, and this reads version {VERSION}", hint)
    counts: dict[Entry, int] = {}
    for number, one in enumerate(value["findings"]):
        count = one.get("count", 1) if isinstance(one, dict) else 0
        said = [word for key in _KEYS if isinstance(word := one.get(key), str)] if isinstance(one, dict) else []
        if len(said) != len(_KEYS) or type(count) is not int or count < 1:
            at = Place(path, *yaml.locate(text, 0, ("findings", number)))
            return _broken(at, 'holds an entry that is none: "path", "rule", "record" and "message" are texts', hint)
        entry = Entry(*said)
        counts[entry] = max(count, counts.get(entry, 0))  # a merge may leave the same line twice
    level = value.get("level")
    return Baseline(path, dict(sorted(counts.items())), level if level in LEVELS else BASE, text)


def _broken(place: Place, message: str, hint: str) -> Finding:
    return Finding(place, "baseline/broken", f"the baseline {message}: nothing is left out", hint)


def hold(findings: Iterable[Finding], baseline: Baseline, settings: Settings, level: str) -> Sorted:
    """Take out what the baseline holds.

    Args:
        findings: What is to be told, in order; of more than the baseline holds the later ones are told.
        baseline: What was there before.
        settings: For the rules that are locked: they are told whatever the baseline holds.
        level: What the run asks for.
    """
    left = Counter(baseline.counts)
    kept: list[Finding] = []
    held: list[Finding] = []
    locked: dict[Entry, str] = {}
    for finding in findings:
        entry = entry_of(finding)
        if left[entry] > 0 and (lock := settings.locked(finding.rule)) is not None:
            locked[entry] = lock.path
        if left[entry] > 0 and holdable(finding, settings):
            left[entry] -= 1
            held.append(finding)
        else:
            kept.append(finding)
    less = LEVELS.index(level) < LEVELS.index(baseline.level)
    stale = {one: count for one, count in sorted(left.items()) if count > 0 and not (less and one.rule in DEMANDS)}
    return Sorted(tuple(kept), tuple(held), stale, locked)


def stale(baseline: Baseline, vain: Mapping[Entry, int], locked: Mapping[Entry, str]) -> Iterator[Finding]:
    """Yield what is to be said of what a baseline holds in vain: once of each sort, at the first entry.

    Args:
        baseline: As it was read.
        vain: Entries whose findings are gone, or may not be held.
        locked: Of those the ones that may not be held, each with the settings that lock its rule.
    """
    hint = "`mkdocs-handoff lint --update-baseline` takes {} out, and adds nothing."
    gone = {one: count for one, count in vain.items() if one not in locked}
    if gone:
        first, number = next(iter(gone)), sum(gone.values())
        is_gone = f"that {'is' if number == 1 else 'are'} gone, as {first.rule} in {first.path}"
        message = f"holds {counted(number, 'finding')} {is_gone}"
        yield Finding(_at(baseline, first), "baseline/stale", message, hint.format("what is gone"), Severity.WARNING)
    told = {one: count for one, count in vain.items() if one in locked}
    if told:
        first, number = next(iter(told)), sum(told.values())
        whose = f"{'is' if number == 1 else 'are'} told all the same: {locked[first]} locks {first.rule}"
        message = f"holds {counted(number, 'finding')} that {whose}"
        yield Finding(_at(baseline, first), "baseline/stale", message, hint.format("them"), Severity.WARNING)


def _at(baseline: Baseline, entry: Entry) -> Place:
    written = json.loads(baseline.text)["findings"]
    number = next(at for at, one in enumerate(written) if Entry(*(one[key] for key in _KEYS)) == entry)
    return Place(baseline.path, *yaml.locate(baseline.text, 0, ("findings", number)))


def shrunk(baseline: Baseline, gone: Mapping[Entry, int]) -> Baseline:
    """Return a baseline without what is gone."""
    counts = {one: count - gone.get(one, 0) for one, count in baseline.counts.items()}
    return replace(baseline, counts={one: count for one, count in counts.items() if count > 0})


def grown(
    baseline: Baseline,
    findings: Iterable[Finding],
    settings: Settings,
    level: str,
    *,
    whole: bool,
    unread: Collection[str] = (),
) -> Baseline:
    """Return a baseline that holds findings.

    Args:
        baseline: The one that is there.
        findings: What it is to hold.
        settings: For the rules that are locked: they are left out.
        level: What the run asks for.
        whole: These are all findings of the project, and what else it held goes; else that stays.
        unread: Files whose errors hide what else is wrong in them: what it held of these stays as well.
    """
    counts = Counter(entry_of(finding) for finding in findings if holdable(finding, settings))
    less = LEVELS.index(level) < LEVELS.index(baseline.level)
    for one, count in baseline.counts.items():
        if not whole or one.path in unread or (less and one.rule in DEMANDS):
            counts[one] = max(count, counts[one])
    higher = baseline.level if less else level
    return replace(baseline, counts=dict(sorted(counts.items())), level=higher)


def entry_of(finding: Finding) -> Entry:
    """Return what a finding is known by in a baseline."""
    return Entry(finding.place.path, finding.rule, finding.subject, " ".join(finding.message.split()))


def holdable(finding: Finding, settings: Settings) -> bool:
    """Tell whether a baseline may hold a finding: an organisation's locked rules and the settings are told always."""
    return not finding.rule.startswith(_NEVER) and settings.locked(finding.rule) is None


def all_of(kept: Iterable[Finding], held: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings as they would be without a baseline."""
    return ordered((*(one for one in kept if one.rule != "baseline/stale"), *held))
