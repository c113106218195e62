"""A pack: a handoff as one portable archive of pages, records and artifacts, with a manifest and checksums."""

from __future__ import annotations
