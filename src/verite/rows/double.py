"""Rows of the effect of a moment by double machine learning."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, table
from verite.words.double import DoubleEffect, NegativeControl
from verite.words.turns import Ranged


@document.register
def _double(result: DoubleEffect) -> dict[str, Json]:
    return {
        **_flat(result),
        "imbalance": {
            "worst": result.balance.worst, "before": _round(result.balance.before),
            "after": _round(result.balance.after),
        },
        "control": None if result.control is None else _control(result.control),
        "adjusted_for": list(result.adjusted_for),
        "assumptions": list(result.asked.assume),
        "withheld": [why.value for why in result.withheld],
        "foretold": {
            "outcome": _round(result.outcome_told), "exposure": _round(result.exposure_told),
        },
        "method": "double_machine_learning", "model": "partially_linear",
        "folds": result.folds, "splits": result.splits,
        "before_days": result.asked.before_days,
        **about_keys(result.about),
    }  # fmt: skip


@table.register
def _double_table(result: DoubleEffect) -> list[Row]:
    """One line: the effect and what it rests on."""
    return [_flat(result)]


def _flat(result: DoubleEffect) -> dict[str, Json]:
    return {
        "touchpoint": result.touchpoint,
        "outcome": result.outcome,
        "side": result.side.value,
        "against": result.against.value,
        **_ranged(result.effect),
        "unit": result.unit.value,
        "n": result.n,
        "people": result.people,
        "exposed": result.exposed,
        "exposed_people": result.exposed_people,
        "trimmed": result.trimmed,
        "overlap": _round(result.overlap),
        "within": _round(result.within),
        "robustness": _round(result.robustness),
        "robustness_low": _round(result.robustness_low),
        "rung": result.rung.value,
    }


def _control(found: NegativeControl) -> Json:
    return {
        **_ranged(found.effect), "n": found.n, "people": found.people, "exposed": found.exposed,
        "near": found.near.value,
    }  # fmt: skip


def _ranged(found: Ranged) -> dict[str, Json]:
    return {"value": _round(found.value), "low": _round(found.low), "high": _round(found.high)}


def _round(value: float) -> float:
    return float(f"{value:.10g}")
