"""Rows of what comes from inside: values known by staff, the same answer everywhere."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, estimate_keys, table
from verite.words.inside import QuestionRow, SameAnswers, ValueRow, Values


@document.register
def _values(result: Values) -> dict[str, Json]:
    verdicts = dict(result.verdicts)
    told: list[Json] = []
    for value in result.values:
        known = verdicts[value.key]
        told.append({
            "value": value.key, "names": dict(value.names),
            "known_by_all": known.value if known else None,
        })  # fmt: skip
    return {
        "values": told,
        "rows": [_row(one) for one in result.rows],
        "threshold": result.threshold,
        "margin": result.margin,
        "answered": result.answered,
        "staff": result.staff,
        **about_keys(result.about),
    }


@table.register
def _values_table(result: Values) -> list[Row]:
    """One line per value and team or site; the whole staff first."""
    return [_row(one) for one in result.rows]


def _row(one: ValueRow) -> dict[str, Json]:
    gap = one.gap
    return {
        "item": one.value,
        "dimension": one.dimension or None,
        "group": one.unit or None,
        **estimate_keys(one.share),
        "known": one.known.value if one.known else None,
        "gap": None if gap is None else gap.value,
        "gap_low": None if gap is None else gap.low,
        "gap_high": None if gap is None else gap.high,
        "alike": one.alike.value if one.alike else None,
    }


@document.register
def _answers(result: SameAnswers) -> dict[str, Json]:
    return {
        "overall": dict(estimate_keys(result.overall)),
        "verdict": result.verdict.value if result.verdict else None,
        "level": result.level,
        "questions": [_question(one) for one in result.rows],
        "one_channel": list(result.one_channel),
        **about_keys(result.about),
    }


@table.register
def _answers_table(result: SameAnswers) -> list[Row]:
    """One line per question, channel and answer: the answers side by side."""
    return [
        {
            "question": row.question,
            **estimate_keys(row.agreement),
            "verdict": row.verdict.value if row.verdict else None,
            "channel": channel.channel,
            "answer": answer,
            "contacts": count,
        }
        for row in result.rows
        for channel in row.channels
        for answer, count in channel.answers
    ]


def _question(row: QuestionRow) -> dict[str, Json]:
    return {
        "question": row.question,
        **estimate_keys(row.agreement),
        "within": dict(estimate_keys(row.within)),
        "verdict": row.verdict.value if row.verdict else None,
        "apart": row.apart or None,
        "channels": [
            {"channel": one.channel, "n": one.n, "answers": dict(one.answers)}
            for one in row.channels
        ],
    }
