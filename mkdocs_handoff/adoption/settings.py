"""The settings that `init` writes: where the records are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.globs import Globs
from mkdocs_handoff.adoption.step import Change, Step, held, quoted, there
from mkdocs_handoff.resources import GUIDE
from mkdocs_handoff.settings import CONFIGURATIONS, OWN_FILE
from mkdocs_handoff.settings.entry import plugin_entries
from mkdocs_handoff.text import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs_handoff.settings import Settings

_HEAD = f"""# Settings of mkdocs-handoff: {GUIDE}settings.md
# Kinds that are not named here are looked for in their usual places (models/, docs/adr/, ...). The globs of a kind that
# is named replace its usual places: add those that you want beside them.
"""


def settings(root: Path, before: Settings, found: Globs) -> Step:
    """Return the step that says where the records are.

    Args:
        root: The project's root.
        before: The project's settings; without a path where it has none, or names the plugin and nothing else.
        found: The globs that claim what was found.
    """
    title = "settings: where the records are"
    if before.path or there(root, OWN_FILE):
        path = before.path or OWN_FILE
        claimed = {(one.kind, one.glob) for one in before.claims}
        new = {
            kind: tuple(glob for glob in globs if (kind, glob) not in claimed) for kind, globs in found.records.items()
        }
        missing = Globs(
            {kind: globs for kind, globs in new.items() if globs},
            tuple(glob for glob in found.exclude if glob not in before.exclude),
        )
        if not missing.records and not missing.exclude:
            return Step(title)
        told = f"{path} lacks these lines: add them to `records:` and `exclude:` there, below what these hold already"
        return Step(title, by_hand=(told, *(f"  {line}" for line in _lines(missing))))
    text = _HEAD + "".join(f"{line}\n" for line in _lines(found))
    return Step(title, (Change(OWN_FILE, None, text),))


def bare(root: Path, path: str) -> bool:
    """Tell whether settings are none: a builder's configuration that names the plugin and gives it no options.

    Args:
        root: The project's root.
        path: The file of its settings.
    """
    if there(root, OWN_FILE):
        return False
    text = held(root, path) if path in CONFIGURATIONS else ""
    documents = yaml.read(text[0]).documents if isinstance(text, tuple) else ()
    value = documents[0] if documents else None
    if not isinstance(value, dict) or "INHERIT" in value:
        return False
    return not any(entry.options or entry.misfit for entry in plugin_entries([value]))


def _lines(found: Globs) -> Iterator[str]:
    if found.records:
        yield "records:"
    for kind, globs in found.records.items():
        yield f"  {kind}:"
        yield from (f"    - {quoted(glob)}" for glob in globs)
    if found.exclude:
        yield "exclude:"
        yield from (f"  - {quoted(glob)}" for glob in found.exclude)
