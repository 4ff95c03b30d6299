"""One true sentence for each result: what, how much, how sure, over what."""

from __future__ import annotations

from verite.sentences.identity import say_decomposition, say_identity_map
from verite.sentences.of_alerts import say_alerts
from verite.sentences.of_control import say_control, say_controls, say_funnel
from verite.sentences.of_council import say_council
from verite.sentences.of_customers import say_customer
from verite.sentences.of_double import say_double
from verite.sentences.of_effort import say_effort
from verite.sentences.of_experience import say_experience, say_reply
from verite.sentences.of_feeling import say_calibration, say_curve, say_feeling
from verite.sentences.of_identical import say_identical
from verite.sentences.of_inside import say_answers, say_items, say_values
from verite.sentences.of_journeys import say_conformance, say_journey, say_lived
from verite.sentences.of_listening import say_heard, say_status
from verite.sentences.of_moments import say_moment, say_moments
from verite.sentences.of_people import say_decided, say_proposed, say_unified
from verite.sentences.of_promises import say_promises, say_slots
from verite.sentences.of_rights import say_erasure, say_held, say_verdict
from verite.sentences.of_scores import say_changes, say_measured, say_targets, say_trend
from verite.sentences.zones import in_zone
from verite.words.alerts import Alerts
from verite.words.control import ControlPicture, Controls, Funnel
from verite.words.council import Council
from verite.words.customer import Customer
from verite.words.double import DoubleEffect
from verite.words.effort import EffortLost
from verite.words.errors import WrongUse
from verite.words.experience import Experience, Reply
from verite.words.feeling import Calibration, FeelingCard, HalfLifeCurve
from verite.words.heard import Heard, HomeStatus
from verite.words.identical import Decomposition, Identical, IdentityMap
from verite.words.inside import SameAnswers, Values
from verite.words.items import Items
from verite.words.journey import Conformance, JourneyPicture, LivedMap
from verite.words.measured import Changes, Measured, Targets, Trend
from verite.words.moments import Moments, OneMoment
from verite.words.people import Decided, Proposed, Unified
from verite.words.promises import Promises, PromiseSlots
from verite.words.rights import Erasure, Held, Verdict


def say(result: object, lang: str, zone: str | None = None) -> str:
    """What a result found, in French or in English; never more than its intervals bear.

    Its days are those of the zone, or of its own times when none is given.
    """
    there = in_zone(result, zone)
    said = _of_scores(there, lang) or _of_the_rest(there, lang)
    if said is None:
        raise WrongUse("no_sentence", fields={"type": type(result).__name__})
    return said


def _of_scores(result: object, lang: str) -> str | None:
    if isinstance(result, Measured):
        return say_measured(result, lang)
    if isinstance(result, Changes):
        return say_changes(result, lang)
    if isinstance(result, Trend):
        return say_trend(result, lang)
    if isinstance(result, Targets):
        return say_targets(result, lang)
    if isinstance(result, FeelingCard):
        return say_feeling(result, lang)
    if isinstance(result, Experience):
        return say_experience(result, lang)
    if isinstance(result, Reply):
        return say_reply(result, lang)
    if isinstance(result, HalfLifeCurve):
        return say_curve(result, lang)
    return say_calibration(result, lang) if isinstance(result, Calibration) else None


def _of_the_rest(result: object, lang: str) -> str | None:
    if isinstance(result, Erasure | Held | Verdict):
        return _of_rights(result, lang)
    if isinstance(result, Moments | OneMoment | DoubleEffect):
        return _of_moments(result, lang)
    if isinstance(result, Controls | ControlPicture | Funnel | IdentityMap | Decomposition):
        return _of_control(result, lang)
    if isinstance(result, Identical | Items | Values | SameAnswers):
        return _of_likeness(result, lang)
    if isinstance(result, Council):
        return say_council(result, lang)
    if isinstance(result, Promises):
        return say_promises(result, lang)
    if isinstance(result, PromiseSlots):
        return say_slots(result, lang)
    if isinstance(result, Customer):
        return say_customer(result, lang)
    if isinstance(result, EffortLost):
        return say_effort(result, lang)
    if isinstance(result, LivedMap):
        return say_lived(result, lang)
    if isinstance(result, JourneyPicture):
        return say_journey(result, lang)
    if isinstance(result, Conformance):
        return say_conformance(result, lang)
    if isinstance(result, Alerts):
        return say_alerts(result, lang)
    if isinstance(result, Heard):
        return say_heard(result, lang)
    if isinstance(result, HomeStatus):
        return say_status(result, lang)
    if isinstance(result, Unified):
        return say_unified(result, lang)
    if isinstance(result, Decided):
        return say_decided(result, lang)
    if isinstance(result, Proposed):
        return say_proposed(result, lang)
    return None


def _of_rights(result: Erasure | Held | Verdict, lang: str) -> str:
    if isinstance(result, Erasure):
        return say_erasure(result, lang)
    return say_held(result, lang) if isinstance(result, Held) else say_verdict(result, lang)


def _of_moments(result: Moments | OneMoment | DoubleEffect, lang: str) -> str:
    if isinstance(result, Moments):
        return say_moments(result, lang)
    return say_moment(result, lang) if isinstance(result, OneMoment) else say_double(result, lang)


def _of_likeness(result: Identical | Items | Values | SameAnswers, lang: str) -> str:
    if isinstance(result, Items):
        return say_items(result, lang)
    if isinstance(result, Identical):
        return say_identical(result, lang)
    return say_values(result, lang) if isinstance(result, Values) else say_answers(result, lang)


def _of_control(
    result: Controls | ControlPicture | Funnel | IdentityMap | Decomposition, lang: str
) -> str:
    if isinstance(result, IdentityMap):
        return say_identity_map(result, lang)
    if isinstance(result, Decomposition):
        return say_decomposition(result, lang)
    if isinstance(result, Controls):
        return say_controls(result, lang)
    return say_funnel(result, lang) if isinstance(result, Funnel) else say_control(result, lang)
