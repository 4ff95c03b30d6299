"""Golden case 2 from a file to the table: KPI | now | target of seed 003."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from verite.ledger.engines.kernels import Kernels
from verite.ledger.ledger import Ledger
from verite.ledger.timeline.timeline import open_timeline
from verite.loop.listen import Request, listen
from verite.measure import Study, set_against
from verite.words.measured import Target, TargetStatus

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
COLUMNS = (
    "message_id", "identity", "at", "ended_at", "channel", "touchpoint", "kind", "direction",
    "case_id", "duration_s", "outcome", "metric", "score", "scale_min", "scale_max",
)  # fmt: skip


def _lines():
    """200 visits (90 bounce), 101 calls of about 15 minutes, 200 answers (160 good)."""
    at = MONDAY.isoformat()
    for i in range(200):
        seconds = 5 if i < 90 else 80
        yield {"message_id": f"v{i}", "identity": f"anon:{i}", "at": at, "channel": "web",
               "touchpoint": "site_home", "kind": "visit", "case_id": f"v{i}",
               "duration_s": seconds}  # fmt: skip
        score = 4 if i < 160 else 2
        yield {"message_id": f"s{i}", "identity": f"user:{i}", "at": at, "kind": "feedback",
               "touchpoint": "after_purchase", "metric": "csat", "score": score, "scale_min": 1,
               "scale_max": 5}  # fmt: skip
    for i in range(101):
        ended = MONDAY + timedelta(seconds=850 + i)
        yield {"message_id": f"c{i}", "identity": f"phone:+3361000{i:04d}", "at": at,
               "ended_at": ended.isoformat(), "channel": "phone", "touchpoint": "support",
               "kind": "contact", "direction": "inbound", "case_id": f"c{i}",
               "outcome": "resolved"}  # fmt: skip


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("golden")
    file = folder / "interactions.csv"
    lines = [",".join(str(line.get(column, "")) for column in COLUMNS) for line in _lines()]
    file.write_text("\n".join([",".join(COLUMNS), *lines]), encoding="utf-8")
    Ledger.create(folder / "home")
    ledger = Ledger.open(folder / "home")
    heard = listen(Request(files=(file,)), ledger, at=MONDAY + timedelta(days=1))
    assert (heard.read, heard.kept) == (501, 501)
    timeline = open_timeline(folder / "home", ledger, zone="Europe/Paris")
    ledger.close()
    return Study(
        timeline=timeline, engine=Kernels(timeline), as_of=MONDAY + timedelta(days=10),
        zone="Europe/Paris",
    )  # fmt: skip


def test_the_table_of_the_seed_comes_out_of_a_file(study):
    table = set_against(
        study,
        (
            Target(touchpoint="site_home", metric="bounce", target=30.0),
            Target(touchpoint="support", metric="resolution", target=600.0),
            Target(touchpoint="after_purchase", metric="csat", target=90.0),
        ),
    )
    told = [
        (row.metric, row.now.value, row.target, row.gap, row.better.value) for row in table.rows
    ]
    assert told == [
        ("bounce", 45.0, 30.0, 15.0, "lower"),
        ("resolution", 900.0, 600.0, 300.0, "lower"),
        ("csat", 80.0, 90.0, -10.0, "higher"),
    ]
    assert {row.status for row in table.rows} == {TargetStatus.MISSED}
