"""The builder's configuration, as `init` writes it or adds our plugin to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.needs import needs
from mkdocs_handoff.adoption.step import Change, Step, below, ends, held, quoted, there
from mkdocs_handoff.resources import GUIDE
from mkdocs_handoff.settings import CONFIGURATIONS
from mkdocs_handoff.settings.entry import PLUGIN, plugin_entries
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.append import append_item
from mkdocs_handoff.text.splice import set_fields
from mkdocs_handoff.text.values import SpliceError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mkdocs_handoff.text.yaml import Value

IGNORED = ".gitignore"
_SITE = "/site/"
_THEME = "material"
_TECHDOCS = "techdocs-core"
_NEW = f"""theme:
  name: {_THEME}
  features: [navigation.indexes]
  palette:  # light or dark, as the reader's system is set
    - {{media: "(prefers-color-scheme: light)", scheme: default}}
    - {{media: "(prefers-color-scheme: dark)", scheme: slate}}
plugins:
  - search
  - handoff
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - tables
  - pymdownx.details
  - pymdownx.superfences
"""


def configuration_of(root: Path) -> str:
    """Return the name of the builder's configuration; empty where there is none."""
    return next((one for one in CONFIGURATIONS if there(root, one)), "")


def configuration(root: Path, docs_dir: str) -> Step:
    """Return the step that makes the builder build our pages.

    Args:
        root: The project's root.
        docs_dir: The builder's folder of pages.
    """
    name = configuration_of(root)
    if name:
        return _entered(root, name, docs_dir)
    text = f"site_name: {quoted(root.name or 'Records')}\n{_NEW}"
    changes = [Change("mkdocs.yml", None, text)]
    if not any(there(root, f"{docs_dir}/{start}") for start in ("index.md", "README.md")):
        start = f"# {root.name or 'Records'}\n\nWhat is known of our models: [Handoff](handoff/index.md).\n"
        changes.insert(0, Change(f"{docs_dir}/index.md", None, start))
    ignored = _ignoring(root)
    if ignored is not None:
        changes.append(ignored)
    return Step("the builder's configuration", tuple(changes))


def _ignoring(root: Path) -> Change | None:
    """Return the change that keeps the built site out of git, be it begun later, if it is not kept out already."""
    way = below(root)
    if way and any(_ignored(above) for above in root.parents[: way.count("/") + 1]):
        return None
    if not there(root, IGNORED):
        return Change(IGNORED, None, f"{_SITE}\n")
    read = held(root, IGNORED)
    if isinstance(read, str) or {"/site", _SITE} & {line.strip() for line in read[0].splitlines()} or _ignored(root):
        return None
    end = ends(read[1])
    break_ = "" if not read[0] or read[0].endswith("\n") else end
    return Change(IGNORED, read[1], f"{read[0]}{break_}{_SITE}{end}")


def _ignored(folder: Path) -> bool:
    """Tell whether a folder's list keeps a built site out of git wherever it lies."""
    read = held(folder, IGNORED) if there(folder, IGNORED) else ""
    return isinstance(read, tuple) and bool({"site", "site/"} & {line.strip() for line in read[0].splitlines()})


def _entered(root: Path, name: str, docs_dir: str) -> Step:
    """Return the step that adds the plugin to a configuration that is there, and tells what then builds with it."""
    step = _added(root, name, docs_dir)
    if not (step.changes or step.by_hand):
        return step
    changes, told = needs(root, name)
    return replace(step, changes=(*step.changes, *changes), by_hand=(*step.by_hand, *told))


def _added(root: Path, name: str, docs_dir: str) -> Step:
    title = "the plugin, in the builder's configuration"
    by_hand = f"add `- handoff` to `plugins:` in {name} yourself (and `- search`, where there is no list yet)"
    read = held(root, name)
    if isinstance(read, str):
        return Step(title, by_hand=(f"{read}: {by_hand}",))
    text, raw = read
    reading = yaml.read(text)
    value = reading.documents[0] if reading.documents else None
    if not isinstance(value, dict) or any(one.rule == "yaml/syntax" for one in reading.problems):
        return Step(title, by_hand=(f"{name} cannot be read as it is: {by_hand}",))
    plugins = value.get("plugins")
    if plugin_entries([value]) or _grouped(plugins):
        return Step(title)
    if isinstance(plugins, dict | list) and any(_TECHDOCS in (one, *_keys(one)) for one in plugins):
        note = (
            f"Backstage builds with {name}, and its container has no plugin but its own: `mkdocs-handoff generate "
            f"{docs_dir}/handoff` writes the pages for it ({GUIDE}generate.md)"
        )
        return Step(title, note=note)
    if plugins is None and "INHERIT" in value:
        return Step(title, by_hand=(f"{name} inherits its plugins: add `- handoff` where they are listed",))
    newline = ends(raw)
    try:
        if isinstance(plugins, dict):
            after = set_fields(text, {"handoff": {}}, prefix=("plugins",), newline=newline)
        else:
            if plugins is None:  # with a list of plugins, search is on it or it is off
                text = append_item(text, "plugins", "search", newline=newline)
            after = append_item(text, "plugins", "handoff", newline=newline)
    except SpliceError as error:
        return Step(title, by_hand=(f"{name} is left as it is ({error}): {by_hand}",))
    return Step(title, (Change(name, raw, after),), _themed(value))


def _keys(value: Value) -> Iterable[str]:
    return value if isinstance(value, dict) else ()


def _grouped(plugins: Value) -> bool:
    """Tell whether our plugin stands in the options of another, as Material's `group` has it."""
    if isinstance(plugins, dict):
        return PLUGIN in plugins or any(_grouped(one) for one in plugins.values())
    return isinstance(plugins, list) and any(one == PLUGIN or _grouped(one) for one in plugins)


def _themed(value: dict[str, Value]) -> str:
    """Return what to know of the theme, where it is not the one that our pages are laid out for."""
    if "INHERIT" in value and "theme" not in value:
        return ""
    theme = value.get("theme") or "mkdocs"
    name = theme.get("name") if isinstance(theme, dict) else theme
    if not isinstance(name, str) or name == _THEME:
        return ""
    return (
        f"the theme is {name!r}: our pages can be read in it, and are laid out for Material, which is installed with "
        f"mkdocs-handoff (`theme: {{name: {_THEME}}}`)"
    )
