"""Rows of alerts."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, estimate_keys, table
from verite.words.alerts import Alerts, Raised, Usual
from verite.words.customer import Alert


def alert_keys(alert: Alert) -> dict[str, Json]:
    """What an alert says, wherever it is told."""
    return {
        "interaction": alert.interaction,
        "channel": alert.channel,
        "reason": alert.reason,
        "proposal": alert.proposal,
        "wait_s": alert.wait_s,
        "sign": alert.sign,
        "pace_s": alert.pace_s,
        "usual_s": alert.usual_s,
        "limit_s": alert.limit_s,
        "n": alert.n,
    }


def _raised(row: Raised) -> dict[str, Json]:
    return {
        "at": row.alert.at.isoformat(),
        "state": row.state.value,
        "person": row.person,
        "case_id": row.case_id,
        **alert_keys(row.alert),
        "abandoned": row.abandoned,
    }


def _usual(one: Usual) -> dict[str, Json]:
    return {
        "channel": one.channel,
        "sign": one.sign.value,
        "middle_s": one.middle_s,
        "slow_s": one.slow_s,
        "n": one.n,
    }


@document.register
def _alerts(result: Alerts) -> dict[str, Json]:
    return {
        "alerts": [_raised(row) for row in result.rows],
        "contacts": result.contacts,
        "abandoned_if_alerted": estimate_keys(result.abandoned_if_alerted),
        "abandoned_otherwise": estimate_keys(result.abandoned_otherwise),
        "usual": [_usual(one) for one in result.usual],
        **about_keys(result.about),
    }


@table.register
def _alerts_table(result: Alerts) -> list[Row]:
    return [_raised(row) for row in result.rows]
