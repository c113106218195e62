"""Pages: which there are, at which paths, and what stands on them. Knows no builder."""

from __future__ import annotations
