"""Orders of a marketplace: purchase, approval, dispatch, delivery, review, and the waits between.

Expected figures: DuckDB's `lead`, `median` and `quantile_cont` over the same orders. The 119 orders
with two events in the same second are left out, so that the order of events is beyond doubt.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from arro3.core import Table

from verite.ledger.ledger import Ledger
from verite.ledger.timeline.timeline import open_timeline
from verite.loop.map import live
from verite.words.asked import About, Filters
from verite.words.columns import RECEIVED

OLIST = Path(__file__).parents[3] / "shared" / "data" / "olist"
pytestmark = pytest.mark.skipif(not OLIST.exists(), reason="the shared real data are not here")
ABOUT = About(asked="map", as_of=datetime(2019, 1, 1, tzinfo=UTC), ledger_version=1)
MOMENTS = {
    "purchase": "order_purchase_timestamp",
    "approval": "order_approved_at",
    "dispatch": "order_delivered_carrier_date",
    "delivery": "order_delivered_customer_date",
}


@pytest.fixture(scope="module")
def events():
    """A DuckDB connection whose table `events` holds the orders without ties."""
    connection = duckdb.connect()
    orders = " UNION ALL ".join(
        f"SELECT order_id, '{key}' AS touchpoint, epoch_us({column}) AS ts, '' AS id,"
        f" NULL AS score FROM read_csv('{OLIST}/orders.csv')"
        for key, column in MOMENTS.items()
    )
    reviews = (
        "SELECT order_id, 'review', epoch_us(review_answer_timestamp), review_id, review_score"
        f" FROM read_csv('{OLIST}/order_reviews.csv')"
    )
    connection.execute(f"CREATE TABLE every AS {orders} UNION ALL {reviews}")
    connection.execute("DELETE FROM every WHERE ts IS NULL")
    connection.execute(
        "CREATE TABLE events AS SELECT * FROM every WHERE order_id NOT IN"
        " (SELECT order_id FROM every GROUP BY order_id, ts HAVING count(*) > 1)"
    )
    return connection


@pytest.fixture(scope="module")
def lived(events, tmp_path_factory):
    """The lived map, one case per order."""
    given = {
        "message_id": "order_id || touchpoint || id || ts",
        "identity": "order_id",
        "case_id": "order_id",
        "touchpoint": "touchpoint",
        "ts_us": "ts",
        "score": "score",
        "scale_min": "CASE WHEN score IS NOT NULL THEN 1 END",
        "scale_max": "CASE WHEN score IS NOT NULL THEN 5 END",
    }
    columns = ", ".join(
        f"CAST({given.get(name, 'NULL')} AS {kind}) AS {name}" for name, kind in RECEIVED.items()
    )
    home = tmp_path_factory.mktemp("olist")
    Ledger.create(home)
    with Ledger.open(home) as ledger:
        rows = Table.from_arrow(events.sql(f"SELECT {columns} FROM events"))
        ledger.append(rows, source="olist", at=datetime(2026, 1, 1, tzinfo=UTC))
        timeline = open_timeline(home, ledger)
        return live(timeline, case="case_id", where=Filters(), top=10, about=ABOUT)


def test_every_step_has_the_count_and_the_waits_of_plain_sql(events, lived):
    expected = events.sql("""
        WITH steps AS (
          SELECT touchpoint, lead(touchpoint) OVER w AS next, (lead(ts) OVER w - ts) / 1e6 AS gap
          FROM events WINDOW w AS (PARTITION BY order_id ORDER BY ts))
        SELECT touchpoint, next, count(*), median(gap), quantile_cont(gap, 0.9)
        FROM steps WHERE next IS NOT NULL GROUP BY 1, 2
    """).fetchall()
    found = {(e.source, e.target): e for e in lived.edges}
    assert len(found) == len(expected)
    for source, target, count, median, p90 in expected:
        edge = found[source, target]
        assert edge.count == count
        assert (edge.median_gap_s, edge.p90_gap_s) == pytest.approx((median, p90))


def test_most_orders_go_from_purchase_to_review_in_five_steps(lived):
    first = lived.variants[0]
    assert first.path == ("purchase", "approval", "dispatch", "delivery", "review")
    assert first.count == 4709


def test_the_usual_waits_are_minutes_then_days(lived):
    median = {(e.source, e.target): e.median_gap_s for e in lived.edges}
    assert median["purchase", "approval"] == pytest.approx(21 * 60, rel=0.05)
    assert median["approval", "dispatch"] == pytest.approx(1.85 * 86400, rel=0.02)
    assert median["dispatch", "delivery"] == pytest.approx(7.0 * 86400, rel=0.02)


def test_reviews_carry_the_feeling_of_their_stars(events, lived):
    stars = events.sql("SELECT avg((score - 3) / 2) FROM events").fetchall()[0][0]
    review = next(node for node in lived.nodes if node.touchpoint == "review")
    assert review.feeling is not None
    assert review.feeling.value == pytest.approx(stars)
    assert review.feeling.low < stars < review.feeling.high
