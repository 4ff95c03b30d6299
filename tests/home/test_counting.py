"""Events are counted among customers at risk, whoever was written to in the window."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import verite
from verite.home.counting import count_events
from verite.words.asked import Filters


def test_a_survey_sent_to_everyone_makes_no_rate_fall(tmp_path: Path) -> None:
    rows = ["message_id,identity,at,channel,touchpoint,kind"]
    for n in range(100):
        rows.append(f"p{n},user:{n},2026-01-05T09:00:00Z,web,payment,purchase")
        rows.append(f"s{n},user:{n},2026-03-10T09:00:00Z,email,survey,exposure")
    rows += [f"a{n},user:{n},2026-02-03T09:00:00Z,phone,complaint,complaint" for n in range(10)]
    rows += [f"b{n},user:{n},2026-03-03T09:00:00Z,phone,complaint,complaint" for n in range(10, 22)]
    file = tmp_path / "year.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with verite.create(tmp_path / "h") as home:
        home.listen(file)
        before, now = (
            count_events(
                home.desk,
                "complaint",
                Filters(
                    since=datetime(2026, month, 1, tzinfo=UTC),
                    until=datetime(2026, month, 28, tzinfo=UTC),
                ),
            )
            for month in (2, 3)
        )
    assert (before.events, now.events) == (10, 12)
    assert before.at_risk == now.at_risk == 100
