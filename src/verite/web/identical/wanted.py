"""What the reader asks of identical experience: which score, which margin, which rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest

from verite.home import Home
from verite.sentences.names import dimension_name, metric_name
from verite.web.asked import Asked, Choice, read_asked
from verite.web.language import language
from verite.words.errors import BadInput
from verite.words.identical import MAP_ROWS, IdenticalAsked

SCORES = ("csat", "nps", "ces")
ADDRESS = "/identical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The question of the page, its choices, and what its links keep."""

    asked: Asked
    question: IdenticalAsked
    delta: str  # as typed
    chart: str  # dimension:value of the control chart asked for
    metrics: tuple[Choice, ...]
    rows: tuple[Choice, ...]

    def query(self, **more: str) -> str:
        """The question as a query string."""
        kept = {"metric": self.question.metric, "delta": self.delta, "rows": self.question.rows}
        return self.asked.query(**{name: text for name, text in kept.items() if text}, **more)

    @property
    def dated(self) -> Asked:
        """The filters with their period said: the evidence page reads 28 days unless told."""
        if {"period", "since", "until"} & {name for name, _ in self.asked.kept}:
            return self.asked
        return replace(self.asked, kept=(*self.asked.kept, ("period", self.asked.period)))

    @property
    def everything(self) -> str:
        """The same score, over everything."""
        return f"{ADDRESS}?{urlencode({'period': 'all', 'metric': self.question.metric})}"


def read_wanted(request: HttpRequest, home: Home) -> Wanted | None:
    """The question in the URL; nothing when no customer ever gave a score.

    Read over everything unless told otherwise: an index needs answers.
    """
    known = metrics_of(home)
    if not known:
        return None
    asked = read_asked(request, home, period="all")
    metric = request.GET.get("metric") or known[0]
    if metric not in known:
        raise BadInput("unknown_metric", fields={"metric": metric, "known": ", ".join(known)})
    typed, lang = request.GET.get("delta", "").strip(), language()
    rows = request.GET.get("rows", "")
    question = IdenticalAsked(metric=metric, delta=read_delta(typed), rows=rows)
    return Wanted(
        asked=asked,
        question=question,
        delta=typed,
        chart=request.GET.get("chart", ""),
        metrics=tuple(
            Choice(value=key, name=metric_name(key, lang), is_chosen=key == metric) for key in known
        ),
        rows=tuple(
            Choice(value=key, name=dimension_name(key, lang), is_chosen=key == rows)
            for key in MAP_ROWS
        ),
    )


def read_delta(text: str) -> float | None:
    """A margin as typed, with a comma or a point; nothing typed: the scale's own."""
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        raise BadInput("identical_delta", fields={"delta": text[:20]}) from error


def metrics_of(home: Home) -> tuple[str, ...]:
    """The scores that customers gave here, CSAT first."""
    ratings = set(home.desk.timeline.labels("metric"))
    return (*(score for score in SCORES if score in ratings), *home.ratings())
