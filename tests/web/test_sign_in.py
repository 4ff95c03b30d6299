"""Who gets in, and who does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

PAGES = (
    "/",
    "/map",
    "/measure",
    "/measure/targets",
    "/measure/export.csv",
    "/interactions",
    "/touchpoints/chat",
    "/listen",
    "/listen/quarantine",
    "/status",
    "/account",
)


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_sent_to_the_sign_in_page(stranger, page: str) -> None:
    answer = stranger.get(page)
    assert (answer.status_code, answer.headers["Location"][:8]) == (302, "/sign-in")


@pytest.mark.parametrize("page", ["/", "/map", "/measure", "/interactions", "/status", "/listen"])
def test_an_agent_reads_the_pages(bob, page: str) -> None:
    assert bob.get(page).status_code == 200


@pytest.mark.parametrize(
    "page", ["/interactions/export.csv", "/measure/export.xlsx", "/listen/quarantine"]
)
def test_an_agent_neither_exports_nor_reads_the_quarantine(bob, page: str) -> None:
    answer = bob.get(page)
    assert answer.status_code == 403
    assert "ne vous est pas ouverte" in answer.content.decode()


def test_the_session_of_another_company_opens_nothing_here(alice, charlie, served: str) -> None:
    from verite.records.current import within

    with within(served):
        assert charlie.client.get("/").status_code == 302


def test_the_other_company_sees_none_of_our_customers(charlie) -> None:
    text = charlie.get("/").content.decode()
    assert "Rien à montrer" in text
    assert "Clairvoie" not in text


def test_following_a_link_does_not_spend_it_until_the_button_is_pressed(
    stranger, served: str
) -> None:
    from verite.records.accounts.actions import make_link
    from verite.words.member import CONSOLE

    token = make_link(using=served, by=CONSOLE, email="alice@example.org", at=datetime.now(UTC))
    assert stranger.get(f"/sign-in/{token}").status_code == 200
    assert stranger.post(f"/sign-in/{token}").status_code == 302
    assert stranger.get("/").status_code == 200


def test_a_spent_link_says_what_to_do(stranger) -> None:
    answer = stranger.post("/sign-in/none")
    assert answer.status_code == 400
    assert "demandez-en un autre" in answer.content.decode()


def test_a_password_opens_the_page_that_was_asked(cast: Callable, served: str) -> None:
    from verite.records.accounts.actions import set_password
    from verite.words.member import CONSOLE

    email, secret = "bob@example.org", "une phrase assez longue"
    set_password(using=served, by=CONSOLE, email=email, password=secret, at=datetime.now(UTC))
    visitor = cast(None)
    answer = visitor.post("/sign-in", {"email": email, "password": secret, "next": "/map"})
    assert answer.headers["Location"] == "/map"


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "javascript:x"])
def test_signing_in_never_leads_outside(cast: Callable, served: str, wanted: str) -> None:
    from verite.records.accounts.actions import set_password
    from verite.words.member import CONSOLE

    email, secret = "bob@example.org", "une phrase assez longue"
    set_password(using=served, by=CONSOLE, email=email, password=secret, at=datetime.now(UTC))
    answer = cast(None).post("/sign-in", {"email": email, "password": secret, "next": wanted})
    assert answer.headers["Location"] == "/"


def test_a_wrong_password_is_said_beside_the_field(stranger) -> None:
    answer = stranger.post("/sign-in", {"email": "x@example.org", "password": "no"})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def test_signing_out_closes_the_session(alice) -> None:
    alice.post("/sign-out")
    assert alice.get("/").status_code == 302


def test_a_form_from_elsewhere_is_refused(served: str) -> None:
    from django.test import Client

    from verite.records.current import within

    with within(served):
        answer = Client(enforce_csrf_checks=True).post("/sign-in", {"email": "a", "password": "b"})
    assert answer.status_code == 403
    assert "Vérité" in answer.content.decode()


def test_changing_the_password_keeps_this_session_and_ends_the_others(cast: Callable) -> None:
    one, other = cast("bob@example.org"), cast("bob@example.org")
    assert one.post("/account", {"password": "encore une longue phrase"}).status_code == 200
    assert (one.get("/").status_code, other.get("/").status_code) == (200, 302)


def test_the_api_of_health_needs_no_sign_in(stranger) -> None:
    assert stranger.get("/healthz").content == b"ok\n"
    assert stranger.get("/readyz").json()["ready"] is True


def test_a_refusal_prints_no_code(bob) -> None:
    text = bob.get("/interactions/export.csv").content.decode()
    assert "Votre rôle ne permet pas cela" in text
    assert "(export)" not in text
