"""A segment that answers otherwise is no segment where a touchpoint moves otherwise."""

from __future__ import annotations

from collections.abc import Callable

from tests.loop.moments.conftest import Planted, Row, company

from verite.home import Home
from verite.words.moments import MomentsAsked

Live = Callable[[list[Row]], Home]


def test_the_level_of_a_segment_never_passes_for_its_touchpoints(live: Live) -> None:
    """Twenty-five regions answer from 4 points less to 4 points more, whatever they live."""
    rows = company(Planted(people=3000, transfer=0.0, installation=0.0))
    for row in rows:
        region = int(str(row["identity"]).split(":")[1]) % 25
        row["segment.region"] = f"r{region:02d}"
        if row.get("metric"):
            row["score"] = min(10, max(0, float(str(row["score"])) + (region - 12) / 3))
    study = live(rows).moments(MomentsAsked(segment="region", draws=20)).result
    assert study.study.tested.segments >= 50
    assert study.study.tested.segments_found <= 5


def elsewhere(extra: float, seed: int) -> list[Row]:
    """In the first of six regions a bad transfer takes `extra`; in the others nothing."""
    rows = company(Planted(people=2400, transfer=0.0, seed=seed))
    bad = {
        row["identity"]
        for row in rows
        if row.get("touchpoint") == "transfer" and row["outcome"] == "unresolved"
    }
    for row in rows:
        region = int(str(row["identity"]).split(":")[1]) % 6
        row["segment.region"] = f"r{region}"
        if row.get("metric") and region == 0 and row["identity"] in bad:
            row["score"] = max(0, float(str(row["score"])) - extra)
    return rows


def test_what_is_told_apart_never_has_an_interval_that_holds_nothing(live: Live) -> None:
    for seed, extra in ((1, 0.0), (2, 1.5), (3, 3.0)):
        study = live(elsewhere(extra, seed)).moments(MomentsAsked(segment="region", draws=20))
        for row in study.result.segments:
            if row.told_apart:
                assert row.difference.low > 0 or row.difference.high < 0


def test_a_planted_difference_is_told_apart_first(live: Live) -> None:
    """The other regions differ too, a little: the first one is among those each is set against."""
    study = live(elsewhere(4.0, 5)).moments(MomentsAsked(segment="region", draws=20)).result
    apart = [(row.touchpoint, row.segment.value) for row in study.segments if row.told_apart]
    assert apart[0] == ("transfer", "r0")
    assert {touchpoint for touchpoint, _ in apart} == {"transfer"}
