"""Times that have not ended yet: longer than what was seen, as the model would have them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from verite.measure.identical.answers import Answers
from verite.measure.identical.arrays import Floats
from verite.measure.identical.mixing import Mix
from verite.measure.identical.modelling import Fitted, model
from verite.stats.crossed.effects import fixed_of

_ROUNDS: Final = 8
_SEED: Final = 1


def completed(answers: Answers, mixed: Mix) -> Answers:
    """The answers, those that are open set to what is expected beyond what was seen.

    Schmee & Hahn 1979 with the scatter kept: the model is fitted, each open time takes its expected
    value beyond its own, given where it is; repeated; at last each takes a draw of that law, one
    per open time and evenly spread, so that times differ as they would.
    """
    if answers.open is None or not answers.open.any():
        return answers
    seen, found = answers.y[answers.open], answers
    spread = 0.0
    for _ in range(_ROUNDS):
        fitted = model(found, mixed)
        centre = expected(fitted, len(answers.y))[answers.open]
        noise = float(np.hypot(fitted.noise, spread))
        beyond, left = _tail((seen - centre) / noise)
        found = _with(found, centre - noise * beyond)
        spread = float(np.sqrt(max((left * noise**2).sum(), 0.0) / len(answers.y)))
    return _with(found, centre + noise * _drawn((seen - centre) / noise))


def expected(fitted: Fitted, rows: int) -> Floats:
    """What the model expects of each answer, whoever gave it."""
    sums, found = fitted.sums, np.zeros(rows)
    fixed = fixed_of(sums, fitted.fit)
    for value, (owner, code) in zip(fixed.values, sums.columns, strict=True):
        found += value if owner < 0 else value * (fitted.fixed[owner].codes == code)
    theta = fitted.fit.point.theta
    for place, given in enumerate(sums.order):
        if sums.people and place == 0:
            continue
        own = fitted.fit.point.effects_of_big
        if place:
            own = fitted.fit.point.effects[sums.blocks[place - 1]]
        elif sums.absorbed:
            own = sums.absorbed.turn @ own
        codes = fitted.random[given].codes
        found += np.where(codes >= 0, theta[place] * own[np.maximum(codes, 0)], 0.0)
    return found


def _tail(at: Floats) -> tuple[Floats, Floats]:
    """Of a normal known to lie below `at`: how far its mean is under 0, and its variance."""
    from scipy.special import log_ndtr

    beyond = np.exp(-(at**2) / 2 - np.log(2 * np.pi) / 2 - log_ndtr(at))
    return beyond, np.clip(1.0 - at * beyond - beyond**2, 0.0, 1.0)


def _drawn(at: Floats) -> Floats:
    """Draws of a normal known to lie below `at`, evenly spread over its law, in a set disorder."""
    from scipy.special import ndtr, ndtri

    order = np.random.default_rng(_SEED).permutation(len(at))
    parts = (order + 0.5) / len(at)
    return np.asarray(ndtri(np.maximum(parts * ndtr(at), 1e-300)))


def _with(answers: Answers, y: Floats) -> Answers:
    whole = answers.y.copy()
    whole[answers.open] = y
    return replace(answers, y=whole)
