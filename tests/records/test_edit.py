"""Writing review fields into records on disk: into the right file, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mkdocs_handoff.records.documents import Layer
from mkdocs_handoff.records.edit import EditError, adopted, edited, write_fields
from tests.permissions import bound
from tests.projects import HERE, copied, examples, lint, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.project import Project
    from mkdocs_handoff.records.record import Identity, Record

REVIEW: dict[str, Any] = {
    "last_reviewed": "2026-11-23",
    "reviewers": ["person:ann"],
    "seen": {"training/*.py": "h1:ab", "**/x": "h1:cd"},
}
LINES = 'last_reviewed: 2026-11-23\nreviewers:\n  - person:ann\nseen:\n  training/*.py: h1:ab\n  "**/x": h1:cd\n'
CARD = "---\ntitle: Churn # c\nowners: [ann]\n---\n# Churn\n\nText  \n"


def records(project: Project) -> list[Record]:
    return list(project.catalog.records.values())


def only(root: Path) -> Record:
    (record,) = records(lint(root))
    return record


def contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def refused(root: Path, record: Record, fields: dict[str, Any] | None = None) -> EditError:
    """Write, be refused, and find everything as it was."""
    before = contents(root)
    with pytest.raises(EditError) as caught:
        write_fields(root, record, fields or REVIEW)
    assert contents(root) == before
    assert caught.value.path in str(caught.value)
    assert caught.value.hint in str(caught.value)
    return caught.value


def test_a_card_of_ours_is_edited_in_its_front_matter(tmp_path: Path) -> None:
    write_files(tmp_path, {"models/churn.md": CARD})
    assert write_fields(tmp_path, only(tmp_path), REVIEW) == "models/churn.md"
    made = (tmp_path / "models/churn.md").read_bytes().decode()
    assert made == CARD.replace("owners: [ann]\n", "owners: [ann]\n" + LINES)
    assert contents(tmp_path).keys() == {"models/churn.md"}
    record = only(tmp_path)
    assert record.source.layer.text == "title: Churn # c\nowners: [ann]\n" + LINES
    write_fields(tmp_path, record, REVIEW)
    assert (tmp_path / "models/churn.md").read_bytes().decode() == made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\r\nkind: model\r\n---\r\nx\r\n", "---\r\nkind: model\r\n+---\r\nx\r\n"),
        ("\ufeff---\nkind: model\n...\nx", "\ufeff---\nkind: model\n+...\nx"),
        (
            "\n\n---  \nkind: model\n--- \n---\nlast_reviewed: no\n",
            "\n\n---  \nkind: model\n+--- \n---\nlast_reviewed: no\n",
        ),
        ("---\n# c\nkind: model # d\n---", "---\n# c\nkind: model # d\n+---"),
        ("---\r\nkind: model\n---\r\nx\r", "---\r\nkind: model\n+---\r\nx\r"),
    ],
)
def test_front_matter_of_every_sort(tmp_path: Path, before: str, after: str) -> None:
    write_files(tmp_path, {"models/churn.md": before})
    write_fields(tmp_path, only(tmp_path), {"last_reviewed": "2026-11-23"})
    newline = "\r\n" if "\r\n+" in after else "\n"
    made = (tmp_path / "models/churn.md").read_bytes().decode()
    assert made == after.replace("+", "last_reviewed: 2026-11-23" + newline)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("---\n---\nx\n", "---\nlast_reviewed: x\n---\nx\n"),
        ("---\r\n---\r\nx\r\n", "---\r\nlast_reviewed: x\r\n---\r\nx\r\n"),
    ],
)
def test_empty_front_matter_is_a_place_for_fields(text: str, made: str) -> None:
    assert edited(text, Layer("a.md", "", 2), {"last_reviewed": "x"}) == made


def test_a_body_that_changed_is_kept(tmp_path: Path) -> None:
    write_files(tmp_path, {"models/churn.md": CARD})
    record = only(tmp_path)
    write_files(tmp_path, {"models/churn.md": CARD + "More.\n"})
    write_fields(tmp_path, record, REVIEW)
    assert (tmp_path / "models/churn.md").read_text().endswith("Text  \nMore.\n")


def test_each_of_several_records_in_a_file_is_edited_in_its_place(tmp_path: Path) -> None:
    text = "terms:\n  - title: One # 1\n    definition: First.\n\n  # two\n  - {title: Two, definition: Second.}\n"
    people = "kind: person\ntitle: Ann\n---\nkind: person\ntitle: Bo\n"
    write_files(tmp_path, {"glossary.yml": text, "people/all.yml": people})
    for name in ("one", "two", "bo"):
        record = next(record for record in records(lint(tmp_path)) if record.identity.name.endswith(name))
        write_fields(tmp_path, record, {"last_reviewed": "2026-11-23"})
    assert (tmp_path / "glossary.yml").read_text() == text.replace(
        "First.\n", "First.\n    last_reviewed: 2026-11-23\n"
    ).replace("Second.}", "Second., last_reviewed: 2026-11-23}")
    assert (tmp_path / "people/all.yml").read_text() == people + "last_reviewed: 2026-11-23\n"


ADOPTED = {
    "models/acme/README.md": "---\nlicense: mit\nmodel-index:\n- name: net\n  results: []\n---\n# Net\n",
    "datasets/acme/README.md": "---\nlicense: mit\n---\n# Data\n",
    "models/net/README.md": "# Net\n\nNo fields.\n",
    "docs/decisions/0001-x.md": "---\nstatus: accepted\ndate: 2026-01-01\n---\n# X\n",
    "org.yaml": "apiVersion: backstage.io/v1beta1\nkind: Group\nmetadata: {name: risk}\nspec: {children: []}\n",
}


@pytest.mark.parametrize("path", ADOPTED)
def test_another_tools_file_is_left_alone_and_gets_a_sidecar(tmp_path: Path, path: str) -> None:
    write_files(tmp_path, {path: ADOPTED[path], "handoff.yml": "records:\n  team: org.yaml\n"})
    record = only(tmp_path)
    (tmp_path / path).chmod(0o640)
    assert adopted(record)
    assert write_fields(tmp_path, record, REVIEW) == path + ".handoff.yml"
    assert (tmp_path / path).read_text() == ADOPTED[path]
    sidecar = tmp_path / (path + ".handoff.yml")
    assert sidecar.read_text() == LINES
    assert sidecar.stat().st_mode & 0o777 == 0o640
    again = only(tmp_path)
    assert again.get("last_reviewed") == "2026-11-23"
    assert write_fields(tmp_path, again, {"last_reviewed": "2026-11-24"}) == path + ".handoff.yml"
    assert sidecar.read_text() == LINES.replace("-23", "-24")


def test_an_adopted_file_that_already_has_the_fields_is_ours() -> None:
    """Whoever writes `reviewers` into a card keeps it for us: a sidecar would contradict it."""
    for example in examples("good"):
        for record in records(lint(example)):
            written = record.source.layer.text
            if "last_reviewed:" in written and record.source.layer.prefix == ():
                assert not adopted(record), record.source.path


TWO = ADOPTED["org.yaml"] + "---\n" + ADOPTED["org.yaml"].replace("risk", "data")


def test_several_adopted_records_in_a_file_share_a_sidecar_that_names_them(tmp_path: Path) -> None:
    write_files(tmp_path, {"org.yaml": TWO, "handoff.yml": "records:\n  team: org.yaml\n"})
    project = lint(tmp_path)
    for record in records(project):  # as they were read: before there was a sidecar
        assert write_fields(tmp_path, record, {"last_reviewed": "2026-11-23"}) == "org.yaml.handoff.yml"
    assert (tmp_path / "org.yaml").read_text() == TWO
    sidecar = tmp_path / "org.yaml.handoff.yml"
    assert sidecar.read_text() == "team:data:\n  last_reviewed: 2026-11-23\nteam:risk:\n  last_reviewed: 2026-11-23\n"
    again = lint(tmp_path)
    assert again.findings == ()
    assert [one.get("last_reviewed") for one in records(again)] == ["2026-11-23"] * 2
    write_fields(tmp_path, records(again)[0], {"last_reviewed": "2026-11-24", "reviewers": ["bo"]})
    assert sidecar.read_text() == (
        "team:data:\n  last_reviewed: 2026-11-24\n  reviewers: [bo]\nteam:risk:\n  last_reviewed: 2026-11-23\n"
    )


def test_an_entry_of_comments_is_filled_and_the_others_stay(tmp_path: Path) -> None:
    held = "# all\r\nteam:risk:\r\n  # email:\r\n\r\nteam:data:  # theirs\r\n    email: d@x.org # ours\r\n"
    files = {"org.yaml": TWO, "org.yaml.handoff.yml": held, "handoff.yml": "records:\n  team: org.yaml\n"}
    write_files(tmp_path, files)
    project = lint(tmp_path)
    assert project.findings == ()
    data, risk = records(project)
    assert (risk.get("email"), data.get("email")) == (None, "d@x.org")
    write_fields(tmp_path, risk, {"last_reviewed": "2026-11-23"})
    made = (tmp_path / "org.yaml.handoff.yml").read_bytes().decode()
    assert made == held.replace("# email:\r\n", "# email:\r\n  last_reviewed: 2026-11-23\r\n", 1)


def test_a_sidecar_in_which_no_entry_can_be_begun_is_left_alone(tmp_path: Path) -> None:
    files = {"org.yaml": TWO, "org.yaml.handoff.yml": "{'team:data': {email: d@x.org}}\n"}
    write_files(tmp_path, {**files, "handoff.yml": "records:\n  team: org.yaml\n"})
    assert refused(tmp_path, records(lint(tmp_path))[1]).path == "org.yaml.handoff.yml"


def test_a_sidecar_is_extended_with_its_comments_and_line_ends(tmp_path: Path) -> None:
    sidecar = "# ours\r\nowners:\r\n- ann # a\r\n"
    write_files(tmp_path, {"models/churn.md": "# Churn\n", "models/churn.md.handoff.yml": sidecar})
    assert write_fields(tmp_path, only(tmp_path), {"reviewers": ["bo"]}) == "models/churn.md.handoff.yml"
    made = (tmp_path / "models/churn.md.handoff.yml").read_bytes().decode()
    assert made == sidecar + "reviewers:\r\n- bo\r\n"


@pytest.mark.parametrize("text", ["", "# later\n", "---\n# later\n"])
def test_a_sidecar_without_fields_is_used(tmp_path: Path, text: str) -> None:
    write_files(tmp_path, {"models/churn.md": "# Churn\n", "models/churn.md.handoff.yml": text})
    write_fields(tmp_path, only(tmp_path), REVIEW)
    assert (tmp_path / "models/churn.md.handoff.yml").read_text() == text + LINES


def test_fields_that_stand_in_the_file_alone_are_brought_up_to_date_there(tmp_path: Path) -> None:
    card = CARD.replace("owners", "last_reviewed: 2025-01-01 # then\nowners")
    write_files(tmp_path, {"models/churn.md": card, "models/churn.md.handoff.yml": "tags: [a]\n"})
    assert write_fields(tmp_path, only(tmp_path), REVIEW) == "models/churn.md"
    assert "last_reviewed: 2026-11-23 # then\nreviewers:" in (tmp_path / "models/churn.md").read_text()


def test_a_mapping_that_both_write_is_refused_where_the_two_would_mix(tmp_path: Path) -> None:
    card = CARD.replace("owners", "seen: {old: h1:x}\nowners")
    write_files(tmp_path, {"models/churn.md": card, "models/churn.md.handoff.yml": "seen: {a: h1:y}\n"})
    assert "'seen'" in refused(tmp_path, only(tmp_path)).what


def test_a_sidecar_that_appeared_since_is_not_overwritten(tmp_path: Path) -> None:
    write_files(tmp_path, {"models/churn.md": "# Churn\n"})
    record = only(tmp_path)
    write_files(tmp_path, {"models/churn.md.handoff.yml": "owners: [ann]\n"})
    assert "appeared" in refused(tmp_path, record).what


@pytest.mark.parametrize("path", ["models/churn.md", "models/next.yml"])
@pytest.mark.parametrize("change", ["edit", "gone", "binary", "conflict"])
def test_a_file_that_changed_since_it_was_read_is_refused(tmp_path: Path, path: str, change: str) -> None:
    text = CARD if path.endswith("md") else "title: Next\nowners: [ann]\n"
    write_files(tmp_path, {path: text})
    record = only(tmp_path)
    content: dict[str, str | bytes] = {
        "edit": text.replace("[ann]", "[bo]"),
        "binary": b"\0\1",
        "conflict": text.replace("owners", "<<<<<<< a\nowners"),
    }
    if change == "gone":
        (tmp_path / path).unlink()
    else:
        write_files(tmp_path, {path: content[change]})
    assert refused(tmp_path, record).path == path


def test_a_text_that_cannot_be_edited_is_named(tmp_path: Path) -> None:
    write_files(tmp_path, {"models/churn.yml": "title: X\nowners: &x\n  - ann\nreviewers: &y [bo]\ntags: *y\n"})
    error = refused(tmp_path, only(tmp_path))
    assert "cannot be edited" in error.what
    assert error.hint == "Write last_reviewed, reviewers, seen into it yourself."


def test_the_mode_of_the_file_stays(tmp_path: Path) -> None:
    write_files(tmp_path, {"models/churn.md": CARD})
    (tmp_path / "models/churn.md").chmod(0o751)
    write_fields(tmp_path, only(tmp_path), REVIEW)
    assert (tmp_path / "models/churn.md").stat().st_mode & 0o777 == 0o751


def test_a_link_within_the_project_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    write_files(tmp_path, {"cards/churn.md": CARD})
    (tmp_path / "models").mkdir()
    (tmp_path / "models/churn.md").symlink_to("../cards/churn.md")
    write_fields(tmp_path, only(tmp_path), REVIEW)
    assert (tmp_path / "models/churn.md").is_symlink()
    assert LINES in (tmp_path / "cards/churn.md").read_text()
    assert not list((tmp_path / "models").glob(".handoff*"))


def test_nothing_is_written_outside_the_project(tmp_path: Path) -> None:
    root = tmp_path / "project"
    write_files(root, {"models/churn.md": CARD, "models/net.md": "# Net\n"})
    write_files(tmp_path, {"outside/churn.md": CARD, "outside/models/net.md": "# Net\n"})
    churn, net = sorted(records(lint(root)), key=lambda record: record.source.path)
    (root / "models/churn.md").unlink()
    (root / "models/churn.md").symlink_to(tmp_path / "outside/churn.md")
    assert "outside" in refused(root, churn).what
    # A sidecar that is a link to nowhere, or stands in a folder that is elsewhere.
    (root / "models/net.md.handoff.yml").symlink_to(tmp_path / "outside/new.yml")
    refused(root, net)
    (root / "models").rename(root / "old")
    (root / "models").symlink_to(tmp_path / "outside/models")
    refused(root, net)
    assert contents(tmp_path / "outside") == {"churn.md": CARD.encode(), "models/net.md": b"# Net\n"}


@pytest.mark.parametrize("path", ["models/churn.md", "models/net.md"])
def test_a_disk_that_takes_no_more_leaves_the_old_file_and_nothing_else(tmp_path: Path, path: str) -> None:
    resource = pytest.importorskip("resource")
    write_files(tmp_path, {"models/churn.md": CARD, "models/net.md": "# Net\n"})
    record = next(record for record in records(lint(tmp_path)) if record.source.path == path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, hard))
    try:
        error = refused(tmp_path, record)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "cannot be written" in error.what


@bound
@pytest.mark.parametrize("path", ["models", "models/churn.md"])
def test_what_may_not_be_written_is_refused(tmp_path: Path, path: str) -> None:
    write_files(tmp_path, {"models/churn.md": CARD})
    record = only(tmp_path)
    (tmp_path / path).chmod(0o555)
    try:
        refused(tmp_path, record)
    finally:
        (tmp_path / path).chmod(0o755)


FOLDERS = [HERE.parent / "sample_project", *examples("good")]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_record_is_reviewed_one_after_another(tmp_path: Path, folder: Path) -> None:
    """Each review is read from the record that was written, and changes one file and no other record."""
    root = copied(folder, tmp_path / "project")
    project = lint(root)
    written: dict[Identity, Record] = {}
    touched: set[str] = set()
    for identity, record in project.catalog.records.items():
        if record.source.path in touched:  # a file of several records: the next one is read from what was written
            project = lint(root)
        now = contents(root)
        try:
            path = write_fields(root, project.catalog.records[identity], REVIEW)
        except EditError as error:
            assert "several documents" in error.what
            continue
        then = contents(root)
        assert {name for name in then if then[name] != now.get(name)} == {path}
        written[identity] = record
        touched |= {path, record.source.path}
    project = lint(root)
    assert not [one for one in project.findings if one.rule.startswith(("yaml/", "sidecar/", "file/"))]
    for identity, record in written.items():
        after = project.catalog.records[identity]
        assert after.get("last_reviewed") == "2026-11-23"
        rest = {name: value for name, value in after.fields.items() if name not in REVIEW}
        assert rest == {name: value for name, value in record.fields.items() if name not in REVIEW}
        assert (after.title, after.lifecycle) == (record.title, record.lifecycle)
