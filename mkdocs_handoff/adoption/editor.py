"""What `init` writes for editors: the schemas, and which files they are for."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.detect import YAML
from mkdocs_handoff.adoption.step import Change, Step, ends, held, there
from mkdocs_handoff.resources import GUIDE
from mkdocs_handoff.text.globs import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from mkdocs_handoff.adoption.look import Look

VSCODE = ".vscode/settings.json"
_SETTING = "yaml.schemas"
_OPENED = re.compile(r'"yaml\.schemas"\s*:\s*\{')
_CATALOG = "catalog-info.yaml"


def ours(
    associations: Mapping[str, list[str]], records: Iterable[tuple[str, str]], look: Look, exclude: Iterable[str]
) -> dict[str, list[str]]:
    """Return the associations that help somebody: of kinds of which a record is kept in a YAML file of our own form.

    What other tools write has schemas of its own, and is not held against ours: where a glob means such a file as well,
    the files that are ours stand in its place.

    Args:
        associations: Globs by the path of a kind's schema.
        records: The file of each record and its kind.
        look: What the look at the repository showed.
        exclude: Globs of files that are no records.
    """
    theirs = {one.path for one in look.seen if one.detected.dialect != "own"} | {_CATALOG}
    out = tuple(exclude)
    others = (path for path in (*theirs, *look.others) if path.lower().endswith(YAML))
    left = {path for path in others if any(matches(path, glob) for glob in out)}
    files: defaultdict[str, set[str]] = defaultdict(set)
    for path, kind in records:
        if path.lower().endswith(YAML) and path not in theirs:
            files[kind].add(path)
    found: dict[str, list[str]] = {}
    for schema, globs in associations.items():
        mine = files.get(schema.rpartition("/")[2].partition(".")[0])
        kept = [
            one
            for glob in (globs if mine else ())
            if not any(matches(path, glob) for path in theirs if "*" not in glob)
            for one in (_single(glob, mine or set()) if any(matches(path, glob) for path in left) else (glob,))
        ]
        if kept:
            found[schema] = list(dict.fromkeys(kept))
    return found


def _single(glob: str, files: Iterable[str]) -> list[str]:
    """Return the files that a glob means."""
    return sorted(path for path in files if matches(path, glob))


def editor(root: Path, associations: Mapping[str, list[str]], schemas: Mapping[str, str], folder: str) -> Step:
    """Return the step that tells an editor which schema is for which file.

    Args:
        root: The project's root.
        associations: The setting `yaml.schemas`.
        schemas: What the schemas' files hold, by name.
        folder: Where these stand.
    """
    title = f"completion and errors in editors (VS Code; others: {GUIDE}editors.md)"
    new = tuple(
        Change(f"{folder}/{name}", None, text) for name, text in schemas.items() if not there(root, f"{folder}/{name}")
    )
    if not there(root, VSCODE):
        text = json.dumps({_SETTING: dict(associations)}, indent=2) + "\n"
        return Step(title, (*new, Change(VSCODE, None, text)), brief=True)
    read = held(root, VSCODE)
    after = None if isinstance(read, str) else _added(read[0], associations, ends(read[1]))
    if after is None:
        lines = json.dumps({_SETTING: dict(associations)}, indent=2).splitlines()[1:-1]
        told = f"add these lines to {VSCODE} yourself (`mkdocs-handoff schema --format vscode` has all kinds):"
        by_hand = (told, *lines)
        said = not isinstance(read, str) and all(json.dumps(schema) in read[0] for schema in associations)
        return Step(title, new, by_hand=() if said else by_hand, brief=True)
    if isinstance(read, str) or after == read[0]:
        return Step(title, new, brief=True)
    return Step(title, (*new, Change(VSCODE, read[1], after)), brief=True)


def _added(text: str, associations: Mapping[str, list[str]], end: str) -> str | None:
    """Return an editor's settings with associations added, all else as it was; None where that cannot be done safely.

    A schema that is there keeps its files: somebody chose them.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None  # with comments, which editors allow, or nothing that can be read
    if not isinstance(value, dict) or not isinstance(value.get(_SETTING, {}), dict):
        return None
    before = value.get(_SETTING)
    new = {schema: globs for schema, globs in associations.items() if schema not in (before or {})}
    if not new:
        return text
    if before is None:
        at, last = text.index("{") + 1, not value
        entry: dict[str, object] = {_SETTING: new}
    else:
        opened = _OPENED.findall(text)
        if len(opened) != 1:
            return None
        at, last = text.index(opened[0]) + len(opened[0]), not before
        entry = dict(new)
    written = json.dumps(entry, indent=2)[1:-1].rstrip()
    step = "" if before is None else "  "
    apart = "" if last else "," if text[at:].startswith(("\r", "\n")) else f",{end}{step}  "
    after = text[:at] + written.replace("\n", end + step) + apart + text[at:].lstrip(" " if apart[1:] else "\0")
    if last and not text[at:].startswith(("\r", "\n")):
        after = text[:at] + written.replace("\n", end + step) + end + step + text[at:]
    same = json.loads(after) == {**value, _SETTING: {**(before or {}), **new}}
    return after if same else None
