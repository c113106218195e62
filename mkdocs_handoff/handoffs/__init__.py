"""Handoffs: what their records say, as plain data, and what in them cannot be."""

from __future__ import annotations
