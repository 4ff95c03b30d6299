"""What one version of a designed map changed from another."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from tests.loop.map.drawn import SMALL, designs

from verite.loop.map import diff_designs, read_design, shipped_design
from verite.words.journey import ChangeKind, Part, Stage, Touchpoint


def test_nothing_changed_is_no_change():
    assert diff_designs(read_design(SMALL), read_design(SMALL)).changes == ()


def test_a_new_version_says_what_was_added_removed_and_changed():
    before = shipped_design("service")
    wait = replace(before.touchpoints[1], owner="Accueil", need="Être assis")
    chat = Touchpoint(key="chat", stage="after", names=(("fr", "Chat"),))
    after = replace(
        before,
        touchpoints=(before.touchpoints[0], wait, before.touchpoints[2], chat),
        stages=(*before.stages, Stage(key="later", names=(("fr", "Plus tard"),))),
        path=("booking", "waiting", "provider_meeting", "chat"),
        version=2,
    )
    found = [(c.kind, c.part, c.key, c.fields) for c in diff_designs(before, after).changes]
    assert found == [
        (ChangeKind.ADDED, Part.STAGE, "later", ()),
        (ChangeKind.REMOVED, Part.TOUCHPOINT, "follow_up", ()),
        (ChangeKind.CHANGED, Part.TOUCHPOINT, "waiting", ("owner", "need")),
        (ChangeKind.ADDED, Part.TOUCHPOINT, "chat", ()),
        (ChangeKind.CHANGED, Part.PATH, "service", ()),
    ]


def test_stages_in_another_order_are_a_change():
    before = shipped_design("service")
    after = replace(before, stages=(before.stages[1], before.stages[0], before.stages[2]))
    found = [(c.key, c.fields) for c in diff_designs(before, after).changes]
    assert found == [("during", ("order",)), ("before", ("order",))]


@given(designs(), designs())
@settings(max_examples=60, deadline=None)
def test_what_one_way_adds_the_other_way_removes(one, other):
    forth, back = diff_designs(one, other).changes, diff_designs(other, one).changes
    added = {(c.part, c.key) for c in forth if c.kind is ChangeKind.ADDED}
    removed = {(c.part, c.key) for c in back if c.kind is ChangeKind.REMOVED}
    assert added == removed
