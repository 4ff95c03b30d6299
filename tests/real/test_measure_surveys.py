"""Real answers: a broadband operator's NPS, and a marketplace's reviews; figures checked by hand.

Expected values were counted with plain SQL over the same files.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from verite.ledger.engines.kernels import Kernels
from verite.ledger.ledger import Ledger
from verite.ledger.timeline.timeline import open_timeline
from verite.loop.listen import Request, listen
from verite.measure import Study, measure
from verite.stats.promoters import Stances, adjusted_wald

SHARED = Path(__file__).parents[3] / "shared" / "data"
EXAMPLES = Path(__file__).parents[2] / "src" / "verite" / "loop" / "listen" / "examples"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared real data are not here")


def _study(home, request):
    Ledger.create(home)
    ledger = Ledger.open(home)
    listen(request, ledger, at=datetime(2026, 1, 1, tzinfo=UTC))
    timeline = open_timeline(home, ledger)
    ledger.close()
    last = EPOCH + timedelta(microseconds=int(timeline.ts.max()) + 1)
    return Study(timeline=timeline, engine=Kernels(timeline), as_of=last)


@pytest.fixture(scope="module")
def broadband(tmp_path_factory):
    request = Request(
        files=(SHARED / "nps_broadband.csv",),
        mapping=EXAMPLES / "nps.sql",
        zone="Europe/London",
        allow_sql=True,
    )
    return _study(tmp_path_factory.mktemp("broadband"), request)


@pytest.fixture(scope="module")
def marketplace(tmp_path_factory):
    request = Request(
        files=tuple(sorted((SHARED / "olist").glob("*.csv"))),
        mapping=EXAMPLES / "olist.sql",
        zone="America/Sao_Paulo",
        allow_sql=True,
    )
    return _study(tmp_path_factory.mktemp("marketplace"), request)


def test_the_nps_of_each_stage_is_the_one_counted(broadband):
    """(promoters − detractors) / answers: 690 − 1271 of 2353, 307 − 638 of 1130, 341 − 437 of 962,
    39 − 170 of 231, 3 − 26 of 30. (Dividing by rows, those without a score included, would give
    −28.8, −9.9 and −56.0: an unanswered question in the denominator.)"""
    rows = measure(broadband, ("nps",), by=("touchpoint",)).rows
    told = {
        row.by[0].value if row.by else "": (round(row.estimate.value, 1), row.estimate.n)
        for row in rows
    }
    assert told == {
        "": (-24.7, 2353),
        "First Payment": (-29.3, 1130),
        "Order": (-10.0, 962),
        "Equipment Received": (-56.7, 231),
        "Service in Use": (-76.7, 30),
    }
    assert {row.nps_kind for row in rows} == {"transactional"}


def test_every_stage_has_its_adjusted_interval(broadband):
    whole = measure(broadband, ("nps",)).rows[0].estimate
    assert whole.low < whole.value < whole.high
    assert whole.high - whole.low == pytest.approx(2 * 3.45, abs=0.5)  # about 1.96 · √(.73/2353)
    last = measure(broadband, ("nps",), by=("touchpoint",)).rows[-1].estimate
    expected = adjusted_wald(Stances(26, 1, 3)).times(100)
    assert (last.low, last.high) == (pytest.approx(expected.low), pytest.approx(expected.high))


def test_answers_without_a_score_stand_in_no_denominator(broadband):
    assert broadband.timeline.rows == 2385
    assert measure(broadband, ("nps",)).rows[0].estimate.n == 2353


def test_late_orders_are_rated_as_counted(marketplace):
    rows = measure(marketplace, ("csat_mean",), by=("segment.delivery",)).rows
    told = {row.by[0].value: row.estimate for row in rows if row.by}
    assert (round(told["late"].value, 2), told["late"].n) == (2.17, 344)
    assert (round(told["on_time"].value, 2), told["on_time"].n) == (4.28, 4888)
    assert told["late"].high < told["on_time"].low
