"""Rows of the moments of truth."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, table
from verite.words.estimate import Estimate
from verite.words.moments import (
    Hazard,
    LeftOut,
    Moment,
    Moments,
    OneMoment,
    Quote,
    Ranged,
    Recovery,
    SegmentEffect,
    Solidity,
    Study,
    Tipping,
)


@document.register
def _moments(result: Moments) -> dict[str, Json]:
    hazards = result.hazards
    return {
        "outcome": result.outcome,
        "n": result.n,
        "people": result.people,
        "r2": _round(result.r2.value),
        "r2_low": _round(result.r2.low),
        "r2_high": _round(result.r2.high),
        "rung": result.rung.value,
        "declared": [row.touchpoint for row in result.declared],
        "rows": [_row(row) for row in result.rows],
        "left_out": [_left(left) for left in result.left_out],
        "segments": [_segment(effect) for effect in result.segments],
        "hazards": None if hazards is None else {
            "people": hazards.people, "events": hazards.events, "lag_days": hazards.lag_days,
            "concordance": _round(hazards.concordance),
            "rows": [_hazard(row) for row in hazards.rows],
        },
        **_study(result.study),
        **about_keys(result.about),
    }  # fmt: skip


@table.register
def _moments_table(result: Moments) -> list[Row]:
    """One line per touchpoint, without its words."""
    return [_flat(row) for row in result.rows]


@document.register
def _one(result: OneMoment) -> dict[str, Json]:
    return {
        "outcome": result.outcome,
        "n": result.n,
        "moment": _row(result.moment),
        "curve": [
            {"experience": _round(point.experience), **_ranged(point.outcome)}
            for point in result.curve
        ],
        "bins": [
            {"low": one.low, "high": one.high, "n": one.mean.n, "status": one.mean.status.value,
             "mean": None if one.mean.low is None else _mean(one.mean)}
            for one in result.bins
        ],
        "segments": [_segment(effect) for effect in result.segments],
        "recovery": None if result.recovery is None else _recovery(result.recovery),
        "tipping": None if result.tipping is None else _tipping(result.tipping),
        "hazard": None if result.hazard is None else _hazard(result.hazard),
        **_study(result.study),
        **about_keys(result.about),
    }  # fmt: skip


@table.register
def _one_table(result: OneMoment) -> list[Row]:
    return [_flat(result.moment)]


def _row(row: Moment) -> dict[str, Json]:
    return {
        **_flat(row),
        "points": {**_ranged(row.points), "aim": row.aim.value},
        "quotes": [_quote(quote) for quote in row.quotes],
        "tied_with": list(row.tied_with),
        "lacks": [lack.value for lack in row.lacks],
        "decision": None if row.decision is None else {
            "declared": row.decision.declared, "reason": row.decision.reason,
            "by": row.decision.by, "at": row.decision.at.isoformat(),
        },
        "solidity": _solidity(row.solidity),
    }  # fmt: skip


def _flat(row: Moment) -> dict[str, Json]:
    """The figures of a moment, one key each."""
    return {
        "touchpoint": row.touchpoint,
        "segment": None if row.segment is None else f"{row.segment.dimension}={row.segment.value}",
        "importance": _round(row.importance.value),
        "low": _round(row.importance.low),
        "high": _round(row.importance.high),
        "rank": row.rank,
        "rank_low": row.rank_low,
        "rank_high": row.rank_high,
        **_named("performance", row.performance),
        **_named("penalty", row.penalty),
        **_named("reward", row.reward),
        **_named("points", row.points),
        "aim": row.aim.value,
        "kind": row.kind.value,
        "curve": row.curve.value,
        "volume_share": _round(row.volume_share),
        "effect_share": _round(row.effect_share),
        "disproportion": _round(row.disproportion),
        "n": row.n,
        "people": row.people,
        "interactions": row.interactions,
        "p": _round(row.p),
        "matters": row.matters,
        "words": row.words,
        "rung": row.solidity.rung.value,
        "declared": row.declared,
    }


def _named(name: str, found: Ranged | None) -> dict[str, Json]:
    if found is None:
        return {name: None}
    return {
        name: _round(found.value),
        f"{name}_low": _round(found.low),
        f"{name}_high": _round(found.high),
    }


def _mean(found: Estimate) -> dict[str, Json]:
    return {"value": _round(found.value), "low": _round(found.low), "high": _round(found.high)}


def _ranged(found: Ranged) -> dict[str, Json]:
    return {"value": _round(found.value), "low": _round(found.low), "high": _round(found.high)}


def _quote(quote: Quote) -> Json:
    return {
        "text": quote.text, "at": quote.at.isoformat(), "interaction_id": quote.interaction_id,
        "score": quote.score, "staff": quote.is_staff,
    }  # fmt: skip


def _solidity(solidity: Solidity) -> Json:
    return {
        "rung": solidity.rung.value, "adjusted_for": list(solidity.adjusted_for),
        "assumptions": list(solidity.assumptions), "overlap": _round(solidity.overlap),
        "robustness": _round(solidity.robustness),
        "robustness_low": _round(solidity.robustness_low),
    }  # fmt: skip


def _left(left: LeftOut) -> Json:
    reason, _, other = left.reason.partition(":")
    return {
        "touchpoint": left.touchpoint, "reason": reason, "with": other or None, "n": left.n or None
    }  # fmt: skip


def _segment(effect: SegmentEffect) -> Json:
    return {
        "touchpoint": effect.touchpoint, "segment": effect.segment.dimension,
        "value_of": effect.segment.value, **_ranged(effect.difference), "n": effect.n,
        "p": _round(effect.p), "told_apart": effect.told_apart,
    }  # fmt: skip


def _recovery(found: Recovery) -> Json:
    good = found.always_good
    return {
        "n_recovered": found.n_recovered, "n_not": found.n_not,
        "recovered": _ranged(found.recovered), "not_recovered": _ranged(found.not_recovered),
        "always_good": None if good is None else _ranged(good),
        "difference": _ranged(found.difference),
    }  # fmt: skip


def _tipping(found: Tipping) -> Json:
    return {
        "n_tipped": found.n_tipped, "n_stayed": found.n_stayed,
        "share_tipped": _round(found.share_tipped), "share_stayed": _round(found.share_stayed),
        "ratio": _ranged(found.ratio), "p": _round(found.p), "tested": found.tested,
        "told_apart": found.told_apart,
    }  # fmt: skip


def _hazard(found: Hazard) -> Json:
    return {
        "touchpoint": found.touchpoint, "n": found.n, "met": _ranged(found.met),
        "per_point": _ranged(found.per_point),
    }  # fmt: skip


def _study(study: Study) -> dict[str, Json]:
    return {
        "method": study.method, "scale": study.scale, "draws": study.draws,
        "before_days": study.before_days, "least_points": _round(study.least_points),
        "unit": study.unit.value, "tested": {
            "touchpoints": study.tested.touchpoints, "found": study.tested.found,
            "segments": study.tested.segments, "segments_found": study.tested.segments_found,
            "level": study.tested.level,
        },
    }  # fmt: skip


def _round(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.10g}")
