"""Numbers: as they are written in records, and in sentences."""

from __future__ import annotations

from typing import Any

from mkdocs_handoff.text.yaml import Plain


def counted(number: int, noun: str) -> str:
    """Return so many of something: `1 record`, `2,000 records`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def number_of(value: Any) -> float | None:
    """Return a value as a number, whether it was read as one or as text; None where it is none."""
    if isinstance(value, str):
        value = Plain(value.strip()).number()
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
