"""A lived map laid on a designed one."""

from __future__ import annotations

import pytest

from verite.loop.map import lay, shipped_design
from verite.words.asked import Filters
from verite.words.estimate import Status

SCORED = {"scale_min": 0, "scale_max": 10}


@pytest.fixture(scope="module")
def picture(timeline_of, about_day):
    """Forty people book; half of them go on to the meeting and are happy; one sees a poster."""
    log: list[dict[str, object]] = []
    for i in range(40):
        who = f"p{i:02d}"
        log.append({"who": who, "day": 0, "touchpoint": "booking", "score": 5, **SCORED})
        if i < 32:
            log.append({"who": who, "day": 1, "touchpoint": "waiting"})
            log.append(
                {"who": who, "day": 1, "touchpoint": "provider_meeting", "score": 10, **SCORED}
            )
    log.append({"who": "p00", "day": 3, "touchpoint": "poster"})
    return lay(
        timeline_of(log), shipped_design("service"), case="person", where=Filters(),
        about=about_day(90),
    )  # fmt: skip


def test_every_stage_has_its_place_in_order(picture):
    assert [felt.stage for felt in picture.feelings] == ["before", "during", "after"]


def test_a_stage_counts_and_hears_only_the_people_who_reached_it(picture):
    before, during, after = picture.feelings
    assert (before.people, before.feeling.n, before.feeling.value) == (40, 40, 0.0)
    assert (during.people, during.feeling.n, during.feeling.value) == (32, 32, 1.0)
    assert after.people == 0


def test_a_stage_that_nobody_reached_has_no_feeling(picture):
    feeling = picture.feelings[2].feeling
    assert feeling.status in {Status.UNKNOWN, Status.HIDDEN}
    assert feeling.value is None


def test_touchpoints_off_the_map_are_orphans(picture):
    assert picture.lived.orphans == ("poster",)


def test_the_lived_map_is_whole(picture):
    assert (picture.lived.cases, picture.lived.interactions) == (40, 105)
