"""Webhooks signed as the Standard Webhooks specification asks; the package of its authors signs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook
from tests.loop.listen.collect.calling import Desk, call, code_of, opened

from verite.loop.listen.collect import Kind, hash_key, unpack
from verite.words.live import Caller, Mode, Scope

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
DESK = Caller(
    name="help desk",
    key_hash=hash_key("unused"),
    mode=Mode.IDENTIFIED,
    scopes=frozenset({Scope.WEBHOOK}),
    rate_per_s=100,
    secret=SECRET,
)
BODY = '{"event": "conversation_created", "contact": "é"}'
PATH = "/v1/webhook/help%20desk"


def signed(body=BODY, *, secret=SECRET, at=NOW, message="msg_1"):
    return {
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message, at, body),
    }


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def gate(desk):
    return opened(desk, DESK)


def hook(gate, headers, body=BODY, path=PATH, at=NOW):
    return call(gate, body.encode(), path, key=None, at=at, **headers)


def test_a_signed_webhook_is_put_down_with_its_id(gate, desk):
    assert hook(gate, signed()).status == 200
    packet = unpack(desk.kept[0])
    assert (packet.kind, packet.message_id) == (Kind.WEBHOOK, "msg_1")
    assert packet.body == BODY.encode()


def test_one_right_signature_among_several_is_enough(gate):
    headers = signed()
    wrong = signed(secret=OTHER)["webhook-signature"]
    headers["webhook-signature"] = f"v1a,xyz {wrong} {headers['webhook-signature']}"
    assert hook(gate, headers).status == 200


@pytest.mark.parametrize("missing", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_missing_header_is_a_bad_signature(gate, missing):
    headers = {name: value for name, value in signed().items() if name != missing}
    assert code_of(hook(gate, headers)) == (401, "bad_signature")


def test_another_secret_body_or_id_is_a_bad_signature(gate, desk):
    assert hook(gate, signed(secret=OTHER)).status == 401
    assert hook(gate, signed(), body=BODY.replace("created", "deleted")).status == 401
    assert hook(gate, signed() | {"webhook-id": "msg_2"}).status == 401
    assert desk.kept == []


@pytest.mark.parametrize(("minutes", "status"), [(-6, 401), (-4, 200), (4, 200), (6, 401)])
def test_a_signature_lives_five_minutes_either_way(gate, minutes, status):
    assert hook(gate, signed(at=NOW + timedelta(minutes=minutes))).status == status


def test_an_unknown_source_hears_what_a_wrong_signature_hears(gate):
    stranger = hook(gate, signed(), path="/v1/webhook/nobody")
    assert stranger.body == hook(gate, signed(secret=OTHER)).body


def test_a_source_without_a_secret_takes_no_webhook(desk):
    gate = opened(desk, replace(DESK, secret=""))
    assert code_of(hook(gate, signed())) == (401, "bad_signature")


def test_a_source_without_the_scope_takes_no_webhook(desk):
    gate = opened(desk, replace(DESK, scopes=frozenset({Scope.TRACK})))
    assert code_of(hook(gate, signed())) == (403, "out_of_scope")


def test_a_signed_body_that_is_not_json_hears_400(gate):
    assert json.loads(hook(gate, signed("plain"), body="plain").body)["code"] == "body_unreadable"
