"""Who approved what: the file that `mkdocs-handoff approvals` writes (`schemas/approvals.schema.json`).

Git does not know approvals: they are a forge's, and its API is asked by a CI job. What the job wrote is read here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from mkdocs_handoff import resources
from mkdocs_handoff.findings import Finding, Place, Severity
from mkdocs_handoff.schema.fields import compile_field
from mkdocs_handoff.schema.kinds import Kind
from mkdocs_handoff.schema.validate import BASE, Validators
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.files import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.schema.flaw import Flaw

VERSION = 1
GITLAB = "gitlab"
APPROVED = "approved"

_PREFIX = 7
_HINT = (
    "Write it anew with `mkdocs-handoff approvals`; if it is another tool's file, name ours with the "
    "setting `approvals:`."
)


@dataclass(frozen=True, slots=True)
class Approval:
    """What a reviewer said last of a request.

    Attributes:
        by: A login, or a name where there is none.
        at: When, as RFC 3339 writes it; empty where the forge does not tell.
        state: `approved`, or what is none: `outdated` (before later commits), `late` (after the merge), `own` (by the
            request's author), `changes-requested`, `dismissed`.
    """

    by: str
    state: str
    name: str = ""
    email: str = ""
    at: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A pull or merge request that was merged.

    Attributes:
        forge: `github`, `gitlab` or `other`.
        commits: Ids that it is known by, in full or their first characters.
    """

    forge: str
    number: int
    commits: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    url: str = ""
    author: str = ""
    merged: str = ""

    @property
    def reference(self) -> str:
        """What a commit's subject writes for it: `#12`, and `!12` on GitLab."""
        return f"{'!' if self.forge == GITLAB else '#'}{self.number}"


@dataclass(frozen=True)
class Approvals:
    """All requests that a file tells of, in its order."""

    requests: tuple[Request, ...] = field(default=())

    def of(self, commit: str, reference: str = "") -> Request | None:
        """Return the request that brought a commit.

        Args:
            commit: Its full id. A request that names it comes before one that its subject names.
            reference: What its subject names, `#12` or `!12`; empty for nothing.
        """
        if not self.requests:
            return None
        found = [one for prefix, one in self._by_commit.get(commit[:_PREFIX], ()) if commit.startswith(prefix)]
        if len(found) > 1:  # a request that was built on another one: what the subject names decides
            found = [one for one in found if one.reference == reference] or found
        return found[0] if found else self._by_reference.get(reference)

    @cached_property
    def _by_commit(self) -> dict[str, list[tuple[str, Request]]]:
        found: dict[str, list[tuple[str, Request]]] = defaultdict(list)
        for request in self.requests:
            for commit in dict.fromkeys(request.commits):
                found[commit[:_PREFIX]].append((commit, request))
        return dict(found)

    @cached_property
    def _by_reference(self) -> dict[str, Request]:
        return {request.reference: request for request in reversed(self.requests)}


NONE = Approvals()


def read_approvals(root: Path, path: str) -> tuple[Approvals, tuple[Finding, ...]]:
    """Read the file of approvals; one that is not there holds none, and one that cannot be used is told of.

    Args:
        root: The project's root.
        path: The file, relative to it.
    """
    if not path or not (root / path).is_file():
        return NONE, ()
    text = read_text(root, path)
    if isinstance(text, Finding):
        return NONE, (_finding(text.place, text.message),)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        place = Place(path, error.lineno, error.colno)
        return NONE, (_finding(place, f"is not valid JSON: {error.msg}"),)
    except (ValueError, RecursionError):  # a number of thousands of digits, thousands of brackets
        return NONE, (_finding(Place(path), "is not JSON that can be read"),)
    flaws = check(value)
    if flaws:
        return NONE, tuple(_finding(_place(path, text, flaw), flaw.message) for flaw in flaws[:1])
    return loaded(value), ()


def check(value: Any) -> list[Flaw]:
    """Return what is wrong with the content of such a file."""
    return Validators().check(_kind(), value, BASE, ())


def loaded(value: Any) -> Approvals:
    """Return the approvals of a file's content, in which nothing is wrong."""
    return Approvals(
        tuple(
            Request(
                one["forge"],
                one["number"],
                tuple(one["commits"]),
                tuple(Approval(**said) for said in one["approvals"]),
                one.get("url", ""),
                one.get("author", ""),
                one.get("merged", ""),
            )
            for one in value["requests"]
        )
    )


def _finding(place: Place, message: str) -> Finding:
    return Finding(place, "approvals/invalid", message, _HINT, Severity.WARNING)


def _place(path: str, text: str, flaw: Flaw) -> Place:
    """Return where a flaw stands: JSON is YAML, whose reader knows places."""
    return Place(path, *yaml.locate(text, 0, flaw.path, key=flaw.key))


@lru_cache(maxsize=1)
def _kind() -> Kind:
    schema = json.loads((resources.folder("schemas") / "approvals.schema.json").read_text(encoding="utf-8"))
    return Kind("approvals", "Approvals", "Approvals", compile_field(schema), schema)
