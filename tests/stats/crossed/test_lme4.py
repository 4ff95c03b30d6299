"""Variances equal to lme4's on the data sets that it is shipped with.

R 4.2.2, lme4 1.1.31: `m <- lmer(FORMULA, DATA); as.data.frame(VarCorr(m))$vcov; REMLcrit(m)`.
The tables are published: Penicillin and Pastes in Davies & Goldsmith (1972), Dyestuff in Davies
(1947), Dyestuff2 in Box & Tiao (1973).
"""

from __future__ import annotations

import numpy as np
import pytest

from verite.stats.crossed.design import Factor, Sums, add_up
from verite.stats.crossed.effects import fixed_of
from verite.stats.crossed.fitting import fit

# Diameters by plate (one word each) and sample A to F (two digits each).
PENICILLIN = (
    "272326232321 272326232321 252125242420 262325232320 252226222320 242225232219 "
    "242023212219 262226242421 242124222220 242124232219 262326242421 252226242420 "
    "262426242522 262326232320 262325242422 252225232320 252124232320 252224232319 "
    "242123212119 262326242421 252124222218 252225222220 242124222419 242124222118 "
)
# Strengths of three casks a batch, ten batches, each cask measured twice.
PASTES = (
    "62.8/62.6 60.1/62.3 62.7/63.1 60/61.4 57.5/56.9 61.1/58.9 "
    "58.7/57.5 63.9/63.1 65.4/63.7 57.1/56.4 56.9/58.6 64.7/64.5 "
    "55.1/55.1 54.7/54.2 58.8/57.5 63.4/64.9 59.3/58.1 60.5/60 "
    "62.5/62.6 61/58.7 56.9/57.7 59.2/59.4 65.2/66 64.8/64.1 "
    "54.8/54.8 64/64 57.7/56.8 58.3/59.3 59.2/59.2 58.9/56.6 "
)
# Six batches of five.
DYESTUFF = (
    (1545, 1440, 1440, 1520, 1580), (1540, 1555, 1490, 1560, 1495),
    (1595, 1550, 1605, 1510, 1560), (1445, 1440, 1595, 1465, 1545),
    (1595, 1630, 1515, 1635, 1625), (1520, 1455, 1450, 1480, 1445),
)  # fmt: skip
DYESTUFF_2 = (
    (7.298, 3.846, 2.434, 9.566, 7.99), (5.22, 6.556, 0.608, 11.788, -0.892),
    (0.11, 10.386, 13.434, 5.51, 8.166), (2.212, 4.852, 7.092, 9.288, 4.98),
    (0.282, 9.014, 4.458, 9.446, 7.198), (1.722, 4.782, 8.106, 0.758, 3.758),
)  # fmt: skip


def factor(codes: object, size: int) -> Factor:
    return Factor(name="", codes=np.asarray(codes, np.int32), size=size)


def penicillin() -> Sums:
    plates = PENICILLIN.split()
    y = np.array([float(plate[k : k + 2]) for plate in plates for k in range(0, 12, 2)])
    place = np.arange(len(y))
    return add_up(y, [factor(place // 6, 24), factor(place % 6, 6)], [])


def test_crossed_variances_are_those_of_lme4() -> None:
    """lmer(diameter ~ 1 + (1|plate) + (1|sample), Penicillin)."""
    found = fit(penicillin())
    assert found.variances == pytest.approx([0.7169051409, 3.7311318427], rel=1e-3)
    assert found.noise == pytest.approx(0.3024149563, rel=1e-3)
    assert found.criterion == pytest.approx(330.860589, abs=1e-4)


def test_the_mean_and_the_predictions_are_those_of_lme4() -> None:
    """fixef(m), summary(m)$coefficients[, 2] and ranef(m)$sample of the same model."""
    sums = penicillin()
    found = fit(sums)
    fixed = fixed_of(sums, found)
    assert fixed.values == pytest.approx([22.97222222])
    samples = found.point.effects[sums.blocks[0]] * np.sqrt(found.variances[1] / found.noise)
    assert samples == pytest.approx(
        [2.187058, -1.010476, 1.937900, -0.096895, -0.013842, -3.003745], abs=2e-3
    )


def test_nested_variances_are_those_of_lme4() -> None:
    """lmer(strength ~ 1 + (1|batch) + (1|sample), Pastes)."""
    y = np.array([float(one) for cask in PASTES.split() for one in cask.split("/")])
    place = np.arange(60)
    found = fit(add_up(y, [factor(place // 6, 10), factor(place // 2, 30)], []))
    assert found.variances == pytest.approx([1.6573079610, 8.4336679284], rel=1e-3)
    assert found.noise == pytest.approx(0.6779999483, rel=1e-3)
    assert found.criterion == pytest.approx(246.990745853, abs=1e-4)


def test_one_variance_is_that_of_lme4() -> None:
    """lmer(Yield ~ 1 + (1|Batch), Dyestuff)."""
    y = np.array(DYESTUFF, float).ravel()
    found = fit(add_up(y, [factor(np.arange(30) // 5, 6)], []))
    assert found.variances == pytest.approx([1764.050006], rel=1e-3)
    assert found.noise == pytest.approx(2451.249999, rel=1e-3)
    assert found.criterion == pytest.approx(319.654276842, abs=1e-4)


def test_a_variance_of_zero_is_an_estimate() -> None:
    """lmer(Yield ~ 1 + (1|Batch), Dyestuff2): boundary (singular) fit, 0 and 13.80630963."""
    y = np.array(DYESTUFF_2).ravel()
    found = fit(add_up(y, [factor(np.arange(30) // 5, 6)], []))
    assert found.variances.tolist() == [0.0]
    assert found.noise == pytest.approx(13.80630963, rel=1e-6)
    assert found.criterion == pytest.approx(161.828277812, abs=1e-6)
