"""Cox regression with covariates that change in time, against R's survival package.

    library(survival)
    coxph(Surv(start, stop, event) ~ age + year + surgery + transplant, data = heart)

Stanford heart transplants (Crowley & Hu 1977), Efron's ties: coefficients, errors and the
log-likelihood as R 4 prints them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from verite.stats.cox import Spans, fit_cox

HEART = np.genfromtxt(Path(__file__).parent / "tables" / "heart.csv", delimiter=",", skip_header=1)


def test_the_coefficients_are_those_of_r() -> None:
    found = fit_cox(spans(HEART))
    assert found.coefficients == pytest.approx(
        [0.02716664096, -0.14634634567, -0.63720988997, -0.01025077241], abs=1e-7
    )
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(
        [0.01371411521, 0.07046797952, 0.36722599618, 0.31375479834], abs=1e-6
    )
    assert found.likelihood == pytest.approx(-290.5656162, abs=1e-6)


def test_cutting_an_interval_in_two_changes_nothing() -> None:
    longest = int(np.argmax(HEART[:, 1] - HEART[:, 0]))
    cut = np.repeat(HEART[longest : longest + 1], 2, axis=0)
    cut[0, 1] = cut[1, 0] = 100.5
    cut[0, 2] = 0.0
    whole = np.vstack([np.delete(HEART, longest, axis=0), cut])
    assert fit_cox(spans(whole)).coefficients == pytest.approx(
        fit_cox(spans(HEART)).coefficients, abs=1e-8
    )


def spans(rows: np.ndarray) -> Spans:
    return Spans(
        start=rows[:, 0], stop=rows[:, 1], event=rows[:, 2] == 1, x=rows[:, 3:],
        weight=np.ones(len(rows)),
    )  # fmt: skip
