"""`mkdocs-handoff handoff start`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from mkdocs_handoff.cli import files
from mkdocs_handoff.cli.asked.answer import agreed, needs_somebody
from mkdocs_handoff.cli.asked.day import day_given
from mkdocs_handoff.cli.asked.handoffs import Asking
from mkdocs_handoff.cli.shown.terminal import printable
from mkdocs_handoff.cli.status import CLEAN, FINDINGS, STOPPED, UsageError
from mkdocs_handoff.handoffs.draft import text_of
from mkdocs_handoff.handoffs.words import HANDOFF
from mkdocs_handoff.records.record import slug
from mkdocs_handoff.reports.handoffs.starting import RefusedError, Wish, draft, name_of, place_of

if TYPE_CHECKING:
    import argparse

_MODEL, _PLAYBOOK = "model", "playbook"


def run(given: argparse.Namespace) -> int:
    """Draft, show, ask, write."""
    if not given.yes and not given.dry_run:
        needs_somebody("--yes")
    today = day_given(given.today)
    asking = Asking(given.config, given.models, today)
    catalog = asking.project.catalog
    wish = Wish(
        models=tuple(dict.fromkeys(asking.named(word, _MODEL) for word in given.models)),
        giver=asking.team(given.giver) if given.giver else None,
        taker=asking.team(given.to),
        playbook=asking.named(given.playbook, _PLAYBOOK) if given.playbook else None,
        by=asking.person(given.by) if given.by else None,
        on=today,
    )
    if given.name and not slug(given.name):
        raise UsageError(f"{given.name!r} is no name: letters and digits, and dashes between words")
    name = slug(given.name) or name_of(wish.models, wish.taker)
    try:
        made = draft(catalog, asking.owned, wish)
        path = place_of(name, _globs(asking))
    except RefusedError as error:
        print(printable(f"not begun: {error}"), file=sys.stderr)
        return FINDINGS
    root = asking.project.settings.root
    taken = [str(one) for one in catalog.records if one.kind == HANDOFF and one.name == name]
    if taken or os.path.lexists(root / path):
        print(
            printable(f"not begun: {asking.shown(path)} or {HANDOFF}:{name} is there already: say --name"),
            file=sys.stderr,
        )
        return FINDINGS
    kind = catalog.kinds[HANDOFF]
    about = {field: _first_sentence(shape.description) for field, shape in kind.root.fields.items() if field != "title"}
    text = text_of(made, about, markdown=path.endswith(".md"))
    if given.dry_run:
        print(
            f"{asking.shown(path)} would hold:\n\n{''.join(printable(line) + chr(10) for line in text.splitlines())}",
            end="",
        )
        return CLEAN
    _tell(asking.shown(path), made.fields)
    try:
        if not given.yes and not agreed("Write it?"):
            print("nothing was written")
            return FINDINGS
    except KeyboardInterrupt:
        print("\nstopped: nothing was written")
        return STOPPED
    files.write_new(root, path, text)
    print(printable(f"  written: {asking.shown(path)}; fill in what stands there as a comment, then lint"))
    return CLEAN


def _globs(asking: Asking) -> tuple[str, ...]:
    """Return where the project has its handoffs: as its settings say, else as usual."""
    own = tuple(claim.glob for claim in asking.project.settings.claims if claim.kind == HANDOFF)
    return own or asking.project.catalog.kinds[HANDOFF].globs


def _first_sentence(text: str) -> str:
    found, stop, _ = text.partition(". ")
    return f"{found}." if stop else text


def _tell(path: str, fields: object) -> None:
    """Say in a few lines what would be written."""
    held = dict(fields) if isinstance(fields, dict) else {}
    print(printable(f"{path}: {held.get('title', '')}"))
    for name in ("subjects", "from", "to", "from_people", "to_people", "playbook"):
        if name in held:
            value = held[name]
            print(printable(f"  {name}: {value if isinstance(value, str) else ', '.join(value)}"))
    for name in ("steps", "acceptance_criteria", "access_transfer", "questions"):
        print(f"  {name}: {len(held.get(name, ()))}")
