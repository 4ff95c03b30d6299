"""Where the marks of the picture lead."""

from __future__ import annotations

from dataclasses import dataclass

from verite.web.evidence.links import PageLinks
from verite.web.moments.wanted import Wanted
from verite.web.touchpoints.naming import Names
from verite.words.measured import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentLinks(PageLinks):
    """A mark leads to the page of its moment."""

    wanted: Wanted

    def touchpoint(self, key: str) -> str | None:
        """The page of the moment; the picture knows the touchpoint by its name."""
        return self.wanted.url(self.names.key(Label(dimension="touchpoint", value=key)))


def links_of(wanted: Wanted, names: Names) -> MomentLinks:
    """The links of a page of moments."""
    return MomentLinks(asked=wanted.asked, names=names, wanted=wanted)
