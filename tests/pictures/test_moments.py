"""Moments drawn: crosses of intervals, shapes told apart without colour, labels that never meet."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from tests.made_moments import made_bin, made_moment, made_moments, ranged

from verite.pictures import draw as whole
from verite.pictures.boxes import faults
from verite.pictures.caption import Caption
from verite.pictures.ink import Ink
from verite.pictures.links import NoLinks
from verite.pictures.moments import draw_moments, draw_moments_narrow
from verite.pictures.moments_curve import draw_one_moment, draw_one_moment_narrow
from verite.pictures.moments_small import draw_stake, stake_axis
from verite.words.moments import MomentKind, Moments

SAID = Caption(finding="Ce qui a été trouvé", reading="Comment lire", source="D'où")
SIZES = [draw_moments, draw_moments_narrow]
ONE = [draw_one_moment, draw_one_moment_narrow]
NAMES = (
    "rendez_vous_de_raccordement_a_domicile", "renouvellement_automatique_du_contrat", "sms",
    "accompagnement_personnalise_apres_installation", "anticonstitutionnellement", "chat",
    "centre_de_relation_client_externalise", "point_relais", "reclamation_aupres_du_mediateur",
    "facture", "faq", "livraison", "technicien_a_domicile", "site_offres", "boutique_conseil",
)  # fmt: skip


class Everywhere(NoLinks):
    """Every touchpoint has a page."""

    def touchpoint(self, key: str) -> str | None:
        return f"/moments/{key}?a=1&b=2"


def crowded() -> Moments:
    """Fifteen touchpoints with long names, most of them at the same place."""
    first = made_moments().rows[0]
    rows = tuple(
        replace(
            first,
            touchpoint=name,
            points=ranged(0.4 + 0.35 * (place % 5), 0.5),
            performance=ranged(4.2 + 0.3 * (place // 5), 0.2),
            kind=list(MomentKind)[place % 4],
            matters=place % 3 != 0,
        )
        for place, name in enumerate(NAMES)
    )
    return replace(made_moments(), rows=rows)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("draw", SIZES)
@pytest.mark.parametrize("moments", [made_moments(), crowded()], ids=["four", "crowded"])
def test_no_label_meets_another_or_leaves_the_frame(draw, moments: Moments, lang: str) -> None:
    assert faults(draw(moments, SAID, lang, Ink.PAGE, NoLinks())) == ()


@pytest.mark.parametrize("draw", SIZES)
def test_every_moment_leads_to_its_page_and_says_its_numbers(draw) -> None:
    drawn = draw(made_moments(), SAID, "en", Ink.PAGE, Everywhere())
    picture = ElementTree.fromstring(drawn)
    links = [one for one in picture.iter() if one.tag.endswith("}a")]
    assert picture.attrib["role"] == "group"
    assert links[0].attrib["href"] == "/moments/network_transfer?a=1&b=2"
    assert len(links) == 4
    told = links[0].attrib["aria-label"].replace("\N{NO-BREAK SPACE}", " ")
    assert "4.1 points at stake [2.9, 5.3]; experience 3.1 [2.8, 3.4]" in told


def test_kinds_differ_by_shape_and_not_only_by_colour() -> None:
    rows = tuple(replace(made_moments().rows[0], kind=kind) for kind in MomentKind)
    drawn = [
        draw_moments(replace(made_moments(), rows=(row,)), SAID, "fr", Ink.PAGE, NoLinks())
        for row in rows
    ]
    shapes = {picture.replace("acc", "").replace("fri", "") for picture in drawn}
    assert len(shapes) == len(MomentKind)


def test_what_chance_explains_is_an_empty_circle_without_ring() -> None:
    row = replace(made_moments().rows[0], matters=False)
    drawn = draw_moments(replace(made_moments(), rows=(row,)), SAID, "fr", Ink.PAGE, NoLinks())
    assert 'class="hollow"' in drawn
    assert 'class="ring"' not in drawn
    assert 'class="fri"' not in drawn


def test_an_effect_three_times_its_volume_bears_a_ring() -> None:
    row = made_moments().rows[0]
    for times, rings in ((2.9, 0), (3.0, 1)):
        moments = replace(made_moments(), rows=(replace(row, disproportion=times),))
        drawn = draw_moments(moments, SAID, "fr", Ink.PAGE, NoLinks())
        assert drawn.count('class="ring"') == rings


def test_an_interval_beyond_zero_moves_the_axis_not_the_frame() -> None:
    row = replace(made_moments().rows[0], points=ranged(0.5, 2.0))
    drawn = draw_moments(replace(made_moments(), rows=(row,)), SAID, "fr", Ink.PAGE, NoLinks())
    assert faults(drawn) == ()
    assert "−2" in drawn


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("draw", ONE)
def test_one_moment_shows_its_curve_and_how_many_lived_each_level(draw, lang: str) -> None:
    drawn = draw(made_moment(), SAID, lang, Ink.PAGE)
    assert faults(drawn) == ()
    assert 'class="band"' in drawn
    assert drawn.count("<title>") == 3
    assert ">180<" in drawn
    assert ">3<" not in drawn  # under five: neither counted nor told


def test_under_thirty_answers_a_level_shows_its_bounds_only() -> None:
    few = replace(made_moment(), bins=(made_bin(0.0, 12, ranged(3.0, 9.0)),))
    drawn = draw_one_moment(few, SAID, "en", Ink.PAGE)
    assert 'class="few"' in drawn
    assert "few customers" in drawn


def test_without_a_curve_the_levels_stand_alone() -> None:
    drawn = draw_one_moment(replace(made_moment(), curve=()), SAID, "fr", Ink.PAGE)
    assert 'class="band"' not in drawn
    assert faults(drawn) == ()


def test_a_line_of_a_list_shows_the_stake_on_the_scale_of_the_list() -> None:
    rows = made_moments().rows
    axis = stake_axis(rows)
    first, last = (draw_stake(row, axis, "said") for row in (rows[0], rows[-1]))
    assert 'aria-label="said"' in first
    assert 'class="fri"' in first
    assert 'class="hollow"' in last


@pytest.mark.parametrize("ink", [Ink.LIGHT, Ink.DARK])
def test_on_its_own_paper_it_bears_no_class(ink: Ink) -> None:
    for drawn in (
        draw_moments(made_moments(), SAID, "fr", ink, NoLinks()),
        draw_one_moment(made_moment(), SAID, "fr", ink),
    ):
        assert "class=" not in drawn
        ElementTree.fromstring(drawn)


@pytest.mark.parametrize("result", [made_moments(), made_moment()], ids=["moments", "one"])
def test_on_its_own_it_says_what_it_found_and_how_to_read_it(result) -> None:
    told = {}
    for lang in ("fr", "en"):
        picture = ElementTree.fromstring(whole(result, lang=lang, ink=Ink.LIGHT))
        told[lang] = " ".join(one.text or "" for one in picture.iter() if one.tag.endswith("}text"))
        assert picture.attrib["aria-label"]
    assert "bande" in told["fr"] or "friction" in told["fr"]
    assert "band" in told["en"] or "delight" in told["en"]
