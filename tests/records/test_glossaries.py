"""Glossaries of others: how a term is called, what it means, and what of a file is no term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mkdocs_handoff.adoption.detect import detect
from mkdocs_handoff.findings import Severity
from mkdocs_handoff.records.adopted import adopted
from tests.pages.rendered import Rendered
from tests.projects import lint, told, write_files

if TYPE_CHECKING:
    from pathlib import Path

    from mkdocs_handoff.records.record import Record


def terms(root: Path, text: str, path: str = "glossary.yml") -> dict[str, Record]:
    project = lint(write_files(root, {path: text}))
    assert told(project) == []
    return {record.identity.name: record for record in project.catalog.of_kind("term")}


# What a term is called

WORDS = ("term", "canonical", "label", "formal_name", "word", "headword")


@pytest.mark.parametrize("word", WORDS)
def test_other_words_for_a_title(tmp_path: Path, word: str) -> None:
    found = terms(tmp_path, f"terms:\n- {{id: t-1, {word}: Lead time, definition: From order to door.}}\n")
    record = found["t-1"]
    assert (record.title, record.get("definition")) == ("Lead time", "From order to door.")
    assert word not in record.fields  # it is the title, and no field beside it
    assert str(record.source.place(("title",))) == f"glossary.yml:2:{15 + len(word)}"


def test_the_title_or_the_name_that_is_written_stays(tmp_path: Path) -> None:
    found = terms(tmp_path, "terms:\n- {title: A, label: Of a form}\n- {name: B, label: Of a form}\n")
    assert [record.title for record in found.values()] == ["A", "B"]
    assert {record.get("label") for record in found.values()} == {"Of a form"}


def test_a_page_may_have_short_words_too(tmp_path: Path) -> None:
    text = "---\nterm: Slot\nshort: A time at the dock.\n---\n# Something else\n\nFirst words.\n"
    record = terms(tmp_path, text, "glossary/slot.md")["slot"]
    assert (record.title, record.get("definition")) == ("Slot", "A time at the dock.")


@pytest.mark.parametrize(
    ("key", "title"),
    [("OTIF", "OTIF"), ("V3x", "V3x"), ("p-Wert", "p-Wert"), ("lead_time", "Lead time"), ("dock", "Dock")],
)
def test_a_key_with_capitals_is_the_title_as_it_is_written(tmp_path: Path, key: str, title: str) -> None:
    (record,) = terms(tmp_path, f"{key}: {{abb: x, def: What we mean.}}\n").values()
    assert record.title == title


def test_a_key_is_no_title_where_a_name_is_written(tmp_path: Path) -> None:
    (record,) = terms(tmp_path, "OTIF: {name: On time in full, def: What we mean.}\n").values()
    assert record.title == "On time in full"


# Which terms a file holds

LISTS = {
    "a name and its meaning": "- Dock: Where lorries stand.\n- Slot: A time at a dock.\n",
    "the same below terms": "terms:\n- Dock: Where lorries stand.\n- Slot: A time at a dock.\n",
    "a list called glossary": "glossary:\n- {term: Dock, definition: Where lorries stand.}\n- term: Slot\n",
    "a mapping called glossary": "glossary:\n  dock: {definition: Where lorries stand.}\n  slot: {def: A time.}\n",
    "texts by their keys": "Dock: Where lorries stand and wait.\nSlot: |\n  A time at a dock.\n",
    "some without a text": "Dock: Where lorries stand and wait.\nSlot:\n",
    "below a title": "title: Our words\nDock: Where lorries stand and wait.\nSlot: A time at a dock.\n",
    "some with more": "Dock: Where lorries stand and wait.\nSlot: {definition: A time at a dock.}\n",
}


@pytest.mark.parametrize("form", LISTS)
def test_terms_in_other_forms(tmp_path: Path, form: str) -> None:
    found = terms(tmp_path, LISTS[form], "docs/glossary.yml")
    assert set(found) == {"dock", "slot"}
    assert str(found["dock"].get("definition")).startswith("Where lorries stand")
    assert str(found["dock"].source.place(("definition",))).startswith("docs/glossary.yml:")


@pytest.mark.parametrize(
    "text",
    [
        "one: on\ntwo: the label\n",  # labels
        "sales: SUM(price * (1 - discount))\ncost: AVG(cost)\n",  # formulas
        "definition: Where lorries stand and wait.\nstatus: We think that it is right.\n",  # a term
        "title: Dock\nusage: Only where lorries stand.\nelsewhere: It is called a pier.\n",  # the same
        "source: docs/words of all teams.md\noutput: the folder where it goes\nformat: html\n",  # settings
        "dock: Where lorries stand and wait.\nnote: |\n  All of these are ours.\n",
        "page_title: The words that we use\nback_text: Back to the first page\n",  # what a page says
    ],
)
def test_texts_that_are_no_sentences_are_no_terms(tmp_path: Path, text: str) -> None:
    assert set(terms(tmp_path, text)) == {"glossary"}


def test_texts_by_keys_count_only_in_a_glossary(tmp_path: Path) -> None:
    text = "note: Where the lorries stand and wait.\nmore: A time at a dock for one lorry.\n"
    assert set(terms(tmp_path, text, "terms/dock.yml")) == {"dock"}


@pytest.mark.parametrize("path", ["locales/glossary.yml", "glossary/glossary.en.yml", "glossary/glossary-settings.yml"])
def test_texts_of_a_program_are_no_terms(tmp_path: Path, path: str) -> None:
    text = "intro: These are the words that we use.\nback: Back to the first page.\nnone: Nothing was found for this.\n"
    write_files(tmp_path, {path: text})
    assert detect(path, text) is None
    settings = {"handoff.yml": "records: {term: ['**/glossary*.yml']}\n"}
    assert len(lint(write_files(tmp_path, settings)).catalog.of_kind("term")) == 1


def test_one_term_of_many_may_be_called_as_a_setting_is(tmp_path: Path) -> None:
    text = "".join(f"word{n}: Where all the lorries stand.\n" for n in range(9)) + "source: Where all of it began.\n"
    assert len(terms(tmp_path, text)) == 10


def test_a_list_of_words_that_say_the_same_of_themselves_has_no_keys(tmp_path: Path) -> None:
    found = terms(tmp_path, "- latin: Ave\n- latin: Vale\n")
    assert set(found) == {"glossary-0", "glossary-1"}


def test_a_business_glossary_without_nodes_is_one_as_well(tmp_path: Path) -> None:
    text = "version: 1\nowners: {users: [ann]}\nterms:\n- {name: Dock, description: Where lorries stand.}\n"
    project = lint(write_files(tmp_path, {"glossary.yml": text, "people/ann.yml": "title: Ann\n"}))
    assert told(project) == []
    found = [str(one.target) for each in project.catalog.outgoing.values() for one in each]
    assert found == ["person:ann"]


# What is wrong in them

WRONG = "mapping: {source: warehouse}, links: https://wiki.example"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (f"dock: {{def: Where lorries stand., {WRONG}}}\n", Severity.WARNING),
        (f"terms:\n- {{term: Dock, definition: Where lorries stand., {WRONG}}}\n", Severity.WARNING),
        (f"terms:\n- {{name: Dock, definition: Where lorries stand., {WRONG}}}\n", Severity.WARNING),
        (f"terms:\n- {{title: Dock, definition: Where lorries stand., {WRONG}}}\n", Severity.ERROR),
        (f"dock: {{def: Where lorries stand., lifecycle: active, {WRONG}}}\n", Severity.ERROR),
    ],
)
def test_what_is_wrong_in_a_glossary_of_others_is_a_warning(tmp_path: Path, text: str, severity: Severity) -> None:
    project = lint(write_files(tmp_path, {"glossary.yml": text}))
    assert [(one.rule, one.severity) for one in project.findings] == [("field/type", severity)] * 2


# Who owns them

OWNED = """\
version: 1
source: Us
nodes:
- name: Yard
  owners: {users: [ann], groups: [yard-team]}
  terms:
  - {name: Dock, description: Where lorries stand., owners: {users: [ann], type: DATA_STEWARD}}
  - {name: Slot, description: A time at a dock., owners: {users: [ann], type: PRODUCER}}
"""


def test_owners_without_a_role_are_owners_and_nobody_makes_them_accountable(tmp_path: Path) -> None:
    people = {"people/ann.yml": "title: Ann\n", "teams/yard-team.yml": "title: Yard\n"}
    site = Rendered(write_files(tmp_path, {"glossary.yml": OWNED, **people}))
    assert told(site.project) == []
    assert "accountable" not in site.html("term:yard")
    assert "data steward" in site.html("term:dock")
    assert "producer" in site.html("term:slot")


def test_a_text_has_no_place_for_fields_of_ours(tmp_path: Path) -> None:
    text = "Dock: Where lorries stand and wait.\nSlot: {definition: A time at a dock.}\nGate:\n"
    held = terms(tmp_path, text)
    assert {name: adopted(record) for name, record in held.items()} == {"dock": True, "slot": False, "gate": True}
