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


@pytest.mark.parametrize(
    "text",
    ["1234 5678 9012", "n° 1234-5678-9012.", '{"card":"1234.5678.9012"}', "1234%205678%209012"],
)
def test_a_card_is_found_however_its_signs_are_parted(text: str) -> None:
    assert Traces(["card:123456789012"]).are_in(text)
    assert not Traces(["card:123456789012"]).are_in("91234 5678 9012")


@pytest.mark.parametrize("mail", ["zoé@münchen.de", "zoe@strasse.de"])
@pytest.mark.parametrize("escaped", [str, quote, lambda text: json.dumps(text)[1:-1]])
def test_a_mail_is_found_under_every_spelling_of_its_domain(mail: str, escaped) -> None:
    traces = Traces([f"email:{mail}"])
    local, _, domain = mail.partition("@")
    others = {
        "münchen.de": ("xn--mnchen-3ya.de", "XN--MNCHEN-3YA.DE", "mu\u0308nchen.de", "MÜNCHEN.de"),
        "strasse.de": ("straße.de", "xn--strae-oqa.de"),
    }[domain]
    for other in others:
        text = escaped(f"to {local}@{other}, now")
        assert traces.are_in(text), text
        assert not traces.are_in(traces.without(text, "gone"))
    assert not traces.are_in(escaped(f"{local}@other-{domain}"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"userId":"7"}', '{"userId":"gone"}'),
        ('{"user_id": 7, "score": 7}', '{"user_id": "gone", "score": 7}'),
        ('{"identity": "7"}', '{"identity": "gone"}'),
        ("?client=7&page=7", "?client=gone&page=7"),
        ('{\\"anonymousId\\":\\"7\\"}', '{\\"anonymousId\\":\\"gone\\"}'),
    ],
)
def test_a_key_of_one_sign_is_found_where_somebody_is_named(text: str, told: str) -> None:
    seven = Traces(["user:7"])
    assert seven.are_in(text)
    assert seven.without(text, "gone") == told


@pytest.mark.parametrize(
    "text", ['{"userId":"17","score":7}', '{"product_id":7}', '{"messageId":"7"}', "7;x"]
)
def test_a_key_of_one_sign_is_not_any_number(text: str) -> None:
    assert not Traces(["user:7"]).are_in(text)


@pytest.mark.parametrize("text", ["7;x", 'a,"7",b', "a\tb\t7", "7"])
def test_a_key_of_one_sign_may_be_a_cell(text: str) -> None:
    assert Traces(["user:7"]).are_a_cell_of(text)
    assert not Traces(["user:7"]).are_a_cell_of("77;1.7;a 7 b")
    assert not Traces(["user:4071"]).are_a_cell_of("4071;x")
