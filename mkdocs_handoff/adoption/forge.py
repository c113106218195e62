"""The step of `init` that writes what a forge runs, beside what the team has it run already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs_handoff.adoption import workflows
from mkdocs_handoff.adoption.builder import configuration_of
from mkdocs_handoff.adoption.pipelines import pipelines, requirements_of
from mkdocs_handoff.adoption.step import Change, Step, below, ends, held, no_repository, there
from mkdocs_handoff.settings import OWN_FILE
from mkdocs_handoff.text import yaml
from mkdocs_handoff.text.append import append_item
from mkdocs_handoff.text.values import SpliceError

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.text.yaml import Value

_INCLUDING = ".gitlab-ci.yml"


def forge(root: Path, name: str, settings: str = OWN_FILE) -> Step:
    """Return the step that writes a forge's workflow.

    Args:
        root: The project's root.
        name: One of `workflows.FORGES`.
        settings: The file of the project's settings.
    """
    title = f"what {'GitHub' if name == workflows.GITHUB else 'GitLab'} runs"
    elsewhere = no_repository(root, "the workflow", workflows.checking(name, f"{below(root)}/{settings}"))
    if elsewhere:
        return Step(title, by_hand=elsewhere)
    path = workflows.PATHS[name]
    made = workflows.workflow(name, configuration_of(root), requirements_of(root))
    if there(root, path):
        read = held(root, path)
        if isinstance(read, str) or "mkdocs-handoff" not in read[0]:
            return Step(title, by_hand=(f"{path} is there, is none of ours, and is left as it is",))
    return _github(root, title, made) if name == workflows.GITHUB else _gitlab(root, title, made)


def _github(root: Path, title: str, made: str) -> Step:
    path = workflows.PATHS[workflows.GITHUB]
    if there(root, path):
        return Step(title)
    run = pipelines(root)
    publishing = [one.path for one in run if one.publishes]
    called = dict.fromkeys(name for one in run for name in one.called)
    unread = f"What is called elsewhere was not read: look whether it publishes pages ({', '.join(called)})"
    if not publishing:
        return Step(title, (Change(path, None, made),), unread if called else "")
    verb = "publishes" if len(publishing) == 1 else "publish"
    note = (
        f"{' and '.join(publishing)} {verb} pages already: so that no second site takes their place, ours has no job "
        "`site`"
    )
    return Step(title, (Change(path, None, workflows.without_site(made)),), note)


def _gitlab(root: Path, title: str, made: str) -> Step:
    path = workflows.PATHS[workflows.GITLAB]
    known = there(root, path)
    if not there(root, _INCLUDING):
        new = () if known else (Change(path, None, made),)
        return Step(title, (*new, Change(_INCLUDING, None, f"include:\n  - local: {path}\n")))
    read = held(root, _INCLUDING)
    by_hand = f"add `- local: {path}` to `include:` in {_INCLUDING} yourself"
    if isinstance(read, str):
        return Step(title, () if known else (Change(path, None, made),), by_hand=(f"{read}: {by_hand}",))
    text, raw = read
    reading = yaml.read(text)
    value = reading.documents[0] if reading.documents else None
    theirs = value if isinstance(value, dict) else {}
    made, notes = _beside(made, theirs)
    if theirs and "merge_request" not in text:
        made = workflows.of_branches(made)
    new = () if known else (Change(path, None, made),)
    if path in text:
        return Step(title, new, " ".join(notes) if new else "")
    clash = sorted(_jobs(made) & theirs.keys())
    if clash:
        told = (
            f"{_INCLUDING} has jobs of the same names as {path} ({', '.join(clash)}): give them others, and {by_hand}"
        )
        return Step(title, new, by_hand=(told,))
    include = theirs.get("include")
    if "include" in theirs and include is not None and not isinstance(include, list):
        return Step(
            title, new, " ".join(notes), (f"make `include:` in {_INCLUDING} a list, and add `- local: {path}`",)
        )
    try:
        after = append_item(text, "include", {"local": path}, newline=ends(raw)) if theirs else _begun(text, path, raw)
    except SpliceError as error:
        return Step(title, new, " ".join(notes), (f"{_INCLUDING} is left as it is ({error}): {by_hand}",))
    return Step(title, (*new, Change(_INCLUDING, raw, after)), " ".join(notes))


def _begun(text: str, path: str, raw: bytes) -> str:
    """Return a file that holds nothing yet with what it is to include."""
    if any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        raise SpliceError("it cannot be read")
    end = ends(raw)
    return f"{text}{'' if not text or text.endswith(end) else end}include:{end}  - local: {path}{end}"


def _beside(made: str, theirs: dict[str, Value]) -> tuple[str, list[str]]:
    """Return our jobs as they fit into a pipeline, and what to know of that."""
    notes: list[str] = []
    listed = theirs.get("stages")
    stages = [one for one in listed if isinstance(one, str)] if isinstance(listed, list) else []
    stages = [one for one in stages if one not in (".pre", ".post")]
    if stages:
        made, checked, published = workflows.staged(made, stages)
        notes.append(f"our checks run in the stage {checked!r}, the site is made in {published!r}.")
    publishing = _pages(theirs)
    if publishing:
        made = workflows.without_pages(made)
        notes.append(
            f"The job {publishing!r} publishes your pages, so ours, `handoff-site`, keeps its site as an artifact: "
            "to publish both, let yours run `mkdocs build --site-dir public/handoff` too."
        )
    if theirs.get("include"):
        notes.append("What is included already was not read: look whether it lists `stages` or has a job `pages`.")
    return made, notes


def _pages(theirs: dict[str, Value]) -> str:
    """Return the job that publishes pages: by its name, or as it says itself (from GitLab 17.6 on)."""
    if "pages" in theirs:
        return "pages"
    jobs = ((name, job) for name, job in theirs.items() if isinstance(job, dict) and "script" in job)
    return next((name for name, job in jobs if job.get("pages") not in (None, "false", False)), "")


def _jobs(made: str) -> frozenset[str]:
    return frozenset(line.partition(":")[0] for line in made.splitlines() if line and line[0] not in " #")
