"""A made-up study of moments, for what draws, says and lists them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from verite.stats.withholding import withhold
from verite.words.asked import About
from verite.words.estimate import Estimate, Unit
from verite.words.measured import Label
from verite.words.moments import (
    Aim,
    Bin,
    Curve,
    CurvePoint,
    Lack,
    LeftOut,
    Moment,
    MomentKind,
    Moments,
    MomentsAsked,
    OneMoment,
    Quote,
    Ranged,
    Recovery,
    Rung,
    SegmentEffect,
    Solidity,
    Study,
    Tested,
    Tipping,
)

AT = datetime(2026, 10, 31, 12, tzinfo=UTC)
ABOUT = About(asked="moments --outcome nps", as_of=AT, ledger_version=3, people_version=1)
SOLID = Solidity(
    rung=Rung.ADJUSTED, adjusted_for=("other_touchpoints", "segment.offer"), assumptions=(),
    overlap=0.93, robustness=0.21, robustness_low=0.17,
)  # fmt: skip
STUDY = Study(
    method="lmg_exact", scale="variance", draws=1000, before_days=90, least_points=1.0,
    unit=Unit.NPS, tested=Tested(touchpoints=4, found=3, level=0.1, segments=8, segments_found=1),
)  # fmt: skip
WORDS = Quote(
    text="Je venais de tout expliquer, et me revoilà à taper 1.",
    at=AT,
    interaction_id="a1",
    score=2,
)


def ranged(value: float, spread: float) -> Ranged:
    """A number with an interval of the same width on both sides."""
    return Ranged(value=value, low=value - spread, high=value + spread)


def made_moments() -> Moments:
    """A friction, a delight, one that is told apart without words, one that is nothing."""
    friction = Moment(
        touchpoint="network_transfer", importance=ranged(0.08, 0.02), rank=1, rank_low=1,
        rank_high=1, performance=ranged(3.1, 0.3), penalty=ranged(-31.0, 5.0),
        reward=ranged(1.5, 3.5), points=ranged(4.1, 1.2), aim=Aim.GAIN, kind=MomentKind.FRICTION,
        curve=Curve.AGREES, volume_share=0.01, effect_share=0.42, disproportion=42.0, n=450,
        people=420, interactions=3900, p=1e-9, matters=True, solidity=SOLID, quotes=(WORDS,),
        words=212,
    )  # fmt: skip
    delight = replace(
        friction, touchpoint="installation", importance=ranged(0.05, 0.015), rank=2, rank_low=2,
        rank_high=3, tied_with=("complaint",), performance=ranged(7.9, 0.2),
        penalty=ranged(-5.0, 6.0), reward=ranged(12.0, 4.0), points=ranged(2.4, 0.8), aim=Aim.KEEP,
        kind=MomentKind.DELIGHT, volume_share=0.008, effect_share=0.3, disproportion=37.0, n=610,
    )  # fmt: skip
    wordless = replace(
        friction, touchpoint="complaint", importance=ranged(0.04, 0.018), rank=3, rank_low=2,
        rank_high=3, tied_with=("installation",), performance=ranged(1.4, 0.4),
        penalty=ranged(-38.0, 9.0), reward=ranged(0.5, 8.0), points=ranged(1.9, 0.7),
        volume_share=0.002, effect_share=0.26, disproportion=130.0, n=95, quotes=(), words=0,
        lacks=(Lack.WORDS,),
    )  # fmt: skip
    nothing = replace(
        wordless, touchpoint="invoice", importance=ranged(0.002, 0.002), rank=4, rank_low=4,
        rank_high=4, tied_with=(), performance=ranged(5.5, 0.3), penalty=ranged(-0.5, 3.0),
        reward=ranged(0.2, 3.0), points=ranged(0.1, 0.4), kind=MomentKind.NEUTRAL,
        curve=Curve.UNTOLD, volume_share=0.3, effect_share=0.02, disproportion=0.07, n=2100, p=0.6,
        matters=False, lacks=(Lack.FIGURES, Lack.SIZE, Lack.DIRECTION, Lack.WORDS),
    )  # fmt: skip
    return Moments(
        about=ABOUT, asked=MomentsAsked(), outcome="nps", n=2400, people=2100,
        r2=ranged(0.172, 0.03), rung=Rung.ADJUSTED, study=STUDY,
        rows=(friction, delight, wordless, nothing),
        left_out=(LeftOut(touchpoint="kiosk", reason="few", n=12),),
        segments=(SEGMENT,),
    )  # fmt: skip


SEGMENT = SegmentEffect(
    touchpoint="network_transfer", segment=Label(dimension="segment.offer", value="fibre-1g"),
    difference=ranged(-3.2, 2.1), n=88, p=0.004, told_apart=True,
)  # fmt: skip


def made_bin(low: float, people: int, found: Ranged) -> Bin:
    """A level of experience, as it may be shown."""
    mean = Estimate(
        value=found.value, low=found.low, high=found.high, n=people, people=people,
        unit=Unit.NPS, method="mean_clustered",
    )  # fmt: skip
    return Bin(low=low, high=low + 2.5, mean=withhold(mean))


def made_moment() -> OneMoment:
    """The friction in depth."""
    return OneMoment(
        about=ABOUT, study=STUDY, outcome="nps", n=2400, moment=made_moments().rows[0],
        curve=tuple(
            CurvePoint(experience=float(level), outcome=ranged(-20.0 + 5.0 * level, 4.0))
            for level in range(9)
        ),
        bins=(
            made_bin(0.0, 180, ranged(-18.0, 7.0)),
            made_bin(2.5, 150, ranged(-2.0, 8.0)),
            made_bin(5.0, 117, ranged(9.0, 8.0)),
            made_bin(7.5, 3, ranged(20.0, 30.0)),
        ),
        segments=(SEGMENT,),
        recovery=Recovery(
            touchpoint="network_transfer", n_recovered=64, n_not=120, recovered=ranged(2.0, 11.0),
            not_recovered=ranged(-24.0, 9.0), always_good=ranged(11.0, 6.0),
            difference=ranged(26.0, 14.0),
        ),
        tipping=Tipping(
            touchpoint="network_transfer", n_tipped=41, n_stayed=35, share_tipped=0.22,
            share_stayed=0.06, ratio=Ranged(value=4.4, low=2.7, high=7.2), p=1e-6, tested=4,
            told_apart=True,
        ),
        hazard=None,
    )  # fmt: skip
