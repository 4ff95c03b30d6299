"""The page of all moments as it is printed: ranked list, table, segments, what is left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.pictures.moments import is_disproportionate
from verite.sentences.dates import period
from verite.sentences.moments_drawn import with_names
from verite.sentences.numbers import number, share
from verite.sentences.ranges import range_digits
from verite.sentences.reading import how_to_read
from verite.sentences.say import say as say_result
from verite.web.evidence.address import evidence_url
from verite.web.language import language
from verite.web.moments.besides import (
    Chance,
    Difference,
    told_difference,
    told_followed,
    told_hazards,
    told_left_out,
    told_segments,
)
from verite.web.moments.headline import lede_of, title_of
from verite.web.moments.links import links_of
from verite.web.moments.signs import (
    UNSURE,
    Proof,
    Range,
    State,
    percent,
    ranks_told,
    shape_name,
    shape_of,
    state_of,
    told_proof,
    told_range,
    unit_of_points,
)
from verite.web.moments.wanted import Wanted
from verite.web.pictured import Drawn, drawn
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.asked import Window
from verite.words.estimate import Unit
from verite.words.moments import Moment, Moments

LISTED: Final = 8
QUOTED: Final = 3
LEFT_OUT_SHOWN: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One moment: in the ranked list and in the table."""

    name: str
    url: str
    rank: str
    ranks: str
    tied: str
    shape: str
    kind: str
    is_disproportionate: bool
    state: State
    told: str
    solidity: str
    points: Range
    unit: str
    aim: str
    importance: Range
    performance: Range
    penalty: Range
    reward: Range
    volume: str
    effect: str
    n: str
    interactions: str
    proof: Proof
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody says of a moment."""

    text: str
    name: str
    url: str
    count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentsPage:
    """Everything the page prints."""

    title: str
    finding: str
    reading: str
    picture: Drawn
    lines: tuple[Line, ...]
    first: tuple[Line, ...]
    lede: str
    source: str
    tested: str
    apart: tuple[Difference, ...]
    alike: tuple[Difference, ...]
    segments_told: str
    left_out: tuple[tuple[str, str, str], ...]
    hazards: tuple[Chance, ...]
    hazards_told: str
    words: tuple[Words, ...]


def told_moments(home: Home, moments: Moments, wanted: Wanted, names: Names) -> MomentsPage:
    """The whole page."""
    lang, shown = language(), with_names(moments, names.name)
    unit, digits = moments.study.unit, _digits(moments)
    lines = tuple(told_line(row, unit, wanted, names, digits) for row in moments.rows)
    return MomentsPage(
        title=title_of(moments),
        finding=say_result(shown, lang, home.settings.zone),
        reading=how_to_read(shown, lang),
        picture=drawn(shown, links_of(wanted, names)),
        lines=lines,
        first=_first(lines),
        lede=lede_of(moments, names),
        source=_source(home, moments),
        tested=told_tested(moments),
        apart=tuple(told_difference(x, wanted, names) for x in moments.segments if x.told_apart),
        alike=tuple(
            told_difference(x, wanted, names) for x in moments.segments if not x.told_apart
        ),
        segments_told=told_segments(moments),
        left_out=tuple(told_left_out(one, names) for one in moments.left_out[:LEFT_OUT_SHOWN]),
        hazards=told_hazards(moments.hazards, wanted, names),
        hazards_told=told_followed(moments.hazards),
        words=_words(moments, wanted, names),
    )


def _digits(moments: Moments) -> int | None:
    """As many decimals as the surest of the moments that matter can bear."""
    return max(
        (range_digits(row.stake) for row in moments.rows if row.matters and row.stake), default=None
    )


def _first(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Those told apart from chance; without any, the first three as they are."""
    sure = tuple(line for line in lines if line.shape != UNSURE)
    return sure[:LISTED] or lines[:3]


def told_line(
    row: Moment, unit: Unit, wanted: Wanted, names: Names, digits: int | None = None
) -> Line:
    """One moment, ready to be printed; its points with the decimals of the whole table."""
    lang = language()
    tied = ", ".join(names.name(key) for key in row.tied_with)
    return Line(
        name=names.name(row.touchpoint),
        url=wanted.url(row.touchpoint),
        rank=str(row.rank),
        ranks=ranks_told(row),
        tied=say("moments.tied", others=tied) if tied else "",
        shape=shape_of(row),
        kind=shape_name(row),
        is_disproportionate=is_disproportionate(row),
        state=state_of(row),
        told=say(
            "moments.weighs", volume=share(row.volume_share, lang, 1),
            effect=share(row.effect_share, lang),
        ),
        points=told_range(row.stake, digits),
        unit=unit_of_points(unit, row.stake.value) if row.stake else "",
        aim=say(f"moments.aim_{row.aim.value}") if row.stake else say("moments.no_stake"),
        importance=told_range(percent(row.importance), 1),
        performance=told_range(row.performance, 1),
        penalty=told_range(row.penalty, signed=True),
        reward=told_range(row.reward, signed=True),
        volume=share(row.volume_share, lang, 1),
        effect=share(row.effect_share, lang),
        n=number(row.n, lang),
        interactions=number(row.interactions, lang),
        solidity=say("moments.rung_short", number=str(row.solidity.rung.number)),
        proof=told_proof(row.solidity.rung),
        evidence=evidence_url(wanted.asked, touchpoint=row.touchpoint),
    )  # fmt: skip


def told_tested(moments: Moments) -> str:
    """How many touchpoints were tried, how many told apart, at what level of false findings."""
    tested, lang = moments.study.tested, language()
    return say(
        "moments.tested",
        count=tested.touchpoints,
        found=tested.found,
        level=share(tested.level, lang),
    )


def _source(home: Home, moments: Moments) -> str:
    lang, study = language(), moments.study
    r2 = told_range(moments.r2, 2)
    return say(
        "moments.source",
        window=_window(home, moments),
        n=number(moments.n, lang),
        people=number(moments.people, lang),
        r2=r2.value,
        r2_range=r2.bounds,
        method=say(f"moments.method_{study.method}"),
        days=str(study.before_days),
        version=number(moments.about.ledger_version, lang),
    )


def _window(home: Home, moments: Moments) -> str:
    window = moments.about.window
    if window is None:
        return say("filters.period_all")
    zone = ZoneInfo(home.settings.zone)
    there = Window(start=_there(window.start, zone), end=_there(window.end, zone))
    return period(there, language())


def _there(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone)


def _words(moments: Moments, wanted: Wanted, names: Names) -> tuple[Words, ...]:
    spoken = [row for row in moments.rows if row.quotes and row.matters][:QUOTED]
    return tuple(
        Words(
            text=row.quotes[0].text,
            name=names.name(row.touchpoint),
            url=wanted.url(row.touchpoint),
            count=say("moments.words_count", count=row.words),
        )
        for row in spoken
    )
