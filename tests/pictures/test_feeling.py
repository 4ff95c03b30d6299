"""The half-life's curve and the calibration, drawn for a desk and a phone."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from verite.pictures import Ink, draw, draw_narrow
from verite.words.asked import About, Window
from verite.words.feeling import (
    Bounded,
    Calibration,
    CurvePoint,
    FeelingAsked,
    HalfLifeCurve,
    RiskBin,
    Trial,
)

ABOUT = About(asked="feeling", as_of=None, ledger_version=4)
NONE = Bounded(value=None, low=None, high=None)
CURVE = HalfLifeCurve(
    about=ABOUT,
    half_life=Bounded(value=45.0, low=31.0, high=None),
    points=tuple(
        CurvePoint(days=days, loss=0.02 + abs(place - 3) / 1000, cost=float(abs(place - 3)))
        for place, days in enumerate((7.0, 14.0, 30.0, 45.0, 90.0, 365.0))
    ),
)
CALIBRATION = Calibration(
    about=ABOUT,
    asked=FeelingAsked(),
    trial=Trial(
        window=Window(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2026, 4, 1, tzinfo=UTC)),
        n=2000, people=900, events=40, auc=NONE, slope=Bounded(value=1.1, low=0.9, high=1.3),
        intercept=NONE, brier=0.01, brier_of_mean=0.011, rivals=(),
        bins=tuple(
            RiskBin(foretold=p, came_true=Bounded(value=p, low=p / 2, high=2 * p), n=200)
            for p in (0.005, 0.01, 0.03)
        ),
    ),
)  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("result", [CURVE, CALIBRATION], ids=["curve", "calibration"])
def test_both_sizes_are_whole_pictures_that_say_what_they_found(
    result: HalfLifeCurve | Calibration, lang: str
) -> None:
    for drawn in (draw(result, lang=lang), draw_narrow(result, lang=lang, ink=Ink.DARK)):
        picture = ElementTree.fromstring(drawn)
        assert picture.attrib["role"] == "img"
        assert picture.attrib["aria-label"]


def test_the_half_life_chosen_is_printed_with_its_open_bound() -> None:
    drawn = draw(CURVE, lang="en", ink=Ink.LIGHT)
    told = drawn.replace("\N{NO-BREAK SPACE}", " ")
    assert "Half-life chosen: 45 days [31, …]" in told


def test_every_bin_says_its_numbers() -> None:
    drawn = draw(CALIBRATION, lang="en")
    assert drawn.count("<title>") == 3
    assert "foretold 3.0%" in drawn
