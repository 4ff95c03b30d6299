"""Laws of alerts: what comes after plays no part; the order of arrival neither."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.loop.unify.channel_fit import EPOCH, Bench, against, find_alerts
from verite.loop.unify.pacing import Course
from verite.loop.unify.talks import cut_talks
from verite.measure.definitions import Definitions
from verite.words.alerts import Sign

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
COLUMNS = ("channel", "kind", "direction", "case_id", "outcome", "step")
USUAL = Course(first_day=0, n=np.array([100]), middle_s=np.array([30.0]), slow_s=np.array([60.0]))
BENCH = Bench(courses={("chat", Sign.REPLY): USUAL}, definitions=Definitions())
Event = tuple[int, int, bool]  # person, seconds, ours


class Chats:
    """A timeline in memory of chat messages."""

    def __init__(self, events: Sequence[Event]) -> None:
        held = sorted(events)
        self.rows, self.people = len(held), 3
        self.person = np.array([event[0] for event in held], dtype=np.int64)
        self.starts = np.searchsorted(self.person, np.arange(self.people + 1))
        self.ts = np.array([_us(event[1]) for event in held], dtype=np.int64)
        self.ends = np.full(self.rows, np.iinfo(np.int64).min)
        self._ours = np.array([event[2] for event in held], dtype=np.int32)

    def codes(self, column: str) -> np.ndarray:
        if column == "direction":
            return self._ours
        if column == "case_id":
            return self.person.astype(np.int32)
        absent = -1 if column in ("outcome", "step") else 0
        return np.full(self.rows, absent, dtype=np.int32)

    def labels(self, column: str) -> tuple[str, ...]:
        known = {"channel": ("chat",), "kind": ("contact",), "direction": ("inbound", "outbound")}
        return known.get(column, ())

    def numbers(self, column: str) -> np.ndarray:
        return np.full(self.rows, np.nan)

    def waited(self) -> np.ndarray:
        return self.numbers("wait_s")

    def ids(self, rows: Sequence[int]) -> list[str]:
        return [f"{int(self.ts[row])}" for row in rows]


def _us(seconds: int) -> int:
    return (START - EPOCH) // timedelta(microseconds=1) + seconds * 1_000_000


def alerts(events: Sequence[Event], until: int) -> list[tuple[str, datetime, str]]:
    """Whose, when and why, as the rows before a time tell it."""
    timeline, as_of = Chats(events), START + timedelta(seconds=until)
    talks = cut_talks(timeline, BENCH.definitions, until_us=_us(until))  # type: ignore[arg-type]
    found = find_alerts(timeline, against(timeline, talks, BENCH), as_of=as_of)  # type: ignore[arg-type]
    return sorted((one.alert.interaction, one.alert.at, one.alert.reason) for one in found)


events = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 9000), st.booleans()),
    max_size=40,
    unique_by=lambda event: (event[0], event[1]),
)


@given(events, st.integers(0, 9100))
@settings(max_examples=150, deadline=None)
def test_rows_after_an_alert_change_nothing_about_it(chats, until):
    """As of any moment, the alerts known are those of the whole story up to that moment."""
    whole = [one for one in alerts(chats, 10_000) if one[1] < START + timedelta(seconds=until)]
    assert alerts(chats, until) == whole
    assert alerts([event for event in chats if event[1] < until], 10_000) == whole


@given(st.randoms(use_true_random=False), events)
@settings(max_examples=50, deadline=None)
def test_the_order_of_arrival_changes_nothing(chance, chats):
    shuffled = list(chats)
    chance.shuffle(shuffled)
    assert alerts(shuffled, 10_000) == alerts(chats, 10_000)


@given(events)
@settings(max_examples=50, deadline=None)
def test_people_are_looked_at_one_by_one(chats):
    apart = [alerts([e for e in chats if e[0] == person], 10_000) for person in range(3)]
    assert sorted(one for found in apart for one in found) == alerts(chats, 10_000)
