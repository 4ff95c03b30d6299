"""The small-n rule, and what must not be had by subtraction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verite.stats.withholding import withhold, withhold_breakdown
from verite.words.estimate import Estimate, Status, Unit


def _estimate(n, people=None):
    return Estimate(
        value=50.0, low=40.0, high=60.0, n=n, people=people, unit=Unit.PERCENT, method="wilson"
    )


@pytest.mark.parametrize(
    ("n", "status"),
    [(0, Status.UNKNOWN), (1, Status.HIDDEN), (4, Status.HIDDEN), (5, Status.FEW),
     (29, Status.FEW), (30, Status.OK)],
)  # fmt: skip
def test_the_rule_by_number_of_answers(n, status):
    found = withhold(_estimate(n))
    assert found.status is status
    assert (found.value is None) == (status is not Status.OK)


def test_four_people_are_hidden_however_much_they_say():
    assert withhold(_estimate(400, people=4)).status is Status.HIDDEN


def test_a_hidden_estimate_keeps_no_count_at_all():
    found = withhold(_estimate(3, people=3))
    assert (found.n, found.people, found.low, found.high) == (None, None, None, None)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=8))
@settings(deadline=None)
def test_no_group_is_ever_hidden_alone(counts):
    shown = withhold_breakdown([_estimate(n) for n in counts])
    hidden = [found for found in shown if found.status is Status.HIDDEN]
    others = [found for found in shown if found.n]
    assert len(hidden) != 1 or not others
