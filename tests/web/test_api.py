"""The API answers in the keys of the command line, and says what it can be asked."""

from __future__ import annotations

import json
import re

import pytest

QUESTIONS = {
    "status": "",
    "measure": "metric=nps&by=channel",
    "map": "case=case_id",
    "targets": "",
    "unify": "",
    "customer": "id=user:1",
    "alerts": "",
    "feeling": "",
    "effort": "by=team",
    "moments": "outcome=nps",
    "identical": "metric=nps",
    "control": "metric=nps&by=channel",
    "funnel": "metric=nps&by=channel",
    "council": "",
    "promises": "",
    "experience": "",
    "items": "",
    "values": "",
    "answers": "",
}


def described(alice) -> dict:
    return json.loads(alice.get("/api/openapi.json").content)


def test_every_question_is_described_and_every_description_answers(alice) -> None:
    paths = described(alice)["paths"]
    assert set(paths) == {f"/api/{name}" for name in QUESTIONS}
    for name, query in QUESTIONS.items():
        answer = alice.get(f"/api/{name}?{query}")
        assert answer.status_code == 200, answer.content
        schema = paths[f"/api/{name}"]["get"]["responses"]["200"]["content"]
        required = schema["application/json"]["schema"]["required"]
        assert set(required) <= set(json.loads(answer.content)), name


def test_notes_are_told_in_the_readers_language(alice) -> None:
    asked = "/api/measure?metric=csat_mean&lang="
    notes = [json.loads(alice.get(asked + lang).content)["notes"] for lang in ("fr", "en")]
    assert notes[0]
    assert notes[0] != notes[1]


@pytest.mark.parametrize(
    ("address", "code"),
    [("/api/customer", "missing_parameter"), ("/api/measure?metric=joy", "unknown_metric")],
)
def test_wrong_use_is_one_sentence(alice, address: str, code: str) -> None:
    answer = alice.get(address)
    told = json.loads(answer.content)
    assert (answer.status_code, told["error"]) == (400, code)
    assert told["said"].endswith(".")


def test_a_key_for_figures_reads_nobodys_story(alice, stranger) -> None:
    made = alice.post("/members/keys", {"name": "figures", "read": "1"}).content.decode()
    bearer = {"Authorization": f"Bearer {re.search(r'vk_[-_A-Za-z0-9]{43}', made)[0]}"}
    assert stranger.get("/api/measure?metric=nps", **bearer).status_code == 200
    refused = stranger.get("/api/customer?id=user:1", **bearer)
    assert (refused.status_code, json.loads(refused.content)["error"]) == (403, "scope_missing")


def test_an_unknown_question_is_not_found(alice) -> None:
    assert alice.get("/api/gossip").status_code == 404
