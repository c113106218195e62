"""Sections of a body against those that a kind expects (`x-sections`); a template's text in fields and sections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.records.placeholders import is_placeholder, own, says
from mkdocs_handoff.records.prune import MISSING
from mkdocs_handoff.records.record import Origin
from mkdocs_handoff.schema.flaw import Flaw
from mkdocs_handoff.schema.validate import BASE, READY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from mkdocs_handoff.records.markdown import Body, Heading
    from mkdocs_handoff.schema.kinds import Kind
    from mkdocs_handoff.text.yaml import Path, Value

PLACEHOLDER = "field/placeholder"
_LACKING = ("field/required", "field/empty")
_COUNTS = ", and counts as missing"


def fill(
    kind: Kind, body: Body | None, value: dict[str, Value], gaps: Collection[Path], origins: dict[Path, Origin]
) -> None:
    """Let a section of the body stand for a field that is not written."""
    for section in kind.sections if body is not None else ():
        path = tuple(section.field.split(".")) if section.field else ()
        shape = kind.root.at(path)
        takes_text = "string" in shape.types or (shape.items is not None and "string" in shape.items.types)
        if not path or path in gaps or not takes_text or body is None:
            continue
        heading = body.section(section.headings)
        if heading is not None and says(heading.text):
            _put(value, path, heading.text, origins, Origin("inferred", f"the section {heading.title!r}"))


def _put(value: dict[str, Value], path: Path, text: str, origins: dict[Path, Origin], origin: Origin) -> None:
    here = value
    for step in path[:-1]:
        here = here.setdefault(str(step), {})
        if not isinstance(here, dict):
            return
    if here.get(str(path[-1])) in (None, "", []):
        here[str(path[-1])] = text
        origins[path] = origin


def missing(
    kind: Kind, body: Body | None, value: dict[str, Value], gaps: Collection[Path], level: str
) -> Iterator[tuple[Flaw, Heading | None]]:
    """Yield the sections that a level asks for and that are neither written, nor given as a field, nor a stated gap.

    Each comes with its heading, where there is one with nothing below it, or with what a template left.
    """
    for section in kind.sections:
        if section.level != BASE and not (section.level == READY and level == READY):
            continue
        heading = body.section(section.headings) if body is not None else None
        written = heading is not None and says(heading.text)
        path = tuple(section.field.split(".")) if section.field else ()
        if written or (path and (_holds(value, path) or any(path[: len(gap)] == gap for gap in gaps))):
            continue
        hint = f"Write it under a heading `## {section.title}`. {section.description}".strip()
        if heading is None:
            yield Flaw((), "section/missing", f"has no section {section.title!r}", hint), None
        else:
            hint = f"Write it below its heading. {section.description}".strip()
            what = "only a template's text" if heading.text else "nothing"
            yield Flaw((), "section/missing", f"has {what} in its section {heading.title!r}", hint), heading


def _holds(value: Value, path: Path) -> bool:
    for step in path:
        if not isinstance(value, dict) or step not in value:
            return False
        value = value[step]
    return value not in (None, "", [])


def left_over(body: Body | None, told: Collection[Heading]) -> tuple[Heading, ...]:
    """Return the sections that hold nothing but a template's text, but for those that are told of already.

    One that has it only in its parts is not told of beside them.
    """
    headings = body.headings if body is not None else ()
    return tuple(
        one for one in headings if one not in told and is_placeholder(one.text) and is_placeholder(own(one.text))
    )


def without_placeholders(value: Value, path: Path, flaws: list[Flaw]) -> Value:
    """Put `MISSING` where a field holds a template's text: it is no value, and is told of once."""
    if isinstance(value, dict):
        return {key: without_placeholders(item, (*path, key), flaws) for key, item in value.items()}
    if isinstance(value, list):
        return [without_placeholders(item, (*path, number), flaws) for number, item in enumerate(value)]
    if isinstance(value, str) and is_placeholder(value):
        hint = 'Write the value, or say that it is not known: `{unknown: "who was asked, and when"}`.'
        message = f"{value[:40]!r} is a template's text{_COUNTS}"
        flaws.append(Flaw(path, PLACEHOLDER, message, hint))
        return MISSING
    return value


def with_placeholders(flaws: Collection[Flaw], left: Mapping[Path, Flaw]) -> Iterator[Flaw]:
    """Yield what is to be told of a value, each placeholder once.

    What a level demands weighs more than the text that stands in its place: then that is told, and names the text.

    Args:
        flaws: Of the value without its placeholders.
        left: The flaw of each placeholder, by where its value would be.
    """
    named: set[Path] = set()
    for flaw in flaws:
        under = [path for path in left if path[: len(flaw.path)] == flaw.path] if flaw.rule in _LACKING else []
        named.update(under)
        text = left[under[0]].message.removesuffix(_COUNTS) if under else ""
        yield replace(flaw, message=f"{flaw.message}: {text}") if under else flaw
    yield from (replace(flaw, path=path) for path, flaw in left.items() if path not in named)
