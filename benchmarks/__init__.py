"""Measurements of lint and build against their neighbours; `benchmarks/README.md` tells how to read them."""

from __future__ import annotations
