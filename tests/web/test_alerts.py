"""The page of alerts: open ones first, the customer one click away, and rounds that tell them."""

from __future__ import annotations

import csv
import html
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

CHAT = {"channel": "chat", "kind": "contact", "direction": "inbound"}


def write(file: Path, begun: datetime) -> Path:
    """One chat that waited 40 minutes long ago, one that began 35 minutes ago and waits still."""
    rows = [
        {"message_id": "old", "identity": "user:bob", "at": (begun - timedelta(days=2)).isoformat(),
         "case_id": "D-1", "wait_s": 2400, "outcome": "abandoned", **CHAT},
        {"message_id": "new", "identity": "user:ada", "at": begun.isoformat(), "case_id": "D-2",
         "wait_s": 2400, **CHAT},
    ]  # fmt: skip
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, sorted({name for row in rows for name in row}), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return file


@pytest.fixture(scope="module")
def owner(make_cast, tmp_path_factory):
    """The owner of a home where somebody waits now."""
    from verite.records.current import within
    from verite.web.house import home_here

    folder = tmp_path_factory.mktemp("alerts")
    made = make_cast(folder / "home")
    with within(made.alias):
        home_here().listen(write(folder / "rows.csv", datetime.now(UTC) - timedelta(minutes=35)))
    return made


@pytest.fixture
def told(owner, sink):
    """The home tells its alerts to a sink."""
    from verite.records.current import within
    from verite.records.outgoing.actions import drop_target, name_target
    from verite.records.outgoing.records import list_targets
    from verite.web.house import home_here
    from verite.words.member import CONSOLE

    at = datetime.now(UTC)
    with within(owner.alias):
        object.__setattr__(home_here().settings, "outgoing_allow", sink.allow)
    made = name_target(using=owner.alias, by=CONSOLE, name="desk", url=sink.url, at=at)
    yield made.target
    for target in list_targets(using=owner.alias):
        drop_target(using=owner.alias, by=CONSOLE, target=target.id, at=at)


def test_open_alerts_come_first_with_their_customer_and_their_reason(owner):
    text = owner.get("/alerts?lang=fr").content.decode()
    assert "1 contact en cours à rappeler" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert text.index("D-2") < text.index("D-1")
    assert text.count('href="/customers/') == 2
    assert "Longue attente" in text
    assert "non saisi" in text


def test_the_page_speaks_english_too(owner):
    text = owner.get("/alerts?lang=en").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "1 contact under way to call back" in text
    assert "Long wait" in text
    assert "30 min" in text


def test_a_period_without_alerts_says_what_an_alert_is(owner):
    text = owner.get("/alerts?since=2020-01-01&until=2020-02-01&lang=en").content.decode()
    assert "No alert in this period" in text


def test_a_period_without_alerts_leads_to_the_last_one(owner):
    day = datetime.now(UTC) + timedelta(days=3)
    later = f"/alerts?since={day:%Y-%m-%d}&until={day + timedelta(days=9):%Y-%m-%d}&lang=en"
    text = owner.get(later).content.decode()
    assert "The last alert was raised on" in text
    link = re.search(r'<a href="(/alerts[^"]+)">The last alert', text)
    assert link is not None
    assert "since=" in link.group(1)
    assert "D-2" in owner.get(html.unescape(link.group(1))).content.decode()


def test_an_empty_home_leads_to_its_first_file(charlie):
    answer = charlie.get("/alerts")
    assert answer.status_code == 200
    assert "/listen" in answer.content.decode()


def test_an_agent_reads_alerts_but_is_shown_no_way_to_webhooks(bob):
    answer = bob.get("/alerts")
    assert answer.status_code == 200
    assert "/webhooks" not in answer.content.decode()


def test_a_round_tells_the_alert_once_and_only_looks_at_new_data(owner, told, sink):
    from verite.records.current import within
    from verite.web.alerts.rounds import go_round
    from verite.web.house import home_here

    with within(owner.alias):
        home = home_here()
        seen = go_round(home, owner.alias, seen=None)
        assert seen == home.versions
        assert go_round(home, owner.alias, seen=seen) == seen
        go_round(home, owner.alias, seen=None)
    assert [heard.headers["webhook-id"][:6] for heard in sink.heard] == ["alert_"]


def test_rounds_go_on_in_the_background_until_told_to_stop(owner, told, sink, monkeypatch):
    from verite.records.outgoing.sending import queue_test
    from verite.web.alerts import rounds
    from verite.words.member import CONSOLE

    monkeypatch.setattr(rounds, "EVERY_S", 0.02)
    queue_test(using=owner.alias, by=CONSOLE, target=told.id, at=datetime.now(UTC))
    over = rounds.start_rounds(owner.alias)
    assert sink.waited(2)
    over.set()
    kinds = {heard.headers["webhook-id"].partition("_")[0] for heard in sink.heard}
    assert kinds == {"alert", "test"}
