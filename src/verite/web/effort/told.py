"""The effort page as it is printed: by kind, by dimension, and changes of channel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from verite.home import Home
from verite.sentences.names import channel_name, dimension_name, metric_name, value_name
from verite.sentences.numbers import number, share
from verite.sentences.numbers import value as value_or_why
from verite.sentences.of_effort import money, title_of_effort, work_between, work_time, work_unit
from verite.stats.withholding import FEW_UNDER
from verite.web.asked import Asked, Choice
from verite.web.evidence.address import evidence_url
from verite.web.language import language
from verite.web.touchpoints.naming import Names
from verite.web.withheld import told_share
from verite.web.wording import say
from verite.words.customer import Mark
from verite.words.effort import EffortLost, Happening, LossRow, Switched
from verite.words.errors import BadInput
from verite.words.estimate import Status
from verite.words.measured import Label

DIMENSIONS: Final = ("team", "touchpoint", "channel", "motive", "site", "month")
SWITCHES_SHOWN: Final = 12
_SORTED: Final[dict[str, Callable[[LossRow], float]]] = {
    "spent": lambda row: row.spent.value or 0.0,
    "paid": lambda row: row.paid.value or 0.0,
    "n": lambda row: float(row.spent.n or 0),
}
_TOLD: Final = (Mark.SWITCHED, Mark.MOVED, Mark.TRANSFERRED, Mark.NEVER_REACHED, Mark.ABANDONED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One kind or one group: time, money, how often, and the interactions behind it."""

    name: str
    spent: str
    interval: str
    is_withheld: bool
    share: str
    paid: str
    money: str
    money_interval: str
    n: str
    people: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that sorts the table, and whether it does."""

    name: str
    url: str
    is_sorted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One change of channel and by whose doing."""

    name: str
    count: str
    by_customer: str
    interval: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortPage:
    """Everything the page prints."""

    title: str
    finding: str
    kinds: tuple[Row, ...]
    groups: tuple[Row, ...]
    by: str
    by_name: str
    dimensions: tuple[Choice, ...]
    columns: tuple[Column, ...]
    happened: tuple[Row, ...]
    moves: tuple[Move, ...]
    notes: tuple[str, ...]


def told_effort(home: Home, asked: Asked, names: Names, chosen: tuple[str, str]) -> EffortPage:
    """The page for a dimension and an order."""
    lang, (by, order) = language(), chosen
    dimensions = (*DIMENSIONS, *(f"segment.{key}" for key, _ in home.segments()))
    if by not in dimensions:
        raise BadInput("unknown_dimension", fields={"dimension": by})
    if order not in _SORTED:
        raise BadInput("bad_list", fields={"detail": order[:40]})
    answer = home.effort(by=(by,), where=asked.where)
    lost = answer.result
    groups = [row for row in lost.rows if row.by and row.loss == "all"]
    groups.sort(key=_SORTED[order], reverse=True)
    kinds = [row for row in lost.rows if not row.by]
    return EffortPage(
        title=title_of_effort(lost, lang),
        finding=answer.sentence(lang),
        kinds=_table(kinds, lost, asked, lambda row: _named(row.loss)),
        groups=_table(groups, lost, asked, lambda row: _group_name(row, names)),
        by=by,
        by_name=_dimension(by),
        dimensions=tuple(
            Choice(value=key, name=_dimension(key), is_chosen=key == by) for key in dimensions
        ),
        columns=tuple(
            Column(
                name=say(f"effort.{key}"),
                url=f"/effort?{asked.query(by=by, sort=key)}#by",
                is_sorted=key == order,
            )
            for key in _SORTED
        ),
        happened=tuple(_happened(one, asked) for one in lost.happened if one.mark in _TOLD),
        moves=tuple(_move(one) for one in lost.switches[:SWITCHES_SHOWN]),
        notes=answer.notes(lang),
    )


def _table(
    rows: Sequence[LossRow], lost: EffortLost, asked: Asked, name: Callable[[LossRow], str]
) -> tuple[Row, ...]:
    """Rows of one table, in one unit of time."""
    unit = work_unit(rows)
    return tuple(replace(_row(row, lost, asked, unit), name=name(row)) for row in rows)


def _row(row: LossRow, lost: EffortLost, asked: Asked, unit: float) -> Row:
    lang = language()
    value, low, high = row.money(lost.cost_per_minute)
    hidden = row.spent.status is Status.HIDDEN
    spent = work_time(row.spent.value, lang, unit) or value_or_why(row.spent, lang)
    bounds = (money(low, lost.currency, lang), money(high, lost.currency, lang))
    return Row(
        name="",
        spent=spent,
        interval="" if hidden else work_between(row.spent, lang, unit),
        is_withheld=row.spent.value is None,
        share="" if row.share is None else share(row.share, lang),
        paid=work_time(row.paid.value, lang, unit),
        money=money(value, lost.currency, lang),
        money_interval=say("effort.between", low=bounds[0], high=bounds[1]) if value else "",
        n="" if row.spent.n is None else number(row.spent.n, lang),
        people="" if row.spent.people is None else number(row.spent.people, lang),
        evidence="" if hidden else evidence_url(asked, metric=f"effort.{row.loss}", by=row.by),
    )


def _named(loss: str) -> str:
    return metric_name(f"effort.{loss}", language())


def _group_name(row: LossRow, names: Names) -> str:
    return ", ".join(_label_name(label, names) for label in row.by)


def _label_name(label: Label, names: Names) -> str:
    if label.dimension == "touchpoint":
        return names.name(label.value)
    return value_name(label.dimension, label.value, language())


def _happened(one: Happening, asked: Asked) -> Row:
    lang, is_hidden = language(), one.n is None
    return Row(
        name=_named(one.mark.value),
        spent="",
        interval="",
        is_withheld=is_hidden,
        share="",
        paid="",
        money="",
        money_interval="",
        n=say("layout.hidden") if one.n is None else number(one.n, lang),
        people="" if one.people is None else number(one.people, lang),
        evidence="" if is_hidden else evidence_url(asked, metric=f"effort.{one.mark.value}"),
    )


def _move(one: Switched) -> Move:
    lang = language()
    told = interval = ""
    if one.count is not None and one.by_customer is not None:
        told, interval = told_share(one.by_customer, one.count)
        told = "" if one.count < FEW_UNDER else told  # the interval alone
    source, target = channel_name(one.source, lang), channel_name(one.target, lang)
    return Move(
        name=f"{source} → {target}",
        count=say("layout.hidden") if one.count is None else number(one.count, lang),
        by_customer=told,
        interval=interval,
    )


def _dimension(key: str) -> str:
    if key.startswith("segment."):
        return say("listen.a_segment", key=dimension_name(key, language()))
    return dimension_name(key, language())
