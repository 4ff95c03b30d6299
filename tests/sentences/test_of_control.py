"""What charts, funnels and the identity map say, in both languages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.made_alike import ABOUT, made_chart, made_funnel, made_map, made_shares

from verite.sentences.reading import how_to_read
from verite.sentences.say import say
from verite.words.control import Controls, Rule, Side
from verite.words.estimate import Better, Unit


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_the_map_says_how_many_squares_differ_and_which_most() -> None:
    assert plain(say(made_map(), "en")).startswith(
        "4 squares are clearly different of 8 squares: no connection by chat (−1.1)"
    )
    assert "4 cases franchement différentes sur 8 cases" in plain(say(made_map(), "fr"))


def test_the_shares_are_told_with_their_intervals_largest_first() -> None:
    told = plain(say(made_shares(), "en"))
    assert told.startswith("Share of each dimension in the gaps: channel 46% [35, 56], team 31%")


def test_a_chart_says_since_when_and_how_far() -> None:
    told = plain(say(made_chart(), "en"))
    assert "outside its ordinary variation from 12 Oct 2026" in told
    assert "0.45 at the furthest" in told


def test_a_chart_within_its_limits_says_so() -> None:
    made = made_chart()
    points = tuple(replace(one, broken=(), side=Side.INSIDE) for one in made.chart.points)
    quiet = replace(made, chart=replace(made.chart, points=points))
    assert "within its ordinary variation" in say(quiet, "en")


def test_a_run_and_a_drift_are_told_apart_from_a_point_outside() -> None:
    made = made_chart()
    last = made.chart.points[-1]
    run = replace(last, broken=(Rule.EIGHT_ON_A_SIDE,), side=Side.HIGH)
    drift = replace(last, broken=(), side=Side.HIGH, smoothed=0.36)
    quiet = tuple(replace(one, broken=(), side=Side.INSIDE) for one in made.chart.points[:-1])
    for point, said in ((run, "eight periods running"), (drift, "has been drifting")):
        shown = replace(made, chart=replace(made.chart, points=(*quiet, point)))
        assert said in say(shown, "en")


def test_a_funnel_names_who_stands_apart_and_says_how_its_limits_are_made() -> None:
    told = plain(say(made_funnel(), "en"))
    assert told == "CSAT by team: équipe 4 is below (41%), beyond chance."
    assert "Exact binomial limits" in how_to_read(made_funnel(), "en")
    wide = replace(made_funnel(), phi=4.0, tau=6.0, is_exact=False)
    assert "widened" in how_to_read(wide, "en")
    assert "usual spread" in say(wide, "en")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_charts_of_a_dimension_are_summed_up_in_one_sentence(lang: str) -> None:
    made = made_chart()
    controls = Controls(
        about=ABOUT, metric="csat", nps_kind=None, unit=Unit.PERCENT, better=Better.HIGHER,
        dimension="team", period="week", rules=(), charts=(made.chart,),
        tested=18, by_chance=3.0,
    )  # fmt: skip
    assert "nord" in say(controls, lang)
    assert "18" in say(controls, lang)  # and how many chance alone would make signal
    assert {"fr": "environ 3", "en": "about 3"}[lang] in say(controls, lang)
    assert say(replace(controls, charts=()), lang) != say(controls, lang)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_here_speaks_of_causes(lang: str) -> None:
    for made in (made_map(), made_shares(), made_chart(), made_funnel()):
        said = f"{say(made, lang)} {how_to_read(made, lang)}".lower()
        assert "cause" not in said


def test_a_funnel_whose_limits_hold_nearly_everything_says_that_it_tells_nothing() -> None:
    """Limits of 2 to 98 %: that no team stands outside is no finding."""
    made = made_funnel()
    points = tuple(
        replace(one, limits_998=(2.0, 98.0), outside_998=Side.INSIDE) if one.limits_998 else one
        for one in made.points
    )
    told = plain(say(replace(made, points=points, tau=24.0, phi=30.0, is_exact=False), "en"))
    assert "the funnel can point at none" in told
    assert "24" in told
    assert "stands apart" not in told


def test_values_without_a_chart_are_counted() -> None:
    chart = made_chart()
    found = Controls(
        about=ABOUT, metric="csat", nps_kind=None, unit=Unit.PERCENT, better=Better.HIGHER,
        dimension="team", period="week", rules=(), charts=(chart.chart,),
        left_out=tuple(f"t{k}" for k in range(13)), tested=1, by_chance=1 / 6,
    )  # fmt: skip
    assert plain(say(found, "en")).endswith(
        "Without a chart (too few answers, or one agent alone): 13 values."
    )
    assert plain(say(found, "fr")).endswith(
        "(trop peu de réponses, ou un seul conseiller) : 13 valeurs."
    )
