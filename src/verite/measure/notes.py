"""Notes: the definitions behind the figures of an answer, and the answers left out of them.

A note is a code and its fields, as an error is: `note_definition_fcr: days=7`. Sentences in French
and English stand in the same catalogue.
"""

from __future__ import annotations

from verite.measure.definitions import Definitions
from verite.measure.scores import CSAT_SCALE, EASY_FROM, NPS_SCALE, count_scales, scale_name
from verite.measure.series import NPS_KINDS
from verite.measure.study import Question

_READ_ON = {"nps": (NPS_SCALE,), "csat": (CSAT_SCALE,), "ces": tuple(EASY_FROM)}


def notes(asked: Question, metrics: tuple[str, ...]) -> tuple[str, ...]:
    """The definition of each metric asked, then what was left out and why."""
    told = [define(metric, asked.study.definitions) for metric in metrics]
    told += _one_per_motive(metrics, asked.study.definitions)
    for metric in dict.fromkeys(_given_as(metric) for metric in metrics):
        for scale, count in _left_out(asked, metric):
            told.append(f"note_left_out_scale: metric={metric}, scale={scale}, n={count}")
    return tuple(dict.fromkeys(told))


def define(metric: str, definitions: Definitions) -> str:
    """The definition of a metric as a note, with the thresholds in force.

    >>> define("fcr", Definitions())
    'note_definition_fcr: days=7'
    """
    name = "nps" if metric in NPS_KINDS else metric
    if name not in _THRESHOLDS:
        return f"note_definition_rating: metric={metric}"
    fields = ", ".join(f"{key}={value}" for key, value in _thresholds(name, definitions).items())
    return f"note_definition_{name}: {fields}" if fields else f"note_definition_{name}"


_THRESHOLDS: dict[str, tuple[tuple[str, str], ...]] = {
    "nps": (),
    "csat": (),
    "csat_mean": (),
    "ces": (),
    "ces_mean": (),
    "wait": (),
    "answered": (),
    "service_level": (),
    "handling_time": (),
    "resolution": (("days", "reopen_days"),),
    "fcr": (("days", "repeat_days"),),
    "abandonment": (("seconds", "short_abandon_s"),),
    "bounce": (("seconds", "bounce_s"),),
    "conversion": (("days", "conversion_days"),),
    "retention": (("days", "retention_days"),),
    "repeat": (("days", "repeat_days"),),
}


def _thresholds(metric: str, definitions: Definitions) -> dict[str, str]:
    if metric == "service_level":
        limits = definitions.answer_within_s
        return {"limits": " ".join(f"{channel}:{seconds:g}" for channel, seconds in limits)}
    return {key: f"{getattr(definitions, name):g}" for key, name in _THRESHOLDS[metric]}


def _one_per_motive(metrics: tuple[str, ...], definitions: Definitions) -> tuple[str, ...]:
    asked = "resolution" in metrics and definitions.one_case_per_motive
    return ("note_one_case_per_motive",) if asked else ()


def _given_as(metric: str) -> str:
    if metric in NPS_KINDS:
        return "nps"
    return metric.removesuffix("_mean") if metric in {"csat_mean", "ces_mean"} else metric


def _left_out(asked: Question, metric: str) -> list[tuple[str, int]]:
    if metric not in _READ_ON:
        return []
    counts = count_scales(asked, metric)
    return [
        (scale_name(scale), count)
        for scale, count in sorted(counts.items())
        if scale not in _READ_ON[metric]
    ]
