"""The base project on which every check passes, with what a test changes in it, as a real repository."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs_handoff.handoffs.handoff import handoff
from mkdocs_handoff.past import look_back
from mkdocs_handoff.project import load
from mkdocs_handoff.records.record import Identity
from mkdocs_handoff.reports.handoffs.signed import digest_of, signed
from mkdocs_handoff.reports.readiness.given import Given, given
from mkdocs_handoff.reports.readiness.readiness import readiness
from mkdocs_handoff.settings import find_settings
from tests.history.repositories import Repository, repository

BASE = Path(__file__).parent / "base"
TODAY = date(2026, 11, 23)
HANDOFF = Identity("handoff", "churn")
MODEL = Identity("model", "churn")
_BEFORE = 1_790_000_000  # 2026-09-21: before all reviews
_DIGEST = "DIGEST"


@dataclass(frozen=True)
class Change:
    """A text of a file, and what stands in its place; an empty text is the whole file, None takes the file away."""

    path: str
    old: str
    new: str | None


def project(folder: Path, *changes: Change, digest: str | None = None) -> Repository:
    """Write the base project with some changes, signed after them, and commit it."""
    files = {path.relative_to(BASE).as_posix(): path for path in sorted(BASE.rglob("*")) if path.is_file()}
    texts: dict[str, str | bytes | None] = {name: path.read_text(encoding="utf-8") for name, path in files.items()}
    for one in changes:
        text = texts.get(one.path)
        assert one.new is not None or not one.old
        if one.old:
            assert isinstance(text, str), one.path
            assert one.old in text, one
            texts[one.path] = text.replace(one.old, str(one.new), 1)
        elif one.new is None:
            del texts[one.path]
        else:
            texts[one.path] = one.new
    made = repository(folder)
    made.write(texts)
    written = texts["handoffs/churn.yml"]
    assert isinstance(written, str)
    catalog = load(find_settings(folder)).catalog
    today = digest or digest_of(signed(catalog, handoff(catalog, HANDOFF)))
    made.commit({"handoffs/churn.yml": written.replace(_DIGEST, today)}, time=_BEFORE)
    return made


def looked_at(folder: Path, today: date = TODAY) -> Given:
    """Return what readiness of a project is computed from."""
    read = load(find_settings(folder))
    return given(read, look_back(read.settings, today))


__all__ = ["BASE", "HANDOFF", "MODEL", "TODAY", "Change", "looked_at", "project", "readiness"]
