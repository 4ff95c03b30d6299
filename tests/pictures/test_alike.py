"""The pictures of identical experience: shape before colour, nothing collides, all is told."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from tests.made_alike import made_chart, made_funnel, made_map, made_shares

from verite.pictures import Ink, draw, draw_narrow
from verite.pictures.boxes import faults
from verite.pictures.links import NoLinks
from verite.words.identical import Alike, Cell
from verite.words.measured import Label

MADE = {"map": made_map, "shares": made_shares, "chart": made_chart, "funnel": made_funnel}
SVG = "{http://www.w3.org/2000/svg}"


class Opens(NoLinks):
    """Every figure leads somewhere."""

    def row(self, metric: str, by: tuple[Label, ...]) -> str | None:
        """The address of its answers."""
        return "/a?" + "&".join([metric, *(label.value for label in by)])


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", MADE)
def test_no_lettering_collides_or_leaves_its_picture(name: str, lang: str) -> None:
    for drawn in (draw(MADE[name](), lang=lang), draw_narrow(MADE[name](), lang=lang)):
        assert faults(drawn) == ()


@pytest.mark.parametrize("name", MADE)
def test_each_is_named_by_what_it_found_in_every_ink(name: str) -> None:
    for ink in Ink:
        picture = ElementTree.fromstring(draw(MADE[name](), lang="en", ink=ink))
        assert picture.attrib["aria-label"].endswith(".")


def test_a_verdict_is_told_by_its_sign_and_its_shape_before_any_colour() -> None:
    picture = ElementTree.fromstring(draw(made_map(), lang="en"))
    texts = ["".join(found.itertext()) for found in picture.iter(f"{SVG}text")]
    signs = {sign: sum(text.startswith(sign + " ") for text in texts) for sign in "=≠?"}
    assert signs == {"=": 2, "≠": 4, "?": 2}
    looks = [found.attrib["class"] for found in picture.iter(f"{SVG}rect")]
    assert {look: looks.count(look) for look in ("band", "boxf", "boxa", "boxh")} == {
        "band": 2, "boxf": 3, "boxa": 1, "boxh": 2,
    }  # fmt: skip


def test_few_answers_show_bounds_only_and_fewer_show_nothing() -> None:
    told = draw(made_map(), lang="en")
    assert "few answers, n\N{NARROW NO-BREAK SPACE}=\N{NARROW NO-BREAK SPACE}22" in told
    assert "=\N{NARROW NO-BREAK SPACE}3<" not in told


def test_every_square_with_a_figure_opens_its_answers() -> None:
    told = draw(made_map(), lang="en", links=Opens())
    assert told.count("<a href=") == 9
    assert 'href="/a?csat&amp;no_connection&amp;chat"' in told


def test_the_cascade_starts_each_bar_where_the_last_ended() -> None:
    picture = ElementTree.fromstring(draw(made_shares(), lang="en"))
    bars = [
        (float(bar.attrib["x"]), float(bar.attrib["width"])) for bar in picture.iter(f"{SVG}rect")
    ]
    ends = [left + wide for left, wide in bars]
    assert [left for left, _ in bars[1:]] == pytest.approx(ends[:-1], abs=0.2)
    total = ends[-1] - bars[0][0]
    assert bars[0][1] / total == pytest.approx(0.46, abs=0.005)


def test_weeks_outside_bear_the_mark_of_their_side_and_the_first_its_date() -> None:
    """On a gap, more is worse: the mark points down, in the colour of friction."""
    told = draw(made_chart(), lang="en").replace("\N{NO-BREAK SPACE}", " ")
    assert told.count('class="fri"') == 2
    assert ">12 Oct<" in told
    assert "outside the limits" in told


def test_a_unit_beyond_the_outer_limits_is_marked_and_named_in_bold() -> None:
    told = draw(made_funnel(), lang="en")
    assert told.count('class="fri"') == 1
    assert told.count('class="hollow"') == 1
    assert "équipe 4</text>" in told


def test_a_map_of_many_channels_keeps_the_fullest() -> None:
    """A wide map holds seven, a narrow one five; the table under it has them all."""
    made = made_map()
    many = tuple(
        replace(made.cells[0], by=(made.cells[0].by[0], Label(dimension="channel", value=f"c{k}")))
        for k in range(12)
    )
    dense = replace(made, cells=many)
    for drawn, most in ((draw(dense, lang="en"), 7), (draw_narrow(dense, lang="en"), 5)):
        assert drawn.count("<rect") == most
        assert faults(drawn) == ()


def test_nothing_to_draw_is_a_sentence() -> None:
    made = made_map()
    assert "No square" in draw(replace(made, cells=()), lang="en")
    assert "No dimension" in draw(replace(made_shares(), shares=()), lang="en")
    funnel = replace(made_funnel(), centre=None, bands=(), points=())
    assert "Not enough" in draw(funnel, lang="en")


def test_a_verdict_without_a_value_draws_no_ground() -> None:
    made = made_map()
    held: Cell = next(cell for cell in made.cells if cell.effect.value is None)
    alone = replace(made, cells=(replace(held, alike=Alike.UNDECIDED),))
    assert "<rect" not in draw(alone, lang="en")
