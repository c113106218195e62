"""Adopted formats: each turns a document of its own into our fields, and says which were moved or made."""

from __future__ import annotations

from mkdocs_handoff.records.dialects.adapt import adapt, is_backstage, kind_of, skipped
from mkdocs_handoff.records.dialects.adapted import Adapted
from mkdocs_handoff.records.dialects.cards import RENAMED

__all__ = ["RENAMED", "Adapted", "adapt", "is_backstage", "kind_of", "skipped"]
