"""One customer, read off their own rows: nothing of anybody else is touched."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from verite.home.desk import START_OF_TIME
from verite.home.finding import place_of
from verite.words.customer import (
    Alert,
    Beat,
    Customer,
    Effort,
    FeelingNow,
    Mark,
    Story,
    show_person,
)
from verite.words.errors import VeriteError

if TYPE_CHECKING:
    import numpy as np

    from verite.home.customers import Customers
    from verite.loop.unify.life import Life

YEAR: Final = timedelta(days=365)
NOBODY: Final = FeelingNow(
    value=None, low=None, high=None, calibrated=False, model=None, n=0
)  # fmt: skip


def read_customer(home: Customers, person: int, case: str | None = None) -> Customer:
    """The person's timeline, story (of that case), effort and feeling, before `as_of`."""
    from verite.loop.unify.effort import effort_of
    from verite.loop.unify.effort_settings import read_effort, read_story
    from verite.loop.unify.life import beats_of, read_life
    from verite.loop.unify.story import tell_story, unknown_case
    from verite.measure import read_definitions

    settings, at = home.settings, home.as_of or START_OF_TIME
    definitions = read_definitions(settings.definitions)
    rules = read_effort(settings.effort, definitions).rules
    if home.desk.is_dated:
        rules = replace(rules, until_us=(at - START_OF_TIME) // timedelta(microseconds=1))
    place = place_of(home.desk, person)
    if place is None:
        if case is not None:
            raise unknown_case(case)
        return _quiet(home, person)
    life = read_life(home.desk.timeline, place, at, definitions, rules)
    alerts = _alerts(home, person)
    told = tell_story(life, alerts, definitions, read_story(settings.story), case)
    return Customer(
        person=show_person(person),
        identities=home.desk.ledger.identities_of(person),
        since=life.moment(0) if life.size else None,
        segments=_segments(life),
        timeline=_with_alerts(beats_of(life), alerts),
        story=told.story,
        effort=told.effort,
        year=effort_of(life, _since(life, YEAR), definitions),
        feeling=_feeling(home, person),
        about=home.desk.about(f"customer {show_person(person)}"),
        alerts=alerts,
    )


def _with_alerts(beats: tuple[Beat, ...], alerts: tuple[Alert, ...]) -> tuple[Beat, ...]:
    """The contacts in which a call-back was proposed, marked so."""
    proposed = {alert.interaction for alert in alerts if alert.proposal == "call_back"}
    return tuple(
        replace(beat, marks=(*beat.marks, Mark.CALL_BACK)) if beat.id in proposed else beat
        for beat in beats
    )


def _since(life: Life, span: timedelta) -> np.ndarray:
    """The interactions of the last days before the life was read."""
    return life.ts >= (life.at - span - START_OF_TIME) // timedelta(microseconds=1)


def _segments(life: Life) -> tuple[tuple[str, str], ...]:
    """The last known value of every segment."""
    found = []
    for key in life.timeline.segments:
        codes = life.timeline.codes(f"segment_{key}")[life.part]
        known = codes[codes >= 0]
        if len(known):
            found.append((key, life.timeline.labels(f"segment_{key}")[int(known[-1])]))
    return tuple(found)


def _feeling(home: Customers, person: int) -> FeelingNow:
    feeling_of = getattr(home, "feeling_of", None)
    found = feeling_of(person) if feeling_of is not None else None
    return found if isinstance(found, FeelingNow) else NOBODY


def _alerts(home: Customers, person: int) -> tuple[Alert, ...]:
    alerts_of = getattr(home, "alerts_of", None)
    if alerts_of is None:
        return ()
    with suppress(VeriteError):
        return tuple(alerts_of(person))
    return ()


def _quiet(home: Customers, person: int) -> Customer:
    """Somebody known by name only: an identity without any interaction."""
    story = Story(
        case_id=None,
        motive=None,
        since=None,
        said=(),
        tried=(),
        result=None,
        waiting_for="nothing",
        waited_s=0.0,
        not_to_ask=(),
        preferred_channel=None,
        unfit_channels=(),
        promises=(),
        grants=(),
        advice="none",
    )
    return Customer(
        person=show_person(person),
        identities=home.desk.ledger.identities_of(person),
        since=None,
        segments=(),
        timeline=(),
        story=story,
        effort=Effort(),
        year=Effort(),
        feeling=NOBODY,
        about=home.desk.about(f"customer {show_person(person)}"),
    )
