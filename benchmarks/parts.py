"""Pieces of lint beside other libraries' pieces for the same work, inside one process."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import jsonschema
import jsonschema_rs
import yaml
import yaml12
from ruamel.yaml import YAML

from mkdocs_handoff import resources
from mkdocs_handoff.schema.fields import typed
from mkdocs_handoff.schema.kinds import load_kinds
from mkdocs_handoff.schema.validate import BASE, Validators
from mkdocs_handoff.text.ruamel import compose as compose_with_ruamel
from mkdocs_handoff.text.yaml import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROUNDS = 5
_SLOW = 20
"""How many of the files the slow ones get: they need a hundred times as long, and no more precision."""


def readers(texts: Sequence[str]) -> dict[str, list[float]]:
    """Return seconds per file, a figure for each round, by reader."""
    return _rounds(
        {
            "ours: libyaml nodes, values, places": (read, texts),
            "ruamel.yaml nodes, pure Python": (lambda text: list(compose_with_ruamel(text)), texts[:_SLOW]),
            "ruamel.yaml safe, pure Python": (lambda text: YAML(typ="safe", pure=True).load(text), texts[:_SLOW]),
            "py-yaml12, values only": (yaml12.parse_yaml, texts),
            "PyYAML CSafeLoader, values only": (lambda text: yaml.load(text, Loader=yaml.CSafeLoader), texts),
        }
    )


def validators(texts: Sequence[str]) -> dict[str, list[float]]:
    """Return seconds per record, a figure for each round, by validator. All records are valid."""
    kinds, _ = load_kinds([(resources.folder("schemas"), "schemas")])
    read_texts = [read(text).documents[0] for text in texts]
    records = [(kinds[raw["kind"]], typed(raw, kinds[raw["kind"]].root)) for raw in read_texts]
    slow = {name: jsonschema.Draft202012Validator(kind.schema) for name, kind in kinds.items()}
    fast = {name: jsonschema_rs.Draft202012Validator(kind.schema) for name, kind in kinds.items()}
    ours = Validators()
    return _rounds(
        {
            "ours": (lambda pair: ours.check(pair[0], pair[1], BASE, ()), records),
            "jsonschema-rs": (lambda pair: fast[pair[0].name].is_valid(pair[1]), records),
            "jsonschema": (lambda pair: slow[pair[0].name].is_valid(pair[1]), records[:_SLOW]),
        }
    )


def _rounds(work: dict[str, tuple[Callable[[Any], object], Sequence[Any]]]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in work}
    for round_ in range(_ROUNDS + 1):
        for name, (function, things) in work.items():
            before = time.process_time()
            for thing in things:
                function(thing)
            if round_:
                times[name].append((time.process_time() - before) / len(things))
    return times
