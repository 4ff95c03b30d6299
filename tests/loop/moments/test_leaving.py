"""Losses week by week, when everybody lived the same touchpoint on the same day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
from tests.loop.moments.conftest import START, Row, write

import verite
from verite.words.moments import CHURN


def _line(number: int, day: float, **told: object) -> Row:
    at = (START + timedelta(days=day)).isoformat()
    return {"message_id": f"{number}-{day}-{told}", "identity": f"user:{number}", "at": at,
            "channel": "web", **told}  # fmt: skip


def _company() -> list[Row]:
    """All buy on day 0 and are delivered on day 5; those badly delivered leave sooner."""
    rng = np.random.default_rng(4)
    rows: list[Row] = []
    for number in range(600):
        is_bad = bool(rng.random() < 0.3)
        rows.append(_line(number, 0, kind="purchase", touchpoint="order"))
        rows.append(_line(number, 5, kind="feedback", touchpoint="delivery", metric="csat",
                          score=1 if is_bad else 5, scale_min=1, scale_max=5))  # fmt: skip
        gone = 6 + rng.exponential(150 if is_bad else 500)
        leaves = {"kind": "other", "touchpoint": "termination", "motive": "competitor"}
        stays = {"kind": "use", "touchpoint": "box"}
        rows.append(_line(number, min(gone, 299.0), **(leaves if gone < 299 else stays)))
    return rows


def test_a_touchpoint_met_by_all_at_once_has_no_ratio_of_losses(tmp_path: Path) -> None:
    with verite.create(tmp_path / "home") as home:
        home.listen(write(tmp_path / "year.csv", _company()))
        study = home.moments(outcome=CHURN).result
    assert [row.touchpoint for row in study.rows] == ["delivery"]
    assert study.hazards is not None
    assert study.hazards.rows == ()
