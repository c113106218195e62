"""Reports: plain data computed from project and catalog. Pages, tables and JSON show the same report."""

from __future__ import annotations
