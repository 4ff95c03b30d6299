"""Two senders that number alike: whose ids are told apart, and what is kept as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook
from tests.loop.listen.collect.calling import NOON, SHOP, Desk, body_of, call, opened

from verite.loop.listen.collect import hash_key, unpack
from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.rules import Rules
from verite.words.live import Caller, Mode, Scope

SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
BODY = json.dumps({"type": "closed", "data": {"userId": "u"}})
CLOUD = {"specversion": "1.0", "id": "1", "source": "/s", "type": "t", "data": {"userId": "u"}}


def source(name, *, alone):
    return Caller(
        name=name,
        key_hash=hash_key(name),
        mode=Mode.IDENTIFIED,
        scopes=frozenset(Scope),
        rate_per_s=1_000,
        secret=SECRET,
        numbers_alone=alone,
    )


def ids_of(payload, name):
    return decode(Rules())(payload, name).table.column("message_id").to_pylist()


def hooked(*sources):
    desk = Desk()
    gate = opened(desk, *sources)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(NOW.timestamp())),
        "webhook-signature": Webhook(SECRET).sign("msg_1", NOW, BODY),
    }
    for one in sources:
        path = f"/v1/webhook/{one.name}"
        assert call(gate, BODY.encode(), path, key=None, at=NOW, **headers).status == 200
    return [one for s, kept in zip(sources, desk.kept, strict=True) for one in ids_of(kept, s.name)]


def clouded(*sources):
    desk = Desk()
    gate = opened(desk, *sources)
    for one in sources:
        body = json.dumps(CLOUD).encode()
        assert call(gate, body, "/v1/cloudevents", key=one.name).status == 200
    return [one for s, kept in zip(sources, desk.kept, strict=True) for one in ids_of(kept, s.name)]


@pytest.mark.parametrize(("sent", "kind"), [(hooked, "hook"), (clouded, "ce")])
def test_two_new_sources_that_number_alike_do_not_collide(sent, kind):
    told = "msg_1:0" if kind == "hook" else "/s 1"
    found = sent(source("desk", alone=True), source("shop", alone=True))
    assert found == [f"{kind}/desk/{told}", f"{kind}/shop/{told}"]


@pytest.mark.parametrize("sent", [hooked, clouded])
def test_a_source_sent_again_is_the_same(sent):
    desk = source("desk", alone=True)
    assert sent(desk) == sent(desk)


def test_what_an_older_source_sends_again_is_what_the_ledger_knows():
    assert hooked(source("desk", alone=False)) == ["hook msg_1:0"]
    assert clouded(source("desk", alone=False)) == ["ce /s 1"]


def test_an_id_in_the_body_of_a_webhook_is_told_apart_too():
    from verite.loop.listen.collect.webhooks import read_webhook

    raw = b'{"type": "t", "id": "9"}'
    assert read_webhook(raw, sender="desk").message_id == "hook/desk/9"
    assert read_webhook(raw).message_id == "hook 9"


def test_what_waits_since_before_is_read_as_before():
    old = b'{"v":1,"kind":"webhook","at":"2026-01-05T12:00:00Z","mode":"identified","id":"m"}\n'
    assert ids_of(old + BODY.encode(), "desk") == ["hook m:0"]


def test_a_message_id_of_segment_stays_as_it_is():
    desk = Desk()
    call(opened(desk, replace(SHOP, numbers_alone=True)), body_of(), at=NOON)
    assert unpack(desk.kept[0]).sender == ""
    assert ids_of(desk.kept[0], "shop") == ["m1"]


def test_what_waits_in_quarantine_keeps_its_sender():
    desk = Desk()
    bad = {**CLOUD, "data": {"userId": "u", "score": "many"}, "time": "never"}
    gate = opened(desk, source("desk", alone=True))
    call(gate, json.dumps([CLOUD, bad]).encode(), "/v1/cloudevents", key="desk")
    (refusal,) = decode(Rules())(desk.kept[0], "desk").refusals
    assert unpack(refusal.raw.encode()).sender == "desk"
