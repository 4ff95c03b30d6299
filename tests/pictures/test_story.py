"""The timeline of a customer's story: what is drawn, where, and that no words meet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.pictures.story_told import CASE, GOLDEN, PARIS, START, beat, days_apart, golden, unfelt

from verite.pictures import Ink, draw, draw_narrow, draw_small_narrow
from verite.pictures.boxes import faults
from verite.pictures.story.clock import ticks, wind
from verite.pictures.story.scene import stage
from verite.words.customer import Mark


class Anchors:
    """Links of a page whose lines have names."""

    def interaction(self, key):
        return f"#i-{key[-12:]}"


def texts(picture: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", picture)


CASES = {
    "golden": golden(),
    "unfelt": unfelt(),
    "next day": days_apart(1),
    "five channels": days_apart(2, 5),
    "a month": days_apart(3, 14),
}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("pen", [draw, draw_narrow], ids=["wide", "narrow"])
@pytest.mark.parametrize("case", CASES)
def test_no_words_meet_or_leave_the_picture(case, pen, lang):
    assert faults(pen(CASES[case], lang=lang)) == ()


def test_lanes_are_the_channels_used_in_the_order_they_were_entered():
    scene = stage(golden(), "fr")
    assert scene is not None
    assert [(lane.kind, lane.name) for lane in scene.lanes] == [
        ("channel", "chat"), ("menu", "ivr"), ("channel", "phone"), ("team", "reseau"),
    ]  # fmt: skip


def test_the_golden_story_shows_its_waits_its_pin_and_its_failed_transfer():
    said = texts(draw(golden(), lang="fr"))
    for words in ("20\xa0min d’attente", "15\xa0min d’attente", "rappel proposé, 18\xa0h\xa035",
                  "abandonne", "transfert raté", "menu, 2e fois", "55\xa0min"):  # fmt: skip
        assert words in said, words
    assert 'class="loopback"' in draw(golden())


def test_waiting_adds_up_to_what_the_effort_says():
    customer = golden()
    scene = stage(customer, "fr")
    assert scene is not None
    assert sum(episode.wait_s for episode in scene.told) == customer.effort.wait_s == 3300


def test_without_a_course_there_is_no_feeling_drawn():
    assert "Ressenti" in texts(draw(golden()))
    assert "Ressenti" not in texts(draw(unfelt()))
    assert draw_small_narrow(unfelt()) == ""


def test_a_feeling_that_is_not_calibrated_says_so():
    told = golden()
    loose = replace(told, feeling=replace(told.feeling, calibrated=False))
    assert "non étalonné" in texts(draw(loose))
    assert "non étalonné" not in texts(draw(told))


def test_every_mark_leads_to_its_interaction_and_has_a_name():
    picture = draw(golden(), links=Anchors())
    links = re.findall(r'<a href="#i-(\w+)" aria-label="([^"]+)"', picture)
    roots = [b.id[-12:] for b in GOLDEN if b.step is None]
    assert [key for key, _ in links] == roots
    assert all(name for _, name in links)
    assert 'role="group"' in picture


def test_every_bar_and_wait_has_a_title():
    shapes = re.findall(r'<rect [^>]*class="(?:node|sink|paper)"[^>]*?(/?)>', draw(golden()))
    assert shapes
    assert "/" not in shapes


def test_bars_never_cover_one_another_in_a_lane():
    scene = stage(golden(), "fr")
    assert scene is not None
    boxes = [b for e in scene.told for b in (scene.wait(e), scene.busy(e)) if b is not None]
    pairs = [(one, other) for i, one in enumerate(boxes) for other in boxes[i + 1 :]]
    assert max(one.overlap(other) for one, other in pairs) == 0


def test_a_night_between_two_contacts_is_folded():
    scene = stage(days_apart(1), "fr")
    assert scene is not None
    assert len(scene.clock.stretches) == 3
    assert "//" not in texts(draw(days_apart(1)))  # drawn as strokes, named by a title
    assert "de silence</title>" in draw(days_apart(1))


def test_what_does_not_fit_is_counted():
    assert any("Plus anciens, au tableau" in said for said in texts(draw(days_apart(3, 14))))


def test_an_answer_in_writing_adds_no_waiting():
    letter = beat(0, channel="email", wait_s=72000.0, duration_s=60.0)
    scene = stage(replace(unfelt(), timeline=(letter,), alerts=()), "fr")
    assert scene is not None
    assert scene.wait(scene.told[0]) is None
    assert scene.told[0].answer_s == 72000


def test_a_story_of_nothing_says_so():
    empty = replace(golden(), timeline=(), story=replace(golden().story, since=None, case_id=None))
    assert texts(draw(empty, lang="en")) == ["No contact to tell."]
    assert faults(draw_narrow(empty)) == ()


def test_what_another_case_holds_is_not_told():
    other = replace(beat(-900_000, channel="store", agent="Z"), case_id="T-1")
    told = stage(replace(golden(), timeline=(other, *GOLDEN)), "fr")
    assert told is not None
    assert all(episode.beat.case_id == CASE for episode in told.told)


def test_words_of_customers_cannot_become_markup():
    nasty = beat(0, channel="<script>", touchpoint='"><b>', kind="purchase")
    picture = draw(replace(unfelt(), timeline=(nasty,)))
    assert "<script>" not in picture
    assert "<b>" not in picture


@pytest.mark.parametrize("ink", [Ink.LIGHT, Ink.DARK])
def test_a_file_is_well_formed_and_bears_its_own_colours(ink):
    from xml.etree import ElementTree

    picture = draw(golden(), ink=ink)
    ElementTree.fromstring(picture)
    assert "class=" not in picture


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900_000), st.integers(0, 9000)), min_size=1, max_size=14))
def test_time_runs_from_left_to_right_whatever_is_folded(spans):
    told = [
        (START + timedelta(seconds=a), START + timedelta(seconds=a + length)) for a, length in spans
    ]
    clock = wind(told, 128, 1160)
    moments = sorted(at for span in told for at in span if at >= clock.start)
    places = [clock.at(at) for at in moments]
    assert places == sorted(places)
    assert all(127.9 <= x <= 1160.1 for x in places)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 400_000), st.sampled_from(["chat", "phone", "email", "web", "store"]),
            st.integers(0, 4000), st.integers(0, 4000),
            st.sampled_from([None, "abandoned", "resolved", "transfer_failed"]),
            st.sampled_from([(), (Mark.SWITCHED,), (Mark.RETOLD, Mark.MOVED), (Mark.MENU_AGAIN,)]),
        ),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_no_words_meet_whatever_happened(events):
    beats = tuple(
        beat(
            at * 1, id=f"{i:032x}", channel=channel, wait_s=float(wait), duration_s=float(spent),
            outcome=outcome, marks=marks, agent="AB"[i % 2],
        )
        for i, (at, channel, wait, spent, outcome, marks) in enumerate(events)
    )  # fmt: skip
    customer = replace(golden(), timeline=beats)
    assert faults(draw(customer, lang="fr")) == ()
    assert faults(draw_narrow(customer, lang="en")) == ()


def test_ticks_are_round_by_the_clock_on_the_wall_on_the_night_it_changes():
    paris = ZoneInfo("Europe/Paris")
    start = datetime(2026, 10, 25, 1, 10, tzinfo=paris)
    clock = wind([(start, start + timedelta(hours=5))], 128, 1160)
    marks = ticks(clock.stretches[0])
    assert {at.minute % 15 for at in marks} == {0}
    assert marks[0].tzinfo is not None


def test_titles_are_in_the_zone_of_their_times():
    assert "18\xa0h\xa004" in draw(golden())
    assert START.tzinfo is PARIS
