"""A question to whoever sits at the terminal."""

from __future__ import annotations

import sys

from mkdocs_handoff.cli.status import UsageError


def needs_somebody(instead: str) -> None:
    """Refuse to go on where nobody can be asked.

    Args:
        instead: The option that answers beforehand.

    Raises:
        UsageError: Standard input is no terminal.
    """
    if not sys.stdin.isatty():
        raise UsageError(f"nobody is there to be asked: look at it with --dry-run, then add {instead}")


def agreed(question: str) -> bool:
    """Ask until there is a yes or a no; whoever ends the input says no."""
    while True:
        try:
            answer = input(f"{question} [y]es, [n]o: ").strip().lower()
        except EOFError:
            print()
            return False
        if answer in ("y", "yes", "n", "no"):
            return answer[0] == "y"
        print("type y to do it, or n to leave it; Ctrl-C stops here, and undoes nothing that is done")
