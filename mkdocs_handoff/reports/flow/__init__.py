"""From origin to evaluation: the links that a model's lineage must have, and the columns that flow along them."""

from __future__ import annotations
