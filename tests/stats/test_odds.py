"""One odds ratio over strata: R's numbers are in the doctest; here its laws."""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.odds import common_odds


def test_one_stratum_is_woolf_s_and_its_pulls_square_to_the_variance() -> None:
    """Woolf 1955: 1/a + 1/b + 1/c + 1/d."""
    cells = np.array([[12.0, 30.0, 20.0, 90.0]])
    found = common_odds(cells)
    assert found.log == pytest.approx(np.log(12 * 90 / (30 * 20)))
    assert found.variance == pytest.approx((1 / cells).sum())
    assert float((found.pulls**2 * cells).sum()) == pytest.approx(found.variance)
    assert float((found.pulls * cells).sum()) == pytest.approx(0.0)


def test_strata_that_alone_say_nothing_say_nothing_together() -> None:
    """Simpson 1951: twice as likely to be met and to tip in the second stratum, no link within."""
    cells = np.array([[5.0, 45.0, 95.0, 855.0], [80.0, 80.0, 120.0, 120.0]])
    assert common_odds(cells).log == pytest.approx(0.0)
    assert common_odds(cells.sum(axis=0)[None]).log > 0.5


def test_a_pull_is_what_one_more_observation_moves() -> None:
    cells = np.array([[12.0, 30.0, 20.0, 90.0], [7.0, 9.0, 11.0, 40.0]])
    before, small = common_odds(cells), 1e-5
    for stratum, cell in np.ndindex(2, 4):
        more = cells.copy()
        more[stratum, cell] += small
        moved = (common_odds(more).log - before.log) / small
        assert before.pulls[stratum, cell] == pytest.approx(moved, abs=1e-5)
