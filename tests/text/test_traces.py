"""A person is found in raw text however it spells their identities, and nobody else is."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.text.traces import Traces

MARIE = Traces(["email:marie.dupont+box@example.org", "phone:+33612345678", "user:4071-B"])
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Cs"]), min_size=3)


@pytest.mark.parametrize(
    "text",
    [
        "marie.dupont+box@example.org",
        "MARIE.DUPONT+BOX@EXAMPLE.ORG",
        "to=marie.dupont%2Bbox%40example.org&x=1",
        '{"to": "marie.dupont\\u002bbox\\u0040example.org"}',
        "<marie.dupont+box@example.org>",
        "exports/marie.dupont+box@example.org.csv",
        "06 12 34 56 78",
        "06.12.34.56.78",
        "0033612345678",
        "tel:+33 (0)6 12 34 56 78",
        "2026-01-01;4071-B;12",
        '{"userId":"4071-B"}',
        "user:4071-B",
    ],
)
def test_a_person_is_found_as_people_and_systems_write(text: str) -> None:
    assert MARIE.are_in(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "xmarie.dupont+box@example.org",
        "marie.dupont+box@example.org.uk",
        "marie.dupont@example.org",
        "06 12 34 56 79",
        "9061234567800",
        "4071-BC",
        "14071-B",
        "4071-b",
    ],
)
def test_somebody_else_is_not(text: str | None) -> None:
    assert not MARIE.are_in(text)


def test_a_very_short_key_is_found_with_its_prefix_only() -> None:
    seven = Traces(["user:7"])
    assert seven.are_in("user:7;x")
    assert not seven.are_in("7;x")


def test_nobody_is_in_any_text() -> None:
    assert not Traces([]).are_in("anything")


def test_a_name_is_taken_out_and_the_rest_stays() -> None:
    told = MARIE.without("call marie.dupont+box@example.org or 06 12 34 56 78 now", "[gone]")
    assert told == "call [gone] or [gone] now"


@given(WORDS)
@settings(deadline=None)
def test_any_key_is_found_in_json_in_a_line_and_in_an_address(key: str) -> None:
    traces = Traces([f"user:{key}"])
    assert traces.are_in(json.dumps({"userId": key}, ensure_ascii=False))
    assert traces.are_in(f"a;{key};b")
    assert traces.are_in(f"?user={quote(key, safe='')}&x=1")
