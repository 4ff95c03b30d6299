"""Usual events are read at once, and say what they would have said read step by step."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from verite.loop.listen.collect.many import Many
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.reading import Reading
from verite.loop.listen.collect.rows import FILLED
from verite.loop.listen.collect.rules import Rules
from verite.loop.listen.collect.setting import Setting, Settings
from verite.words.columns import SEGMENTS_AT_MOST
from verite.words.events import EventRule
from verite.words.live import Mode

AT = datetime(2026, 10, 6, 12, tzinfo=UTC)
RULES = Rules(
    rules=(
        EventRule(event="seen", touchpoint="window", kind="visit"),
        EventRule(event="noise", ignored=True),
        EventRule(event="said", channel="phone", kind="feedback"),
    ),
    secret=b"k" * 32,
    segments=tuple(f"segment_{n}" for n in range(SEGMENTS_AT_MOST - 1)),
)
TIMES = (
    "2026-10-06T11:59:00.123456Z", "2026-10-06T13:00:00+02:00", "2026-10-05 08:00", "2027-01-01",
    "yesterday", "1791288000", "", None, 1_791_288_000, 1_791_288_000_123.5, "1750-01-01T00:00:00Z",
)  # fmt: skip
leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 12), st.floats(), st.integers(), st.text(max_size=9),
    st.sampled_from(("EUR", "eur ", "a@b.fr", "06 12 34 56 78", "/x?q=1", "Chat", "\x00", *TIMES)),
)  # fmt: skip
properties = st.dictionaries(
    st.one_of(
        st.sampled_from((
            "value", "currency", "order_id", "email", "plan", "segment.offer", "segment_city",
            "kind", "segment", "touchpoint", "channel", "score", "scale_min", "scale_max",
            "metric", "wait_s", "ended_at", "menus", "step", "text", "journey_id", "duration_s",
            "k" * 300,
        )),
        st.text(max_size=5),
    ),
    st.one_of(leaves, st.dictionaries(st.text(max_size=3), leaves, max_size=3)),
    max_size=6,
)  # fmt: skip
events = st.fixed_dictionaries(
    {
        "type": st.sampled_from(("track",) * 9 + ("page", "identify", "odd")),
        "userId": st.sampled_from(("u1", "u1", "user:2", "a@b.fr", "none", "", " u ", 7, None)),
        "event": st.sampled_from(("Seen", "Seen", "New one", "noise", "said", " ", "", None)),
        "messageId": st.sampled_from(("m1", "m2", "", 5, None)),
        "timestamp": st.sampled_from((*TIMES[:3] * 4, *TIMES)),
    },
    optional={
        "properties": st.one_of(st.none(), properties),
        "anonymousId": st.sampled_from((None, "a1", "")),
        "traits": st.sampled_from((None, {}, {"email": "a@b.fr"})),
        "context": st.sampled_from((None, {}, {"page": {}}, {"device": {"id": "x"}})),
        "sentAt": st.sampled_from(TIMES),
        "receivedAt": st.sampled_from(TIMES),
        "originalTimestamp": st.sampled_from(TIMES),
        "name": st.sampled_from((None, "n")),
    },
)
calls = st.lists(st.one_of(events, events, events, leaves), max_size=6)


def call_of(told: list[Any], sent: object = None, scopes: frozenset[str] = frozenset()) -> Packet:
    body = json.dumps({"batch": told, "sentAt": sent}).encode()
    kind, mode = Kind.SEGMENT, Mode.IDENTIFIED
    return Packet(kind=kind, call="batch", at=AT, mode=mode, body=body, scopes=scopes)


def setting() -> Setting:
    return Settings(RULES).of("shop")


def said(found: Reading) -> tuple[object, ...]:
    """Everything that a reading tells, in order; `repr` because no NaN is another."""
    links, unknown = list(found.links), list(found.unknown.items())
    return repr(found.rows), found.refusals, links, unknown


USUAL = {"type": "track", "userId": "u1", "event": "Seen", "messageId": "m1"}


@settings(max_examples=300, deadline=None)
@given(calls, st.sampled_from(TIMES), st.sampled_from([(), ("track",), ("page",)]))
@example([USUAL, {**USUAL, "properties": {"segment.a": "x", "segment.b": "y"}}, USUAL], None, ())
@example([USUAL, {**USUAL, "timestamp": "2027-01-01"}, {**USUAL, "event": "New"}], None, ())
def test_usual_events_say_the_same_read_at_once_or_step_by_step(told, sent, scopes):
    packet = call_of(told, sent, frozenset(scopes))
    assert said(Reading(packet, setting())) == said(Reading(packet, setting(), at_once=False))


@settings(max_examples=100, deadline=None)
@given(st.lists(calls, max_size=4))
def test_calls_read_together_say_what_each_says_alone(told):
    payloads = [pack(call_of(one)) for one in told]
    many, here = Many(RULES).read("shop", payloads), setting()
    alone = [Reading(call_of(one), here, at_once=False) for one in told]
    table = many.rows.table()
    rows = [row for one in alone for row in one.rows]
    for place, name in enumerate(FILLED):
        assert table.column(name).to_pylist() == [row[place] for row in rows]
    for name in set().union(*(row[-1] for row in rows)):
        told = [row[-1].get(name) for row in rows]
        assert repr(table.column(name).to_pylist()) == repr(told)
    assert many.refusals == [refusal for one in alone for refusal in one.refusals]
    assert set(many.links) == {link for one in alone for link in one.links}
    assert sum(many.unknown.values()) == sum(sum(one.unknown.values()) for one in alone)


def test_a_segment_without_room_stays_among_the_extras():
    told = [{**USUAL, "properties": {"segment.a": "x", "segment.b": "y"}}]
    (row,) = Reading(call_of(told), setting()).rows
    assert json.loads(row[FILLED.index("properties")] or "") == {"segment.b": "y"}
