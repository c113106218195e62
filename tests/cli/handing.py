"""A project in which a model moves from one team to another, in a real repository."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.history.repositories import Repository, repository

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

INTERRUPT = "^C"

TODAY = "2026-06-01"
FILES: dict[str, str | bytes | None] = {
    "teams/risk.yml": "title: Risk\nmembers:\n  - person:ann\n  - {ref: person:old, dateOut: 2026-01-31}\n",
    "teams/retention.yml": "title: Retention\nmembers: [person:bob, person:cho]\n",
    "teams/past.yml": "title: Past\nmembers:\n  - {ref: person:old, dateOut: 2026-01-31}\n",
    "people/ann.yml": "title: Ann Lee\nemail: ann@example.org\n",
    "people/bob.yml": "title: Bob Ray\nemail: bob@example.org\n",
    "people/cho.yml": "title: Cho Park\n",
    "people/dee.yml": "title: Dee Dix\n",
    "people/old.yml": "title: Old Hand\n",
    "models/churn.yml": (
        "# who leaves\ntitle: Churn\nowners:\n  - ref: team:risk # decides\n    role: accountable\n"
        "  - ref: person:ann\n    role: domain expert\n    since: 2024-01-01\n"
        "training_data: [visits]\nversion: 2\naccess:\n  - {system: feature store, role: reader}\n"
    ),
    "datasets/visits.md": "---\ntitle: Visits\nowner: team:risk # theirs\n---\n\n# Visits\n",
    "datasets/shared.yml": "title: Shared\nowner: team:past\n",
    "evaluations/churn-test.yml": (
        "title: Churn on the test rows\nmodel: model:churn\nmetrics:\n"
        "  - {type: roc_auc, value: {from: 'reports/m.json#/auc'}, higher_is_better: true, threshold: 0.8}\n"
    ),
    "reports/m.json": '{"auc": 0.81}\n',
    "playbooks/move.yml": (
        "title: Move it\ntype: migration\napplies_to: [model:churn]\nsteps:\n  - {id: read, title: Read}\n  - Ask\n"
    ),
}
HANDOFF = """---
title: Churn to Retention
# where it stands
status: in-review
owners: team:risk
subjects: [model:churn, dataset:visits]
from: team:risk
to: team:retention
dates: # as they came
  started: 2026-05-01 # on a Friday
acceptance_criteria:
  - id: auc # the one
    area: performance
    statement: As good as before.
    type: metric
    status: pass
    verified_by: person:bob
  - {id: drill, area: emergency-response, statement: Somebody rolled it back., type: drill, status: pass}
reproduction: {by: person:bob, on: 2026-05-20, checksums_match: true}
---

# Churn to Retention

Nearly done.
"""


def project(folder: Path, **more: str | bytes | None) -> Repository:
    """Make the project with one commit; `handoff` is the text of the handoff's record, if there is to be one."""
    made = repository(folder)
    given = {"handoffs/churn.md" if name == "handoff" else name: text for name, text in more.items()}
    made.commit({**FILES, **given}, "Begin", time=1_770_000_000)
    return made


def texts(root: Path) -> dict[str, str]:
    """Return what all files below a folder hold."""
    found = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes().decode() for path in found}


def at_a_terminal(
    folder: Path, arguments: Sequence[str], answers: Sequence[str], question: str = r"\[n\]o: "
) -> tuple[int, str]:
    """Run the command with a person in front of it, who answers each question; return its status and the screen."""
    # Where tests run in the background, the interrupt of a terminal is switched off.
    code = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    code += "from mkdocs_handoff.cli.main import run; run()"
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    screen, waiting, asked, end = "", list(answers), 0, time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([ours], [], [], 1)[0]:
            continue
        try:
            read = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not read:
            break
        screen += read.decode()
        questions = len(re.findall(question, screen))
        if questions > asked and waiting:
            asked = questions
            answer = waiting.pop(0)
            if answer == INTERRUPT:
                time.sleep(0.5)  # the question is there a moment before it is waited for
                process.send_signal(signal.SIGINT)
            else:
                os.write(ours, answer.encode())
    status = process.wait(30)
    os.close(ours)
    return status, screen.replace("\r\n", "\n")
