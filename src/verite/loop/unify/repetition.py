"""What repetition costs: the seconds lost, told by kind and group, with their intervals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from verite.ledger.efforts import ALL, BITS, LOSSES, Losses, Lost
from verite.ledger.port import Group, Tally
from verite.loop.unify.effort_settings import EffortSettings
from verite.stats.totals import total_interval
from verite.stats.withholding import HIDDEN_UNDER, withhold, withhold_breakdown
from verite.words.asked import About
from verite.words.customer import Mark
from verite.words.effort import EffortLost, Happening, LossRow, Switched
from verite.words.estimate import Better, Estimate, Status, Unit
from verite.words.journey import ChannelSwitch
from verite.words.measured import Label

METHOD: Final = "compound_poisson"
KINDS: Final = (ALL, *(mark.value for mark in LOSSES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What an engine counted: the whole, the groups of some dimensions, the switches."""

    whole: Losses
    groups: Losses
    by: tuple[str, ...]
    switches: tuple[ChannelSwitch, ...] = ()


def tell_losses(counted: Counted, settings: EffortSettings, about: About) -> EffortLost:
    """The whole first, by kind; then every group, the heaviest first, by kind."""
    rows = _rows_of(counted.whole, (), (), ())
    if counted.by:
        heaviest = counted.groups[ALL]
        groups = sorted(heaviest, key=lambda group: (-heaviest[group].spent.sum_y, group))
        hidden = _hidden(heaviest, groups)
        for group in groups:
            rows += _rows_of(counted.groups, group, counted.by, hidden)
    return EffortLost(
        about=about,
        rows=tuple(rows),
        happened=tuple(_happening(counted.whole, mark) for mark in BITS),
        switches=tuple(_switched(one) for one in counted.switches),
        cost_per_minute=settings.cost_per_minute,
        currency=settings.currency,
        is_supposed=settings.is_supposed,
    )


def _hidden(heaviest: Mapping[Group, Lost], groups: list[Group]) -> tuple[Group, ...]:
    """Groups of which nothing may be shown, one more when it could be had by subtraction."""
    shown = withhold_breakdown([estimate(heaviest[group].spent) for group in groups])
    return tuple(
        group
        for group, found in zip(groups, shown, strict=True)
        if found.status is Status.HIDDEN
    )  # fmt: skip


def _rows_of(
    losses: Losses, group: Group, by: tuple[str, ...], hidden: tuple[Group, ...]
) -> list[LossRow]:
    labels = tuple(Label(dimension=d, value=v) for d, v in zip(by, group, strict=True))
    whole = losses[ALL].get(group)
    rows = []
    for kind in KINDS:
        found = losses[kind].get(group)
        if found is None:
            continue
        spent, paid = (withhold(estimate(tally)) for tally in (found.spent, found.paid))
        if group in hidden:
            spent, paid = _hide(spent), _hide(paid)
        if found.spent.sum_y == 0 and spent.status is not Status.HIDDEN:
            spent, paid = _unknown(spent), _unknown(paid)
        share = None
        if whole is not None and whole.spent.sum_y > 0 and spent.value is not None:
            share = found.spent.sum_y / whole.spent.sum_y
        rows.append(LossRow(loss=kind, by=labels, spent=spent, paid=paid, share=share))
    return rows


def estimate(tally: Tally) -> Estimate:
    """A total of seconds with its interval.

    >>> found = estimate(Tally.of([[10.0, 20.0], [10.0]]))
    >>> found.value, found.n, found.people
    (40.0, 3, 2)
    """
    bounds = total_interval(tally)
    return Estimate(
        value=tally.sum_y,
        low=bounds.low,
        high=bounds.high,
        n=tally.n,
        people=tally.people,
        unit=Unit.SECONDS,
        better=Better.LOWER,
        method=METHOD,
    )


def _unknown(found: Estimate) -> Estimate:
    """It happened, and no source says how long it took: not nothing."""
    return replace(found, value=None, low=None, high=None, status=Status.UNKNOWN)


def _hide(found: Estimate) -> Estimate:
    return replace(
        found, value=None, low=None, high=None, n=None, people=None, status=Status.HIDDEN
    )


def _happening(losses: Losses, mark: Mark) -> Happening:
    found = losses[mark.value].get(())
    if found is None:
        return Happening(mark=mark, n=0, people=0)
    n, people = found.spent.n, found.spent.people
    if 0 < n < HIDDEN_UNDER or 0 < people < HIDDEN_UNDER:
        return Happening(mark=mark, n=None, people=None)
    return Happening(mark=mark, n=n, people=people)


def _switched(one: ChannelSwitch) -> Switched:
    is_hidden = one.people < HIDDEN_UNDER
    return Switched(
        source=one.source,
        target=one.target,
        count=None if is_hidden else one.count,
        by_customer=None if is_hidden else one.by_customer,
    )
