"""Many changes together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from verite.stats.families import believed, family_level, p_value
from verite.stats.intervals import Interval, normal_quantile


def test_benjamini_and_hochberg_believe_four_of_their_fifteen():
    """Their 1995 paper, section 3.2 (R: sum(p.adjust(p, "BH") <= .05) is 4)."""
    paper = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719,
             .6528, .7590, 1.0]  # fmt: skip
    assert believed(paper) == 4


@given(st.lists(st.floats(-6, 6), min_size=1, max_size=25))
@settings(max_examples=50, deadline=None)
def test_the_intervals_shown_exclude_0_for_exactly_the_changes_believed(scores):
    def interval(score, level):
        return Interval(score - normal_quantile(level), score + normal_quantile(level))

    def of(score):
        return p_value(lambda level: interval(score, level))

    values = [of(score) for score in scores]
    level = family_level(values)
    excluded = [interval(score, level).excludes(0.0) for score in scores]
    assert sum(excluded) == believed(values)
