"""From a forge's recorded answers to the file of approvals. The data is invented, the shape is the API's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from mkdocs_handoff import resources
from mkdocs_handoff.exchange.approvals import AnswerError, dump, github, gitlab, load, merged, parse
from mkdocs_handoff.history.approvals import NONE, Approval, Approvals, Request

if TYPE_CHECKING:
    from collections.abc import Iterable

RECORDED = Path(__file__).with_name("approvals")


def answers(*names: str) -> list[dict[str, Any]]:
    return [answer for name in names for answer in parse((RECORDED / name).read_text(encoding="utf-8"))]


def said(requests: Iterable[Request]) -> dict[int, list[str]]:
    return {request.number: [f"{one.by} {one.state}" for one in request.approvals] for request in requests}


def written(requests: Iterable[Request]) -> dict[str, Any]:
    text = dump(merged(NONE, requests))
    document = json.loads(text)
    schema = json.loads((resources.folder("schemas") / "approvals.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert dump(load(text)) == text
    assert isinstance(document, dict)
    return document


def test_what_each_reviewer_said_last_before_the_merge_counts() -> None:
    found = github(answers("gh-pr-list.json"))
    assert said(found) == {
        12: ["bokim approved"],
        13: ["ann-lee changes-requested", "bokim dismissed"],
        14: ["bokim outdated", "dee-ray approved", "cy-oma late"],
    }
    written(found)


def test_a_pull_request_is_known_by_its_merge_and_its_own_commits() -> None:
    (pull,) = [one for one in github(answers("gh-pr-list.json")) if one.number == 14]
    (recorded,) = [one for one in answers("gh-pr-list.json") if one["number"] == 14]
    assert pull.commits == (recorded["mergeCommit"]["oid"], *(one["oid"] for one in recorded["commits"]))
    assert (pull.url, pull.author) == ("https://github.com/acme/models/pull/14", "ann-lee")


def test_the_rest_api_says_the_same_as_gh() -> None:
    (listed,) = [one for one in github(answers("gh-pr-list.json")) if one.number == 12]
    (pull,) = github(answers("github-reviews-12.json", "github-pulls.json"))
    assert said([pull]) == said([listed])
    assert (pull.url, pull.author, pull.merged, pull.commits) == (
        listed.url,
        listed.author,
        listed.merged,
        listed.commits,
    )
    assert pull.approvals[0].url == "https://github.com/acme/models/pull/12#pullrequestreview-81"


def test_a_closed_pull_request_was_not_merged() -> None:
    assert [one.number for one in github(answers("github-pulls.json"))] == [12]


@pytest.mark.parametrize(
    ("reviews", "expected"),
    [
        ([("APPROVED", "1"), ("COMMENTED", "2")], "approved"),
        ([("APPROVED", "2"), ("CHANGES_REQUESTED", "1")], "approved"),
        ([("APPROVED", "1"), ("CHANGES_REQUESTED", "2")], "changes-requested"),
        ([("APPROVED", "1"), ("DISMISSED", "2")], "dismissed"),
        ([("APPROVED", "1"), ("CHANGES_REQUESTED", "9")], "approved"),
        ([("APPROVED", "9")], "late"),
        ([("PENDING", "1")], ""),
    ],
)
def test_reviews_are_counted_as_github_counts_them(reviews: list[tuple[str, str]], expected: str) -> None:
    pull = {
        "number": 1,
        "mergedAt": "2026-10-05T00:00:00Z",
        "reviews": [
            {"author": {"login": "bo"}, "state": state, "submittedAt": f"2026-10-0{day}T00:00:00Z"}
            for state, day in reviews
        ],
    }
    assert said(github([pull])) == {1: [f"bo {expected}"] if expected else []}


def test_gitlabs_approvals_are_read_and_the_authors_own_is_marked() -> None:
    found = gitlab(answers("gitlab-merge-requests.json", "gitlab-approvals-17.json"))
    assert said(found) == {17: ["bo approved", "ann.lee own"], 18: []}
    document = written(found)
    assert document["requests"][0]["approvals"][0]["name"] == "Bo Kim"


def test_a_merge_request_is_known_by_merge_squash_and_head() -> None:
    recorded = {one["iid"]: one for one in answers("gitlab-merge-requests.json")}
    found = {one.number: one for one in gitlab(answers("gitlab-merge-requests.json"))}
    names = ("merge_commit_sha", "squash_commit_sha", "sha")
    assert found[17].commits == tuple(recorded[17][name] for name in names)
    assert found[18].commits == (recorded[18]["sha"],), "fast-forwarded: the forge names no merge"


def test_gitlabs_free_edition_needs_the_iid_added_and_takes_commits() -> None:
    free = "gitlab-approvals-18-free.json"
    with pytest.raises(AnswerError, match="iid"):
        gitlab(answers("gitlab-merge-requests.json", free))
    (given,) = answers(free)
    commits = answers("gitlab-commits-18.json")
    found = gitlab([*answers("gitlab-merge-requests.json"), {**given, "iid": 18, "commits": commits}])
    assert said(found)[18] == ["cy approved"]
    assert found[1].commits == tuple(one["id"] for one in commits)


def test_merge_requests_of_two_projects_are_not_mixed_up() -> None:
    one, other = answers("gitlab-merge-requests.json")
    with pytest.raises(AnswerError, match="more than one project"):
        gitlab([one, {**other, "project_id": 4}])


@pytest.mark.parametrize("forge", [github, gitlab])
def test_reviews_without_their_request_are_refused(forge: Any) -> None:
    given = {github: "github-reviews-12.json", gitlab: "gitlab-approvals-17.json"}[forge]
    some = [{name: value for name, value in one.items() if name != "web_url"} for one in answers(given)]
    with pytest.raises(AnswerError, match="no answer holds"):
        forge(some)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not JSON"),
        ("[1]", "where an object should stand"),
        ('{"message": "Bad credentials"}', "Bad credentials"),
        ('{"message": "401 Unauthorized"}', "401 Unauthorized"),
        ('{"data": null, "errors": [{"message": "exceeds the maximum limit of 500,000"}]}', "500,000"),
        ("[" * 100_000, "cannot|can be read|not JSON"),
    ],
)
def test_what_is_no_answer_is_told(text: str, message: str) -> None:
    with pytest.raises(AnswerError, match=message):
        parse(text)


@pytest.mark.parametrize("forge", [github, gitlab])
def test_objects_of_another_kind_are_told(forge: Any) -> None:
    with pytest.raises(AnswerError, match="neither"):
        forge([{"title": "?"}])


@pytest.mark.parametrize(
    "text", ['[{"number": 1}][{"number": 2}]', '[[{"number": 1}], [{"number": 2}]]', '{"number": 1}\n{"number": 2}']
)
def test_pages_of_an_answer_are_read_as_one(text: str) -> None:
    assert [one["number"] for one in parse(text)] == [1, 2]


def test_what_is_kept_stays_and_what_is_new_takes_its_place() -> None:
    kept = Approvals((Request("github", 1, ("aaaaaaa",), (Approval("bo", "dismissed"),)), Request("github", 3)))
    new = [Request("github", 2), Request("github", 1, ("bbbbbbb",), (Approval("bo", "approved"),))]
    found = merged(kept, new)
    assert [one.number for one in found.requests] == [1, 2, 3]
    assert found.requests[0].approvals == (Approval("bo", "approved"),)
    assert found.requests[0].commits == ("bbbbbbb", "aaaaaaa")


def test_no_requests_are_a_file_too() -> None:
    assert load(dump(NONE)) == NONE


def test_the_file_holds_a_request_a_line() -> None:
    lines = dump(merged(NONE, github(answers("gh-pr-list.json")))).splitlines()
    assert [line.count('"forge"') for line in lines if '"forge"' in line] == [1, 1, 1]


@pytest.mark.parametrize("text", ["", "[]", '{"version": 2, "requests": []}', '{"version": 1, "requests": [{}]}'])
def test_what_is_no_file_of_approvals_is_told(text: str) -> None:
    with pytest.raises(AnswerError):
        load(text)
