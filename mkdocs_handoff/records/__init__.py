"""From files to records: the only rooms that open record files."""

from __future__ import annotations
