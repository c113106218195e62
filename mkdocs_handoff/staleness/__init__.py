"""Whether a record still holds: a verdict with its evidence, computed from catalog, history and the day."""

from __future__ import annotations
