"""Won back: a follow-up that does nothing shows nothing, one that mends shows what it mends."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from tests.loop.moments.conftest import Row, answer, contact

from verite.home import Home
from verite.words.moments import MomentsAsked, Recovery

Live = Callable[[list[Row]], Home]


def followed(effect: float, people: int = 2000) -> list[Row]:
    """A bad transfer hurts less and less as days pass; the next contact comes when it comes, good
    half the time, and adds `effect` then."""
    rng = np.random.default_rng(11)
    rows: list[Row] = []
    for person in range(people):
        wait, comes = float(rng.uniform(2, 60)), float(rng.exponential(25.0)) + 0.2
        bad, good = rng.random() < 0.7, rng.random() < 0.5
        rows.append(contact(person, 0, "transfer", "unresolved" if bad else "resolved"))
        score = 5.0 + rng.normal(0, 0.8) - 4.0 * bad * np.exp(-wait / 15.0)
        if comes < wait - 0.2:
            rows.append(contact(person, comes, "desk", "resolved" if good else "unresolved"))
            score += effect * good
        rows.append(answer(person, wait, "ease", float(np.round(np.clip(score, 1, 5), 2))))
    return rows


def recovery(home: Home) -> Recovery:
    asked = MomentsAsked(outcome="ease", draws=20)
    found = home.moment("transfer", asked).result.recovery
    assert found is not None
    return found


def test_a_follow_up_without_effect_shows_none(live: Live) -> None:
    """Being won back takes time, and time mends: neither may pass for the follow-up's doing."""
    found = recovery(live(followed(0.0)))
    assert found.difference.low < 0.0 < found.difference.high
    assert found.difference.high - found.difference.low < 0.5


def test_a_follow_up_that_mends_is_found_within_its_interval(live: Live) -> None:
    """One is planted; the scale ends at 5, so that less of it is seen."""
    found = recovery(live(followed(1.0)))
    assert 0.2 < found.difference.low < found.difference.high < 1.0
    gap = found.recovered.value - found.not_recovered.value
    assert abs(gap - found.difference.value) < 1e-9


def test_who_lived_nothing_since_is_in_neither_side(live: Live) -> None:
    rows = followed(0.0)
    bad = {row["identity"] for row in rows if row.get("outcome") == "unresolved"
           and row.get("touchpoint") == "transfer"}  # fmt: skip
    since = {row["identity"] for row in rows if row.get("touchpoint") == "desk"}
    found = recovery(live(rows))
    assert found.n_recovered + found.n_not <= len(bad & since)
    assert found.n_recovered + found.n_not > 0.9 * len(bad & since)
