"""The same records as a writer of Markdown would put them: pages for a bare build to be compared with."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from benchmarks.generate import CONFIGURATION, Project

if TYPE_CHECKING:
    from pathlib import Path

_GROUP = 50
_INLINE = (str, int, float, bool)


def write_plain(folder: Path, project: Project) -> None:
    """Write a page for each record below `folder`, with what our page shows: fields, links, and what refers to it.

    The pages stand in folders of fifty, so that `navigation.prune` has something to cut: within a folder it cuts
    nothing.
    """
    places = {
        f"{kind}:{project.name(number)}": f"{kind}s/{number // _GROUP:03}/{project.name(number)}.md"
        for number, kind in enumerate(project.kinds)
    }
    inverse: dict[str, list[str]] = {}
    for number, kind in enumerate(project.kinds):
        identity = f"{kind}:{project.name(number)}"
        for target in _references(project.record(number)):
            inverse.setdefault(target, []).append(identity)
    for number, kind in enumerate(project.kinds):
        identity = f"{kind}:{project.name(number)}"
        page = _Page(places, places[identity])
        prose = project.prose(number) if project.is_markdown(number) else ""
        text = page.text(project.record(number), sorted(set(inverse.get(identity, ()))), prose)
        path = folder / "docs" / places[identity]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Models\n\nWhat we run, and who answers for it.\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [one for item in value.values() for one in _references(item)]
    if isinstance(value, list):
        return [one for item in value for one in _references(item)]
    return [value] if isinstance(value, str) and value.partition(":")[0] in ("feature", "dataset", "model") else []


class _Page:
    def __init__(self, places: dict[str, str], place: str) -> None:
        self.places, self.folder = places, posixpath.dirname(place)

    def text(self, record: dict[str, Any], inverse: list[str], prose: str) -> str:
        above = ("title", "description")
        facts = {key: value for key, value in record.items() if isinstance(value, _INLINE) and key not in above}
        table = "| | |\n|---|---|" + "".join(f"\n| {self.label(key)} | {value} |" for key, value in facts.items())
        parts = [f"# {record['title']}", record["description"], table]
        for key, value in record.items():
            if value and not isinstance(value, _INLINE):
                parts += [f"## {self.label(key)}", self.block(value)]
        if prose:
            parts.append(re.sub(r"\[\[(.+?)\]\]", lambda found: self.link(found[1]), prose))
        if inverse:
            parts += ["## Referred to by", "\n".join(f"- {self.inline(one)}" for one in inverse)]
        return "\n\n".join(parts) + "\n"

    def label(self, key: str) -> str:
        return key.replace("_", " ").capitalize()

    def inline(self, value: Any) -> str:
        if isinstance(value, dict):
            return ", ".join(f"{self.label(key)}: {self.inline(item)}" for key, item in value.items())
        if isinstance(value, list):
            return ", ".join(map(self.inline, value))
        text = " ".join(str(value).split())
        return self.link(text) if text in self.places else text

    def link(self, identity: str) -> str:
        return f"[{identity.partition(':')[2]}]({posixpath.relpath(self.places[identity], self.folder)})"

    def block(self, value: Any) -> str:
        if isinstance(value, dict):
            return "\n".join(f"- **{self.label(key)}**: {self.inline(item)}" for key, item in value.items())
        if isinstance(value[0], dict):
            columns = list(value[0])
            rows = [[self.label(column) for column in columns], ["---"] * len(columns)]
            rows += [[self.inline(item.get(column, "")) for column in columns] for item in value]
            return "\n".join("| " + " | ".join(row) + " |" for row in rows)
        return "\n".join(f"- {self.inline(item)}" for item in value)
