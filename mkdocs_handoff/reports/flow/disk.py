"""Whether the files that links lead to are there: code that steps name, and artifacts."""

from __future__ import annotations

import os
import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.records.record import Record

_POINTERS = ("", ".dvc")
_FILE = re.compile(r"[^\s`\"'<>|*?]*(?:/[^\s`\"'<>|*?]*|\.[A-Za-z][A-Za-z0-9]{0,5})")
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//|~|git@")


class Disk:
    """Knows which files are there.

    Args:
        root: The project's root, from which paths go; None where nobody can look: then all are taken to be there.
    """

    def __init__(self, root: Path | None) -> None:
        self._root = str(root) if root is not None else None
        self._known: dict[str, bool] = {}

    def lacks(self, written: object, record: Record) -> bool:
        """Tell whether something is a path in the project at which nothing is.

        Args:
            written: A path, from the project's root or the record's folder; what is an address or a sentence is none.
            record: Who says it.
        """
        text = written.partition("#")[0].strip() if isinstance(written, str) else ""
        if self._root is None or not text or _ELSEWHERE.match(text) or not _FILE.fullmatch(text):
            return False
        beside = posixpath.join(posixpath.dirname(record.source.path), text)
        return not any(self._holds(f"{path}{end}") for path in (text.lstrip("/"), beside) for end in _POINTERS)

    def _holds(self, path: str) -> bool:
        if path not in self._known:
            self._known[path] = os.path.exists(os.path.join(str(self._root), path))  # noqa: PTH110, PTH118 - of many
        return self._known[path]
