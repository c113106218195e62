"""Running a pipeline as its record declares it. Only `verify --run` does this, after asking."""

from __future__ import annotations
