"""Scores, targets, changes, trends, passages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from verite.pictures import Ink, draw, draw_narrow, draw_spark
from verite.pictures.axes import ticks
from verite.pictures.boxes import faults
from verite.pictures.passages import forward_order
from verite.words.asked import About
from verite.words.errors import WrongUse
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.journey import Edge
from verite.words.measured import (
    Change,
    Changes,
    Label,
    Measured,
    MeasuredRow,
    Signal,
    TargetRow,
    Targets,
    TargetStatus,
    Trend,
    TrendPoint,
)

ABOUT = About(asked="measure", as_of=None, ledger_version=1)
SVG = "{http://www.w3.org/2000/svg}"
NAMES = ("phone", "store", "chat", "review", "Centre de relation client externalisé de Bourges")
UNITS = list(Unit)
SIZES = (900, 9, 2)


def figure(value: float, half: float, unit: Unit = Unit.NPS, n: int = 900) -> Estimate:
    if n < 5:
        return Estimate(
            value=None, low=None, high=None, n=None, unit=unit, method="m", status=Status.HIDDEN
        )
    return Estimate(
        value=value if n >= 30 else None, low=value - half, high=value + half, n=n, unit=unit,
        method="m", status=Status.OK if n >= 30 else Status.FEW, better=Better.HIGHER,
    )  # fmt: skip


def measured(unit: Unit) -> Measured:
    rows = tuple(
        MeasuredRow(
            metric="csat", by=(Label(dimension="channel", value=name),),
            estimate=figure(0.1 + 0.1 * i, 0.04, unit, n=(900, 14, 3)[i % 3]),
        )
        for i, name in enumerate(NAMES)
    )  # fmt: skip
    return Measured(about=ABOUT, rows=rows)


def targets() -> Targets:
    return Targets(about=ABOUT, rows=tuple(
        TargetRow(
            touchpoint=name, metric="fcr", now=figure(60 + 9 * i, 4, Unit.PERCENT, n=SIZES[i % 3]),
            target=75, gap=None, better=Better.HIGHER, trend=None, status=list(TargetStatus)[i % 4],
        )
        for i, name in enumerate((None, *NAMES))
    ))  # fmt: skip


def changes() -> Changes:
    return Changes(about=ABOUT, rows=tuple(
        Change(
            metric="resolution", by=(), before=figure(900, 60, unit), after=figure(960, 60, unit),
            difference=figure(60, half, unit), told_apart=True,
        )
        for unit in UNITS for half in (20, 90)
    ))  # fmt: skip


def trend(values: list[float | None], *, signals: dict[int, Signal] | None = None) -> Trend:
    start = datetime(2026, 8, 3, tzinfo=UTC)
    points = tuple(
        TrendPoint(
            start=start + timedelta(weeks=i), end=start + timedelta(weeks=i + 1),
            estimate=figure(20, 9, n=14 if i % 2 else 3) if value is None else figure(value, 4),
            signal=(signals or {}).get(i, Signal.INSIDE),
        )
        for i, value in enumerate(values)
    )  # fmt: skip
    return Trend(
        about=ABOUT, metric="nps", unit=Unit.NPS, better=Better.HIGHER, points=points, mean=20,
        lower=15, upper=25, baseline_points=12,
    )  # fmt: skip


TRENDS = [
    trend([20, 22, 19, 21] * 4),
    trend([20, None, None, 21, 27, 12, 20, 30] * 3, signals={4: Signal.ABOVE, 5: Signal.BELOW}),
    trend([20]),
    trend([None, None]),
    trend([]),
]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("pen", [draw, draw_narrow])
@pytest.mark.parametrize(
    "result", [*(measured(unit) for unit in UNITS), targets(), changes(), *TRENDS]
)
def test_no_text_covers_another_or_leaves_the_frame(result, pen, lang):
    assert faults(pen(result, lang=lang)) == ()


def titles(picture: str) -> str:
    return " ".join(t.text or "" for t in ElementTree.fromstring(picture).iter(f"{SVG}title"))


def test_a_hidden_group_has_words_and_no_mark():
    row = MeasuredRow(metric="nps", by=(), estimate=figure(20, 3, n=2))
    picture = draw(Measured(about=ABOUT, rows=(row,)))
    assert "masqué" in picture
    assert "circle" not in picture


def test_a_small_group_has_bounds_and_a_dotted_mark():
    row = MeasuredRow(metric="nps", by=(), estimate=figure(20, 9, n=14))
    picture = draw(Measured(about=ABOUT, rows=(row,)))
    assert 'class="few"' in picture
    assert 'class="cibar"' in picture


def test_only_a_reached_target_is_coloured():
    assert draw(targets()).count('class="acc"') == sum(
        row.status is TargetStatus.REACHED for row in targets().rows
    )
    assert 'class="fri"' not in draw(targets())


def test_a_change_that_its_interval_denies_bears_no_colour():
    denied = Change(
        metric="nps", by=(), before=figure(20, 3), after=figure(24, 3),
        difference=figure(4, 6), told_apart=True,
    )  # fmt: skip
    picture = draw(Changes(about=ABOUT, rows=(denied,)))
    assert 'class="acc"' not in picture
    assert 'class="fri"' not in picture


def test_a_point_outside_on_the_bad_side_is_friction_and_dated():
    picture = draw(trend([20] * 6 + [9], signals={6: Signal.BELOW}))
    assert 'class="fri"' in picture
    assert "14\u00a0sept. 2026\u202f: sous la limite" in picture


def test_a_period_without_a_value_is_bridged_by_dashes():
    picture = draw(trend([20, 21, None, 22, 20]))
    assert picture.count('class="ln"') == 2


def test_more_rows_than_a_picture_bears_are_counted():
    rows = tuple(
        MeasuredRow(metric="csat", by=(Label(dimension="team", value=f"t{i}"),),
                    estimate=figure(50, 3, Unit.PERCENT))
        for i in range(47)
    )  # fmt: skip
    assert "7\u00a0lignes" in draw(Measured(about=ABOUT, rows=rows))


def test_a_sparkline_has_no_text():
    picture = draw_spark(TRENDS[1], ink=Ink.PAGE)
    assert "<text" not in picture
    assert 'class="pic spark"' in picture


def edge(source: str, target: str, count: int) -> Edge:
    return Edge(
        source=source, target=target, count=count, cases=count, median_gap_s=60, p90_gap_s=90,
        switches=0,
    )  # fmt: skip


def test_passages_are_ordered_so_that_most_go_onward():
    edges = [edge("a", "b", 9), edge("b", "c", 9), edge("c", "a", 1)]
    assert forward_order(["c", "b", "a"], edges) == ("a", "b", "c")


@pytest.mark.parametrize("pen", [draw, draw_narrow])
def test_passages_stay_legible_with_forty_touchpoints(pen, dense):
    assert faults(pen(dense.lived)) == ()


def test_passages_say_how_much_they_show(clairvoie):
    assert "12 points de contact sur 30" in draw(clairvoie.lived).replace("\u00a0", " ")


def test_no_passage_is_said(clairvoie):
    from dataclasses import replace

    alone = replace(clairvoie.lived, edges=())
    assert "Aucun passage" in draw(alone)
    assert "Aucun passage" in draw_narrow(alone)


def test_ticks_are_round():
    assert ticks(-0.38, 0.31) == (-0.4, -0.2, 0.0, 0.2, 0.4)


def test_what_has_no_picture_says_so():
    from verite.words.heard import Heard

    heard = Heard(
        about=ABOUT, read=1, kept=1, duplicates=0, quarantined=0, sources=(), quarantine=()
    )
    with pytest.raises(WrongUse):
        draw(heard)


@pytest.mark.parametrize("pen", [draw, draw_narrow])
def test_passages_go_by_their_designed_names(pen, clairvoie):
    picture = pen(clairvoie.lived, design=clairvoie.design)
    assert "Recherche web" in picture
    assert faults(picture) == ()
