"""The builder, where a command runs it: which one is installed, and what it says."""

from __future__ import annotations

import importlib
import logging
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUILDERS = ("mkdocs", "properdocs")


class UnbuiltError(Exception):
    """The pages cannot be made; the text says why, and what to do."""


def load_builder(configuration: Path | None) -> str:
    """Load a builder: MkDocs if it is there, unless the configuration is one of ProperDocs'.

    Raises:
        UnbuiltError: None is installed.
    """
    names = _BUILDERS
    if configuration is not None and configuration.name.startswith(_BUILDERS[1]):
        names = _BUILDERS[::-1]
    for name in names:
        loaded = sys.modules.get("mkdocs")
        if loaded is not None:  # only one of the two can live in a process
            return loaded.__name__
        try:
            # ProperDocs answers for `mkdocs` once its command is loaded.
            importlib.import_module("properdocs.__main__" if name == _BUILDERS[1] else name)
        except ImportError:
            continue
        return name
    raise UnbuiltError(
        "pages are made by MkDocs or ProperDocs, and neither is installed here: "
        "`pip install mkdocs-handoff` brings MkDocs along"
    )


@contextmanager
def listening(builder: str) -> Iterator[list[str]]:
    """Keep what the builder logs: of errors what it says, of all else nothing.

    What a project's own build warns of is told there; here links out of the pack would be told as missing.
    """
    said: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.ERROR:
                said.append(record.getMessage())

    listener, log = Listener(), logging.getLogger(builder)
    spread = log.propagate
    log.addHandler(listener)
    log.propagate = False
    try:
        yield said
    finally:
        log.removeHandler(listener)
        log.propagate = spread
