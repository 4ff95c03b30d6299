"""The address of the interactions behind a figure."""

from __future__ import annotations

from verite.web.asked import Asked
from verite.words.measured import Label

# What a metric is computed from, as the evidence page filters it.
RATINGS = {"nps": "nps", "csat": "csat", "csat_mean": "csat", "ces": "ces", "ces_mean": "ces"}
KINDS = {
    "bounce": "visit",
    "conversion": "visit",
    "wait": "contact",
    "answered": "contact",
    "service_level": "contact",
    "handling_time": "contact",
    "resolution": "contact",
    "fcr": "contact",
    "abandonment": "contact",
    "repeat": "contact",
}


def evidence_url(
    asked: Asked,
    *,
    metric: str | None = None,
    touchpoint: str | None = None,
    by: tuple[Label, ...] = (),
) -> str:
    """The evidence page, filtered as the page and the figure are."""
    more: dict[str, str] = {}
    if metric is not None:
        more |= _of_metric(metric)
    if touchpoint is not None:
        more["touchpoint"] = touchpoint
    for label in by:
        more |= _of_label(label)
    query = asked.query(**more)
    return f"/interactions?{query}" if query else "/interactions"


def _of_metric(metric: str) -> dict[str, str]:
    if metric in KINDS:
        return {"kind": KINDS[metric]}
    if metric == "retention":
        return {}
    return {"rating": RATINGS.get(metric, metric)}


def _of_label(label: Label) -> dict[str, str]:
    if label.dimension.startswith("segment."):
        return {"segment": f"{label.dimension.removeprefix('segment.')}:{label.value}"}
    if label.dimension in {"channel", "touchpoint", "team", "kind", "case_id", "outcome"}:
        return {label.dimension: label.value}
    return {}
