"""The demo's files pass the real import: every line kept, but for those planted bad."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import verite
from verite.demo import PLANTED, generate
from verite.demo.identities import FAMILY, NO_REPLY
from verite.home.demo import make_demo

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def test_the_demo_home_refuses_the_planted_lines_and_no_other(tmp_path: Path) -> None:
    made = make_demo(tmp_path / "clairvoie", people=400, seed=3, at=NOW)
    assert made.quarantined == PLANTED.bad_lines
    assert made.interactions > 6_000
    assert made.people > 400


def test_the_review_of_links_holds_one_shared_address_and_one_of_nobody(tmp_path: Path) -> None:
    files = generate(tmp_path / "files", people=200, seed=1)
    with verite.create(tmp_path / "home") as home:
        home.listen(*files)
        ledger = home.desk.ledger
        (doubt,), count = ledger.doubts()
        assert (doubt.reason, count) == ("shared", 1)
        assert ledger.named([doubt.culprit]) == {doubt.culprit: FAMILY}
        ((key, why, links),), _ = ledger.junk()
        assert (ledger.named([key])[key], why, links > 0) == (NO_REPLY, "no_reply", True)
