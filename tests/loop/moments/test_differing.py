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
