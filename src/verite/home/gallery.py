"""The pictures of a home, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verite.words.errors import WrongUse

if TYPE_CHECKING:
    from verite.home.home import Home

NAMES = (
    "journey", "transitions", "scores", "targets", "trend.METRIC", "customer.ID",
    "moments.OUTCOME", "moment.TOUCHPOINT",
)  # fmt: skip


def draw_named(home: Home, name: str, *, lang: str, dark: bool) -> str:
    """The SVG of a picture; `trend.nps` is the trend of the NPS, `customer.ID` a story."""
    if name.startswith("trend."):
        return home.trend(name.removeprefix("trend.")).picture(lang, dark=dark)
    if name.startswith("customer."):
        return home.customer(name.removeprefix("customer.")).picture(lang, dark=dark)
    if name.startswith("moments."):
        return home.moments(outcome=name.removeprefix("moments.")).picture(lang, dark=dark)
    if name.startswith("moment."):
        return home.moment(name.removeprefix("moment.")).picture(lang, dark=dark)
    if name == "journey":
        return home.journey().picture(lang, dark=dark)
    if name == "transitions":
        return _transitions(home, lang, dark=dark)
    if name == "scores":
        return home.measure("csat_mean", by=("touchpoint",)).picture(lang, dark=dark)
    if name == "targets":
        return home.targets().picture(lang, dark=dark)
    raise WrongUse("unknown_picture", fields={"picture": name, "known": ", ".join(NAMES)})


def _transitions(home: Home, lang: str, *, dark: bool) -> str:
    from verite.pictures import Ink, draw

    design = next(iter(home.designs()), None)
    ink = Ink.DARK if dark else Ink.LIGHT
    return draw(home.map().result, lang=lang, ink=ink, design=design)
