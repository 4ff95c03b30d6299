"""The address of the interactions behind a figure."""

from __future__ import annotations

from verite.web.asked import Asked
from verite.words.measured import Label

GROUP = "in."  # a group of a figure, as in.month=2026-02


def evidence_url(
    asked: Asked,
    *,
    metric: str | None = None,
    touchpoint: str | None = None,
    by: tuple[Label, ...] = (),
) -> str:
    """The evidence page, filtered as the page and the figure are: as many rows as its n."""
    more: dict[str, str] = {}
    if metric is not None:
        more["of"] = metric
    if touchpoint is not None:
        more["touchpoint"] = touchpoint
    for label in by:
        is_filter = label.dimension in {"channel", "touchpoint"}
        more[label.dimension if is_filter else GROUP + label.dimension] = label.value
    query = asked.query(**more)
    return f"/interactions?{query}" if query else "/interactions"


def figure_key(metric: str, nps_kind: str | None) -> str:
    """The metric as the evidence page takes it: the two NPS are never mixed.

    >>> figure_key("nps", "relational"), figure_key("wait", None)
    ('nps_relational', 'wait')
    """
    return f"{metric}_{nps_kind}" if nps_kind else metric
