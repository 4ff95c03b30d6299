"""One call of the collector: who may come in, what is put down, what is answered."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.loop.listen.collect.calling import (
    EVENT,
    KEY,
    NOON,
    SHOP,
    Desk,
    body_of,
    call,
    code_of,
    opened,
)

from verite.loop.listen.collect import Kind, Limits, Pressure, hash_key, unpack
from verite.words.errors import HomeError
from verite.words.live import Backlog, Mode, Scope


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def gate(desk):
    return opened(desk, SHOP)


def test_a_batch_is_put_down_exactly_as_received(gate, desk):
    body = body_of(EVENT, EVENT, sentAt="2026-01-05T12:00:00Z")
    reply = call(gate, body)
    assert (reply.status, json.loads(reply.body)) == (200, {"success": True})
    (packet,) = map(unpack, desk.kept)
    assert (packet.kind, packet.call, packet.body) == (Kind.SEGMENT, "batch", body)
    assert (packet.at, packet.mode, packet.scopes) == (NOON, Mode.IDENTIFIED, frozenset())


@pytest.mark.parametrize("path", ["track", "identify", "page", "screen", "group", "alias"])
def test_a_hand_written_call_keeps_the_word_of_its_path(gate, desk, path):
    assert call(gate, b'{"userId": "u1"}', f"/v1/{path}").status == 200
    assert unpack(desk.kept[0]).call == path


def test_the_key_may_stand_in_the_body_or_be_a_bearer(gate, desk):
    assert call(gate, body_of(writeKey=KEY), key=None).status == 200
    assert call(gate, body_of(), key=None, authorization=f"Bearer {KEY}").status == 200
    assert (
        call(gate, b'{"userId": "u", "writeKey": "vk_right"}', "/v1/track", key=None).status == 200
    )
    assert len(desk.kept) == 3


def test_a_wrong_key_hears_401_before_its_body_is_opened(gate, desk):
    bomb = gzip.compress(bytes(20_000_000))
    for key, body in (("vk_wrong", bomb), (None, body_of()), (None, body_of(writeKey="no"))):
        assert code_of(call(gate, body, key=key)) == (401, "wrong_key")
    assert code_of(call(gate, body_of(), key=None, authorization="Basic ???"))[0] == 401
    assert desk.kept == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        *(
            (body, "body_unreadable")
            for body in (b"", b"{", b'{"batch": [}', b"\xff\xfe", b"<xml/>")
        ),
        *((body, "body_no_object") for body in (b"[]", b"null")),
        (b'{"batch": 3}', "body_batch_no_list"),
        (b"{}", "body_without_batch"),
    ],
)
def test_a_body_that_nobody_could_read_hears_400(gate, desk, body, code):
    assert code_of(call(gate, body)) == (400, code)
    assert desk.kept == []


def test_the_answer_to_an_unreadable_body_says_nothing_of_what_it_holds(gate):
    reply = call(gate, b'{"batch": [{"email": "marie@example.org"')
    assert b"marie" not in reply.body


def test_a_nested_abyss_is_unreadable(gate):
    assert call(gate, b'{"batch": ' + b"[" * 200_000).status == 400


def test_a_bad_event_does_not_lose_its_batch(gate, desk):
    assert call(gate, b'{"batch": [1, null, "x", {"type": 5}, {"type": "track"}]}').status == 200
    assert len(desk.kept) == 1


def test_half_an_emoji_and_nan_are_mended_rather_than_refused(gate, desk):
    assert call(gate, b'{"batch": [{"text": "hi \\ud83d", "value": NaN}]}').status == 200
    body = json.loads(unpack(desk.kept[0]).body)
    assert body == {"batch": [{"text": "hi �", "value": None}]}


def test_an_empty_batch_is_well_and_puts_nothing_down(gate, desk):
    assert call(gate, b'{"batch": []}').status == 200
    assert desk.kept == []


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded", ""])
def test_gzip_is_known_by_its_first_bytes_whatever_the_type(gate, desk, kind):
    assert call(gate, gzip.compress(body_of()), content_type=kind).status == 200
    assert unpack(desk.kept[0]).body == body_of()


def test_a_plain_body_called_gzip_is_taken_as_it_is(gate, desk):
    assert call(gate, body_of(), content_encoding="gzip").status == 200


def test_deflate_is_inflated_when_its_header_says_so(gate, desk):
    assert call(gate, zlib.compress(body_of()), content_encoding="deflate").status == 200
    assert unpack(desk.kept[0]).body == body_of()


def test_a_broken_gzip_hears_400(gate):
    whole = gzip.compress(body_of())
    assert call(gate, whole[:-9]).status == 400
    assert call(gate, whole[:4] + b"\xff" * 40).status == 400


def test_a_body_that_is_too_large_hears_413(desk):
    gate = opened(desk, SHOP, limits=Limits(body=100))
    assert code_of(call(gate, body_of(EVENT, EVENT))) == (413, "body_too_large")


def test_a_bomb_is_not_inflated_beyond_the_bound(gate, desk):
    import tracemalloc

    bomb = gzip.compress(bytes(400_000_000), compresslevel=9)
    assert len(bomb) < gate.limits.body
    tracemalloc.start()
    reply = call(gate, bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code_of(reply) == (413, "body_too_large")
    assert peak < 4 * gate.limits.inflated


def test_little_is_read_of_whoever_shows_no_key_first(gate, desk):
    much = body_of(*[EVENT] * 15_000, writeKey=KEY)
    assert 1_000_000 < len(much) < gate.limits.body
    for body in (much, gzip.compress(much)):
        assert code_of(call(gate, body, key=None)) == (413, "body_too_large")
        assert call(gate, body).status == 200
        told = code_of(call(gate, body, "/v1/webhook/nobody", key=None))
        assert told == (401, "bad_signature")


def test_a_body_of_empty_members_takes_no_time(gate):
    nothing = gzip.compress(b"")
    began = time.process_time()
    assert call(gate, nothing * (gate.limits.body // len(nothing))).status == 400
    assert time.process_time() - began < 5
    assert call(gate, nothing * 9 + gzip.compress(body_of())).status == 200


def test_bombs_laid_end_to_end_count_together(desk):
    gate = opened(desk, SHOP, limits=Limits(inflated=1000))
    assert call(gate, gzip.compress(bytes(600)) * 2).status == 413


def test_a_call_out_of_scope_hears_403(desk):
    gate = opened(desk, replace(SHOP, scopes=frozenset({Scope.PAGE})))
    assert code_of(call(gate, b"{}", "/v1/track")) == (403, "out_of_scope")
    assert code_of(call(gate, body_of())) == (403, "out_of_scope")
    assert code_of(call(gate, b"{}", "/v1/cloudevents")) == (403, "out_of_scope")
    assert desk.kept == []


def test_a_mixed_batch_comes_in_with_what_its_source_may_send(desk):
    gate = opened(desk, replace(SHOP, scopes=frozenset({Scope.PAGE})))
    assert call(gate, body_of(EVENT, {"type": "page"})).status == 200
    assert unpack(desk.kept[0]).scopes == {"page"}


@pytest.mark.parametrize("path", ["/v1/", "/v1/nothing", "/v2/batch", "/v1/webhook/", "/"])
def test_another_address_hears_404(gate, path):
    assert code_of(call(gate, b"{}", path)) == (404, "no_such_call")


def test_a_source_that_sends_too_fast_hears_429_and_when_to_come_back(desk):
    gate = opened(desk, replace(SHOP, rate_per_s=10), limits=Limits(burst=timedelta(seconds=2)))
    many = body_of(*[EVENT] * 30)
    assert call(gate, many).status == 200  # a batch is taken whole, and waited for afterwards
    reply = call(gate, many)
    assert code_of(reply) == (429, "too_fast")
    wait_s = int(dict(reply.headers)["retry-after"])
    assert wait_s == 2
    assert call(gate, many, at=NOON + timedelta(seconds=wait_s)).status == 200


def test_sources_have_their_rates_apart(desk):
    slow = replace(SHOP, rate_per_s=1)
    other = replace(slow, name="other", key_hash=hash_key("vk_other"))
    gate = opened(desk, slow, other)
    assert [call(gate, body_of(*[EVENT] * 30)).status for _ in range(2)] == [200, 429]
    assert call(gate, body_of(), key="vk_other").status == 200


@pytest.mark.parametrize(
    "waiting",
    [
        Backlog(batches=200_000, size=1),
        Backlog(batches=1, size=2 * 2**30),
        Backlog(batches=1, size=1, oldest_at=NOON - timedelta(hours=25)),
    ],
)
def test_a_crowded_inbox_answers_429(gate, desk, waiting):
    gate.feel(Pressure(backlog=waiting, disk_total=2**50, disk_used=10))
    reply = call(gate, body_of())
    assert code_of(reply) == (429, "inbox_crowded")
    assert int(dict(reply.headers)["retry-after"]) > 0
    gate.feel(Pressure(backlog=Backlog(batches=0, size=0), disk_total=100, disk_used=10))
    assert call(gate, body_of()).status == 200


def test_what_came_since_the_last_look_counts_too(desk):
    gate = opened(desk, SHOP, limits=Limits(batches=3))
    assert [call(gate, body_of()).status for _ in range(4)] == [200, 200, 200, 429]


def test_a_disk_without_room_for_the_drain_answers_503(gate):
    waiting = Backlog(batches=10, size=10_000_000)
    gate.feel(Pressure(backlog=waiting, disk_total=100_000_000, disk_used=81_000_000))
    assert code_of(call(gate, body_of())) == (503, "disk_short")


def test_a_short_disk_answers_503_before_it_is_nine_tenths_full(gate, desk):
    empty = Backlog(batches=0, size=0)
    for used, status in ((86, 200), (89, 503), (86, 200)):
        gate.feel(Pressure(backlog=empty, disk_total=100_000_000, disk_used=used * 1_000_000))
        assert call(gate, body_of()).status == status
    gate.feel(Pressure(backlog=empty, disk_total=100_000, disk_used=87_800))
    assert [call(gate, body_of()).status for _ in range(2)] == [200, 503]  # what was just written


def test_an_inbox_that_cannot_write_acknowledges_nothing(gate, desk):
    desk.error = HomeError("disk_full", fields={"path": "/secret/place"})
    reply = call(gate, body_of())
    assert reply.status == 503
    assert "retry-after" in dict(reply.headers)
    assert b"secret" not in reply.body
    desk.error = RuntimeError("no")
    assert code_of(call(gate, body_of())) == (503, "inbox_failed")
    desk.error = None
    assert call(gate, body_of()).status == 200


def test_a_closed_source_is_a_stranger(gate):
    gate.know([])
    assert call(gate, body_of()).status == 401


def test_cloud_events_come_one_by_one_or_listed(desk):
    gate = opened(desk, replace(SHOP, scopes=frozenset({Scope.CLOUDEVENTS})))
    one = b'{"specversion": "1.0", "id": "1", "source": "/s", "type": "order.done"}'
    assert call(gate, one, "/v1/cloudevents").status == 200
    assert call(gate, b"[%b, %b]" % (one, one), "/v1/cloudevents").status == 200
    assert {unpack(payload).kind for payload in desk.kept} == {Kind.CLOUDEVENTS}
