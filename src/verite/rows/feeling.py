"""Rows of the running feeling: its model card, and the table of ways to foretell."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, table
from verite.words.feeling import Bounded, FeelingCard, FeelingModel, Trial


@document.register
def _card(result: FeelingCard) -> dict[str, Json]:
    model = result.model
    return {
        "calibrated": model is not None and model.calibrated,
        "reason": result.reason,
        "fitted_at": result.fitted_at.isoformat() if result.fitted_at else None,
        "fitted_by": result.fitted_by or None,
        "model": None if model is None else _model(model),
        **about_keys(result.about),
    }


@table.register
def _card_table(result: FeelingCard) -> list[Row]:
    """One line per way to foretell: ours first, then the simpler ones."""
    if result.model is None:
        return []
    trial = result.model.trial
    ours: dict[str, Json] = {"way": "feeling", **_bounded(trial.auc)}
    return [
        {**ours, "gain": None, "gain_low": None, "gain_high": None, "beaten": None},
        *(
            {
                "way": rival.name,
                **_bounded(rival.auc),
                "gain": _round(rival.gain.value),
                "gain_low": _round(rival.gain.low),
                "gain_high": _round(rival.gain.high),
                "beaten": rival.is_beaten,
            }
            for rival in trial.rivals
        ),
    ]


def _model(model: FeelingModel) -> dict[str, Json]:
    return {
        "version": model.version,
        "outcome": model.asked.outcome.value,
        "days": model.asked.days,
        "window": {"since": model.window.start.isoformat(), "until": model.window.end.isoformat()},
        "as_of": model.as_of.isoformat(),
        "ledger_version": model.ledger_version,
        "people_version": model.people_version,
        "n": model.n,
        "people": model.people,
        "events": model.events,
        "left_otherwise": model.left_otherwise,
        "sampled": _round(model.sampled),
        "half_life": {**_bounded(model.half_life), "unit": "days"},
        "asymmetry": {**_bounded(model.asymmetry), "unit": "ratio"},
        "family": model.family,
        "families": [{"family": name, "loss": _round(loss)} for name, loss in model.families],
        "curve": [
            {"days": p.days, "loss": _round(p.loss), "cost": _round(p.cost)} for p in model.curve
        ],
        "touchpoints": [
            {"touchpoint": name or None, **_bounded(weight)} for name, weight in model.stays
        ],
        "coefficients": [
            {"feature": c.name, **_bounded(c.per_deviation), "deviation": _round(c.deviation)}
            for c in model.coefficients
        ],
        "trial": _trial(model.trial),
    }  # fmt: skip


def _trial(trial: Trial) -> dict[str, Json]:
    return {
        "window": {"since": trial.window.start.isoformat(), "until": trial.window.end.isoformat()},
        "n": trial.n,
        "people": trial.people,
        "events": trial.events,
        "auc": _bounded(trial.auc),
        "slope": _bounded(trial.slope),
        "intercept": _bounded(trial.intercept),
        "brier": _round(trial.brier),
        "brier_of_mean": _round(trial.brier_of_mean),
        "rivals": [
            {"way": rival.name, "auc": _bounded(rival.auc), "gain": _bounded(rival.gain),
             "beaten": rival.is_beaten}
            for rival in trial.rivals
        ],
        "bins": [
            {"foretold": _round(b.foretold), "came_true": _bounded(b.came_true), "n": b.n}
            for b in trial.bins
        ],
    }  # fmt: skip


def _bounded(found: Bounded) -> dict[str, Json]:
    return {
        "value": _round(found.value),
        "low": _round(found.low),
        "high": _round(found.high),
    }


def _round(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")
