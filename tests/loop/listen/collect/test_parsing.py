"""A body that is not taken says what is wrong with it, never what it holds."""

from __future__ import annotations

import pytest

from verite.loop.listen.collect.answers import TurnedAway
from verite.loop.listen.collect.packing import Kind
from verite.loop.listen.collect.parsing import parse


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"type": "track"}', "body_without_batch"),
        (b'{"type": NaN}', "body_without_batch"),
        (b'{"batch": {"type": "track"}}', "body_batch_no_list"),
        (b'{"batch": null}', "body_batch_no_list"),
        (b'{"batch": [], "writeKey": 3}', "body_write_key_no_text"),
        (b"[]", "body_no_object"),
        (b'{"batch": [', "body_unreadable"),
    ],
)
def test_a_body_of_another_shape_says_what_is_missing(body: bytes, code: str) -> None:
    with pytest.raises(TurnedAway) as refused:
        parse(body, Kind.SEGMENT, is_batch=True)
    assert refused.value.code == code


def test_an_event_alone_must_be_an_object() -> None:
    with pytest.raises(TurnedAway) as refused:
        parse(b'"track"', Kind.SEGMENT, is_batch=False)
    assert refused.value.code == "body_no_object"
