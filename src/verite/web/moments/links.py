"""Where the marks of the picture lead, and touchpoints by the names that people gave them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from verite.web.evidence.links import PageLinks
from verite.web.moments.wanted import Wanted
from verite.web.touchpoints.naming import Names
from verite.words.measured import Label
from verite.words.moments import LeftOut, Moment, Moments, OneMoment


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


def named(moments: Moments, names: Names) -> Moments:
    """The study with its touchpoints by their names, for pictures and sentences."""
    return replace(
        moments,
        rows=tuple(_named_row(row, names) for row in moments.rows),
        left_out=tuple(_named_out(one, names) for one in moments.left_out),
    )


def named_one(found: OneMoment, names: Names) -> OneMoment:
    """One moment with its touchpoint by its name."""
    return replace(found, moment=_named_row(found.moment, names))


def _named_row(row: Moment, names: Names) -> Moment:
    tied = tuple(names.name(key) for key in row.tied_with)
    return replace(row, touchpoint=names.name(row.touchpoint), tied_with=tied)


def _named_out(one: LeftOut, names: Names) -> LeftOut:
    return replace(one, touchpoint=names.name(one.touchpoint))
