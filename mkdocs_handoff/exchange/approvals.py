"""From the answers of a forge's API to the file of approvals (`schemas/approvals.schema.json`)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mkdocs_handoff.history.approvals import APPROVED, GITLAB, VERSION, Approval, Approvals, Request, check, loaded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SCHEMA = "https://mkdocs-handoff.dev/schemas/1/approvals.schema.json"
GITHUB = "github"

Answer = dict[str, Any]


class AnswerError(Exception):
    """An answer is not one that can be used; the text says why and what to ask instead."""


def parse(text: str) -> list[Answer]:
    """Return all objects of an answer: one, a list of them, or page after page as `gh api --paginate` prints them.

    Raises:
        AnswerError: It is not JSON, holds something else than objects, or is a forge's word of an error.
    """
    decoder = json.JSONDecoder()
    found: list[Any] = []
    text = text.lstrip("\ufeff")
    position = 0
    try:
        while position < len(text):
            if text[position].isspace():
                position += 1
                continue
            value, position = decoder.raw_decode(text, position)
            found.append(value)
    except json.JSONDecodeError as error:
        raise AnswerError(f"is not JSON: {error.msg} in line {error.lineno}") from None
    except (ValueError, RecursionError):
        raise AnswerError("is not JSON that can be read") from None
    return list(_objects(found))


def _objects(values: Iterable[Any]) -> Iterator[Answer]:
    for value in values:
        if isinstance(value, list):
            yield from _objects(value)
        elif not isinstance(value, dict):
            raise AnswerError(f"holds {json.dumps(value)[:40]} where an object should stand")
        elif value.keys() & {"message", "error", "errors"} and not value.keys() & {"number", "iid", "state", "id"}:
            said = value.get("message") or value.get("error") or value.get("errors")
            raise AnswerError(f"is the forge's word of an error: {json.dumps(said, ensure_ascii=False)[:200]}")
        else:
            yield value


def github(answers: Iterable[Answer]) -> list[Request]:
    """Return the merged pull requests of GitHub's answers.

    Args:
        answers: Of `gh pr list --json number,url,author,mergedAt,mergeCommit,headRefOid,commits,reviews`, or of
            `GET /repos/{owner}/{repo}/pulls` and of `GET …/pulls/{number}/reviews` in any order.

    Raises:
        AnswerError: One is none of these, or reviews are there without their pull request.
    """
    pulls: dict[int, Answer] = {}
    reviews: dict[int, list[Answer]] = {}
    for answer in answers:
        if "pull_request_url" in answer and "state" in answer:
            number = _text(answer, "pull_request_url").rpartition("/")[2]
            reviews.setdefault(int(number) if number.isdecimal() else 0, []).append(answer)
        elif isinstance(answer.get("number"), int):
            pulls[answer["number"]] = answer
        else:
            raise AnswerError(
                "holds an object that is neither a pull request with its `number` nor a review with its "
                "`pull_request_url`: ask `gh pr list --json number,url,author,mergedAt,mergeCommit,headRefOid,reviews`"
            )
    _all_there(reviews, pulls, "#", "pull request")
    return [_pull(number, one, reviews.get(number, [])) for number, one in sorted(pulls.items()) if _merged(one)]


def _merged(pull: Answer) -> bool:
    """Tell whether a pull request was merged, and not only closed."""
    named = [name for name in ("mergedAt", "merged_at") if name in pull]
    return any(pull[name] for name in named) if named else bool(pull.get("mergeCommit"))


def _pull(number: int, pull: Answer, more: Sequence[Answer]) -> Request:
    merged = _text(pull, "mergedAt") or _text(pull, "merged_at")
    head = _text(pull, "headRefOid") or _text(pull, "head", "sha")
    author = _text(pull, "author", "login") or _text(pull, "user", "login")
    merge = _text(pull, "mergeCommit", "oid") or _text(pull, "merge_commit_sha")
    own = [_text(commit, "oid") for commit in _list(pull, "commits")]
    return Request(
        GITHUB,
        number,
        _ids(merge, *own, head),
        _reviewers([*_list(pull, "reviews"), *more], merged, head, author),
        _text(pull, "html_url") or _text(pull, "url"),
        author,
        merged,
    )


_OPINIONS = {"APPROVED": APPROVED, "CHANGES_REQUESTED": "changes-requested", "DISMISSED": "dismissed"}


def _reviewers(reviews: Iterable[Answer], merged: str, head: str, author: str) -> tuple[Approval, ...]:
    """Return what each reviewer said last: before the merge, or after it where nothing was said before.

    As GitHub counts, a comment takes nothing back, and a review that was dismissed stands for the reviewer.
    """
    last: dict[str, tuple[tuple[bool, datetime], Approval]] = {}
    end = _moment(merged)
    for review in reviews:
        state = _OPINIONS.get(_text(review, "state").upper())
        login = _text(review, "author", "login") or _text(review, "user", "login")
        if state is None or not login:  # a comment, one that is not sent yet, or an account that is gone
            continue
        at = _text(review, "submittedAt") or _text(review, "submitted_at")
        seen = _text(review, "commit", "oid") or _text(review, "commit_id")
        if state == APPROVED and login == author:
            state = "own"
        elif state == APPROVED and seen and head and seen != head:
            state = "outdated"
        moment = _moment(at)
        timely = moment <= end
        if state == APPROVED and not timely:
            state = "late"
        rank = (timely, moment)
        if login not in last or rank >= last[login][0]:
            last[login] = rank, Approval(login, state, _text(review, "author", "name"), "", at, _link(review))
    return _in_order(approval for _, approval in last.values())


def _link(review: Answer) -> str:
    url = _text(review, "html_url") or _text(review, "url")
    return url if url.startswith(("https://", "http://")) else ""


def gitlab(answers: Iterable[Answer]) -> list[Request]:
    """Return the merged merge requests of GitLab's answers.

    Args:
        answers: Of `GET /projects/:id/merge_requests?state=merged` and of `GET …/merge_requests/:iid/approvals`, in any
            order. GitLab's free edition leaves the `iid` out of the second: it has to be added. A list of `commits`
            (their ids, or the objects of `GET …/merge_requests/:iid/commits`) may be added there too.

    Raises:
        AnswerError: One is none of these, or approvals are there without their merge request.
    """
    merges: dict[int, Answer] = {}
    approvals: dict[int, list[Answer]] = {}
    projects = set()
    for answer in answers:
        given = isinstance(answer.get("approved_by"), list)
        if not isinstance(answer.get("iid"), int):
            hint = "GitLab's free edition leaves it out; add it: `jq '. + {iid: 17}'`" if given else "ask for both"
            what = "approvals without the `iid` of their merge request" if given else "neither a merge request nor"
            raise AnswerError(f"holds {what}{'' if given else ' approvals of one'}: {hint}")
        if "project_id" in answer:
            projects.add(answer["project_id"])
        if given:
            approvals.setdefault(answer["iid"], []).append(answer)
        if not given or "web_url" in answer:
            merges[answer["iid"]] = answer
    if len(projects) > 1:
        raise AnswerError("holds merge requests of more than one project: their numbers would be mixed up")
    _all_there(approvals, merges, "!", "merge request")
    return [
        _merge(iid, one, approvals.get(iid, []))
        for iid, one in sorted(merges.items())
        if _text(one, "state") == "merged" or _text(one, "merged_at")
    ]


def _merge(iid: int, merge: Answer, given: Sequence[Answer]) -> Request:
    author = _text(merge, "author", "username")
    last: dict[str, Approval] = {}
    own: list[str] = []
    for answer in given:
        own += [one if isinstance(one, str) else _text(one, "id") for one in answer.get("commits") or ()]
        for one in _list(answer, "approved_by"):
            login = _text(one, "user", "username")
            if login:
                at = _text(one, "approved_at")  # recent versions tell it
                late = bool(at) and _moment(at) > _moment(_text(merge, "merged_at"))
                state = "own" if login == author else "late" if late else APPROVED
                last[login] = Approval(login, state, _text(one, "user", "name"), "", at)
    return Request(
        GITLAB,
        iid,
        _ids(_text(merge, "merge_commit_sha"), _text(merge, "squash_commit_sha"), *own, _text(merge, "sha")),
        _in_order(last.values()),
        _text(merge, "web_url"),
        author,
        _text(merge, "merged_at"),
    )


def merged(kept: Approvals, new: Iterable[Request]) -> Approvals:
    """Return requests by forge and number; one that is there again takes the place of what was kept of it.

    Its commits stay: what belonged to a request belongs to it for ever, and not each answer tells of all.
    """
    found = {(one.forge, one.number): one for one in kept.requests}
    for one in new:
        before = found.get((one.forge, one.number))
        commits = dict.fromkeys((*one.commits, *(before.commits if before else ())))
        found[one.forge, one.number] = replace(one, commits=tuple(commits))
    return Approvals(tuple(found[key] for key in sorted(found)))


def load(text: str) -> Approvals:
    """Return the content of a file of approvals.

    Raises:
        AnswerError: It is none.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise AnswerError(f"is not JSON: {error}") from None
    for flaw in check(value):
        raise AnswerError(f"is no file of approvals: {flaw.message}")
    return loaded(value)


def dump(approvals: Approvals) -> str:
    """Return the file: a request a line, so that a difference reads well; the same requests give the same text."""
    lines = ",\n    ".join(json.dumps(_request(one), ensure_ascii=False) for one in approvals.requests)
    listed = f"[\n    {lines}\n  ]" if lines else "[]"
    return f'{{\n  "$schema": "{SCHEMA}",\n  "version": {VERSION},\n  "requests": {listed}\n}}\n'


def _request(one: Request) -> dict[str, Any]:
    made = {
        "forge": one.forge,
        "number": one.number,
        "url": one.url,
        "author": one.author,
        "merged": one.merged,
        "commits": list(one.commits),
        "approvals": [_present(said) for said in one.approvals],
    }
    return {name: value for name, value in made.items() if value != ""}


def _present(said: Approval) -> dict[str, str]:
    fields = ("by", "name", "email", "at", "state", "url")
    return {name: getattr(said, name) for name in fields if getattr(said, name)}


def _all_there(given: Mapping[int, object], known: Mapping[int, object], mark: str, name: str) -> None:
    lost = sorted(given.keys() - known.keys())
    if lost:
        listed = ", ".join(f"{mark}{number}" for number in lost[:5]) + (" and others" if len(lost) > 5 else "")
        raise AnswerError(f"tells who approved {listed}, but no answer holds the {name} itself: add the list of them")


def _in_order(approvals: Iterable[Approval]) -> tuple[Approval, ...]:
    return tuple(sorted(approvals, key=lambda one: (_moment(one.at), one.by)))


def _ids(*commits: str) -> tuple[str, ...]:
    known = (one.lower() for one in commits)
    return tuple(dict.fromkeys(one for one in known if 7 <= len(one) <= 64 and not one.strip("0123456789abcdef")))


_NEVER = datetime.fromisoformat("9999-12-31T00:00:00+00:00")


def _moment(text: str) -> datetime:
    """Return a moment; what tells none comes last."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return _NEVER
    return found if found.tzinfo is not None else _NEVER


def _list(answer: Answer, name: str) -> list[Answer]:
    value = answer.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(answer: Any, *names: str) -> str:
    """Return the text at a path of an answer; empty where there is none, or where `null` stands on the way."""
    for name in names:
        answer = answer.get(name) if isinstance(answer, dict) else None
    return answer if isinstance(answer, str) else ""
