"""Counts of the real files, folder by folder: files, what they are adopted as, findings by rule.

Run as `python -m tests.real.counts [FOLDER]`; prints a Markdown table.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs_handoff.adoption.detect import detect, promising
from mkdocs_handoff.adoption.heads import HEAD
from tests.projects import lint, real_files

if TYPE_CHECKING:
    from mkdocs_handoff.project import Project

SETTINGS = """\
records:
  decision: madr-decisions/*.md
  dataset: [hf-dataset-cards/*/README.md]
  model: [hf-model-cards/*.md, open-model-zoo/**/model.yml]
exclude: [madr-decisions/index.md, madr-decisions/adr-template*.md]
"""


def read(folder: Path, root: Path) -> Project:
    """Return the real files as a project, copied to a folder of its own; the copy may be written where they may not."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        copy = root / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    (root / "handoff.yml").write_text(SETTINGS)
    return lint(root)


def table(project: Project) -> list[tuple[str, int, str, str, str]]:
    """Return a row per folder: its files, what they are detected as, the records read, findings by rule."""
    root = project.settings.root
    rows = []
    for folder in sorted(one.name for one in root.iterdir() if one.is_dir()):
        files = sorted(path for path in (root / folder).rglob("*") if path.is_file())
        seen: Counter[str] = Counter()
        for file in files:
            path = file.relative_to(root).as_posix()
            found = detect(path, file.read_bytes()[:HEAD].decode("utf-8", "replace")) if promising(path) else None
            seen[f"{found.kind or 'beside'} ({found.dialect})" if found else "nothing"] += 1
        records = Counter(
            record.kind for record in project.catalog.records.values() if record.source.path.startswith(f"{folder}/")
        )
        rules = Counter(
            f"{finding.rule} ({finding.severity.value})"
            for finding in project.findings
            if finding.place.path.startswith(f"{folder}/")
        )
        rows.append((folder, len(files), _told(seen), _told(records), _told(rules)))
    return rows


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def main() -> int:
    """Print the table."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else real_files()
    if folder is None:
        print("no real files here")
        return 2
    with tempfile.TemporaryDirectory() as made:
        print("| folder | files | detected as | records | findings |\n|---|---|---|---|---|")
        for row in table(read(folder, Path(made) / "project")):
            print("| " + " | ".join(map(str, row)) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
