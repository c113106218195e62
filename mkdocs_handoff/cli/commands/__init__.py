"""The commands, a module each: `add_to` says what one takes, `run` does it and returns its exit status."""

from __future__ import annotations
