"""A made-up effect by double machine learning, for what says, lists and shows it."""

from __future__ import annotations

from tests.made_moments import ABOUT, ranged

from verite.words.double import (
    Against,
    Balance,
    DoubleEffect,
    Near,
    NegativeControl,
    Side,
    Withheld,
)
from verite.words.estimate import Unit
from verite.words.moments import MomentsAsked


def made_effect(touchpoint: str = "network_transfer", near: Near = Near.NEAR) -> DoubleEffect:
    """A friction of 28 points, its negative control as asked."""
    away = -14.0 if near is Near.FAR else -1.0
    return DoubleEffect(
        about=ABOUT, asked=MomentsAsked(), touchpoint=touchpoint, outcome="nps_relational",
        unit=Unit.NPS, side=Side.BAD, against=Against.NEITHER, effect=ranged(-28.0, 6.0), n=2400,
        people=2100, exposed=450, exposed_people=420, trimmed=130, overlap=0.96, within=0.94,
        balance=Balance(worst="met:chat", before=0.41, after=0.04), robustness=0.2,
        robustness_low=0.15, outcome_told=0.12, exposure_told=0.08,
        control=NegativeControl(
            effect=ranged(away, 5.0), n=900, people=800, exposed=160, near=near
        ),
        adjusted_for=("lived_before", "month", "segment.offer"), folds=5, splits=3,
        withheld=(Withheld.ASSUMPTIONS,),
    )  # fmt: skip
