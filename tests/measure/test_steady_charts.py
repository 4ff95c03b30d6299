"""How often a chart signals where nothing happens: as many as the page says."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from verite.measure.control.charts import STEADY_SIGNALS
from verite.stats.charts import individual_limits
from verite.stats.ewma import Course, smooth
from verite.stats.laney import prime_shares
from verite.stats.run_rules import OURS, broken_rules

CHARTS, WEEKS, BASELINE = 400, 26, 20


def signals(scores: Sequence[float]) -> bool:
    course = smooth(list(scores), Course(mean=0.0, deviation=1.0))
    return any(broken_rules(list(scores), OURS)) or any(
        one is not None and one.is_outside for one in course
    )


def share_of_p_prime(chance: np.random.Generator) -> float:
    out = 0
    for _ in range(CHARTS):
        kept = chance.binomial(200, 0.8, WEEKS)
        limits = prime_shares(kept[:BASELINE].tolist(), [200] * BASELINE)
        assert limits is not None
        out += signals(((kept / 200 - limits.mean) / limits.deviation(200)).tolist())
    return out / CHARTS


def share_of_xmr(chance: np.random.Generator) -> float:
    out = 0
    for _ in range(CHARTS):
        values = chance.normal(size=WEEKS)
        limits = individual_limits(values[:BASELINE].tolist())
        assert limits is not None
        out += signals(((values - limits.mean) * 3 / (limits.upper - limits.mean)).tolist())
    return out / CHARTS


@pytest.mark.parametrize("share", [share_of_p_prime, share_of_xmr], ids=["p_prime", "xmr"])
def test_about_one_steady_chart_in_six_signals(share) -> None:
    """Four standard errors of 400 charts: 7 points."""
    assert share(np.random.default_rng(2)) == pytest.approx(STEADY_SIGNALS, abs=0.07)
