"""Whatever is received, decoding answers: rows and refusals, or one typed error."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.packing import Kind, Packet, pack
from verite.loop.listen.collect.rules import Rules
from verite.words.errors import BadInput
from verite.words.live import Mode

AT = datetime(2026, 10, 6, 12, tzinfo=UTC)
NAMES = (
    "type", "event", "userId", "anonymousId", "previousId", "messageId", "timestamp", "sentAt",
    "properties", "traits", "context", "name", "category", "score", "scale_min", "scale_max",
    "metric", "wait_s", "menus", "segment.x", "segment", "text", "step", "ended_at", "value",
    "specversion", "id", "source", "data", "time", "subject", "identity", "email", "phone",
)  # fmt: skip
WORDS = ("track", "identify", "page", "alias", "group", "1.0", "nps", "e", "\x00", "\ud800", "")
leaves = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9),
    st.sampled_from(WORDS), st.just("2026-10-06T12:00:00Z"),
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=5)), inner, max_size=6),
    ),
    max_leaves=12,
)
events = st.dictionaries(st.sampled_from(NAMES), values, max_size=10)


def hear(body: bytes, kind: Kind, mode: Mode, call: str = "batch") -> None:
    """Decodes; the rows and the refusals can be counted, and nothing else is raised."""
    packet = Packet(kind=kind, call=call, at=AT, mode=mode, body=body)
    decoded = decode(Rules())(pack(packet), "site")
    assert decoded.table.num_rows >= 0
    for refusal in decoded.refusals:
        assert refusal.reason
        again = decode(Rules())(refusal.raw.encode("utf-8", "replace"), "site")
        assert again.table.num_rows <= 1
    if mode is Mode.AUDIENCE:
        assert not decoded.links
        assert all(
            one.startswith("audience:") for one in decoded.table.column("identity").to_pylist()
        )


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.one_of(events, values), max_size=4), st.sampled_from(Kind), st.sampled_from(Mode)
)
def test_no_batch_makes_decoding_fall(told: list[Any], kind: Kind, mode: Mode) -> None:
    body: Any = {"batch": told, "sentAt": "x"} if kind is Kind.SEGMENT else told
    hear(json.dumps(body).encode(), kind, mode)


@settings(max_examples=80, deadline=None)
@given(values, st.sampled_from(Kind), st.sampled_from(["track", "batch", "page", ""]))
def test_no_body_makes_decoding_fall(told: Any, kind: Kind, call: str) -> None:
    hear(json.dumps(told).encode(), kind, Mode.IDENTIFIED, call)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(Kind), st.sampled_from(Mode))
@example(b'{"batch":[' + b"[" * 5_000, Kind.SEGMENT, Mode.IDENTIFIED)
@example(b"[" * 100_000, Kind.WEBHOOK, Mode.AUDIENCE)
@example(b'{"batch":[{"userId":"\xff\xfe","type":"track"}]}', Kind.SEGMENT, Mode.IDENTIFIED)
@example(
    b'{"type":"track","event":"e","userId":"1","properties":{"a":' + b"9" * 500 + b"}}",
    Kind.SEGMENT, Mode.IDENTIFIED,
)  # fmt: skip
def test_no_bytes_make_decoding_fall(body: bytes, kind: Kind, mode: Mode) -> None:
    hear(body, kind, mode)


@given(st.binary(max_size=300))
def test_a_payload_that_is_none_of_ours_is_a_typed_error(payload: bytes) -> None:
    with pytest.raises(BadInput, match="bad_packet"):
        decode(Rules())(payload, "site")
