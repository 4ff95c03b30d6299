"""A change of channel of fewer than five people is hidden, however often they made it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verite.ledger.efforts import ALL, BITS, LOSSES
from verite.loop.unify.effort_settings import read_effort
from verite.loop.unify.repetition import Counted, tell_losses
from verite.measure.definitions import Definitions
from verite.words.asked import About
from verite.words.journey import ChannelSwitch

ABOUT = About(asked="effort", as_of=datetime(2026, 1, 1, tzinfo=UTC), ledger_version=1)
NOTHING = {kind: {} for kind in (ALL, *(mark.value for mark in (*LOSSES, *BITS)))}


@pytest.mark.parametrize(("people", "shown"), [(4, None), (5, 60)])
def test_switches_are_hidden_by_people_and_not_by_times(people: int, shown: int | None) -> None:
    one = ChannelSwitch(source="chat", target="phone", count=60, people=people, by_customer=9)
    counted = Counted(whole=NOTHING, groups=NOTHING, by=(), switches=(one,))
    (told,) = tell_losses(counted, read_effort({}, Definitions()), ABOUT).switches
    assert told.count == shown
    assert (told.by_customer is None) is (shown is None)
