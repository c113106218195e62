"""What a machine can tell of a model from what lies in the repository, one module per format."""

from __future__ import annotations
