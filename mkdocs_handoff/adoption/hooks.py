"""The hooks that `init` writes: records are checked before each commit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mkdocs_handoff import __version__
from mkdocs_handoff.adoption.pipelines import pipelines
from mkdocs_handoff.adoption.step import Change, Step, below, ends, held, no_repository, there
from mkdocs_handoff.resources import REPOSITORY
from mkdocs_handoff.settings import OWN_FILE
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
_HEAD = "# `mkdocs-handoff` runs as it is installed here.\nrepos:\n"
_NEEDED = "everybody who commits needs mkdocs-handoff installed: the hooks run it as it is found there"
_FETCHED = (
    f"- repo: {REPOSITORY}",
    f"  rev: v{__version__}",
    "  hooks:",
    "    - id: handoff-check",
    "    - id: handoff-changed",
)


def hook(root: Path, settings: str = OWN_FILE) -> Step:
    """Return the step that checks records before each commit.

    Args:
        root: The project's root.
        settings: The file of the project's settings.
    """
    title = "a check before each commit (pre-commit or prek)"
    elsewhere = no_repository(root, "the hooks", _written(f" --config {below(root)}/{settings}"))
    if elsewhere:
        return Step(title, by_hand=elsewhere)
    name = next((one for one in FILES if there(root, one)), "")
    read = held(root, name) if name else ("", b"")
    if not isinstance(read, str) and ("mkdocs-handoff" in read[0] or "handoff-check" in read[0]):
        return Step(title)
    toml = name.endswith(".toml")
    run = [one.path for one in pipelines(root) if one.hooks and not one.ours]
    if not isinstance(read, str) and re.search(r"^ci:", read[0], re.MULTILINE) and not toml:
        run.append("pre-commit.ci")
    if run:
        lines = _as_toml(fetched=True) if toml else _FETCHED if name else ("repos:", *_FETCHED)
        where = f"{name or HOOKS}{', below `repos:`' if name and not toml else ''}"
        told = (
            f"{' and '.join(run)} would run our hooks without mkdocs-handoff: add these lines to {where}, to fetch it:"
        )
        return Step(title, by_hand=(told, *(f"  {line}" for line in lines)))
    if not name:
        return Step(title, (Change(HOOKS, None, _HEAD + _text()),), _NEEDED)
    paste = tuple(f"  {line}" for line in (_as_toml() if toml else _written()))
    if isinstance(read, str) or toml:
        return Step(title, by_hand=(f"add these lines to {name} yourself:", *paste))
    text, raw = read
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        start = text if not text or text.endswith("\n") else text + ends(raw)
        return Step(title, (Change(name, raw, start + (_HEAD + _text()).replace("\n", ends(raw))),), _NEEDED)
    try:
        return Step(title, (Change(name, raw, append_item(text, "repos", _LOCAL, newline=ends(raw))),), _NEEDED)
    except SpliceError as error:
        told = f"{name} is left as it is ({error}): add these lines below `repos:` yourself:"
        return Step(title, by_hand=(told, *paste))


def _written(options: str = "") -> tuple[str, ...]:
    """Return the lines of an item of `repos:`."""
    lines = ["- repo: local", "  hooks:"]
    for name, title, entry in _OURS:
        lines += [f"    - id: {name}", f"      name: {title}", f"      entry: {entry}{options}"]
        lines += ["      language: system", "      always_run: true", "      pass_filenames: false"]
    return tuple(lines)


def _text() -> str:
    return "".join(f"  {line}\n" for line in _written())


def _as_toml(*, fetched: bool = False) -> tuple[str, ...]:
    """Return the lines of a repository of hooks, as prek's own configuration has them."""
    if fetched:
        ids = '[{id = "handoff-check"}, {id = "handoff-changed"}]'
        return ("[[repos]]", f'repo = "{REPOSITORY}"', f'rev = "v{__version__}"', f"hooks = {ids}")
    lines = ["[[repos]]", 'repo = "local"']
    for name, title, entry in _OURS:
        lines += ["[[repos.hooks]]", f'id = "{name}"', f'name = "{title}"', f'entry = "{entry}"']
        lines += ['language = "system"', "always_run = true", "pass_filenames = false"]
    return tuple(lines)
