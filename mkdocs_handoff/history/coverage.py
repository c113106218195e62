"""Which paths a glob covers, of all that ever were."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mkdocs_handoff.text.globs import fixed_part, pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Area:
    """What a glob covers: below a folder, what matches.

    Attributes:
        base: The folder that the glob begins at, from the work tree's root, with a trailing `/`; empty for the root
            itself.
        glob: From there. One without wildcards covers the file, or all in the folder, of that name.
    """

    base: str
    glob: str

    def matching(self, paths: Sequence[str], submodules: Iterable[str]) -> set[str]:
        """Return those of some sorted paths that the glob covers, and the submodules in which it covers something."""
        start = len(self.base)
        found = {path for path in submodules if path.startswith(self.base) and self._reaches_into(path[start:])}
        if not any(char in self.glob for char in "*?["):
            whole = self.base + self.glob.rstrip("/")
            if not self.glob:
                return found | set(_below(paths, self.base))
            place = bisect_left(paths, whole)
            if place < len(paths) and paths[place] == whole:
                found.add(whole)
            found.update(_below(paths, f"{whole}/"))
            return found
        if self.glob.endswith("/**") and not any(char in self.glob[:-3] for char in "*?["):
            return found | set(_below(paths, self.base + self.glob[:-2]))  # the usual form, and no pattern to compile
        fixed = fixed_part(self.glob)
        match = pattern(self.glob).fullmatch
        start = len(self.base)
        found.update(
            path for path in _below(paths, f"{self.base}{fixed}/" if fixed else self.base) if match(path, start)
        )
        return found

    def _reaches_into(self, submodule: str) -> bool:
        """Tell whether the glob covers something in a submodule, as far as can be told without looking inside."""
        fixed = self.glob if not any(char in self.glob for char in "*?[") else fixed_part(self.glob)
        return f"{fixed}/".startswith(f"{submodule}/") or bool(pattern(self.glob).fullmatch(f"{submodule}/x"))


def area(glob: str, prefix: str) -> Area | None:
    """Return what a glob from the project's root covers, or None where it leads out of the repository.

    Args:
        glob: From the project's root; `../` leads above it.
        prefix: The project's root within the work tree, with a trailing `/`.
    """
    plain = glob.removeprefix("./").removeprefix("/")
    while plain.startswith("../"):
        if not prefix:
            return None
        plain = plain[3:]
        prefix = prefix[: prefix.rstrip("/").rfind("/") + 1]
    return Area(prefix, plain)


def _below(paths: Sequence[str], folder: str) -> Sequence[str]:
    """Return those of sorted paths that are in a folder, which ends with `/`; all for the empty one."""
    if not folder:
        return paths
    start = bisect_left(paths, folder)
    return paths[start : bisect_left(paths, folder[:-1] + "0", start)]  # "0" comes next after "/"
