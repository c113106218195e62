"""What templates are given, a noun each: plain data and blocks, no project and no file system."""

from __future__ import annotations
