"""The hooks that `init` writes: records are checked before each commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.step import Change, Step, ends, held, no_repository, there
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.append import append_item
from mkdocs_handoff.text.values import SpliceError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mkdocs_handoff.text.append import Item

HOOKS = ".pre-commit-config.yaml"
FILES = (HOOKS, ".pre-commit-config.yml", "prek.toml")
"""Where hooks stand, the one that is read first before the others."""

_OURS = (
    ("mkdocs-handoff", "all records", "mkdocs-handoff lint"),
    ("mkdocs-handoff-changed", "what this commit breaks elsewhere", "mkdocs-handoff lint --changed HEAD"),
)
_LOCAL: Mapping[str, Item] = {
    "repo": "local",
    "hooks": [
        {
            "id": name,
            "name": title,
            "entry": entry,
            "language": "system",
            "always_run": yaml.Plain("true"),
            "pass_filenames": yaml.Plain("false"),
        }
        for name, title, entry in _OURS
    ],
}
# Names of deleted files are passed to no hook, so these always run.
_TEXT = "# `mkdocs-handoff` runs as it is installed here.\nrepos:\n  - repo: local\n    hooks:\n" + "".join(
    f"      - id: {name}\n        name: {title}\n        entry: {entry}\n        language: system\n"
    "        always_run: true\n        pass_filenames: false\n"
    for name, title, entry in _OURS
)


def hook(root: Path) -> Step:
    """Return the step that checks records before each commit."""
    title = "a check before each commit (pre-commit or prek)"
    elsewhere = no_repository(root, "the hook")
    if elsewhere:
        return Step(title, by_hand=elsewhere)
    name = next((one for one in FILES if there(root, one)), "")
    if not name:
        return Step(title, (Change(HOOKS, None, _TEXT),))
    read = held(root, name)
    if not isinstance(read, str) and ("mkdocs-handoff" in read[0] or "handoff-check" in read[0]):
        return Step(title)
    by_hand = f"add a hook with the entry `mkdocs-handoff lint` to {name} yourself"
    if isinstance(read, str) or name.endswith(".toml"):
        return Step(title, by_hand=(by_hand,))
    text, raw = read
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        start = text if not text or text.endswith("\n") else text + ends(raw)
        return Step(title, (Change(name, raw, start + _TEXT.replace("\n", ends(raw))),))
    try:
        return Step(title, (Change(name, raw, append_item(text, "repos", _LOCAL, newline=ends(raw))),))
    except SpliceError as error:
        return Step(title, by_hand=(f"{name} is left as it is ({error}): {by_hand}",))
