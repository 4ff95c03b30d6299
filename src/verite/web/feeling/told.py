"""The model card as it is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from verite.home import Home
from verite.records.measure.fits import FitRecord, FitState
from verite.sentences.dates import instant, period
from verite.sentences.explain import explain_note
from verite.sentences.numbers import number, share
from verite.sentences.of_feeling import bounds_of, feeling_words, plain
from verite.web.asked import Choice
from verite.web.language import language
from verite.web.pictured import Drawn, drawn
from verite.web.touchpoints.naming import Names, names_of
from verite.web.wording import say
from verite.words.asked import Window
from verite.words.feeling import (
    Bounded,
    Calibration,
    FeelingAsked,
    FeelingCard,
    FeelingModel,
    FeelingOutcome,
    HalfLifeCurve,
)

DAYS = (7, 14, 30, 60, 90)


def told_needs(home: Home) -> str:
    """What a first fit takes, beside how many people are here."""
    from verite.measure.feeling.material import EVENTS_LEAST, EVENTS_LEAST_PROVED

    people = home.status().result.people
    return say("feeling.none_needs", events=EVENTS_LEAST, proved=EVENTS_LEAST_PROVED, people=people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A name, a number and its interval; `told` says what to make of it."""

    name: str
    value: str
    interval: str
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldModel:
    """A fitted model, ready to be printed."""

    facts: tuple[tuple[str, str], ...]
    laws: tuple[Line, ...]
    ways: tuple[Line, ...]
    gains: tuple[Line, ...]
    proof: tuple[Line, ...]
    trial: str
    calibration: Drawn
    curve: Drawn
    losses: tuple[tuple[str, str, str], ...]
    bins: tuple[tuple[str, str, str, str], ...]
    stays: tuple[Line, ...]
    coefficients: tuple[Line, ...]
    families: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFit:
    """A fit under way or come to nothing."""

    is_running: bool
    told: str
    percent: int
    fault: str


def told_model(home: Home, card: FeelingCard) -> ToldModel | None:
    """Everything the card prints; nothing without a model."""
    model = card.model
    if model is None:
        return None
    lang, trial = language(), model.trial
    ways = [("feeling", trial.auc), *((rival.name, rival.auc) for rival in trial.rivals)]
    curve = HalfLifeCurve(about=card.about, half_life=model.half_life, points=model.curve)
    calibration = Calibration(about=card.about, asked=model.asked, trial=trial)
    zone = ZoneInfo(home.settings.zone)
    return ToldModel(
        facts=_facts(card, model, zone),
        laws=_laws(model),
        ways=tuple(_line(feeling_words(f"way.{name}", lang), auc, 2) for name, auc in ways),
        gains=_gains(model),
        proof=_proof(model),
        trial=say(
            "feeling.trial_sub",
            window=period(_there(trial.window, zone), lang),
            n=number(trial.n, lang),
            people=number(trial.people, lang),
            events=number(trial.events, lang),
        ),
        calibration=drawn(calibration),
        curve=drawn(curve),
        losses=_losses(model),
        bins=_bins(model),
        stays=_stays(model, names_of(home)),
        coefficients=tuple(
            _line(feeling_words(f"feature.{c.name}", lang), c.per_deviation, 3)
            for c in model.coefficients
        ),
        families=tuple(
            (feeling_words(f"family.{name}", lang), number(loss, lang, 5), name == model.family)
            for name, loss in model.families
        ),
    )


def _gains(model: FeelingModel) -> tuple[Line, ...]:
    lang = language()
    return tuple(
        _line(
            feeling_words(f"way.{rival.name}", lang),
            rival.gain,
            3,
            say("feeling.beaten") if rival.is_beaten else say("feeling.not_beaten"),
        )
        for rival in model.trial.rivals
    )


def _losses(model: FeelingModel) -> tuple[tuple[str, str, str], ...]:
    lang = language()
    return tuple(
        (number(p.days, lang), number(p.loss, lang, 5), number(p.cost, lang, 1))
        for p in model.curve
    )


def told_fit(fit: FitRecord | None) -> ToldFit | None:
    """How far the last fit is, or why it came to nothing; nothing when it ended well."""
    if fit is None or fit.state is FitState.DONE:
        return None
    lang = language()
    asked = _asked(fit.asked)
    if fit.state is FitState.RUNNING:
        percent = min(95, 100 * fit.done // fit.total) if fit.total else 0
        told = say("feeling.running", asked=asked)
        return ToldFit(is_running=True, told=told, percent=percent, fault="")
    broke = fit.error in {"broken", "interrupted"}
    fault = say("feeling.broke") if broke else explain_note(fit.error, lang)
    return ToldFit(is_running=False, told=say("feeling.failed", asked=asked), percent=0,
                   fault=fault)  # fmt: skip


def told_choices(model: FeelingModel | None) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """The outcomes and the days that a fit may take; those of the model in use are chosen."""
    asked = model.asked if model is not None else FeelingAsked()
    lang = language()
    outcomes = tuple(
        Choice(
            value=outcome.value,
            name=feeling_words(f"outcome.{outcome.value}", lang),
            is_chosen=outcome is asked.outcome,
        )
        for outcome in FeelingOutcome
    )
    days = tuple(
        Choice(value=str(n), name=say("feeling.days", days=str(n)), is_chosen=n == asked.days)
        for n in sorted({*DAYS, asked.days})
    )
    return outcomes, days


def _asked(asked: FeelingAsked) -> str:
    outcome = feeling_words(f"outcome.{asked.outcome.value}", language())
    return say("feeling.asked", outcome=outcome, days=str(asked.days))


def _facts(card: FeelingCard, model: FeelingModel, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    lang = language()
    fitted = _when(card.fitted_at, zone)
    facts = [
        (say("feeling.outcome"), _asked(model.asked)),
        (say("feeling.window"), period(_there(model.window, zone), lang)),
        (say("feeling.n"), number(model.n, lang)),
        (say("feeling.people"), number(model.people, lang)),
        (say("feeling.events"), number(model.events, lang)),
        (say("feeling.left_otherwise"), number(model.left_otherwise, lang)),
        (say("feeling.fitted"), say("feeling.fitted_by", when=fitted, who=card.fitted_by)),
        (say("feeling.version"), model.version),
        (say("feeling.ledger"), number(model.ledger_version, lang)),
    ]
    if model.sampled < 1:
        facts.insert(6, (say("feeling.sampled"), share(model.sampled, lang)))
    return tuple(facts)


def _laws(model: FeelingModel) -> tuple[Line, ...]:
    unknown = say("feeling.asymmetry_unknown") if model.asymmetry.value is None else ""
    return (
        _line(say("feeling.half_life"), model.half_life, 0),
        _line(say("feeling.asymmetry"), model.asymmetry, 1, unknown),
    )


def _proof(model: FeelingModel) -> tuple[Line, ...]:
    trial, lang = model.trial, language()
    brier = say("feeling.brier_told", mean=number(trial.brier_of_mean, lang, 4))
    return (
        _line(say("feeling.slope"), trial.slope, 2, say("feeling.slope_told")),
        _line(say("feeling.intercept"), trial.intercept, 2, say("feeling.intercept_told")),
        Line(name=say("feeling.brier"), value=number(trial.brier, lang, 4), interval="",
             told=brier),
    )  # fmt: skip


def _bins(model: FeelingModel) -> tuple[tuple[str, str, str, str], ...]:
    lang = language()
    return tuple(
        (
            share(b.foretold, lang, 1),
            share(b.came_true.value or 0.0, lang, 1),
            _shares(b.came_true),
            number(b.n, lang),
        )
        for b in model.trial.bins
    )


def _stays(model: FeelingModel, names: Names) -> tuple[Line, ...]:
    """What stays of each touchpoint, the most first."""
    special = {"": say("feeling.no_touchpoint"), "*": say("feeling.other_touchpoints")}
    ordered = sorted(model.stays, key=lambda item: -(item[1].value or 0.0))
    return tuple(
        _line(special[name] if name in special else names.name(name), weight, 1)
        for name, weight in ordered
    )


def _shares(found: Bounded) -> str:
    lang = language()
    if found.low is None or found.high is None:
        return ""
    low, high = share(found.low, lang, 1), share(found.high, lang, 1)
    return feeling_words("say.range", lang, {"low": low, "high": high}).strip()


def _line(name: str, found: Bounded, digits: int, told: str = "") -> Line:
    lang = language()
    return Line(
        name=name,
        value=plain(found.value, lang, digits),
        interval=bounds_of(found, lang, digits).strip(),
        told=told,
    )


def _there(window: Window, zone: ZoneInfo) -> Window:
    return Window(start=window.start.astimezone(zone), end=window.end.astimezone(zone))


def _when(at: datetime | None, zone: ZoneInfo) -> str:
    return "" if at is None else instant(at.astimezone(zone), language())
