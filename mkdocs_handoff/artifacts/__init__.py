"""Files that records state checksums of: what they hold, and whether it is what was stated."""

from __future__ import annotations
