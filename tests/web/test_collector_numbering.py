"""Two senders that number alike are two; what an older source sends again is known already."""

from __future__ import annotations

import json

import pytest

from verite.records.current import within

CLOUD = {
    "specversion": "1.0", "id": "1", "source": "/s", "type": "case.closed",
    "time": "2026-01-05T12:00:00Z", "data": {"userId": "u"},
}  # fmt: skip


@pytest.fixture
def cast(tmp_path, make_cast):
    return make_cast(tmp_path / "home")


@pytest.fixture
def make(cast):
    from verite.records.listen.source_actions import Wanted, make_source
    from verite.web.clock import now
    from verite.words.live import Scope
    from verite.words.member import CONSOLE

    def made(name):
        wanted = Wanted(name=name, scopes=frozenset({Scope.CLOUDEVENTS}))
        return make_source(using=cast.alias, by=CONSOLE, wanted=wanted, at=now()).key

    return made


def filed(cast, *keys):
    """How many interactions, duplicates and conflicts there are once these sent the same event."""
    from verite.web.clock import now
    from verite.web.house import home_here

    with within(cast.alias):
        for key in keys:
            told = {"authorization": f"Bearer {key}"}
            answer = cast.client.post(
                "/v1/cloudevents", json.dumps(CLOUD), content_type="text/plain", headers=told
            )
            assert answer.status_code == 200
        kept = home_here().drain(at=now())
        return home_here().status().result.interactions, kept.duplicates, kept.refused


def test_new_sources_that_number_alike_are_two_and_a_replay_is_none(cast, make):
    keys = [make("desk"), make("shop")]
    assert filed(cast, *keys) == (2, 0, 0)
    assert filed(cast, *keys) == (2, 2, 0)


def test_a_source_from_before_is_known_by_the_ids_that_the_ledger_holds(cast, make):
    from verite.records.listen import models

    old = make("old")
    models.LiveSource.objects.using(cast.alias).filter(name="old").update(numbers_alone=False)
    assert filed(cast, old) == (1, 0, 0)
    assert filed(cast, old, make("new")) == (2, 1, 0)
