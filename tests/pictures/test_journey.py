"""The journey picture: columns, order, places, flows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from verite.pictures import Ink, draw, draw_narrow, draw_small, draw_small_narrow
from verite.pictures.boxes import faults
from verite.pictures.journey.columns import positions, share_out
from verite.pictures.journey.feeling import extremes
from verite.pictures.journey.flows import choose
from verite.pictures.journey.order import untangle
from verite.pictures.journey.plan import plan
from verite.pictures.journey.scene import set_scene, stop_title

SVG = "{http://www.w3.org/2000/svg}"
PENS = [draw, draw_narrow, draw_small, draw_small_narrow]


class Pages:
    """Links to somewhere."""

    def touchpoint(self, key):
        return f"/touchpoint/{key}/?a=1&b=2"

    def passage(self, source, target):
        return f"/passage/{source}/{target}/"

    def row(self, metric, by):
        return None


def texts(picture):
    return ["".join(t.itertext()) for t in ElementTree.fromstring(picture).iter(f"{SVG}text")]


@pytest.mark.parametrize("pen", PENS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_text_covers_another_or_leaves_the_frame(pen, lang, clairvoie, dense):
    assert faults(pen(clairvoie, lang=lang)) == ()
    assert faults(pen(dense, lang=lang)) == ()


@pytest.mark.parametrize("seed", range(2, 10))
def test_forty_touchpoints_stay_legible_whatever_they_are(seed, dense_of):
    assert faults(draw(dense_of(seed, 40))) == ()
    assert faults(draw_narrow(dense_of(seed, 40))) == ()


def test_every_stop_stands_in_one_column_of_its_stage(dense):
    made = plan(dense, "fr")
    columns = share_out(made)
    assert sorted(stop for column in columns.stops for stop in column) == list(
        range(len(made.stops))
    )
    for stop, column in positions(columns).items():
        stage = made.stops[stop].stage
        assert columns.starts[stage] <= column < columns.starts[stage + 1]


def test_stops_of_a_column_never_overlap(dense):
    scene = set_scene(plan(dense, "fr"), "fr")
    for column in scene.columns.stops:
        for one, other in pairwise(column):
            assert scene.spots[one].top + scene.spots[one].room <= scene.spots[other].top + 0.01


def test_bars_and_ribbons_share_one_scale(clairvoie):
    scene = set_scene(plan(clairvoie, "fr"), "fr")
    tall = {stop.key: spot.bar for stop, spot in zip(scene.plan.stops, scene.spots, strict=True)}
    assert tall["acc"] / tall["off"] == pytest.approx(27400 / 19600)
    assert tall["acc"] == pytest.approx(27400 * scene.per_case)


def test_untangling_never_adds_crossings(clairvoie):
    from verite.pictures.journey.order import _line, crossings

    made = plan(clairvoie, "fr")
    columns = share_out(made)
    column = positions(columns)
    flows = choose(made.flows, column).forward
    lines = [_line(flow, column) for flow in flows]
    before = crossings(columns.stops, lines)
    assert crossings(untangle(columns, flows).stops, lines) <= before


def test_the_strongest_flows_are_drawn_and_the_others_counted(dense):
    made = plan(dense, "fr")
    drawn = choose(made.flows, positions(share_out(made)))
    assert all(flow.volume >= drawn.threshold for flow in (*drawn.forward, *drawn.within))
    shown = len(drawn.forward) + len(drawn.within) + len(drawn.back)
    assert shown + drawn.left == len(made.flows)


def test_no_flow_under_five_is_drawn(clairvoie):
    edges = tuple(replace(edge, cases=4) for edge in clairvoie.lived.edges)
    journey = replace(clairvoie, lived=replace(clairvoie.lived, edges=edges))
    assert plan(journey, "fr").flows == ()


def test_a_stop_of_under_five_people_hides_its_number(dense):
    assert "moins de 5" in texts(draw(dense))
    stop = next(stop for stop in plan(dense, "fr").stops if stop.volume == 3)
    assert stop_title(stop, plan(dense, "fr"), "fr") == f"{stop.name}, moins de 5"


def test_a_designed_stop_where_nobody_came_is_said_to_be_empty(dense):
    assert "aucun passage" in texts(draw(dense))


def test_touchpoints_on_no_map_have_a_column_of_their_own(dense):
    assert plan(dense, "fr").heads[-1].name == "Hors parcours"


def test_only_stages_that_stand_apart_are_coloured(clairvoie):
    heads = plan(clairvoie, "fr").heads
    assert extremes(heads) == ("s5", "s3")
    assert extremes(heads[:2]) == (None, None)


def test_a_picture_of_links_is_a_group_and_each_link_says_where_it_goes(clairvoie):
    root = ElementTree.fromstring(draw(clairvoie, links=Pages()))
    links = list(root.iter(f"{SVG}a"))
    assert root.get("role") == "group"
    assert len(links) > 30
    assert all(link.get("aria-label") for link in links)
    assert any(link.get("href") == "/touchpoint/pub/?a=1&b=2" for link in links)


def test_a_picture_without_links_is_an_image_named_by_its_finding(clairvoie):
    root = ElementTree.fromstring(draw(clairvoie))
    assert root.get("role") == "img"
    assert "Être aidé" in root.get("aria-label", "")


@pytest.mark.parametrize("ink", list(Ink))
def test_nothing_in_a_picture_breaks_a_strict_policy(ink, clairvoie):
    picture = draw(clairvoie, ink=ink)
    assert "style=" not in picture
    assert "<script" not in picture
    assert "var(" not in picture


def test_a_file_needs_no_style_sheet(clairvoie):
    picture = draw(clairvoie, ink=Ink.DARK)
    assert "class=" not in picture
    assert "font-family=" in picture


def test_names_from_outside_are_escaped(clairvoie):
    first = replace(clairvoie.design.touchpoints[0], names=(("fr", '<b>"A&B"</b>'),))
    design = replace(clairvoie.design, touchpoints=(first, *clairvoie.design.touchpoints[1:]))
    picture = draw(replace(clairvoie, design=design), links=Pages())
    assert "<b>" not in picture
    ElementTree.fromstring(picture)


def test_characters_that_markup_forbids_are_dropped(clairvoie):
    first = replace(clairvoie.design.touchpoints[0], names=(("fr", "a\x00b\ud800c\n\x1bd"),))
    design = replace(clairvoie.design, touchpoints=(first, *clairvoie.design.touchpoints[1:]))
    ElementTree.fromstring(draw(replace(clairvoie, design=design), links=Pages()).encode())


def test_an_empty_house_still_draws(clairvoie):
    lived = replace(clairvoie.lived, nodes=(), edges=(), interactions=0, cases=0, people=0)
    empty = replace(clairvoie, lived=lived, feelings=())
    for pen in PENS:
        assert faults(pen(empty)) == ()


def test_a_row_of_stages_with_few_answers_keeps_its_words_apart(clairvoie):
    from verite.words.estimate import Estimate, Status, Unit

    bounds = ((-0.1, 0.9), (-0.2, 0.85), (-0.9, 0.8))
    feelings = tuple(
        replace(found, feeling=Estimate(
            value=None, low=bounds[i % 3][0], high=bounds[i % 3][1], n=14, unit=Unit.FEELING,
            method="m", status=Status.FEW,
        ))
        for i, found in enumerate(clairvoie.feelings)
    )  # fmt: skip
    for pen in PENS:
        for lang in ("fr", "en"):
            assert faults(pen(replace(clairvoie, feelings=feelings), lang=lang)) == ()


def test_twelve_stages_still_fit_in_small(clairvoie):
    design = clairvoie.design
    stages = tuple(replace(design.stages[i % 7], key=f"s{i}") for i in range(12))
    feelings = tuple(replace(clairvoie.feelings[i % 7], stage=f"s{i}") for i in range(12))
    journey = replace(clairvoie, design=replace(design, stages=stages), feelings=feelings)
    for pen in PENS:
        assert faults(pen(journey)) == ()
