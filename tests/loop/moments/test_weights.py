"""At small n chance takes its part: R², shares and ranks claim no more than they know."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.loop.moments.test_studying import model_of, reading_of

from verite.home import Home
from verite.loop.moments.answers import answers_of
from verite.loop.moments.lived import live_before
from verite.loop.moments.model import Model, fit_model
from verite.loop.moments.port import Reading
from verite.loop.moments.weights import weigh
from verite.stats.shapley import lmg
from verite.words.asked import Filters


def few(reading: Reading, seed: int, people: int = 150) -> Model:
    """The answers of a few people, given to other people."""
    answers = answers_of(reading, "nps")
    rng = np.random.default_rng(seed)
    answers = replace(answers, y=rng.permutation(answers.y))
    lived = live_before(reading, answers, 90, Filters())
    kept = np.isin(answers.person, rng.choice(1200, people, replace=False))
    narrowed = replace(lived, experience=lived.experience[kept], before=lived.before[kept])
    return fit_model(reading, answers.only(kept), narrowed)


def test_with_150_answers_and_nothing_to_find_r2_is_not_far_from_none(planted: Home) -> None:
    """Six columns of nothing tell 4 % of 150 answers by chance; none of it is told."""
    reading = reading_of(planted)
    told = [weigh(few(reading, seed), 100) for seed in range(30)]
    assert np.mean([one.r2.value for one in told]) < 0.02
    assert sum(one.r2.low > 0.0 for one in told) <= 3
    ordered = sum(len(one.shares) - 1 > len(tied) for one in told for tied in one.tied)
    assert ordered <= 0.15 * 3 * 30


def test_shares_sum_to_r2_and_none_is_negative(planted: Home) -> None:
    reading = reading_of(planted)
    for seed in range(5):
        found = weigh(few(reading, seed), 50)
        assert sum(share.value for share in found.shares) == pytest.approx(found.r2.value)
        assert all(share.low >= 0.0 for share in found.shares)


def test_with_many_answers_it_is_the_raw_r2(planted: Home) -> None:
    model = model_of(reading_of(planted))
    chosen = model.matrix.model
    raw = lmg(model.grams.only(chosen).whole[None], model.matrix.fixed, model.sizes).r2[0]
    assert weigh(model, 50).r2.value == pytest.approx(float(raw), abs=0.006)
