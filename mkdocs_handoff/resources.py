"""Where the files that travel with the package stand."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent

REPOSITORY = "https://github.com/mkdocs-handoff/mkdocs-handoff"
"""Where the project itself stands, with the hooks that others name."""

GUIDE = f"{REPOSITORY}/blob/main/docs/"
"""Where the documentation stands: who installed a wheel has no `docs/`."""


def folder(name: str) -> Path:
    """Return the folder `name` (`schemas` or `templates`) that belongs to the package.

    In a wheel the folder stands inside the package. In an editable install it stands beside it, at the top of the
    repository; the marker keeps a broken wheel from picking up some `site-packages/templates`.

    Raises:
        FileNotFoundError: The installation lacks the folder.
    """
    inside = _PACKAGE / name
    if inside.is_dir():
        return inside
    beside = _PACKAGE.parent / name
    if beside.is_dir() and (_PACKAGE.parent / "pyproject.toml").is_file():
        return beside
    raise FileNotFoundError(f"mkdocs-handoff is installed without its folder {name!r}; reinstall it")
