"""What browsers hear before and after a page of another origin sends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.loop.listen.collect.calling import SHOP, Desk, body_of, call, code_of, opened

from verite.loop.listen.collect import ask_first, hash_key
from verite.loop.listen.collect.origins import tidy_origins
from verite.words.errors import BadInput

PAGE = "https://shop.example"
OPEN = replace(SHOP, origins=frozenset({PAGE}))
ASKED = {
    "origin": PAGE,
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type",
}


def allowed(reply):
    return dict(reply.headers).get("access-control-allow-origin")


def test_no_page_may_send_unless_a_source_says_so():
    gate = opened(Desk(), SHOP)
    assert code_of(ask_first(gate, ASKED)) == (403, "strange_origin")
    assert allowed(call(gate, body_of(), origin=PAGE)) is None


def test_a_page_that_a_source_names_is_allowed_before_and_after():
    gate = opened(Desk(), OPEN)
    asked = ask_first(gate, ASKED)
    told = dict(asked.headers)
    assert (asked.status, asked.body, allowed(asked)) == (204, b"", PAGE)
    assert told["access-control-allow-methods"] == "POST"
    assert "authorization" in told["access-control-allow-headers"]
    assert told["vary"] == "Origin"
    assert "access-control-allow-credentials" not in told
    assert allowed(call(gate, body_of(), origin=PAGE)) == PAGE


def test_another_page_is_refused_even_where_names_look_alike():
    gate = opened(Desk(), OPEN)
    for page in ("https://shop.example.evil.example", "http://shop.example", "null",
                 "https://shop.example:8443", "https://SHOP.example"):  # fmt: skip
        assert ask_first(gate, {**ASKED, "origin": page}).status == 403
        assert allowed(call(gate, body_of(), origin=page)) is None


def test_a_page_of_one_source_reads_nothing_of_what_another_is_answered():
    other = replace(SHOP, name="other", key_hash=hash_key("vk_other"))
    gate = opened(Desk(), OPEN, other)
    assert allowed(call(gate, body_of(), key="vk_other", origin=PAGE)) is None


def test_a_star_lets_any_page_send():
    gate = opened(Desk(), replace(SHOP, origins=frozenset({"*"})))
    assert allowed(ask_first(gate, {**ASKED, "origin": "https://any.example"})) == "*"
    assert allowed(call(gate, body_of(), origin="https://any.example")) == "*"


def test_a_refusal_can_be_read_by_the_page_with_its_delay():
    gate = opened(Desk(), replace(OPEN, rate_per_s=1))
    for _ in range(12):
        reply = call(gate, body_of(), origin=PAGE)
    assert reply.status == 429
    assert allowed(reply) == PAGE
    assert dict(reply.headers)["access-control-expose-headers"] == "retry-after"
    assert allowed(call(gate, b"{", origin=PAGE)) == PAGE
    assert allowed(call(gate, body_of(), key="vk_wrong", origin=PAGE)) == PAGE


def test_a_broken_promise_can_be_read_by_the_page_too():
    desk = Desk()
    desk.error = OSError("full")
    reply = call(opened(desk, OPEN), body_of(), origin=PAGE)
    assert (reply.status, allowed(reply)) == (503, PAGE)
    assert [name for name, _ in reply.headers].count("content-type") == 1


def test_whoever_is_no_browser_hears_nothing_of_all_this():
    names = [name for name, _ in call(opened(Desk(), OPEN), body_of()).headers]
    assert not any(name.startswith("access-control") for name in names)
    assert code_of(ask_first(opened(Desk(), OPEN), {})) == (405, "post_only")


@pytest.mark.parametrize(
    "told",
    ["shop.example", "ftp://shop.example", "https://", "https://a/b", "https://a?b", "null",
     "https://a b", "https://u@shop.example", "https://*.shop.example", "https://a:99999",
     "https://" + "a" * 300],
)  # fmt: skip
def test_what_is_no_origin_is_refused(told):
    with pytest.raises(BadInput, match="bad_origin"):
        tidy_origins([told])


def test_a_name_with_accents_is_written_as_browsers_do():
    assert tidy_origins(["https://bücher.example"]) == ("https://xn--bcher-kva.example",)


def test_there_may_be_fifty_and_no_more():
    many = [f"https://{number}.example" for number in range(51)]
    assert len(tidy_origins(many[:50])) == 50
    with pytest.raises(BadInput, match="too_many_origins"):
        tidy_origins(many)


@given(some.lists(some.text(max_size=40), max_size=4))
def test_tidying_twice_is_tidying_once_and_nothing_else_than_bad_input_is_raised(told):
    try:
        once = tidy_origins(told)
    except BadInput:
        return
    assert tidy_origins(once) == once
