"""Where the marks of a picture lead: the pages of the evidence behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verite.web.asked import Asked
from verite.web.evidence.address import evidence_url
from verite.web.touchpoints.naming import Names
from verite.words.measured import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """Links that keep the filters of the page."""

    asked: Asked
    names: Names

    def touchpoint(self, key: str) -> str | None:
        """The touchpoint's own page."""
        return self.names.url(key, self.asked.query())

    def passage(self, source: str, target: str) -> str | None:
        """The interactions at the touchpoint that the passage leads to."""
        return evidence_url(self.asked, touchpoint=target)

    def row(self, metric: str, by: tuple[Label, ...]) -> str | None:
        """The interactions that a figure rests on."""
        keyed = tuple(replace(label, value=self.names.key(label)) for label in by)
        return evidence_url(self.asked, metric=metric, by=keyed)

    def interaction(self, key: str) -> str | None:
        """One interaction has no page of its own; a customer's page lists those of its story."""
        return None
