"""Sentences of alerts: how many, what they foretold, and why each was raised."""

from __future__ import annotations

from verite.sentences.catalogue import filled, text
from verite.sentences.numbers import count, duration, number
from verite.sentences.telling import over, told
from verite.words.alerts import Alerts, State
from verite.words.customer import Alert


def say_alerts(alerts: Alerts, lang: str) -> str:
    """How many alerts among how many conversations, and the shares abandoned."""
    fields = {
        "alerts": count(len(alerts.rows), "alert", lang),
        "contacts": count(alerts.contacts, "conversation", lang),
        "open": number(sum(row.state is State.OPEN for row in alerts.rows), lang),
        "alerted": told(alerts.abandoned_if_alerted, lang),
        "otherwise": told(alerts.abandoned_otherwise, lang),
        "over": over(alerts.about, lang),
    }
    return _phrase(f"said.{'some' if alerts.rows else 'none'}", lang, fields)


def alert_word(kind: str, code: str, lang: str) -> str:
    """A reason, a state or a proposal in words.

    >>> alert_word("reason", "long_wait", "en")
    'Long wait'
    """
    return text("alerts", f"{kind}.{code}", lang) or code.replace("_", " ")


def why(alert: Alert, lang: str) -> str:
    """What the alert rests on: the wait, and the pace beside that of others with its n."""
    parts = []
    if alert.wait_s and alert.reason != "slow":
        parts.append(_phrase("why.wait", lang, {"wait": duration(alert.wait_s, lang)}))
    if alert.sign and alert.pace_s is not None and alert.usual_s is not None:
        fields = {
            "pace": duration(alert.pace_s, lang),
            "usual": duration(alert.usual_s, lang),
            "n": number(alert.n or 0, lang),
        }
        parts.append(_phrase(f"why.{alert.sign}", lang, fields))
    return ", ".join(parts)


def _phrase(key: str, lang: str, fields: dict[str, str]) -> str:
    return filled(text("alerts", key, lang) or key, fields)
