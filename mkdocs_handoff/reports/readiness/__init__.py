"""Whether a receiving team can take a model over, check by check."""

from __future__ import annotations
