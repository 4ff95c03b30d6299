"""The page of one moment as it is printed: figures, words, segments, targets, what people said."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.records.current import current_alias
from verite.records.moments.records import history_of
from verite.sentences.dates import instant
from verite.sentences.moments_drawn import outcome_name, with_names
from verite.sentences.names import dimension_name
from verite.sentences.numbers import number, share
from verite.sentences.reading import how_to_read
from verite.sentences.telling import listed
from verite.web.asked import Choice
from verite.web.evidence.address import evidence_url
from verite.web.language import language
from verite.web.measure.kpis import Kpi, kpis_of
from verite.web.moments.besides import Difference, told_difference
from verite.web.moments.figures import Figure
from verite.web.moments.headline import lede_of_one, title_of_one
from verite.web.moments.levels import told_level
from verite.web.moments.listing import Line, told_line
from verite.web.moments.signs import Range, percent, told_range
from verite.web.moments.wanted import Wanted, assumption
from verite.web.pictured import Drawn, drawn
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.declared import Declaration, Stand
from verite.words.moments import Curve, Hazard, Lack, Moment, OneMoment, Quote, Recovery, Tipping


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A customer's or a colleague's words."""

    text: str
    where: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One version of what people said of the moment."""

    version: str
    stand: str
    reason: str
    by: str
    when: str
    stake: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentPage:
    """Everything the page prints."""

    line: Line
    path: str
    of: str  # the outcome that declarations are about
    outcome: str
    title: str
    finding: str
    reading: str
    picture: Drawn
    curve: str
    bins: tuple[tuple[str, str, str, str], ...]
    figures: tuple[Figure, ...]
    solidity: tuple[tuple[str, str], ...]
    grounds: tuple[str, ...]
    quotes: tuple[Said, ...]
    words: str
    is_spoken_of: bool
    all_words: str
    segments: tuple[Difference, ...]
    after: tuple[Figure, ...]
    kpis: tuple[Kpi, ...]
    owner: str
    touchpoint_url: str
    history: tuple[Saying, ...]
    stands: tuple[Choice, ...]


def told_moment(home: Home, found: OneMoment, wanted: Wanted, names: Names) -> MomentPage:
    """The whole page."""
    lang, row = language(), found.moment
    shown = with_names(found, names.name)
    return MomentPage(
        line=told_line(row, found.study.unit, wanted, names),
        path=wanted.path(row.touchpoint),
        of=found.outcome,
        outcome=outcome_name(found.outcome, lang),
        title=title_of_one(row, names.name(row.touchpoint)),
        finding=lede_of_one(row, found.outcome, found.study.unit),
        reading=how_to_read(shown, lang),
        picture=drawn(shown),
        curve=say(f"moments.curve_{row.curve.value}") if row.curve is not Curve.AGREES else "",
        bins=tuple(told_level(one) for one in found.bins),
        figures=_figures(row),
        solidity=_solidity(row),
        grounds=_grounds(row),
        quotes=tuple(_said(quote, home) for quote in row.quotes),
        words=say("moments.words_count", count=row.words),
        is_spoken_of=row.words > 0,
        all_words=f"{evidence_url(wanted.asked, touchpoint=row.touchpoint)}&texts=1",
        segments=tuple(told_difference(one, wanted, names) for one in found.segments),
        after=(*_recovery(found.recovery), *_tipping(found.tipping), *_hazard(found.hazard)),
        kpis=kpis_of(home, wanted.lately, names, row.touchpoint),
        owner=names.owner(row.touchpoint) or "",
        touchpoint_url=names.url(row.touchpoint, wanted.asked.query()),
        history=told_history(home, row.touchpoint, found.outcome),
        stands=_stands(row),
    )


def told_history(home: Home, touchpoint: str, outcome: str) -> tuple[Saying, ...]:
    """Every version of what people said, newest first."""
    said = history_of(touchpoint, outcome, using=current_alias())
    return tuple(_version(one, home) for one in said)


def _version(one: Declaration, home: Home) -> Saying:
    lang = language()
    stake = ""
    if one.stake is not None and one.stake.value is not None:
        shown = number(one.stake.value, lang, 1)
        version = number(one.stake.ledger_version, lang)
        stake = say("moments.stake_then", points=shown, version=version)
    stand = say(f"moments.stand_{one.stand.value}")
    if one.undoes is not None:
        stand = say("moments.took_back", version=str(one.undoes), stand=stand)
    return Saying(
        version=str(one.version),
        stand=stand,
        reason=one.reason,
        by=one.by,
        when=instant(one.at.astimezone(ZoneInfo(home.settings.zone)), lang),
        stake=stake,
    )


def _stands(row: Moment) -> tuple[Choice, ...]:
    """What may be said: a moment that lacks figures or words can only be refused."""
    lacking = any(lack is not Lack.REFUSED for lack in row.lacks)
    known = (Stand.REFUSED,) if lacking else (Stand.DECLARED, Stand.REFUSED)
    return tuple(
        Choice(value=stand.value, name=say(f"moments.say_{stand.value}"), is_chosen=place == 0)
        for place, stand in enumerate(known)
    )


def _figures(row: Moment) -> tuple[Figure, ...]:
    lang, weight = language(), told_range(percent(row.importance), 1)
    volume, effect = share(row.volume_share, lang, 1), share(row.effect_share, lang)
    told = (
        _figure("points", told_range(row.stake), say(f"moments.points_{row.aim.value}_told")),
        _figure("importance", weight, say("moments.importance_told")),
        _figure("bad_lived", told_range(row.penalty, signed=True), say("moments.penalty_told")),
        _figure("good_lived", told_range(row.reward, signed=True), say("moments.reward_told")),
        _figure("performance", told_range(row.performance, 1), say("moments.performance_told")),
        Figure(
            name=say("moments.disproportion"),
            value=say("moments.times", times=number(row.disproportion, lang, 1)),
            interval="",
            told=say("moments.disproportion_told", volume=volume, effect=effect),
        ),
        Figure(name=say("moments.answers"), value=number(row.n, lang), interval="",
               told=say("moments.answers_told", people=number(row.people, lang))),
    )  # fmt: skip
    return tuple(figure for figure in told if figure.value)


def _figure(key: str, found: Range, told: str) -> Figure:
    return Figure(name=say(f"moments.{key}"), value=found.value, interval=found.bounds, told=told)


def _solidity(row: Moment) -> tuple[tuple[str, str], ...]:
    lang, solid = language(), row.solidity
    told: list[tuple[str, str]] = []
    if solid.overlap is not None:
        told.append((say("moments.overlap"), share(solid.overlap, lang)))
    if solid.robustness is not None:
        told.append((say("moments.robustness"), share(solid.robustness, lang)))
    if solid.robustness_low is not None:
        told.append((say("moments.robustness_low"), share(solid.robustness_low, lang)))
    return tuple(told)


def _grounds(row: Moment) -> tuple[str, ...]:
    """What was held alike in every comparison, and what somebody is ready to assume."""
    lang, solid = language(), row.solidity
    told = []
    if solid.adjusted_for:
        held = listed([_held(name) for name in solid.adjusted_for], lang)
        told.append(say("moments.held", names=held))
    if solid.assumptions:
        said = [assumption(code) for code in solid.assumptions]
        told.append(say("moments.assumed", names=listed(said, lang)))
    return tuple(told)


def _held(name: str) -> str:
    """What was held alike in every comparison."""
    if name.startswith("segment."):
        return dimension_name(name, language())
    if name in {"other_touchpoints", "month", "asked_about"}:
        return say(f"moments.held_{name}")
    return name.replace("_", " ")


def _said(quote: Quote, home: Home) -> Said:
    lang = language()
    where = say("moments.from_staff") if quote.is_staff else ""
    if not where and quote.score is not None:
        where = say("moments.scored", score=number(quote.score, lang))
    when = instant(quote.at.astimezone(ZoneInfo(home.settings.zone)), lang)
    return Said(text=quote.text, where=where, when=when)


def _recovery(found: Recovery | None) -> tuple[Figure, ...]:
    if found is None:
        return ()
    lang = language()
    made_up = told_range(found.difference, signed=True)
    recovered, lost = told_range(found.recovered), told_range(found.not_recovered)
    return (
        Figure(
            name=say("moments.recovery"),
            value=made_up.value,
            interval=made_up.bounds,
            told=say(
                "moments.recovery_told", recovered=f"{recovered.value} {recovered.bounds}",
                n=number(found.n_recovered, lang), lost=f"{lost.value} {lost.bounds}",
                n_lost=number(found.n_not, lang),
            ),
        ),
    )  # fmt: skip


def _tipping(found: Tipping | None) -> tuple[Figure, ...]:
    if found is None:
        return ()
    lang, ratio = language(), told_range(found.ratio)
    key = "apart" if found.told_apart else "alike"
    told = say("moments.tipping_few")
    if found.share_tipped is not None and found.share_stayed is not None:
        tipped, stayed = share(found.share_tipped, lang), share(found.share_stayed, lang)
        told = say("moments.tipping_shares", tipped=tipped, stayed=stayed)
    tested = say(f"moments.tipping_{key}", count=found.tested)
    return (
        Figure(
            name=say("moments.tipping"),
            value=say("moments.times", times=ratio.value),
            interval=ratio.bounds,
            told=f"{told} {tested}",
        ),
    )


def _hazard(found: Hazard | None) -> tuple[Figure, ...]:
    if found is None:
        return ()
    met, point = told_range(found.met, 2), told_range(found.per_point, 2)
    told = say("moments.hazard_told", per_point=f"{point.value} {point.bounds}")
    value = say("moments.times", times=met.value)
    return (Figure(name=say("moments.hazard"), value=value, interval=met.bounds, told=told),)
