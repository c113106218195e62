"""What `init` writes, step by step: each file as it is and as it would be. Nothing here writes."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption import workflows
from mkdocs_handoff.findings import Finding
from mkdocs_handoff.settings import CONFIGURATIONS, OWN_FILE
from mkdocs_handoff.settings.entry import plugin_entries
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.append import append_item
from mkdocs_handoff.text.edits import SpliceError
from mkdocs_handoff.text.files import inside, read_text
from mkdocs_handoff.text.splice import set_fields

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mkdocs_handoff.adoption.found import Globs
    from mkdocs_handoff.text.append import Item

HOOKS = ".pre-commit-config.yaml"
_HOOKS = (HOOKS, ".pre-commit-config.yml", "prek.toml")
IGNORED = ".gitignore"
_SITE = "/site/"
VSCODE = ".vscode/settings.json"
_HOOKS_OF_OURS = (
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
        for name, title, entry in _HOOKS_OF_OURS
    ],
}
# Names of deleted files are passed to no hook, so these always run.
_LOCAL_TEXT = "# `mkdocs-handoff` runs as it is installed here.\nrepos:\n  - repo: local\n    hooks:\n" + "".join(
    f"      - id: {name}\n        name: {title}\n        entry: {entry}\n        language: system\n"
    "        always_run: true\n        pass_filenames: false\n"
    for name, title, entry in _HOOKS_OF_OURS
)


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is written.

    Attributes:
        path: From the project's root.
        before: What it holds; None for one that is not there.
        after: What it is to hold.
    """

    path: str
    before: bytes | None
    after: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is written together, after one question.

    Attributes:
        title: What it is for.
        changes: The files, in the order in which they are written; none where there is nothing to do.
        note: What is to be done by hand, or why there is nothing to do.
        brief: Whether the files are too long to be shown.
    """

    title: str
    changes: tuple[Change, ...] = ()
    note: str = ""
    brief: bool = False


def settings(root: Path, path: str, found: Globs) -> Step:
    """Return the step that says where the records are.

    Args:
        root: The project's root.
        path: The file of the project's settings; empty where it has none.
        found: The globs that claim what was found.
    """
    title = "settings: where the records are"
    if path or _there(root, OWN_FILE):
        new = [glob for listed in found.records.values() for glob in listed]
        note = f"{path or OWN_FILE} claims no files at {', '.join(new)}: add them to `records:`" if new else ""
        return Step(title, note=note)
    lines = ["# Settings of mkdocs-handoff. Records in the usual places (models/, docs/adr/, ...) need none."]
    if found.records:
        lines.append("records:")
    for kind, globs in found.records.items():
        lines += [f"  {kind}:", *(f"    - {_quoted(glob)}" for glob in globs)]
    if found.exclude:
        lines += ["exclude:", *(f"  - {_quoted(glob)}" for glob in found.exclude)]
    return Step(title, (Change(OWN_FILE, None, "\n".join(lines) + "\n"),))


def configuration(root: Path, docs_dir: str) -> Step:
    """Return the step that makes the builder build our pages.

    Args:
        root: The project's root.
        docs_dir: The builder's folder of pages.
    """
    name = next((one for one in CONFIGURATIONS if _there(root, one)), "")
    if name:
        return _entered(root, name)
    text = (
        f"site_name: {_quoted(root.name or 'Records')}\ntheme:\n  name: material\n  features: [navigation.indexes]\n"
        "plugins:\n  - search\n  - handoff\nmarkdown_extensions:\n  - admonition\n  - attr_list\n  - md_in_html\n"
        "  - tables\n  - pymdownx.details\n  - pymdownx.superfences\n"
    )
    changes = [Change("mkdocs.yml", None, text)]
    if not any(_there(root, f"{docs_dir}/{start}") for start in ("index.md", "README.md")):
        start = f"# {root.name or 'Records'}\n\nWhat is known of our models: [Handoff](handoff/index.md).\n"
        changes.insert(0, Change(f"{docs_dir}/index.md", None, start))
    ignored = _ignoring(root)
    if ignored is not None:
        changes.append(ignored)
    return Step("the builder's configuration", tuple(changes))


def _ignoring(root: Path) -> Change | None:
    """Return the change that keeps the built site out of git, if there is git and it is not kept out already."""
    if not (root / ".git").exists():
        return None
    if not _there(root, IGNORED):
        return Change(IGNORED, None, f"{_SITE}\n")
    held = _held(root, IGNORED)
    if isinstance(held, str) or {"site", "site/", "/site", _SITE} & {line.strip() for line in held[0].splitlines()}:
        return None
    end = _ends(held[1])
    break_ = "" if not held[0] or held[0].endswith("\n") else end
    return Change(IGNORED, held[1], f"{held[0]}{break_}{_SITE}{end}")


def _entered(root: Path, name: str) -> Step:
    """Return the step that adds the plugin to a configuration that is there."""
    title = "the plugin, in the builder's configuration"
    by_hand = f"add `- handoff` to `plugins:` in {name} yourself (and `- search`, where there is no list yet)"
    held = _held(root, name)
    if isinstance(held, str):
        return Step(title, note=f"{held}: {by_hand}")
    text, raw = held
    reading = yaml.read(text)
    value = reading.documents[0] if reading.documents else None
    if not isinstance(value, dict) or any(one.rule == "yaml/syntax" for one in reading.problems):
        return Step(title, note=f"{name} cannot be read as it is: {by_hand}")
    if plugin_entries([value]):
        return Step(title)
    plugins = value.get("plugins")
    if plugins is None and "INHERIT" in value:
        return Step(title, note=f"{name} inherits its plugins: add `- handoff` where they are listed")
    newline = "\r\n" if b"\r\n" in raw else "\n"
    try:
        if isinstance(plugins, dict):
            after = set_fields(text, {"handoff": {}}, prefix=("plugins",), newline=newline)
        else:
            if plugins is None:  # with a list of plugins, search is on it or it is off
                text = append_item(text, "plugins", "search", newline=newline)
            after = append_item(text, "plugins", "handoff", newline=newline)
    except SpliceError as error:
        return Step(title, note=f"{name} is left as it is ({error}): {by_hand}")
    return Step(title, (Change(name, raw, after),))


def hook(root: Path) -> Step:
    """Return the step that checks records before each commit."""
    title = "a check before each commit (pre-commit or prek)"
    if not (root / ".git").exists():
        why = "this is not the top folder of a git repository: write the hook there, with `-f` and these settings"
        return Step(title, note=why)
    name = next((one for one in _HOOKS if _there(root, one)), "")
    if not name:
        return Step(title, (Change(HOOKS, None, _LOCAL_TEXT),))
    held = _held(root, name)
    if not isinstance(held, str) and ("mkdocs-handoff" in held[0] or "handoff-check" in held[0]):
        return Step(title)
    by_hand = f"add a hook with the entry `mkdocs-handoff lint` to {name} yourself"
    if isinstance(held, str) or name.endswith(".toml"):
        return Step(title, note=by_hand)
    try:
        return Step(title, (Change(name, held[1], append_item(held[0], "repos", _LOCAL, newline=_ends(held[1]))),))
    except SpliceError as error:
        return Step(title, note=f"{name} is left as it is ({error}): {by_hand}")


def editor(root: Path, associations: Mapping[str, list[str]], schemas: Mapping[str, str], folder: str) -> Step:
    """Return the step that tells an editor which schema is for which file.

    Args:
        root: The project's root.
        associations: The setting `yaml.schemas`.
        schemas: What the schemas' files hold, by name.
        folder: Where these stand.
    """
    title = "completion and errors in editors (VS Code; others: docs/editors.md)"
    new = tuple(
        Change(f"{folder}/{name}", None, text) for name, text in schemas.items() if not _there(root, f"{folder}/{name}")
    )
    wanted = {"yaml.schemas": dict(associations)}
    if not _there(root, VSCODE):
        return Step(title, (*new, Change(VSCODE, None, json.dumps(wanted, indent=2) + "\n")), brief=True)
    held = _held(root, VSCODE)
    if not isinstance(held, str) and "yaml.schemas" in held[0]:
        return Step(title, new, brief=True)
    by_hand = f"put what `mkdocs-handoff schema --format vscode` prints into {VSCODE} yourself"
    if isinstance(held, str):
        return Step(title, new, by_hand, brief=True)
    text, raw = held
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        value = None  # with comments, which editors allow
    if not isinstance(value, dict):
        return Step(title, new, by_hand, brief=True)
    end = _ends(raw)
    entry = json.dumps(wanted, indent=2)[1:-1].rstrip().replace("\n", end)
    at = text.index("{") + 1
    after = text[:at] + entry + ("," if value else end) + text[at:]
    return Step(title, (*new, Change(VSCODE, raw, after)), brief=True)


def forge(root: Path, name: str) -> Step:
    """Return the step that writes a forge's workflow.

    Args:
        root: The project's root.
        name: One of `workflows.FORGES`.
    """
    title = f"what {'GitHub' if name == workflows.GITHUB else 'GitLab'} runs"
    if not (root / ".git").exists():
        return Step(title, note="this is not the top folder of a git repository: forges read workflows there alone")
    path = workflows.PATHS[name]
    builder = next((one for one in CONFIGURATIONS if _there(root, one)), "mkdocs.yml")
    new = () if _there(root, path) else (Change(path, None, workflows.workflow(name, builder)),)
    if name != workflows.GITLAB:
        return Step(title, new)
    including = f"include:\n  - local: {path}\n"
    if not _there(root, workflows.INCLUDING):
        return Step(title, (*new, Change(workflows.INCLUDING, None, including)))
    held = _held(root, workflows.INCLUDING)
    if not isinstance(held, str):
        if path in held[0]:
            return Step(title, new)
        try:
            after = append_item(held[0], "include", {"local": path}, newline=_ends(held[1]))
            return Step(title, (*new, Change(workflows.INCLUDING, held[1], after)))
        except SpliceError:
            pass
    return Step(title, new, f"add `include: [{{local: {path}}}]` to {workflows.INCLUDING} yourself")


def _there(root: Path, path: str) -> bool:
    return os.path.lexists(root / path)


def _held(root: Path, path: str) -> tuple[str, bytes] | str:
    """Return a file's text as it stands, with its bytes, or why it is left alone."""
    read = read_text(root, path)
    if isinstance(read, Finding):
        return f"{path} {read.message}"
    try:
        raw = (root / path).read_bytes()
        return (raw.decode("utf-8-sig"), raw) if inside(root, root / path) else f"{path} leads elsewhere"
    except (OSError, ValueError) as error:
        return f"{path} cannot be read: {error}"


def _ends(raw: bytes) -> str:
    return "\r\n" if b"\r\n" in raw else "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
