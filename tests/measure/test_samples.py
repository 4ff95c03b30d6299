"""Sums per person and group: the same whatever the order of the rows."""

from __future__ import annotations

from collections import defaultdict
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verite.measure.samples import Grouping, Sample, numbered, per_person

ROWS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(-1, 3), st.sampled_from((0.0, 1.0, 2.5))),
    max_size=40,
)


def added(rows):
    """What `per_person` finds, as a dictionary by group and person."""
    owners = np.array([person for person, _, _ in rows], dtype=np.int64)
    timeline = SimpleNamespace(people=6, person_index=lambda: owners)
    sample = Sample(np.arange(len(rows)), np.array([y for _, _, y in rows], dtype=float))
    codes = np.array([code for _, code, _ in rows], dtype=np.int64)
    groups = tuple((str(place),) for place in range(4))
    found = per_person(timeline, sample, Grouping(codes, groups))
    assert found.keys.tolist() == sorted(set(found.keys.tolist()))
    told = zip(found.keys.tolist(), found.sums.tolist(), found.counts.tolist(), strict=True)
    return {divmod(key, 6): (total, count) for key, total, count in told}


@given(ROWS)
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_sums_are_those_added_by_hand_in_any_order_of_the_rows(rows) -> None:
    by_hand: dict[tuple[int, int], list[float]] = defaultdict(list)
    for person, code, y in rows:
        if code >= 0:
            by_hand[code, person].append(y)
    expected = {key: (sum(ys), float(len(ys))) for key, ys in by_hand.items()}
    assert added(rows) == expected
    assert added(sorted(rows, key=lambda row: row[0])) == expected


@pytest.mark.parametrize("size", [10, 10_000_000])
def test_keys_are_numbered_alike_by_table_and_by_order(size: int) -> None:
    met, places = numbered(np.array([7, 3, 7, 9]), size)
    assert (met.tolist(), places.tolist()) == ([3, 7, 9], [1, 0, 1, 2])
