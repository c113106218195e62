"""From bytes to values: files, YAML with places, names that resemble each other."""

from __future__ import annotations
