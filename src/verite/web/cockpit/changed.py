"""What changed between two windows and is more than noise."""

from __future__ import annotations

from dataclasses import dataclass

from verite.home import Home
from verite.measure import METRICS
from verite.sentences.names import metric_name
from verite.sentences.numbers import difference, value
from verite.web.asked import Asked
from verite.web.evidence.address import evidence_url, figure_key
from verite.web.language import language
from verite.web.wording import say
from verite.words.asked import Window
from verite.words.estimate import Better, Status
from verite.words.measured import Change

# Each family of scores once: the mean effort rather than its share, the share rather than the mean.
LEFT_OUT = frozenset({"csat_mean", "ces"})
FINDINGS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One change told apart from noise."""

    figure: str
    interval: str
    is_good: bool | None
    detail: str
    url: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What was looked at: the surest changes, how many in all, how many not told apart."""

    findings: tuple[Finding, ...]
    found: int  # all of them, listed here or not
    looked_at: int
    others: int


def findings_of(home: Home, asked: Asked, windows: tuple[Window, Window]) -> Changed:
    """The changes of all measures between two windows, the surest first."""
    metrics = tuple(metric for metric in METRICS if metric not in LEFT_OUT)
    rows = home.changes(*metrics, windows=windows, where=asked.where).result.rows
    known = [row for row in rows if row.difference.status is Status.OK]
    apart = sorted((row for row in known if row.told_apart), key=_sureness, reverse=True)
    return Changed(
        findings=tuple(_finding(row, asked) for row in apart[:FINDINGS]),
        found=len(apart),
        looked_at=len(known),
        others=len(known) - len(apart),
    )


def _sureness(change: Change) -> float:
    estimate = change.difference
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return 0.0
    return abs(estimate.value) / max(estimate.high - estimate.low, 1e-9)


def _finding(change: Change, asked: Asked) -> Finding:
    lang = language()
    gap, interval = difference(change.difference, lang)
    name = metric_name(change.metric, lang, change.nps_kind)
    return Finding(
        figure=say("cockpit.finding", name=name, gap=gap),
        interval=interval,
        is_good=_is_good(change),
        detail=say(
            "cockpit.now_before",
            now=value(change.after, lang),
            before=value(change.before, lang),
        ),
        url=f"/measure?{asked.query(metric=change.metric)}#trend",
        evidence=evidence_url(asked, metric=figure_key(change.metric, change.nps_kind)),
    )


def _is_good(change: Change) -> bool | None:
    better, gap = change.difference.better or change.after.better, change.difference.value
    if better is None or gap is None:
        return None
    return (gap > 0) is (better is Better.HIGHER)
