"""Documentation as code for machine-learning models that change hands."""

from __future__ import annotations

__version__ = "0.1.0"
