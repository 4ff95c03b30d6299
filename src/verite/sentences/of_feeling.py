"""Sentences of the running feeling: its model, its half-life, its calibration."""

from __future__ import annotations

from typing import Final

from verite.sentences.catalogue import Phrases
from verite.sentences.numbers import number
from verite.sentences.telling import listed
from verite.words.feeling import Bounded, Calibration, FeelingCard, FeelingModel, HalfLifeCurve

feeling_words: Final = Phrases("feelings")  # a text of the running feeling, filled


def say_feeling(card: FeelingCard, lang: str) -> str:
    """Whether the running feeling is calibrated, on what, and how good it is out of time."""
    model = card.model
    if model is None:
        return feeling_words("say.none", lang)
    fields = _fields(model, lang)
    if model.calibrated:
        return feeling_words("say.calibrated", lang, fields)
    rivals = model.reason.removeprefix("beaten_by:").split(",")
    named = [feeling_words(f"way.{rival}", lang).lower() for rival in rivals]
    return feeling_words("say.beaten", lang, {**fields, "rivals": listed(named, lang)})


def say_curve(curve: HalfLifeCurve, lang: str) -> str:
    """The half-life chosen, with its interval."""
    fields = {"half_life": plain(curve.half_life.value, lang, 0)}
    fields["range"] = bounds_of(curve.half_life, lang, 0)
    return feeling_words("say.curve", lang, fields)


def say_calibration(calibration: Calibration, lang: str) -> str:
    """The slope of what came true on what was foretold, with its interval."""
    trial, asked = calibration.trial, calibration.asked
    return feeling_words("say.calibration", lang, {
        "outcome": feeling_words(f"outcome.{asked.outcome.value}", lang), "days": str(asked.days),
        "slope": plain(trial.slope.value, lang, 2),
        "slope_range": bounds_of(trial.slope, lang, 2).strip(),
    })  # fmt: skip


def bounds_of(found: Bounded, lang: str, digits: int) -> str:
    """` [33 ; 52]`; an open bound is an ellipsis; empty when nothing is bounded.

    >>> bounds_of(Bounded(value=45.0, low=33.2, high=None), "en", 0)
    ' [33, …]'
    """
    if found.low is None and found.high is None:
        return ""
    low, high = (plain(bound, lang, digits) for bound in (found.low, found.high))
    return feeling_words("say.range", lang, {"low": low, "high": high})


def plain(value: float | None, lang: str, digits: int) -> str:
    """A number, or what stands for one that is open."""
    return feeling_words("say.open", lang) if value is None else number(value, lang, digits)


def _fields(model: FeelingModel, lang: str) -> dict[str, str]:
    return {
        "outcome": feeling_words(f"outcome.{model.asked.outcome.value}", lang),
        "days": str(model.asked.days),
        "half_life": plain(model.half_life.value, lang, 0),
        "range": bounds_of(model.half_life, lang, 0),
        "n": number(model.trial.n, lang),
        "auc": plain(model.trial.auc.value, lang, 2),
        "auc_range": bounds_of(model.trial.auc, lang, 2).strip(),
    }
