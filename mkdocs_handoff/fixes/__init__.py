"""Mending what can be mended without knowing more than what is written."""

from __future__ import annotations
