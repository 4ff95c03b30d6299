"""The collector over Django, and the drainer behind it, on a real home."""

from __future__ import annotations

import gzip
import json
import time
from datetime import timedelta

import pytest

from verite.records.current import within
from verite.web.house import home_here


@pytest.fixture
def open_home(tmp_path, make_cast):
    return make_cast(tmp_path / "home")


@pytest.fixture
def key(open_home):
    from verite.records.listen.source_actions import Wanted, make_source
    from verite.web.clock import now
    from verite.words.member import CONSOLE

    wanted = Wanted(name="shop")
    return make_source(using=open_home.alias, by=CONSOLE, wanted=wanted, at=now()).key


@pytest.fixture
def send(open_home, key):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)

    def sent(*ids, path="/v1/batch", body=None, **headers):
        content = body if body is not None else json.dumps({"batch": list(map(event, ids))})
        told = {"authorization": f"Bearer {key}", **headers}
        with within(open_home.alias):
            return client.post(path, content, content_type="text/plain", headers=told)

    return sent


def event(name):
    return {
        "type": "track",
        "event": "Order Completed",
        "userId": "u1",
        "messageId": str(name),
        "timestamp": "2026-01-05T12:00:00Z",
    }


def inbox_of(cast):
    with within(cast.alias):
        return home_here().backlog.batches


def test_a_machine_needs_no_session_and_no_csrf_token(send, open_home):
    answer = send("a")
    assert (answer.status_code, answer.json()) == (200, {"success": True})
    assert inbox_of(open_home) == 1
    assert not answer.cookies


def test_a_wrong_key_an_unreadable_body_and_a_get_are_refused(send, open_home):
    assert send("a", authorization="Bearer no").status_code == 401
    assert send(body="{").status_code == 400
    with within(open_home.alias):
        assert open_home.client.get("/v1/batch").status_code == 405
    assert send("a", path="/v1/other").status_code == 404
    assert inbox_of(open_home) == 0


def test_a_body_that_is_too_large_is_refused_and_a_bomb_with_it(send, open_home):
    assert send(body=b" " * 4_000_001).status_code == 413
    assert send(body=gzip.compress(bytes(20_000_000))).status_code == 413
    assert inbox_of(open_home) == 0


def test_a_page_of_another_origin_may_send_once_its_source_says_so_and_reads_no_page(
    send, open_home
):
    from verite.records.listen.change_actions import set_origins
    from verite.web.clock import now
    from verite.words.member import CONSOLE

    page = "https://shop.example"
    allowed = "Access-Control-Allow-Origin"
    assert allowed not in send("a", origin=page).headers
    set_origins(using=open_home.alias, by=CONSOLE, name="shop", origins=[page], at=now())
    with within(open_home.alias):
        from verite.web.collector.gates import gate_here

        gate_here().freshen(0)
        asked = {"origin": page, "access-control-request-method": "POST"}
        client = open_home.client
        assert client.options("/v1/batch", headers=asked)[allowed] == page
        for path in ("/", "/listen/sources", "/api/status", "/metrics", "/healthz"):
            for answer in (client.get(path, headers={"origin": page}),
                           client.options(path, headers=asked)):  # fmt: skip
                assert allowed not in answer.headers
    assert send("b", origin=page)[allowed] == page
    assert send("b", origin=page, authorization="Bearer no").status_code == 401


def test_a_key_in_a_body_of_text_is_what_a_beacon_sends(send, key, open_home):
    body = json.dumps({"batch": [event("a")], "writeKey": key})
    assert send(body=body, authorization="").status_code == 200
    assert inbox_of(open_home) == 1


def test_refusals_do_not_fill_the_log(send, caplog):
    send("a", authorization="Bearer no")
    assert caplog.records == []


def test_a_home_that_is_gone_acknowledges_nothing(send, open_home):
    send("a")
    with within(open_home.alias):
        home_here().desk.ledger._inbox.close()
    answer = send("b")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0


def test_the_drainer_files_what_waits_and_tells_of_it(send, open_home):
    from verite.web.collector.drainer import Drainer, Pace

    with within(open_home.alias):
        home = home_here()
    drainer = Drainer(home, open_home.alias, Pace(every=timedelta(0), look_s=0.02))
    drainer.start()
    try:
        send("a", "b")
        send("b", "c")
        until = time.monotonic() + 20
        while (drainer.last is None or home.backlog.batches) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.1)
    finally:
        drainer.stop()
    assert home.backlog.batches == 0
    assert home.status().result.interactions == 3
    assert drainer.last is not None
    assert drainer.last.error == ""


def test_a_drain_that_fails_is_told_without_its_words_and_tried_again(send, open_home, caplog):
    from verite.web.collector.drainer import Drainer, Pace

    class Broken:
        """A home whose drain fails once."""

        def __init__(self, home):
            self.home = home
            self.failed = 0

        def __getattr__(self, name):
            return getattr(self.home, name)

        def drain(self, *, at):
            if not self.failed:
                self.failed = 1
                raise ValueError("marie@example.org")
            return self.home.drain(at=at)

    send("a")
    with within(open_home.alias):
        home = Broken(home_here())
    drainer = Drainer(home, open_home.alias, Pace(every=timedelta(0), look_s=0.01))
    drainer.start()
    until = time.monotonic() + 20
    while home.backlog.batches and time.monotonic() < until:
        time.sleep(0.02)
    drainer.stop()
    assert home.backlog.batches == 0
    told = [record.getMessage() for record in caplog.records]
    assert any("ValueError" in line for line in told)
    assert not any("marie" in line for line in told)


def test_importing_a_file_drains_before_it_answers(send, open_home, own_table, tmp_path):
    from verite.loop.listen import Request
    from verite.web.clock import now

    send("a")
    file = own_table(tmp_path / "rows.csv", people=2)
    with within(open_home.alias):
        home = home_here()
        home.listen_to(Request(files=(file,), dry_run=True), at=now())
        assert home.backlog.batches == 1
        home.listen_to(Request(files=(file,)), at=now())
        assert home.backlog.batches == 0
        assert "shop" in {one.source for one in home.status().result.sources}


def test_a_batch_that_trips_the_decoder_waits_in_quarantine(send, open_home, monkeypatch):
    from verite.loop.listen.collect import many
    from verite.web.clock import now

    def trip(packet, setting):
        raise TypeError("unforeseen")

    send("a")
    with within(open_home.alias):
        home = home_here()
        with monkeypatch.context() as patched:
            patched.setattr(many, "Reading", trip)
            assert home.drain(at=now()).refused == 1
        send("b")
        assert home.drain(at=now()).kept == 1


def test_what_a_source_may_not_send_waits_in_quarantine_and_the_rest_comes_in(open_home, send):
    from verite.records.listen.source_actions import Wanted, make_source
    from verite.web.clock import now
    from verite.words.live import Scope
    from verite.words.member import CONSOLE

    wanted = Wanted(name="pages", scopes=frozenset({Scope.PAGE}))
    key = make_source(using=open_home.alias, by=CONSOLE, wanted=wanted, at=now()).key
    page = {"type": "page", "userId": "u1", "messageId": "p1"}
    body = json.dumps({"batch": [event("a"), page]})
    assert send(body=body, authorization=f"Bearer {key}").status_code == 200
    with within(open_home.alias):
        home = home_here()
        kept = home.drain(at=now())
        (refusal,) = home.desk.ledger.quarantined(limit=5)
    assert (kept.kept, kept.refused) == (1, 1)
    assert refusal.reason == "event_out_of_scope"
