"""A key that nobody knows: the sources are read again, once for all who wait, not too often."""

from __future__ import annotations

import threading
import time

import pytest

from verite.records.current import within


@pytest.fixture
def keeper(tmp_path, make_cast):
    cast = make_cast(tmp_path / "home")
    from verite.web.collector.gates import HomeGate
    from verite.web.house import home_here

    with within(cast.alias):
        return HomeGate(home_here(), cast.alias)


@pytest.fixture
def make(keeper):
    from verite.records.listen.source_actions import Wanted, make_source
    from verite.web.clock import now
    from verite.words.member import CONSOLE

    def made(name):
        wanted = Wanted(name=name)
        return make_source(using=keeper._alias, by=CONSOLE, wanted=wanted, at=now()).key

    return made


@pytest.fixture
def looks(keeper, monkeypatch):
    """How often the records were read; each time takes a little while."""
    from verite.web.collector import gates

    read, count = gates.callers, []

    def slowly(*, using):
        found = read(using=using)
        count.append(using)
        time.sleep(0.05)
        return found

    monkeypatch.setattr(gates, "callers", slowly)
    return count


def test_a_new_source_is_known_to_the_first_who_asks_however_fresh_the_last_look(keeper, make):
    for turn in range(10):
        keeper.freshen(0)
        key = make(f"new {turn}")
        keeper.meet_strangers()
        assert keeper.gate.caller(key).name == f"new {turn}"


def test_whoever_comes_during_a_look_waits_for_one_that_began_later(keeper, make, looks):
    first = threading.Thread(target=keeper.freshen, args=(0,))
    first.start()
    while not looks:
        time.sleep(0.001)
    key = make("late")  # after the look read the records, before it ended
    keeper.meet_strangers()
    first.join()
    assert keeper.gate.caller(key).name == "late"


def test_many_strangers_at_once_share_a_look(keeper, looks):
    crowd = [threading.Thread(target=keeper.meet_strangers) for _ in range(12)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert len(looks) <= 3


def test_a_flood_of_wrong_keys_reads_no_more_than_agreed(keeper, monkeypatch):
    from verite.web.collector import gates

    looks = []
    monkeypatch.setattr(gates, "callers", lambda *, using: looks.append(using) or ())
    for _ in range(500):
        keeper.meet_strangers()
    most = gates.STRANGERS_PER_S * (gates.STRANGERS_AT_ONCE.total_seconds() + 5)
    assert 10 <= len(looks) <= most


def test_the_gate_still_looks_by_itself_during_a_flood(keeper, make):
    for _ in range(50):
        keeper.meet_strangers()
    key = make("quiet")
    keeper.freshen(0)
    assert keeper.gate.caller(key).name == "quiet"
