"""The page of live sources: a key is shown once, an owner alone makes and closes."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from verite.records.current import within

FORM = {"name": "boutique", "mode": "identified", "scope": ["track", "page"], "rate": "5000"}


def made(cast, **more):
    return cast.post("/listen/sources", {**FORM, **more})


def key_in(answer):
    return re.search(r"wk_[0-9a-f]{48}", answer.content.decode())[0]


def test_a_new_source_shows_its_key_once_and_never_again(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    answer = made(alice)
    key = key_in(answer)
    assert answer["Cache-Control"].startswith("max-age=0") or "no-store" in answer["Cache-Control"]
    for address in ("/listen/sources", "/listen/sources/boutique"):
        page = alice.get(address).content.decode()
        assert key not in page
        assert key[-4:] in page


def test_the_key_is_accepted_at_once_and_refused_once_closed(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    key = key_in(made(alice))
    body = b'{"batch": [{"type": "track", "event": "Seen", "userId": "u", "messageId": "1"}]}'

    def send():
        with within(alice.alias):
            return alice.client.post(
                "/v1/batch",
                body,
                content_type="application/json",
                headers={"authorization": f"Bearer {key}"},
            ).status_code

    assert send() == 200
    assert "?" in alice.get("/listen/sources/boutique/close").content.decode()
    assert send() == 200
    assert alice.post("/listen/sources/boutique/close").status_code == 302
    from verite.web.collector.gates import gate_here

    with within(alice.alias):
        gate_here().freshen(0)
    assert send() == 401


def test_a_renewed_key_is_another(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    first = key_in(made(alice))
    assert key_in(alice.post("/listen/sources/boutique/renew")) != first


def test_a_form_that_makes_no_sense_comes_back_with_what_was_typed(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    for wrong in ({"rate": "fast"}, {"scope": []}, {"name": "a/b"}, {"mode": "x"}):
        answer = made(alice, **wrong)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()
    made(alice)
    assert "boutique" in made(alice).content.decode()


def test_pages_that_may_send_are_kept_and_shown_again(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    made(alice, origins="https://shop.example")
    typed = {"origins": "https://Shop.example/\nhttp://localhost:5173"}
    assert alice.post("/listen/sources/boutique/origins", typed).status_code == 302
    page = alice.get("/listen/sources/boutique").content.decode()
    assert "http://localhost:5173\nhttps://shop.example</textarea>" in page
    assert "navigator.sendBeacon" in page
    refused = alice.post("/listen/sources/boutique/origins", {"origins": "shop.example/x"})
    assert refused.status_code == 400
    assert "shop.example/x</textarea>" in refused.content.decode()
    assert 'role="alert"' in refused.content.decode()


def test_a_renewed_secret_is_shown_once_with_how_long_the_old_one_lives(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    secret = re.compile(r"whsec_[A-Za-z0-9+/=]{32}")
    first = secret.search(made(alice, scope=["webhook"]).content.decode())[0]
    answer = alice.post("/listen/sources/boutique/secret?lang=en", {"secret": ""})
    page = answer.content.decode()
    assert secret.search(page)[0] != first
    assert "The old secret is accepted until" in page
    assert "wk_" not in page
    page = alice.get("/listen/sources/boutique").content.decode()
    assert secret.search(page) is None
    assert "The old secret is accepted until" in page
    assert alice.post("/listen/sources/boutique/secret", {"secret": "no"}).status_code == 400


def test_examples_bear_the_address_and_the_key(tmp_path, make_cast):
    alice = make_cast(tmp_path / "home")
    page = made(alice, scope=["track", "cloudevents", "webhook"]).content.decode()
    key = key_in(made(alice, name="autre", scope=["track"]))
    for told in ("segment.analytics", "analytics-node", "dataPlaneUrl", "/v1/cloudevents",
                 "http://testserver/v1/webhook/boutique", "whsec_"):  # fmt: skip
        assert told in page
    assert key not in page


def test_the_lag_of_the_ledger_is_told(tmp_path, make_cast):
    page = make_cast(tmp_path / "home").get("/listen/sources?lang=en").content.decode()
    assert "Lag of the ledger" in page
    assert "none since the start" in page


def test_an_agent_reads_and_cannot_make(bob):
    assert "/listen/sources" in bob.get("/listen").content.decode()
    assert (
        '<form method="post" action="/listen/sources"'
        not in bob.get("/listen/sources").content.decode()
    )
    assert made(bob).status_code == 403
    for what in ("renew", "secret", "origins", "close"):
        assert bob.post(f"/listen/sources/any/{what}").status_code in {403, 404}


def test_a_stranger_is_sent_to_the_door(stranger):
    assert stranger.get("/listen/sources").status_code == 302


def test_another_company_sees_nothing_of_it(alice, charlie):
    made(alice, name="private")
    assert "private" in alice.get("/listen/sources").content.decode()
    assert "private" not in charlie.get("/listen/sources").content.decode()
    assert charlie.get("/listen/sources/private").status_code == 404


def test_the_status_page_tells_the_lag_as_it_is_now(tmp_path, make_cast):
    from verite.web.house import home_here

    alice = make_cast(tmp_path / "home")

    def waiting():
        page = alice.get("/status?lang=en").content.decode()
        return re.search(r"not yet filed</span><span class=\"nb\">(\d+)", page)[1]

    assert waiting() == "0"
    with within(alice.alias):
        home = home_here()
        home.desk.ledger.accept(b"{}", source="shop", at=datetime.now(UTC))
    assert waiting() == "1"
