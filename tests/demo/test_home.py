"""The demo's files pass the real import: every line kept, but for those planted bad."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from verite.demo import PLANTED
from verite.home.demo import make_demo

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def test_the_demo_home_refuses_the_planted_lines_and_no_other(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "clairvoie", people=400, seed=3, at=NOW)
    assert made.quarantined == PLANTED.bad_lines
    assert made.interactions > 6_000
    assert made.people > 400
