"""Pages as files, for builders that load no plugin: what they hold, and what of it is to be written or removed."""

from __future__ import annotations
