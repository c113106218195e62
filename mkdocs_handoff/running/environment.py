"""In what surroundings something was run, in a few words."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
from typing import TYPE_CHECKING

from mkdocs_handoff.text.files import inside

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SHOWN = 16


def summary(folder: Path, lockfiles: Iterable[str]) -> dict[str, str]:
    """Return Python's version, the platform, and the digest of each lock file, by name.

    Python is the `python3` (or `python`) that a command would find, which need not be the one that runs this.

    Args:
        folder: Where lock files are looked for, and where the commands run.
        lockfiles: Their paths from there; those that are not there are passed over.
    """
    found = {"python": _python(), "platform": f"{platform.system()} {platform.release()} {platform.machine()}".strip()}
    for path in dict.fromkeys(lockfiles):
        file = folder / path
        try:
            if not inside(folder, file) or not file.is_file():
                continue
            with file.open("rb") as held:
                found[path] = f"sha256:{hashlib.file_digest(held, 'sha256').hexdigest()[:_SHOWN]}"
        except (OSError, ValueError):
            continue
    return found


def _python() -> str:
    """Return the version of the Python that commands find; without one, of the one that runs this."""
    for name in ("python3", "python"):
        program = shutil.which(name)
        if program is None:
            continue
        try:
            done = subprocess.run(  # noqa: S603 - the user's own Python, asked for its version
                [program, "-I", "-c", "import platform; print(platform.python_version())"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=20,
                check=False,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        if not done.returncode and done.stdout.strip():
            return done.stdout.strip()
    return platform.python_version()
