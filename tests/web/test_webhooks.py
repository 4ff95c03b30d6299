"""Webhook pages: secrets shown once, trials that are real, deletions asked twice."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

URL = "https://desk.example/hook"


@pytest.fixture(scope="module")
def home(make_cast, tmp_path_factory):
    """The owner of a new home."""
    return make_cast(tmp_path_factory.mktemp("webhooks") / "home")


@pytest.fixture
def owner(home):
    """The owner, before any target is named."""
    from verite.records.outgoing.actions import drop_target
    from verite.records.outgoing.records import list_targets
    from verite.words.member import CONSOLE

    for target in list_targets(using=home.alias):
        drop_target(using=home.alias, by=CONSOLE, target=target.id, at=datetime.now(UTC))
    return home


def add(owner, name="desk", url=URL):
    return owner.post("/webhooks?lang=en", {"name": name, "url": url})


def place(owner, what):
    """The address of a change of the target last named."""
    from verite.records.outgoing.records import list_targets

    newest = max(list_targets(using=owner.alias), key=lambda target: target.id)
    return f"/webhooks/{newest.id}/{what}"


def test_the_secret_is_shown_when_a_target_is_named_and_never_again(owner):
    first = add(owner).content.decode()
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", first)[0]
    assert "not shown again" in first
    assert secret not in owner.get("/webhooks").content.decode()


def test_a_new_secret_is_shown_once_too(owner):
    old = re.search(r"whsec_[A-Za-z0-9+/=]+", add(owner).content.decode())[0]
    new = re.search(r"whsec_[A-Za-z0-9+/=]+", owner.post(place(owner, "secret")).content.decode())[
        0
    ]
    assert new != old


@pytest.mark.parametrize(
    "url",
    [
        "http://desk.example/",
        "https://",
        "desk",
        "javascript:alert(1)",
        "https://a:b@c.d/",
        "https://10.0.0.1/",
        "https://[::1]:8443/x",
        "https://localhost/",
    ],
)
def test_an_address_that_cannot_be_called_is_said_beside_its_field(owner, url):
    answer = add(owner, url=url)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert "whsec_" not in answer.content.decode()


def test_a_name_taken_is_said(owner):
    add(owner)
    answer = add(owner)
    assert answer.status_code == 400
    assert "exists already" in answer.content.decode()


def test_a_trial_is_a_real_delivery_and_shows_what_came_of_it(owner, sink):
    from verite.home.outgoing.client import Client
    from verite.home.outgoing.courier import deliver_due
    from verite.records.current import within
    from verite.web.house import home_here

    with within(owner.alias):
        object.__setattr__(home_here().settings, "outgoing_allow", sink.allow)
    add(owner, url=sink.url)
    assert owner.post(place(owner, "test")).status_code == 302
    assert "waiting" in owner.get("/webhooks?lang=en").content.decode()
    sink.will(404)
    deliver_due(Client(allow=sink.allow), using=owner.alias, clock=lambda: datetime.now(UTC))
    text = owner.get("/webhooks?lang=en").content.decode()
    assert "failed" in text
    assert "404 error answer" in text
    again = re.search(r"/webhooks/deliveries/\d+", text)[0]
    assert owner.post(again).status_code == 302
    deliver_due(Client(allow=sink.allow), using=owner.alias, clock=lambda: datetime.now(UTC))
    assert "received" in owner.get("/webhooks?lang=en").content.decode()
    assert len(sink.heard) == 2


def test_a_target_is_turned_off_on_and_deleted(owner):
    add(owner)
    owner.post(place(owner, "off"))
    assert "turned off by hand" in owner.get("/webhooks?lang=en").content.decode()
    owner.post(place(owner, "on"))
    assert "turned off by hand" not in owner.get("/webhooks?lang=en").content.decode()
    text = owner.get("/webhooks?lang=en").content.decode()
    assert "Yes, delete" in text  # asked twice: a summary opens the form
    owner.post(place(owner, "drop"))
    assert "Nobody is told yet" in owner.get("/webhooks?lang=en").content.decode()


def test_what_does_not_exist_is_not_found(owner):
    assert owner.post("/webhooks/9999/test").status_code == 404
    add(owner)
    assert owner.post(place(owner, "explode")).status_code == 404
    assert owner.get(place(owner, "drop")).status_code == 405


def test_a_name_is_shown_as_text(owner):
    text = add(owner, name="<b>desk</b>").content.decode()
    assert "<b>desk</b>" not in text


@pytest.mark.parametrize(
    ("way", "page"),
    [("get", "/webhooks"), ("post", "/webhooks"), ("post", "/webhooks/1/test"),
     ("post", "/webhooks/1/drop"), ("post", "/webhooks/1/secret"),
     ("post", "/webhooks/deliveries/1")],
)  # fmt: skip
def test_an_agent_sees_and_changes_nothing(bob, way, page):
    assert getattr(bob, way)(page).status_code == 403


def test_a_stranger_is_sent_to_the_sign_in_page(stranger):
    for page in ("/webhooks", "/alerts"):
        assert stranger.get(page).status_code == 302
