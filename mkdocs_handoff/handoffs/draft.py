"""A handoff that is to be written: plain data, and the text of its file, which explains itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from mkdocs_handoff.text.plain import one_line
from mkdocs_handoff.text.values import Writer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mkdocs_handoff.text.splice import FieldValue

ORDER = (
    "title", "description", "status", "owners", "subjects", "from", "from_people", "to", "to_people", "playbook",
    "dates", "acceptance_criteria", "steps", "access_transfer", "questions", "known_issues", "accepted_gaps",
    "guardrails", "tacit_notes", "reproduction", "sessions", "rework", "sign_offs",
)  # fmt: skip
"""The fields of a new handoff, in the order in which they are read."""

_WIDTH = 110


@dataclass(frozen=True)
class Draft:
    """A handoff that is to be written.

    Attributes:
        fields: What can be filled in, by name; numbers as `yaml.Plain`.
        hints: What stands with a field as comments, a line each: what is left out and why, an example to fill in. A
            field that has hints and no value is all comment.
        body: Markdown below the fields; only a Markdown file has it.
    """

    fields: Mapping[str, FieldValue]
    hints: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    body: str = ""


def text_of(
    draft: Draft, about: Mapping[str, str], *, markdown: bool, order: Sequence[str] = ORDER, apart: bool = False
) -> str:
    """Return the text of a new record's file.

    Args:
        draft: What it says.
        about: What each field is for, by name, as the schema describes it; it stands above the field.
        markdown: Whether the file is Markdown, with the fields as front matter, or YAML.
        order: The fields in the order in which they are read; others follow by name.
        apart: Whether an empty line stands before each field that something is said of.
    """
    names = [*order, *sorted({*draft.fields, *draft.hints} - set(order))]
    lines: list[str] = []
    for name in names:
        if name in draft.fields or name in draft.hints:
            entry = _entry(draft, name, about)
            lines += ["", *entry] if apart and lines and entry[0].startswith("#") else entry
    if not markdown:
        return "".join(f"{line}\n" for line in lines)
    return "".join(f"{line}\n" for line in ("---", *lines, "---")) + (f"\n{draft.body.strip()}\n" if draft.body else "")


def _entry(draft: Draft, name: str, about: Mapping[str, str]) -> list[str]:
    hints = [f"# {hint}".rstrip() for hint in map(_as_comment, draft.hints.get(name, ()))]
    explained = _wrapped(about.get(name, ""))
    if name not in draft.fields:
        return [*explained, *hints]
    return [*explained, *Writer().lines(name, draft.fields[name], 0), *hints]


def _as_comment(hint: str) -> str:
    """Return a line as a comment can hold it, with the spaces that it begins with."""
    return hint[: len(hint) - len(hint.lstrip(" "))] + one_line(hint, 1000)


def _wrapped(text: str) -> list[str]:
    lines: list[str] = []
    for word in one_line(text, 1000).split():
        if lines and len(lines[-1]) + 1 + len(word) <= _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(f"# {word}")
    return lines
