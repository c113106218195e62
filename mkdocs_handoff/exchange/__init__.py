"""The catalog for other programs: one module per format."""

from __future__ import annotations
