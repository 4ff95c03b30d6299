"""Experience and loyalty on Clairvoie: losses follow the feeling, and are found to."""

from __future__ import annotations

import pytest

from verite.demo import PLANTED
from verite.home import Home
from verite.words.experience import Experience, Topic, Verdict


@pytest.fixture(scope="module")
def found(lived: Home) -> Experience:
    return lived.experience().result


def test_those_who_lived_well_stay_and_those_who_lived_badly_leave(found: Experience) -> None:
    kept = found.of(Topic.KEPT)
    good, middle, bad = (kept.find("kept", name).estimate for name in ("good", "middle", "bad"))
    assert bad.high < middle.low
    assert middle.high < good.low
    assert kept.test.p < 0.001


def test_bad_experience_costs_customers(found: Experience) -> None:
    assert found.of(Topic.COST).find("lost").estimate.low > 0


def test_the_planted_frictions_are_weaknesses_and_the_delight_a_strength(
    found: Experience,
) -> None:
    verdicts = {one.name: one.verdict for one in found.of(Topic.STRENGTHS).figures}
    for name in ("network_transfer", "complaint", PLANTED.other_channel):
        assert verdicts[name] is Verdict.WEAKNESS
    assert verdicts["installation"] is Verdict.STRENGTH


def test_feelings_add_up_in_the_demo_so_that_nothing_makes_up_for_anything(
    found: Experience,
) -> None:
    assert found.of(Topic.MAKES_UP).verdict is Verdict.UNDECIDED


def test_service_and_the_whole_are_told_apart(found: Experience) -> None:
    reply = found.of(Topic.SERVICE)
    assert {one.name for one in reply.figures if one.key == "service"} == {
        "csat", "ces", "nps_transactional",
    }  # fmt: skip
    assert reply.find("whole", "nps_relational") is not None
    assert reply.find("together").estimate.low > 0
