"""The site front: the pages of a project among those of MkDocs or ProperDocs. The only rooms that know a builder."""

from __future__ import annotations
