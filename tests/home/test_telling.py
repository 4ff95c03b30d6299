"""Alerts told outside: fresh ones, once, without personal data."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from verite.home import Home
from verite.home.telling import after_drain
from verite.words.member import CONSOLE

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
WAITED_SINCE = NOW - timedelta(minutes=40)  # 30 times the minute promised: alert at 17:50
COLUMNS = ("message_id", "identity", "at", "channel", "kind", "direction", "case_id", "wait_s",
           "duration_s", "outcome", "agent", "text")  # fmt: skip


def write(file: Path, *begun: tuple[str, datetime, float]) -> Path:
    """Chats of (identity, begun, waited)."""
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, COLUMNS, restval="")
        writer.writeheader()
        for who, at, wait_s in begun:
            writer.writerow(
                {"message_id": f"{who}-{at.isoformat()}", "identity": who, "at": at.isoformat(),
                 "channel": "chat", "kind": "contact", "direction": "inbound", "case_id": who,
                 "wait_s": wait_s, "text": "Appelez Camille au 06 12 34 56 78"}
            )  # fmt: skip
    return file


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A home with one target."""
    from verite.records.setup import prepare

    Home.create(tmp_path / "home", name="Clairvoie").close()
    using = prepare(tmp_path / "home")
    from verite.records.outgoing.actions import name_target

    name_target(using=using, by=CONSOLE, name="desk", url="https://desk.example/", at=NOW)
    with Home.open(tmp_path / "home") as opened:
        yield opened


def waiting(home: Home):
    from verite.records.outgoing.sending import claim_due

    return claim_due(using=home.open_records(), at=NOW + timedelta(days=9))


def test_an_alert_is_queued_once_however_often_data_arrives(home, tmp_path):
    home.listen(write(tmp_path / "a.csv", ("user:ada", WAITED_SINCE, 2400)))
    assert after_drain(home, at=NOW) == 1
    home.listen(write(tmp_path / "b.csv", ("user:bob", WAITED_SINCE, 30)))
    assert after_drain(home, at=NOW + timedelta(minutes=5)) == 0
    assert len(waiting(home)) == 1


def test_the_message_holds_no_more_of_a_person_than_their_id_and_link(home, tmp_path):
    home.listen(write(tmp_path / "a.csv", ("mail:ada@example.org", WAITED_SINCE, 2400)))
    after_drain(home, at=NOW)
    (due,) = waiting(home)
    told = json.loads(due.body)
    person = told["data"]["person"]
    assert told["type"] == "alert.raised"
    assert told["timestamp"] == (WAITED_SINCE + timedelta(minutes=30)).isoformat()
    assert told["data"]["link"] == f"/customers/{person}"
    assert told["data"]["reason"] == "long_wait"
    assert due.message == f"alert_{told['data']['interaction']}"
    assert not any(word in due.body.lower() for word in ("ada", "example.org", "camille", "06 12"))


def test_an_alert_of_yesterday_is_not_told_any_more(home, tmp_path):
    yesterday = WAITED_SINCE - timedelta(days=1)
    home.listen(write(tmp_path / "a.csv", ("user:ada", yesterday, 2400)))
    assert len(home.alerts().result.rows) == 1
    assert after_drain(home, at=NOW) == 0


def test_an_alert_is_not_told_before_its_time(home, tmp_path):
    home.listen(write(tmp_path / "a.csv", ("user:ada", WAITED_SINCE, 2400)))
    assert after_drain(home, at=WAITED_SINCE + timedelta(minutes=29)) == 0
    assert after_drain(home, at=WAITED_SINCE + timedelta(minutes=31)) == 1


def test_nobody_to_tell_costs_nothing(tmp_path):
    with Home.create(tmp_path / "alone") as home:
        assert after_drain(home, at=NOW) == 0
        assert home.desk._timeline is None


def test_an_empty_home_has_no_alert(home):
    assert after_drain(home, at=NOW) == 0
    assert home.alerts().result.rows == ()
    assert home.alerts_of(1) == ()


def test_the_pace_of_others_is_read_once_a_day_unless_older_data_comes(home, tmp_path):
    morning = NOW.replace(hour=8)
    home.listen(write(tmp_path / "a.csv", ("user:ada", morning, 30)))
    first = home.bench()
    home.listen(write(tmp_path / "b.csv", ("user:bob", morning + timedelta(hours=1), 30)))
    assert home.bench() is first
    home.listen(write(tmp_path / "c.csv", ("user:eve", morning - timedelta(days=3), 30)))
    assert home.bench() is not first
    assert home.bench(NOW + timedelta(days=1)) is not home.bench(NOW)


def test_a_promise_that_drifts_is_told_once_for_its_week(home: Home, tmp_path: Path) -> None:
    """26 weeks of 40 chats, answered at once; in the last one half of them wait ten minutes."""
    from verite.measure.promises import read_promises
    from verite.records.outgoing import models

    monday = datetime(2026, 3, 2, tzinfo=UTC)
    begun = [
        (f"user:{week}-{k}", monday - timedelta(weeks=week, hours=-9 - k), wait_s)
        for week in range(26, 0, -1)
        for k in range(40)
        for wait_s in (600.0 if k % (2 if week == 1 else 8 + week % 3) == 0 else 5.0,)
    ]
    begun.append(("user:today", NOW - timedelta(hours=8), 5.0))  # the last week is over
    home.listen(write(tmp_path / "chats.csv", *begun))
    promise = '[[promise]]\nkey="quick"\nfr="V"\nkind="answered"\nwithin="1 min"\ntarget=80'
    home.set_promises(read_promises(promise), by="cli", at=NOW)
    after_drain(home, at=NOW)
    after_drain(home, at=NOW + timedelta(days=1))
    told = models.Delivery.objects.using(home.open_records()).filter(kind="promise.drifts")
    assert [row.message for row in told] == ["promise_quick_2026-02-23"]
    body = json.loads(told[0].body)
    assert (body["type"], body["data"]["how"]) == ("promise.drifts", "beyond")
    assert set(body["data"]) == {"promise", "link", "since", "how", "value", "mean", "target"}
