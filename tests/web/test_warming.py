"""Pages are warmed at the start and once new data have settled, and never take a processor."""

from __future__ import annotations

import pytest

from verite.web import house, warming
from verite.web.warming import CALM_S, LONG_ADDRESSES, LONGEST_WAIT_S, MUCH, RESTS, Pace
from verite.words.live import Backlog


class Clock:
    """A clock put forward by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def warm(clock: Clock) -> Pace:
    """A pace whose first data were warmed in a second, long ago."""
    pace = Pace(clock=clock)
    assert pace.is_due((1, 1))
    pace.warmed((1, 1), began=clock.now - 1.0)
    clock.now += 10 * RESTS
    return pace


def test_the_first_data_are_warmed_at_once(clock: Clock) -> None:
    assert Pace(clock=clock).is_due((1, 1))


def test_the_same_data_are_warmed_once(warm: Pace) -> None:
    assert not warm.is_due((1, 1))


def test_new_data_are_warmed_once_they_have_settled(warm: Pace, clock: Clock) -> None:
    assert not warm.is_due((2, 1))
    clock.now += CALM_S - 1.0
    assert not warm.is_due((3, 1))
    clock.now += CALM_S - 1.0
    assert not warm.is_due((3, 1))
    clock.now += 1.0
    assert warm.is_due((3, 1))


def test_data_that_come_without_an_end_are_not_waited_for(warm: Pace, clock: Clock) -> None:
    version = 2
    began = clock.now
    while not warm.is_due((version, 1)):
        clock.now += CALM_S / 2
        version += 1
        assert clock.now <= began + LONGEST_WAIT_S
    assert clock.now == began + LONGEST_WAIT_S


def test_what_takes_long_to_warm_is_warmed_rarely(clock: Clock) -> None:
    pace = Pace(clock=clock)
    pace.warmed((1, 1), began=clock.now - 60.0)
    clock.now += CALM_S
    assert not pace.is_due((2, 1))
    clock.now += 60.0 * RESTS - CALM_S - 1.0
    assert not pace.is_due((2, 1))
    clock.now += 1.0
    assert pace.is_due((2, 1))


def test_data_that_came_while_warming_are_warmed_next(clock: Clock) -> None:
    pace = Pace(clock=clock)
    began = clock.now
    clock.now += 2.0
    pace.warmed((1, 1), began=began)
    clock.now += 2.0 * RESTS
    assert pace.is_due((2, 1)) is False
    clock.now += CALM_S
    assert pace.is_due((2, 1))


def test_what_is_worked_out_behind_is_there_whole_once_warm(served: str, alice) -> None:
    """Every long page, in both languages: its first reader waits for nothing."""
    from verite.records.current import within
    from verite.web import warming

    with within(served):
        warming._warm()
    for address in LONG_ADDRESSES:
        for lang in ("fr", "en"):
            page = alice.get(f"{address}?lang={lang}")
            assert page.status_code == 200
            assert 'id="working"' not in page.content.decode(), address


@pytest.mark.parametrize(("waiting", "warmed"), [(MUCH + 1, []), (MUCH, [True])])
def test_while_much_waits_in_the_inbox_no_page_is_warmed(
    monkeypatch, clock: Clock, waiting: int, warmed: list[bool]
) -> None:
    class House:
        versions = (1, 1)
        backlog = Backlog(batches=1, size=waiting)

    done: list[bool] = []
    monkeypatch.setattr(house, "home_here", House)
    monkeypatch.setattr(warming, "_warm", lambda: done.append(True))
    warming._round(Pace(clock=clock))
    assert done == warmed
