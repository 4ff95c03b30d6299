"""Pages of the data just before: sent at once and said so, never after an erasure or a change."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.web.conftest import Cast

from verite.web.former import LONGEST_REST_S, SENT_FOR_S, Former

AT = datetime(2026, 8, 1, 9, tzinfo=UTC)
NOTE = "De nouvelles données sont arrivées"
WAIT_S = 60.0
VERSION = re.compile(r"Registre, version (\d+)")


class Clock:
    """A time that passes when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def former(clock: Clock) -> Former[str, str]:
    return Former(2, clock=clock)


def test_a_page_is_sent_again_until_it_is_too_old(former: Former[str, str], clock: Clock) -> None:
    former.keep("/", "page")
    clock.now = SENT_FOR_S
    assert former.of("/") == "page"
    clock.now += 1
    assert former.of("/") is None


def test_only_the_last_pages_are_kept(former: Former[str, str]) -> None:
    for place in ("/a", "/b", "/c"):
        former.keep(place, place)
    assert [former.of(place) for place in ("/a", "/b", "/c")] == [None, "/b", "/c"]


def test_a_page_is_made_once_at_a_time_then_rests_as_long(
    former: Former[str, str], clock: Clock
) -> None:
    gate = threading.Event()

    def make() -> None:
        gate.wait(WAIT_S)
        clock.now += 2

    first = former.renew("/", make)
    assert former.renew("/", make) is None
    gate.set()
    first.join(WAIT_S)
    assert former.renew("/", make) is None
    clock.now += 2
    again = former.renew("/", make)
    again.join(WAIT_S)
    assert clock.now == 6


def test_a_page_that_fails_leaves_the_others_in_peace(
    former: Former[str, str], clock: Clock
) -> None:
    def fail() -> None:
        raise RuntimeError("user:marie")

    former.renew("/", fail).join(WAIT_S)
    clock.now += LONGEST_REST_S
    made: list[str] = []
    former.renew("/", lambda: made.append("page")).join(WAIT_S)
    assert made == ["page"]


@pytest.fixture
def filled(make_cast: Callable[[Path], Cast], own_table: Callable[..., Path], tmp_path: Path):
    """A home of 40 people; `more(n)` brings a visit of the nth, as another process would."""
    cast = make_cast(tmp_path / "home")
    hear(tmp_path / "home", own_table(tmp_path / "first.csv", people=40))

    def more(number: int) -> None:
        file = tmp_path / f"more-{number}.csv"
        row = f"more-{number},user:{number},2026-07-01T09:00:00Z,web,site_home,visit"
        file.write_text(f"message_id,identity,at,channel,touchpoint,kind\n{row}\n")
        hear(tmp_path / "home", file)

    return cast, more


def hear(folder: Path, file: Path) -> None:
    from verite.home import Home

    with Home.open(folder) as elsewhere:
        elsewhere.listen(file)


def page(cast: Cast, url: str = "/effort") -> str:
    answer = cast.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_new_data_are_told_on_the_page_before_then_shown(filled) -> None:
    cast, more = filled
    first = page(cast)
    (before,) = VERSION.findall(first)
    assert NOTE not in first
    more(1)
    between = page(cast)
    assert NOTE in between
    assert VERSION.findall(between) == [before, before]  # said at the top as well
    until = time.monotonic() + WAIT_S
    while NOTE in (told := page(cast)) and time.monotonic() < until:
        time.sleep(0.05)
    assert NOTE not in told
    assert VERSION.findall(told) > [before]


def test_after_a_change_of_records_the_page_is_of_now(filled) -> None:
    cast, more = filled
    page(cast)
    more(2)
    from verite.records.audit.actions import note
    from verite.words.member import CONSOLE

    note(using=cast.alias, by=CONSOLE, at=AT, did="targets", subject="x")
    assert NOTE not in page(cast)


def test_after_an_erasure_nothing_told_before_is_sent(filled) -> None:
    cast, more = filled
    page(cast)
    more(3)
    from verite.records.current import within
    from verite.web.house import home_here

    with within(cast.alias):
        ledger = home_here().desk.ledger
    ledger.erase([ledger.key_of("user:3")], at=AT)  # as another process does
    assert NOTE not in page(cast)
