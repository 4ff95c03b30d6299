"""CloudEvents in binary content mode, with the headers of the HTTP binding's own examples."""

from __future__ import annotations

import gzip
import json

import pytest
from tests.loop.listen.collect.calling import KEY, NOON, Desk, call, code_of, opened

from verite.loop.listen.collect import Kind, hash_key, unpack
from verite.loop.listen.collect.cloudevents import read_cloud
from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.rules import Rules
from verite.words.live import Caller, Mode, Scope

CRM = Caller(
    name="crm",
    key_hash=hash_key(KEY),
    mode=Mode.IDENTIFIED,
    scopes=frozenset({Scope.CLOUDEVENTS}),
    rate_per_s=1_000,
    numbers_alone=True,
)
# CloudEvents HTTP Protocol Binding 1.0.2, section 3.1.4.
SPEC = {
    "ce-specversion": "1.0",
    "ce-type": "com.example.someevent",
    "ce-time": "2018-04-05T03:56:24Z",
    "ce-id": "1234-1234-1234",
    "ce-source": "/mycontext/subcontext",
    "content-type": "application/json; charset=utf-8",
}
DATA = {"case_id": "C-1", "userId": "u-7", "n": 3}


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def send(desk):
    gate = opened(desk, CRM)

    def sent(body, **headers):
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        return call(gate, body, "/v1/cloudevents", **told)

    return sent


def kept(desk, place=0):
    packet = unpack(desk.kept[place])
    assert packet.kind is Kind.CLOUDEVENTS
    return json.loads(packet.body)


def test_the_example_of_the_specification_is_the_same_event_as_its_structured_form(send, desk):
    assert send(json.dumps(DATA).encode(), **SPEC).status == 200
    event = {
        "specversion": "1.0", "type": "com.example.someevent", "time": "2018-04-05T03:56:24Z",
        "id": "1234-1234-1234", "source": "/mycontext/subcontext", "data": DATA,
    }  # fmt: skip
    assert kept(desk) == event
    structured = {"content-type": "application/cloudevents+json; charset=UTF-8"}
    assert send(json.dumps(event).encode(), **structured).status == 200
    tables = [decode(Rules())(payload, "crm").table for payload in desk.kept]
    found = [{name: one.column(name).to_pylist() for name in one.column_names} for one in tables]
    assert found[0] == found[1]
    assert found[0]["identity"] == ["user:u-7"]


def test_a_batch_stays_a_batch_whatever_its_headers_are(send, desk):
    event = {"specversion": "1.0", "id": "1", "source": "/s", "type": "t"}
    headers = {"content-type": "application/cloudevents-batch+json", "ce-id": "stray"}
    assert send(json.dumps([event, event]).encode(), **headers).status == 200
    assert kept(desk) == [event, event]


@pytest.mark.parametrize("kind", ["text/json", "application/vnd.shop.order+json", ""])
def test_any_kind_of_json_is_data(send, desk, kind):
    headers = {name: text for name, text in SPEC.items() if name != "content-type"}
    more = {"content-type": kind} if kind else {}
    assert send(b'{"n": 1}', **headers, **more).status == 200
    assert kept(desk)["data"] == {"n": 1}


def test_data_that_is_not_json_is_refused_and_nothing_is_kept(send, desk):
    for kind, body in (("application/xml", b"<a/>"), ("application/json", b"<a/>")):
        assert code_of(send(body, **{**SPEC, "content-type": kind})) == (400, "body_unreadable")
    assert desk.kept == []


def test_an_event_without_data_needs_no_body(send, desk):
    assert send(b"", **SPEC).status == 200
    assert kept(desk)["data"] is None


def test_a_body_cannot_add_attributes_of_its_own(send, desk):
    assert send(b'1,"type":"other"', **SPEC).status == 400
    assert send(b'{}, {"type":"other"}', **SPEC).status == 400
    assert desk.kept == []


def test_percents_and_quotes_in_headers_are_undone_once(send, desk):
    # The binding's example of a header: Euro € 😀.
    assert send(b"{}", **SPEC, ce_subject='"Euro%20%E2%82%AC%20%F0%9F%98%80"').status == 200
    assert kept(desk)["subject"] == "Euro € 😀"


def test_an_event_that_lacks_an_attribute_waits_in_quarantine(send, desk):
    headers = {name: text for name, text in SPEC.items() if name != "ce-source"}
    assert send(b"{}", **headers).status == 200
    found = decode(Rules())(desk.kept[0], "crm")
    assert [one.reason for one in found.refusals] == ["bad_event"]


def test_binary_data_may_be_gzipped(send, desk):
    body = gzip.compress(json.dumps(DATA).encode())
    assert send(body, **SPEC, content_encoding="gzip").status == 200
    assert kept(desk)["data"] == DATA


def test_json_that_travels_as_base64_is_read():
    told = {**{k: "1.0" if k == "specversion" else k for k in ("specversion", "id", "source")}}
    coded = {**told, "type": "t", "data_base64": "eyJuIjogMX0="}
    assert read_cloud(json.dumps(coded).encode()).properties == {"n": 1}
    assert read_cloud(json.dumps({**coded, "data_base64": "AAE="}).encode()).properties == {}


def test_the_moment_of_receipt_is_ours(send, desk):
    send(b"{}", **SPEC)
    assert unpack(desk.kept[0]).at == NOON
