"""A made-up law of identical experience: the numbers of the mock, for pictures and sentences."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from verite.words.asked import About, Window
from verite.words.control import (
    ChartKind,
    ControlChart,
    ControlPicture,
    ControlPoint,
    Funnel,
    FunnelBand,
    FunnelPoint,
    Rule,
    Side,
)
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.feeling import Bounded
from verite.words.identical import Alike, Cell, Decomposition, IdentityMap, Share
from verite.words.measured import Label

ABOUT = About(
    asked="identical", as_of=None, ledger_version=412,
    window=Window(start=datetime(2026, 10, 26, tzinfo=UTC), end=datetime(2026, 11, 23, tzinfo=UTC)),
)  # fmt: skip
MONDAY = datetime(2026, 5, 25, tzinfo=UTC)
# motive, channel, effect, half-width, n: four of them clearly different, as on the mock.
SQUARES = (
    ("information", "phone", 0.1, 0.2, 1240), ("information", "chat", -0.1, 0.2, 620),
    ("no_connection", "phone", -0.4, 0.2, 1980), ("no_connection", "chat", -1.1, 0.3, 742),
    ("no_connection", "app", 0.0, 0.9, 22), ("disputed_invoice", "email", -0.8, 0.2, 355),
    ("disputed_invoice", "store", 0.9, 0.3, 118), ("disputed_invoice", "app", 0.0, 0.5, 3),
    ("complaint", "email", -0.9, 0.3, 402), ("complaint", "phone", -0.3, 0.3, 488),
)  # fmt: skip
SHARES = (("channel", 0.46, 0.35, 0.56, 5), ("team", 0.31, 0.22, 0.41, 9),
          ("agent", 0.15, 0.09, 0.22, 64), ("week", 0.08, 0.03, 0.14, 26))  # fmt: skip
TEAM_GAPS = (.31, .29, .33, .32, .30, .35, .32, .28, .31, .34, .33, .30, .33, .29, .32, .31, .35,
             .33, .30, .33, .45, .43, .39, .37, .36, .35)  # fmt: skip


def figure(value: float, half: float, n: int, unit: Unit = Unit.SCORE) -> Estimate:
    """A figure as the small-n rule lets it through."""
    if n < 5:
        return Estimate(value=None, low=None, high=None, n=None, unit=unit, method="shrunk",
                        status=Status.HIDDEN)  # fmt: skip
    few = n < 30
    return Estimate(
        value=None if few else value, low=value - half, high=value + half, n=n, unit=unit,
        better=Better.HIGHER, method="shrunk", status=Status.FEW if few else Status.OK,
    )  # fmt: skip


def verdict(low: float, high: float, delta: float = 0.5) -> Alike:
    """Inside ±delta, outside, or across."""
    if -delta < low and high < delta:
        return Alike.IDENTICAL
    return Alike.DIFFERENT if low > delta or high < -delta else Alike.UNDECIDED


def made_map() -> IdentityMap:
    """Motives by channels."""
    cells = []
    for motive, channel, effect, half, n in SQUARES:
        found = figure(effect, half, n)
        by = (Label(dimension="motive", value=motive), Label(dimension="channel", value=channel))
        alike = verdict(effect - half, effect + half) if n >= 30 else None
        cells.append(Cell(by=by, effect=found, level=7.0 + effect, alike=alike))
    return IdentityMap(about=ABOUT, metric="csat", delta=0.5, rows="motive", cells=tuple(cells))


def made_shares() -> Decomposition:
    """Four dimensions."""
    nothing = Bounded(value=0.2, low=None, high=None)
    return Decomposition(about=ABOUT, shares=tuple(
        Share(dimension=name, share=Bounded(value=value, low=low, high=high), deviation=nothing,
              units=units)
        for name, value, low, high, units in SHARES
    ))  # fmt: skip


def made_chart() -> ControlPicture:
    """The deviation between teams over 26 weeks: two weeks outside (mean .317, limits .24-.39)."""
    points = []
    for place, value in enumerate(TEAM_GAPS):
        start = MONDAY + timedelta(weeks=place)
        out = value > 0.39
        points.append(ControlPoint(
            start=start, end=start + timedelta(weeks=1), label=start.date().isoformat(),
            estimate=figure(value, 0.05, 400), lower=0.24, upper=0.39,
            broken=(Rule.BEYOND_THREE,) if out else (), side=Side.HIGH if out else Side.INSIDE,
            smoothed=0.317, smoothed_lower=0.29, smoothed_upper=0.34,
        ))  # fmt: skip
    chart = ControlChart(
        by=(Label(dimension="team", value="nord"),), kind=ChartKind.XMR, points=tuple(points),
        mean=0.317, baseline=20,
    )  # fmt: skip
    return ControlPicture(
        about=ABOUT, metric="wifi", nps_kind=None, unit=Unit.SCORE, better=Better.LOWER,
        period="week", chart=chart,
    )  # fmt: skip


def made_funnel(units: int = 9) -> Funnel:
    """Teams around 60 %: one far below, one a little high."""
    points = []
    for place in range(units):
        n = 60 + 70 * place
        value, outer, inner = 60.0 + place % 3, Side.INSIDE, Side.INSIDE
        if place == 4:
            value, outer, inner = 41.0, Side.LOW, Side.LOW
        if place == 6:
            value, inner = 66.0, Side.HIGH
        half = 1500 / n**0.5 / 10
        points.append(FunnelPoint(
            by=(Label(dimension="team", value=f"équipe {place}"),),
            estimate=figure(value, 4.0, n, Unit.PERCENT), z=(value - 60) / half * 3,
            limits_95=(60 - half, 60 + half), limits_998=(60 - 1.5 * half, 60 + 1.5 * half),
            outside_95=inner, outside_998=outer,
        ))  # fmt: skip
    bands = tuple(
        FunnelBand(n=n, low_95=60 - 90 / n**0.5, high_95=60 + 90 / n**0.5,
                   low_998=60 - 150 / n**0.5, high_998=60 + 150 / n**0.5)
        for n in range(50, 700, 30)
    )  # fmt: skip
    return Funnel(
        about=ABOUT, metric="csat", nps_kind=None, unit=Unit.PERCENT, better=Better.HIGHER,
        dimension="team", centre=60.0, phi=0.9, tau=0.0, is_exact=True, points=tuple(points),
        bands=bands,
    )  # fmt: skip
