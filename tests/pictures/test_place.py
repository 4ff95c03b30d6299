"""Labels beside marks."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from verite.pictures.boxes import Box, faults, text_box
from verite.pictures.place import Obstacle, Wanted, place
from verite.pictures.sheet import Point

BOUNDS = Box(left=0, top=0, right=760, bottom=420)


def crowd(seed: int, size: int) -> list[Wanted]:
    chance = random.Random(seed)
    return [
        Wanted(
            at=Point(x=chance.uniform(20, 740), y=chance.uniform(20, 400)),
            radius=6,
            lines=("Transfert vers le réseau"[: chance.randint(4, 24)],),
        )
        for _ in range(size)
    ]


@pytest.mark.parametrize("seed", range(12))
def test_no_placed_label_covers_another_or_leaves_the_bounds(seed):
    placed = [found for found in place(crowd(seed, 24), [], BOUNDS) if found]
    assert all(found.box.inside(BOUNDS) for found in placed)
    assert all(one.box.overlap(other.box) == 0 for one, other in combinations(placed, 2))


def test_a_label_alone_stands_right_beside_its_mark():
    (found,) = place([Wanted(at=Point(x=50, y=50), radius=6, lines=("NPS",))], [], BOUNDS)
    assert found is not None
    assert found.anchor == ""
    assert found.leader is None


def test_a_label_goes_round_an_obstacle():
    wall = Obstacle(box=Box(left=56, top=30, right=140, bottom=70), cost=400)
    (found,) = place([Wanted(at=Point(x=50, y=50), radius=6, lines=("NPS",))], [wall], BOUNDS)
    assert found is not None
    assert found.box.overlap(wall.box) == 0


def test_a_far_label_is_tied_to_its_mark():
    ring = Obstacle(box=Box(left=20, top=20, right=80, bottom=80), cost=60)
    (found,) = place([Wanted(at=Point(x=50, y=50), radius=6, lines=("NPS",))], [ring], BOUNDS)
    assert found is not None
    assert found.leader is not None


def test_where_nothing_is_free_no_label_is_written():
    tiny = Box(left=0, top=0, right=10, bottom=10)
    assert place([Wanted(at=Point(x=5, y=5), radius=2, lines=("NPS",))], [], tiny) == (None,)


def test_a_text_over_another_is_found():
    page = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">{}</svg>'
    texts = '<text x="0" y="20">one</text><text x="9" y="20">two</text>'
    assert faults(page.format(texts)) == ("“one” covers “two”",)


def test_a_text_outside_the_frame_is_found():
    page = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 30">{}</svg>'
    assert faults(page.format('<text x="9" y="20">two</text>')) == ("“two” leaves the frame",)


def test_a_middle_anchor_is_half_on_either_side():
    found = text_box("NPS", 50, 20, "c s").box
    assert found.left + found.right == pytest.approx(100)
