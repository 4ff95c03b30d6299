"""What is held alike was known at the answer, and is named only when it is held."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from tests.loop.moments.conftest import Planted, Row, company
from tests.loop.moments.test_studying import model_of, reading_of

from verite.home import Home
from verite.loop.moments.circumstances import segment_of

Live = Callable[[list[Row]], Home]


def told_at_the_answer(changing: bool) -> list[Row]:
    """A value that is told with the answer only; of one person, twice and differently."""
    rows = company(Planted(people=300))
    for row in rows:
        if row.get("metric"):
            row["segment.fate"] = "gone" if float(str(row["score"])) < 7 else "kept"
    if changing:
        rows[0]["segment.fate"] = "gone"
        last = next(row for row in rows if row.get("metric"))
        last["segment.fate"] = "kept"
    return rows


def fate(home: Home) -> np.ndarray:
    reading = reading_of(home)
    model = model_of(reading)
    return segment_of(reading, model.answers, model.before, "fate").codes


def test_a_value_told_after_the_answer_is_unknown_at_it(live: Live) -> None:
    assert int((fate(live(told_at_the_answer(changing=True))) >= 0).sum()) <= 1


def test_a_key_that_never_changes_is_read_whenever_it_is_told(live: Live) -> None:
    assert (fate(live(told_at_the_answer(changing=False))) >= 0).all()


def test_only_what_is_wholly_held_is_named(live: Live) -> None:
    rows = company(Planted(people=900))
    for row in rows:
        number = int(str(row["identity"]).split(":")[1])
        row |= {f"segment.k{key}": f"v{number // (key + 1) % 18}" for key in range(3)}
    model = model_of(reading_of(live(rows)))
    named = [name for name in model.adjusted_for if name.startswith("segment.k")]
    assert named == ["segment.k0", "segment.k1"]
