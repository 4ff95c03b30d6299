"""What the case cost the customer, as the six figures of a card."""

from __future__ import annotations

from dataclasses import dataclass

from verite.sentences.episodes import episodes
from verite.sentences.names import channel_name
from verite.sentences.numbers import duration, number
from verite.web.customers.plainly import plain_say
from verite.web.language import language
from verite.words.customer import Customer


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One figure, hot when it is a burden."""

    figure: str
    told: str
    is_hot: bool


def told_costs(customer: Customer) -> tuple[Cost, ...]:
    """Waiting, telling again, doing again, transfers, menus, channels: always the same six."""
    effort, lang = customer.effort, language()
    waits = sum(episode.wait_s >= 60 for episode in episodes(customer))
    times = (
        _cost("wait", duration(effort.wait_s, lang), waits, is_hot=effort.wait_s >= 600),
        _times("retold", effort.retold),
        _times("redone", effort.redone_steps),
    )
    transfers = Cost(
        figure=_transfers(effort.failed_transfers, effort.transfers),
        told=plain_say("customers.cost_transfers", count=effort.failed_transfers),
        is_hot=effort.failed_transfers > 0,
    )
    menus = _cost("menus", number(effort.menus, lang), effort.menus)
    return (*times, transfers, menus, _channels(customer))


def _cost(name: str, figure: str, count: int, *, is_hot: bool = False) -> Cost:
    return Cost(figure=figure, told=plain_say(f"customers.cost_{name}", count=count), is_hot=is_hot)


def _times(name: str, count: int) -> Cost:
    figure = plain_say("customers.times", count=count)
    return _cost(name, figure, count, is_hot=count > 0)


def _transfers(failed: int, all_of_them: int) -> str:
    if not all_of_them:
        return number(0, language())
    return plain_say("customers.of", part=failed, whole=max(all_of_them, failed))


def _channels(customer: Customer) -> Cost:
    lang = language()
    used = list(dict.fromkeys(e.beat.channel for e in episodes(customer) if e.beat.channel))
    named = [channel_name(key, lang) for key in used]
    told = plain_say("customers.cost_channels", count=len(used))
    if len(used) > 1:
        first, last = _lower(named[0]), _lower(named[-1])
        told = plain_say("customers.cost_channels_from", first=first, last=last)
    return Cost(figure=number(len(used), lang), told=told, is_hot=False)


def _lower(name: str) -> str:
    return name if name[:2].isalpha() and name[:2].isupper() else name[:1].lower() + name[1:]
