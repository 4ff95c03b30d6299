"""Real answers: what moves the reviews of a marketplace, and the NPS of a broadband operator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import verite
from verite.home import Home
from verite.words.moments import MomentKind

SHARED = Path(__file__).parents[3] / "shared" / "data"
EXAMPLES = Path(__file__).parents[2] / "src" / "verite" / "loop" / "listen" / "examples"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the shared real data are not here")


@pytest.fixture(scope="module")
def marketplace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with verite.create(tmp_path_factory.mktemp("marketplace") / "home") as home:
        names = ("orders", "order_items", "order_reviews", "customers")
        files = [SHARED / "olist" / f"{name}.csv" for name in names]
        home.listen(*files, mapping=EXAMPLES / "olist_promise.sql", zone="America/Sao_Paulo")
        yield home


@pytest.fixture(scope="module")
def broadband(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with verite.create(tmp_path_factory.mktemp("broadband") / "home") as home:
        home.listen(
            SHARED / "nps_broadband.csv", mapping=EXAMPLES / "nps.sql", zone="Europe/London"
        )
        yield home


def test_lateness_of_delivery_is_the_first_moment_of_truth_as_friction(marketplace: Home) -> None:
    study = marketplace.moments(outcome="overall").result
    first = study.rows[0]
    assert first.touchpoint == "delivery"
    assert first.kind is MomentKind.FRICTION
    assert first.rank_high == 1
    assert first.declared
    assert first.penalty is not None
    assert first.penalty.high < -1.0  # stars of five
    assert [row.touchpoint for row in study.declared] == ["delivery"]


def test_the_stage_that_moves_the_nps_is_told_with_words(broadband: Home) -> None:
    """Plain counts: NPS −24.7 of all, −10.0 at order, −56.7 at reception, −76.7 in use."""
    study = broadband.moments(outcome="nps").result
    assert study.outcome == "nps_transactional"
    kinds = {row.touchpoint: row.kind for row in study.rows}
    assert kinds["Order"] is MomentKind.DELIGHT
    assert kinds["Equipment Received"] is MomentKind.FRICTION
    assert kinds["Service in Use"] is MomentKind.FRICTION
    assert all(row.quotes for row in study.rows)
    received = next(row for row in study.rows if row.touchpoint == "Equipment Received")
    assert received.penalty is not None
    assert received.penalty.high < -15.0
    assert received.words > 200
