"""Rows of what repetition costs."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, estimate_keys, table
from verite.words.effort import EffortLost, LossRow


def _row(row: LossRow, result: EffortLost) -> dict[str, Json]:
    spent, paid = estimate_keys(row.spent), estimate_keys(row.paid)
    value, low, high = (_cents(x) for x in row.money(result.cost_per_minute))
    return {
        "n": spent["n"],
        "people": spent["people"],
        "spent_s": spent["value"],
        "low": spent["low"],
        "high": spent["high"],
        "share": None if row.share is None else round(row.share, 6),
        "paid_s": paid["value"],
        "paid_low": paid["low"],
        "paid_high": paid["high"],
        "money": value,
        "money_low": low,
        "money_high": high,
        "currency": result.currency,
        "level": row.spent.level,
        "status": spent["status"],
        "method": spent["method"],
    }


def _cents(amount: float | None) -> float | None:
    return None if amount is None else round(amount, 2)


@document.register
def _effort(result: EffortLost) -> dict[str, Json]:
    rows: list[Json] = [
        {
            "loss": row.loss,
            "by": {label.dimension: label.value for label in row.by},
            **_row(row, result),
        }
        for row in result.rows
    ]
    return {
        "cost_per_minute": result.cost_per_minute,
        "currency": result.currency,
        "is_supposed": result.is_supposed,
        "rows": rows,
        "happened": [
            {"mark": one.mark.value, "n": one.n, "people": one.people} for one in result.happened
        ],
        "channel_switches": [
            {"from": s.source, "to": s.target, "count": s.count, "by_customer": s.by_customer}
            for s in result.switches
        ],
        **about_keys(result.about),
    }


@table.register
def _effort_table(result: EffortLost) -> list[Row]:
    return [
        {
            "loss": row.loss,
            **{label.dimension: label.value for label in row.by},
            **_row(row, result),
        }
        for row in result.rows
    ]
