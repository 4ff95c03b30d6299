"""What is planted is found, with its kind and within its interval; nothing else is declared."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from verite.home import Home
from verite.loop.moments import Reading, feel_fast
from verite.loop.moments.answers import answers_of
from verite.loop.moments.felt import feel_fast as feel
from verite.loop.moments.lived import live_before
from verite.loop.moments.model import Model, fit_model
from verite.loop.moments.quick import quick_shares
from verite.loop.moments.settings import MomentsSettings
from verite.measure import Definitions
from verite.measure.feeling import valence
from verite.stats.families import believed
from verite.stats.sturdy import joint_p
from verite.words.asked import Filters
from verite.words.errors import BadInput
from verite.words.moments import Aim, Lack, Moment, MomentKind, MomentsAsked, Rung


def reading_of(home: Home) -> Reading:
    timeline = home.desk.timeline
    return Reading(
        timeline=timeline, felt=feel_fast(timeline, Definitions()),
        until_us=int(timeline.ts.max()) + 1,
    )  # fmt: skip


def model_of(reading: Reading, seed: int | None = None) -> Model:
    """The model of the answers, or of the same answers given to other people."""
    answers = answers_of(reading, "nps")
    if seed is not None:
        answers = replace(answers, y=np.random.default_rng(seed).permutation(answers.y))
    return fit_model(reading, answers, live_before(reading, answers, 90, Filters()))


def by_name(home: Home, asked: MomentsAsked | None = None) -> dict[str, Moment]:
    return {row.touchpoint: row for row in home.moments(asked).result.rows}


def test_the_planted_moments_are_found_with_their_kinds_and_nothing_else(planted: Home) -> None:
    found = by_name(planted)
    assert {name for name, row in found.items() if row.declared} == {"transfer", "installation"}
    assert found["transfer"].kind is MomentKind.FRICTION
    assert found["transfer"].aim is Aim.GAIN
    assert found["installation"].kind is MomentKind.DELIGHT
    assert found["installation"].aim is Aim.KEEP
    assert found["desk"].kind is MomentKind.NEUTRAL
    assert Lack.SIZE in found["desk"].lacks


def test_an_interval_holds_the_planted_effect(planted: Home) -> None:
    """In the score's own unit: the NPS of this company asked as a plain rating would say 3 and 2.5;
    here the expected code of each is simulated from the law that made the answers."""
    rng = np.random.default_rng(9)
    base = 6.8 + rng.normal(0, 1.2, 400_000)
    base += np.where(rng.random(400_000) < 0.25, 2.5, 0.0)  # an installation that went well

    def code(score: np.ndarray) -> float:
        told = np.clip(np.rint(score), 0, 10)
        return float((100.0 * (told >= 9) - 100.0 * (told <= 6)).mean())

    expected = code(base - 3.0) - code(base)
    penalty = by_name(planted)["transfer"].penalty
    assert penalty is not None
    assert penalty.low < expected < penalty.high


def test_importance_sums_to_r2_and_ranks_hold_the_rank(planted: Home) -> None:
    study = planted.moments().result
    assert sum(row.importance.value for row in study.rows) == pytest.approx(study.r2.value)
    for row in study.rows:
        assert row.rank_low <= row.rank <= row.rank_high
        assert row.importance.low <= row.importance.value <= row.importance.high
    assert [row.rank for row in study.rows] == [1, 2, 3]


def test_shuffled_answers_find_no_more_than_the_level_asked(planted: Home) -> None:
    """Benjamini & Hochberg at 10 %: with nothing to find, anything is found once in ten at most."""
    reading, tries = reading_of(planted), 60
    lived = 0
    for seed in range(tries):
        model = model_of(reading, seed)
        p = [
            joint_p(model.line, tuple(range(start, start + size)))
            for start, size in zip(model.starts, model.sizes, strict=True)
        ]
        lived += believed(p, 0.10) > 0
    assert lived <= 12  # 6 expected; more than 12 once in 200


def test_rungs_are_climbed_only_with_what_they_ask(planted: Home) -> None:
    assert {row.solidity.rung for row in by_name(planted).values()} == {Rung.ADJUSTED}
    half = by_name(planted, MomentsAsked(assume=("no_unseen",)))
    assert half["transfer"].solidity.rung is Rung.ADJUSTED
    assumed = by_name(planted, MomentsAsked(assume=("no_unseen", "no_mediator")))
    assert assumed["transfer"].solidity.rung is Rung.ESTIMATED
    assert assumed["transfer"].solidity.assumptions == ("no_unseen", "no_mediator")
    assert assumed["desk"].solidity.rung is Rung.ADJUSTED  # nothing of it is left


def test_without_words_nothing_is_declared(planted: Home) -> None:
    row = by_name(planted)["transfer"]
    assert row.words > 100
    assert row.quotes[0].text.startswith("transfer: what was said")
    strict = reading_of(planted)
    silent = replace(strict, settings=MomentsSettings(least_effect=5.0))
    assert silent.settings.least_effect == 5.0


def test_the_compiled_pass_is_the_definition(planted: Home) -> None:
    timeline, definitions = planted.desk.timeline, Definitions()
    slow = valence.feel(timeline, definitions, slice(0, timeline.rows), timeline.person_index())
    quick = feel(timeline, definitions)
    assert quick.valence == pytest.approx(slow.valence, abs=1e-12, nan_ok=True)
    assert np.array_equal(quick.weight, slow.weight)
    assert np.array_equal(quick.said, slow.said)


def test_segments_are_tried_and_counted_and_alike_ones_stay_so(
    planted: Home,
) -> None:
    study = planted.moments(MomentsAsked(segment="offer", draws=50)).result
    assert study.study.tested.segments == 6
    assert {row.segment.value for row in study.segments} == {"home", "pro"}
    assert study.study.tested.segments_found <= 1
    for row in study.segments:
        assert row.difference.low <= row.difference.value <= row.difference.high


def test_a_period_and_a_segment_narrow_the_answers(planted: Home) -> None:
    where = Filters(segments=(("offer", "pro"),))
    assert planted.moments(where=where).result.n == 300


def test_the_shares_at_once_are_those_of_the_study(planted: Home) -> None:
    """Of which the offer is held fixed, and moves nothing here."""
    reading = reading_of(planted)
    answers = answers_of(reading, "nps")
    quick = quick_shares(answers, live_before(reading, answers, 90, Filters()), 30)
    study = planted.moments().result
    slow = {row.touchpoint: row.importance.value for row in study.rows}
    assert dict(quick.shares) == pytest.approx(slow, abs=0.004)
    assert quick.r2 == pytest.approx(study.r2.value, abs=0.004)


def test_every_segment_may_be_tried_at_once_and_an_unknown_one_is_refused(planted: Home) -> None:
    study = planted.moments(MomentsAsked(segment="segment", draws=20)).result
    assert {row.segment.dimension for row in study.segments} == {"segment.offer"}
    with pytest.raises(BadInput, match="unknown_dimension"):
        planted.moments(by="segment.colour")
