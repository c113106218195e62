"""How often the verdict "suspect" is raised over the sample project's history, and how often it mattered.

    python -m benchmarks.alarms [--list]

The history is replayed day by day along its main line, as its readers saw it: at the end of each day on which something
was committed, and on the last day of each month, every record is judged. An alarm is a record that a cause makes
suspect and did not the day before. It mattered if the story (`sample_project/history/story.toml`) says of a commit of
that day, or of the days since the replay last looked, that the record's text would have misled a reader; the label was
given by reading, before there were verdicts. A record that a commit mattered to, and that was neither made suspect by
it nor edited in it, was missed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from mkdocs_handoff.history.history import history
from mkdocs_handoff.past import Past
from mkdocs_handoff.project import load
from mkdocs_handoff.settings import find_settings
from mkdocs_handoff.staleness.judge import staleness

SAMPLE = Path(__file__).resolve().parent.parent / "sample_project"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A record that a cause made suspect on a day."""

    day: date
    record: str
    about: str
    text: str
    mattered: bool


def replay() -> tuple[list[Alarm], list[tuple[str, str]]]:
    """Replay the history; return its alarms, and what was missed as day and record."""
    sys.path.insert(0, str(SAMPLE / "history"))
    from build import build  # noqa: PLC0415 - the sample's own script

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "sample")
        made = {one.id: one for one in build(root)}
        line = _git(root, "rev-list", "--first-parent", "--reverse", "HEAD").split()
        arrived: dict[date, list[str]] = defaultdict(list)  # the commits that reached the main line on a day
        known: set[str] = set()
        last: dict[date, str] = {}
        for commit in line:
            day = date.fromisoformat(made[commit].date[:10])
            come = [one for one in _git(root, "rev-list", commit).split() if one not in known]
            known.update(come)
            arrived[day].extend(come)
            last[day] = commit
        alarms: list[Alarm] = []
        missed: list[tuple[str, str]] = []
        before: set[tuple[str, str]] = set()
        for day in _days(min(last), max(last), set(last)):
            if day in last:
                _git(root, "checkout", "-q", last[day])
            project = load(find_settings(root))
            past = Past(history(root, None, today=day), day)
            standings = staleness(project.catalog, root, past.history, day).standings
            raised = {
                (str(identity), f"{reason.about} {reason.glob or reason.target}"): reason
                for identity, standing in standings.items()
                for reason in standing.reasons
                if reason.cause is not None
            }
            mattered = {record for one in arrived.get(day, ()) for record in made[one].matters}
            fresh = {key: reason for key, reason in raised.items() if key not in before}
            alarms += [
                Alarm(day, record, reason.about, reason.text, record in mattered)
                for (record, _), reason in fresh.items()
            ]
            suspect = {record for record, _ in raised}
            edited = {path for one in arrived.get(day, ()) for path in _changed(root, one)}
            files = {str(identity): record.source.path for identity, record in project.catalog.records.items()}
            missed += [
                (day.isoformat(), record)
                for record in sorted(mattered)
                if record not in suspect and files.get(record) not in edited
            ]
            before = set(raised)
    return alarms, missed


def _days(first: date, last: date, wanted: set[date]) -> list[date]:
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [day for day in every if day in wanted or (day + timedelta(days=1)).day == 1]


def _changed(root: Path, commit: str) -> list[str]:
    return _git(root, "show", "--format=", "--name-only", "-m", "--first-parent", commit).split()


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


def main() -> None:
    """Print alarms by month and by what raised them."""
    parser = argparse.ArgumentParser(description="Alarms over the sample project's history.")
    parser.add_argument("--list", action="store_true", help="print each alarm")
    options = parser.parse_args()
    alarms, missed = replay()
    if options.list:
        for alarm in alarms:
            print(f"{alarm.day} {'!' if alarm.mattered else ' '} {alarm.record}: {alarm.text}")
    months = Counter(alarm.day.strftime("%Y-%m") for alarm in alarms)
    mattered = Counter(alarm.day.strftime("%Y-%m") for alarm in alarms if alarm.mattered)
    print("month     alarms  mattered")
    for month in sorted(months):
        print(f"{month}  {months[month]:>7}  {mattered[month]:>8}")
    for about in sorted({alarm.about for alarm in alarms}):
        some = [alarm for alarm in alarms if alarm.about == about]
        print(f"by {about}: {len(some)} alarms, {sum(alarm.mattered for alarm in some)} mattered")
    causes = {(alarm.day, alarm.text.partition(" changed ")[0]) for alarm in alarms}
    records = {(alarm.day, alarm.record) for alarm in alarms}
    that = {(alarm.day, alarm.record) for alarm in alarms if alarm.mattered}
    print(
        f"in all: {len(alarms)} alarms on {len(records)} records' days from {len(causes)} causes; "
        f"{len(that)} of the records' days mattered; {len(missed)} missed:"
    )
    print("\n".join(f"  {record} on {day}" for day, record in missed))


if __name__ == "__main__":
    main()
