"""One true sentence for each result: what, how much, how sure, over what."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from verite.sentences.zones import in_zone
from verite.words.errors import WrongUse

# What says each kind of result, by its name in `words`: loaded when such a result is said.
SAYERS: Final = {
    "identical.Decomposition": "identity.say_decomposition",
    "identical.IdentityMap": "identity.say_identity_map",
    "alerts.Alerts": "of_alerts.say_alerts",
    "control.ControlPicture": "of_control.say_control",
    "control.Controls": "of_control.say_controls",
    "control.Funnel": "of_control.say_funnel",
    "council.Council": "of_council.say_council",
    "customer.Customer": "of_customers.say_customer",
    "double.DoubleEffect": "of_double.say_double",
    "effort.EffortLost": "of_effort.say_effort",
    "experience.Experience": "of_experience.say_experience",
    "experience.Reply": "of_experience.say_reply",
    "feeling.Calibration": "of_feeling.say_calibration",
    "feeling.FeelingCard": "of_feeling.say_feeling",
    "feeling.HalfLifeCurve": "of_feeling.say_curve",
    "identical.Identical": "of_identical.say_identical",
    "inside.SameAnswers": "of_inside.say_answers",
    "inside.Values": "of_inside.say_values",
    "items.Items": "of_inside.say_items",
    "journey.Conformance": "of_journeys.say_conformance",
    "journey.JourneyPicture": "of_journeys.say_journey",
    "journey.LivedMap": "of_journeys.say_lived",
    "heard.Heard": "of_listening.say_heard",
    "heard.HomeStatus": "of_listening.say_status",
    "moments.Moments": "of_moments.say_moments",
    "moments.OneMoment": "of_moments.say_moment",
    "people.Decided": "of_people.say_decided",
    "people.Proposed": "of_people.say_proposed",
    "people.Unified": "of_people.say_unified",
    "promises.PromiseSlots": "of_promises.say_slots",
    "promises.Promises": "of_promises.say_promises",
    "rights.Erasure": "of_rights.say_erasure",
    "rights.Held": "of_rights.say_held",
    "rights.Verdict": "of_rights.say_verdict",
    "measured.Changes": "of_scores.say_changes",
    "measured.Measured": "of_scores.say_measured",
    "measured.Targets": "of_scores.say_targets",
    "measured.Trend": "of_scores.say_trend",
}


def say(result: object, lang: str, zone: str | None = None) -> str:
    """What a result found, in French or in English; never more than its intervals bear.

    Its days are those of the zone, or of its own times when none is given.
    """
    kinds = (_named(kind) for kind in type(result).__mro__)
    found = next((SAYERS[name] for name in kinds if name in SAYERS), None)
    if found is None:
        raise WrongUse("no_sentence", fields={"type": type(result).__name__})
    module, name = found.split(".")
    sayer = getattr(import_module(f"verite.sentences.{module}"), name)
    return str(sayer(in_zone(result, zone), lang))


def _named(kind: type) -> str:
    return f"{kind.__module__.removeprefix('verite.words.')}.{kind.__qualname__}"
