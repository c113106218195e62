"""The plugin's entry in a builder's configuration, and in those that it inherits from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs_handoff.text.yaml import Path, Value

PLUGIN = "handoff"


@dataclass(frozen=True, slots=True)
class Entry:
    """Where options of the plugin stand.

    Attributes:
        number: Which configuration of the chain.
        path: The way to the options in it.
        misfit: Whether something stands there that is no mapping.
    """

    number: int
    path: Path
    options: dict[str, Value] = field(default_factory=dict)
    misfit: bool = False


def plugin_entries(chain: Iterable[dict[str, Value]]) -> list[Entry]:
    """Return where the plugin's options stand in configurations that inherit from each other, the nearest first.

    As MkDocs has it: the nearest list of plugins stands alone, mappings of plugins are merged.
    """
    entries: list[Entry] = []
    for number, configuration in enumerate(chain):
        plugins = configuration.get("plugins")
        if isinstance(plugins, dict):
            if PLUGIN in plugins:
                entries.append(_entry(number, ("plugins", PLUGIN), plugins[PLUGIN]))
        elif plugins is not None:
            return entries or _listed(number, plugins)
    return entries


def _listed(number: int, plugins: Value) -> list[Entry]:
    for position, plugin in enumerate(plugins if isinstance(plugins, list) else []):
        if plugin == PLUGIN:
            return [Entry(number, ("plugins", position))]
        if isinstance(plugin, dict) and PLUGIN in plugin:
            return [_entry(number, ("plugins", position, PLUGIN), plugin[PLUGIN])]
    return []


def _entry(number: int, path: Path, options: Value) -> Entry:
    if isinstance(options, dict):
        return Entry(number, path, options)
    return Entry(number, path, misfit=options is not None)


def merged(options: Iterable[dict[str, Value]]) -> dict[str, Value]:
    """Return options of several configurations as one: of two values the nearer holds, mappings are merged."""
    result: dict[str, Value] = {}
    for further in options:
        for key, value in further.items():
            nearer = result.get(key)
            if key not in result:
                result[key] = value
            elif isinstance(nearer, dict) and isinstance(value, dict):
                result[key] = merged([nearer, value])
    return result
