"""Webhook targets and deliveries as their page prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from verite.records.outgoing.records import latest_deliveries, list_targets
from verite.sentences.dates import instant
from verite.sentences.numbers import number
from verite.sentences.of_deliveries import kind_told, state_told, why_told
from verite.web.language import language
from verite.web.wording import say
from verite.words.webhooks import Delivery, Sending, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetLine:
    """One target as printed."""

    id: int
    name: str
    url: str
    state: str
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """One delivery as printed."""

    id: int
    when: str
    target: str
    kind: str
    message: str
    state: str
    is_sent: bool
    is_failed: bool
    tries: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The whole page."""

    targets: tuple[TargetLine, ...]
    deliveries: tuple[DeliveryLine, ...]


def told_webhooks(using: str, zone: str) -> Told:
    """Every target, and the last deliveries."""
    place = ZoneInfo(zone)
    return Told(
        targets=tuple(_target(target, place) for target in list_targets(using=using)),
        deliveries=tuple(_delivery(one, place) for one in latest_deliveries(using=using)),
    )


def _target(target: Target, zone: ZoneInfo) -> TargetLine:
    state = ""
    if target.off_at is not None:
        state = say("webhooks.is_off", since=_when(target.off_at, zone), why=_why(target.off_why))
    elif target.failures:
        state = say("webhooks.failing", count=target.failures)
    return TargetLine(
        id=target.id, name=target.name, url=target.url, state=state, is_on=target.is_on
    )


def _delivery(one: Delivery, zone: ZoneInfo) -> DeliveryLine:
    state = state_told(one.state.value, language())
    if one.state is Sending.WAITING and one.tries and one.next_at is not None:
        state = say("webhooks.next", at=_when(one.next_at, zone))
    return DeliveryLine(
        id=one.id,
        when=_when(one.last_at or one.made_at, zone),
        target=one.target,
        kind=kind_told(one.kind, language()),
        message=one.message,
        state=state,
        is_sent=one.state is Sending.SENT,
        is_failed=one.state is Sending.FAILED,
        tries=number(one.tries, language()),
        status=" ".join(
            part for part in (str(one.status or ""), _why(one.why) if one.why else "") if part
        ),
    )


def _why(code: str) -> str:
    return why_told(code, language())


def _when(at: datetime, zone: ZoneInfo) -> str:
    return instant(at.astimezone(zone), language())
