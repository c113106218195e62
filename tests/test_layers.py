"""Data goes one way: the import contracts hold, they would notice, and lint loads nothing that it does not need."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.projects import EXAMPLES, copied

ROOT = Path(__file__).parents[1]
LINTER = Path(sys.executable).with_name("lint-imports")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINTER, "--no-cache"], cwd=folder, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not LINTER.exists():
        pytest.skip("import-linter is not installed here (group `lint`)")
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "mkdocs_handoff", folder / "mkdocs_handoff", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_contracts_hold(checkout: Path) -> None:
    result = lint_imports(checkout)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("cli/commands/lint.py", "import jinja2"),
        ("cli/commands/rule.py", "import markdown"),
        ("records/read.py", "import mkdocs.config"),
        ("records/read.py", "from mkdocs_handoff.catalog import catalog"),
        ("catalog/build.py", "import properdocs"),
        ("text/yaml.py", "from mkdocs_handoff.records import record"),
    ],
)
def test_the_contracts_notice_a_forbidden_import(checkout: Path, module: str, line: str) -> None:
    path = checkout / "mkdocs_handoff" / module
    kept = path.read_text(encoding="utf-8")
    try:
        path.write_text(f"{kept}\n{line}\n", encoding="utf-8")
        result = lint_imports(checkout)
    finally:
        path.write_text(kept, encoding="utf-8")
    assert result.returncode == 1, result.stdout
    assert "BROKEN" in result.stdout


_AFTER_LINT = """
import sys
from mkdocs_handoff.cli.main import main
status = main(["lint", "--format", "concise"])
forbidden = {"mkdocs", "properdocs", "material", "jinja2", "markdown", "pymdownx"}
forbidden |= {"jsonschema", "ruamel", "click"}
print(status, *sorted(name for name in sys.modules if name.partition(".")[0] in forbidden or name in forbidden))
"""


@pytest.mark.parametrize("name", ["fifteen-line-card", "yaml-kinds", "markdown", "settings-list"])
def test_linting_a_good_project_loads_no_builder_and_no_template_engine(name: str, tmp_path: Path) -> None:
    project = copied(EXAMPLES / "good" / name, tmp_path / "project")
    result = subprocess.run(
        [sys.executable, "-c", _AFTER_LINT], cwd=project, capture_output=True, text=True, timeout=60, check=True
    )
    assert result.stdout.split() == ["0"], "of the libraries that lint must not load, it loaded these"


def test_markdown_it_is_loaded_only_for_markdown(tmp_path: Path) -> None:
    project = copied(EXAMPLES / "good" / "yaml-kinds", tmp_path / "project")
    code = _AFTER_LINT.replace('"click"', '"click", "markdown_it"')
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, timeout=60, check=True
    )
    assert result.stdout.split() == ["0"]
