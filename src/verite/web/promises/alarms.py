"""The promises that drift, for the cockpit: one line each."""

from __future__ import annotations

from dataclasses import dataclass

from verite.home import Home
from verite.sentences.of_promises import say_alarm
from verite.web.language import language
from verite.web.promises.looking import latest_promises
from verite.web.promises.wanted import ADDRESS
from verite.web.wording import say
from verite.words.asked import EVERYTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmTold:
    """One promise that drifts."""

    told: str
    url: str


def told_alarms(home: Home) -> tuple[AlarmTold, ...]:
    """The promises that drift, over everything; the cockpit waits for nothing."""
    records = home.promised()
    if not records:
        return ()
    found = latest_promises(home, records, EVERYTHING, patience=0.0)
    if found.answer is None:
        return ()
    lang = language()
    return tuple(
        AlarmTold(
            told=say(
                "promises.drifts",
                name=one.promise.name(lang),
                told=say_alarm(one.alarm, lang).strip(),
            ),
            url=f"{ADDRESS}?promise={one.promise.key}#weeks",
        )
        for one in found.answer.rows
        if one.alarm is not None
    )
