"""CODEOWNERS as GitHub reads it: which line decides who owns a path.

What GitHub documents ("About code owners") decides: patterns are gitignore's but for `!`, `[ ]` and an escaped `#` at
the beginning, which do not work; the last line that matches a path decides alone; a line without owners leaves a path
without any; paths are case-sensitive; a line with a mistake is passed over, and a file of more than 3 MB altogether.
Where the documentation is silent, gitignore's holds, but for `folder/*`: that reaches no deeper, as GitHub's own
example says.

GitLab's file is read in the same way: a heading of a section is told as a line that was passed over.
"""

from __future__ import annotations

import re
import stat
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from mkdocs_handoff.text.files import inside

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

LOCATIONS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where the file is looked for, from the repository's root; the first that is there counts."""

MAX_BYTES = 3_000_000

_OWNER = re.compile(r"@[\w.-]+(/[\w./-]+)?|[^@\s]+@[^@\s]+")
_WILD = re.compile(r"(?<!\\)(?:\\\\)*[*?]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rule:
    """A line that says who owns what.

    Attributes:
        line: Counted from 1.
        pattern: As written.
        owners: As written: `@user`, `@org/team` or an e-mail address; none: nobody owns what matches.
    """

    line: int
    pattern: str
    owners: tuple[str, ...] = ()

    def matches(self, path: str) -> bool:
        """Tell whether the pattern means a file, named from the repository's root."""
        return _shape(self.pattern).matches(path)


@dataclass(frozen=True, slots=True)
class Mistake:
    """A line that GitHub passes over, and why."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Codeowners:
    """A CODEOWNERS file, read. `path` is from the repository's root."""

    path: str
    rules: tuple[Rule, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which line decides about which path.

    Attributes:
        deciding: The rule that decides, by path; a path that no rule matches is not there.
        matched: How many of the paths each rule matches, by line.
        decided: How many of them it decides about.
        hidden_by: For a rule that matches paths and decides about none: the lines that do instead, by line.
    """

    deciding: Mapping[str, Rule]
    matched: Mapping[int, int] = field(default_factory=dict)
    decided: Mapping[int, int] = field(default_factory=dict)
    hidden_by: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


def read(top: Path) -> Codeowners | None:
    """Return the CODEOWNERS file of a repository, or None where it has none.

    What it says is shown: a link out of the repository is not followed, or a site would publish what it leads to.

    Args:
        top: The repository's root.
    """
    for location in LOCATIONS:
        file = top / location
        try:
            found = file.lstat()
            if stat.S_ISLNK(found.st_mode):
                if not inside(top, file):
                    return Codeowners(location, (), (Mistake(1, "", "a link out of the repository is not followed"),))
                found = file.stat()
            if not stat.S_ISREG(found.st_mode):  # reading a pipe would wait for ever
                continue
            if found.st_size > MAX_BYTES:
                return Codeowners(location, (), (Mistake(1, "", "a file of more than 3 MB is not read by GitHub"),))
            data = file.read_bytes()
        except (OSError, ValueError):
            continue
        return parse(data.decode("utf-8-sig", "surrogateescape"), location)
    return None


def parse(text: str, path: str = "CODEOWNERS") -> Codeowners:
    """Return the rules of a CODEOWNERS file, and the lines that say none though they look as if they did."""
    rules: list[Rule] = []
    mistakes: list[Mistake] = []
    for number, written in enumerate(text.split("\n"), 1):
        line = written.strip()
        if not line or line.startswith("#"):
            continue
        pattern, rest = _parted(line)
        owners: list[str] = []
        for word in rest.split():
            if word.startswith("#"):
                break
            owners.append(word)
        wrong = next((word for word in owners if not _OWNER.fullmatch(word)), "")
        why = _flaw(pattern) or (f"{wrong!r} is no @user, no @org/team and no e-mail address" if wrong else "")
        if why:
            mistakes.append(Mistake(number, line, why))
        else:
            rules.append(Rule(number, pattern, tuple(owners)))
    return Codeowners(path, tuple(rules), tuple(mistakes))


def match(rules: Sequence[Rule], path: str) -> Rule | None:
    """Return the rule that decides who owns a path: the last that matches it."""
    return next((rule for rule in reversed(rules) if rule.matches(path)), None)


def assign(rules: Sequence[Rule], paths: Iterable[str]) -> Assignment:
    """Ask all rules about all paths at once: a rule looks only at the part of the sorted paths that it can mean."""
    ordered = sorted(set(paths))
    deciding: dict[str, Rule] = {}
    matched: dict[int, int] = {}
    hidden: dict[int, tuple[int, ...]] = {}
    for rule in reversed(rules):
        found = _shape(rule.pattern).among(ordered)
        matched[rule.line] = len(found)
        if found and all(path in deciding for path in found):
            hidden[rule.line] = tuple(sorted({deciding[path].line for path in found}))
        for path in found:
            deciding.setdefault(path, rule)
    return Assignment(deciding, matched, Counter(rule.line for rule in deciding.values()), hidden)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a pattern means.

    Attributes:
        fixed: What every path that it means begins with: the folders before the first wildcard, with a trailing `/`;
            the whole path where there is no wildcard.
        expression: None where there is no wildcard, and `fixed` says all.
        inside: Whether only what is inside a folder of the name is meant.
    """

    fixed: str
    expression: re.Pattern[str] | None
    inside: bool = False

    def matches(self, path: str) -> bool:
        if self.expression is not None:
            return self.expression.fullmatch(path) is not None
        return bool(self.fixed) and (path.startswith(f"{self.fixed}/") or (path == self.fixed and not self.inside))

    def among(self, ordered: Sequence[str]) -> Collection[str]:
        """Return those of some sorted paths that are meant."""
        if self.expression is not None:
            matches = self.expression.fullmatch
            return [path for path in _below(ordered, self.fixed) if matches(path)]
        if not self.fixed:
            return ()
        found = list(_below(ordered, f"{self.fixed}/"))
        place = bisect_left(ordered, self.fixed)
        if not self.inside and ordered[place : place + 1] == [self.fixed]:
            found.insert(0, self.fixed)
        return found


def _below(ordered: Sequence[str], folder: str) -> Sequence[str]:
    """Return those of sorted paths that are in a folder, which ends with `/`; all for the empty one."""
    if not folder:
        return ordered
    start = bisect_left(ordered, folder)
    return ordered[start : bisect_left(ordered, folder[:-1] + "0", start)]  # "0" comes next after "/"


@lru_cache(maxsize=4096)
def _shape(pattern: str) -> _Shape:
    anchored = "/" in pattern[:-1]
    inside = pattern.endswith("/")
    body = pattern.removeprefix("/").removesuffix("/")
    if not body:
        return _Shape("", None)  # `/` means nothing, as for git
    if anchored and not _WILD.search(body):
        return _Shape(_ESCAPED.sub(r"\1", body), None, inside)
    segments = body.split("/")
    parts = [] if anchored else ["(?:.*/)?"]
    for number, segment in enumerate(segments):
        last = number == len(segments) - 1
        if segment == "**":
            parts.append(".+" if last else "(?:.*/)?")
        else:
            parts.append(_translated(segment) + ("" if last else "/"))
    if inside:
        parts.append("/.+")
    elif not pattern.endswith("/*"):
        parts.append("(?:/.+)?")
    return _Shape(_fixed(segments) if anchored else "", re.compile("".join(parts), re.DOTALL))


def _fixed(segments: Sequence[str]) -> str:
    found = []
    for segment in segments[:-1]:
        if _WILD.search(segment):
            break
        found.append(_ESCAPED.sub(r"\1", segment) + "/")
    return "".join(found)


def _translated(segment: str) -> str:
    """Return the regular expression of what stands between two `/`."""
    out = []
    characters = iter(segment)
    for char in characters:
        if char == "\\":
            out.append(re.escape(next(characters, "\\")))
        else:
            out.append("[^/]*" if char == "*" else "[^/]" if char == "?" else re.escape(char))
    return "".join(out)


def _parted(line: str) -> tuple[str, str]:
    """Return a line's pattern, up to the first white space that is not escaped, and what stands behind it."""
    escaped = False
    for position, char in enumerate(line):
        if char.isspace() and not escaped:
            return line[:position], line[position:]
        escaped = char == "\\" and not escaped
    return line, ""


def _flaw(pattern: str) -> str:
    """Return why GitHub does not take a pattern; empty where it does."""
    if pattern.startswith("!"):
        return "`!` does not negate a pattern in CODEOWNERS"
    if pattern.startswith("\\#"):
        return "a `#` at the beginning cannot be escaped in CODEOWNERS"
    plain = _ESCAPED.sub("", pattern)
    if "[" in plain or "]" in plain:
        return "`[ ]` is no range of characters in CODEOWNERS"
    return "a `\\` at the end escapes nothing" if plain.endswith("\\") else ""
