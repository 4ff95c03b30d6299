"""Why customers turn to the company, and by which channel: the causes of assisted contacts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from verite.demo.clock import (
    DAY_S,
    DAYS,
    YEAR_S,
    Floats,
    Ints,
    Mask,
    at_hours,
    busy_days,
    day_of,
    draw_times,
    is_night,
)
from verite.demo.daily import Outages
from verite.demo.people import People
from verite.demo.planted import PLANTED
from verite.demo.receive import Acquired
from verite.demo.rows import Rows, keep, rows
from verite.demo.vocabulary import code

NEEDS_A_MONTH: Final = 0.226  # per customer, before those that events cause and those that return
_MOTIVES: Final = {
    "no_connection": 0.27,
    "slow_wifi": 0.155,
    "invoice_question": 0.2,
    "disputed_invoice": 0.035,
    "information": 0.175,
    "equipment": 0.1,
    "house_move": 0.065,
}
_SIGNED_IN_OR_NOT: Final = (code("identity", "user"), code("identity", "anon"))
_CHANNELS: Final = ("phone", "chat", "email", "store", "social")


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Contacts about to happen: who, when, why, in which case, by which channel, at what try."""

    who: Ints
    t: Ints
    motive: Ints
    case: Ints
    channel: Ints
    attempt: Ints

    def __len__(self) -> int:
        return len(self.who)


def only(needs: Needs, mask: Mask) -> Needs:
    """The needs where the mask holds."""
    return Needs(
        who=needs.who[mask],
        t=needs.t[mask],
        motive=needs.motive[mask],
        case=needs.case[mask],
        channel=needs.channel[mask],
        attempt=needs.attempt[mask],
    )


def all_of(parts: list[Needs]) -> Needs:
    """The needs of all the parts, one after the other."""
    return Needs(
        who=np.concatenate([p.who for p in parts]),
        t=np.concatenate([p.t for p in parts]),
        motive=np.concatenate([p.motive for p in parts]),
        case=np.concatenate([p.case for p in parts]),
        channel=np.concatenate([p.channel for p in parts]),
        attempt=np.concatenate([p.attempt for p in parts]),
    )


def arise(rng: np.random.Generator, people: People, joined: Acquired, hit: Outages) -> Needs:
    """The first contact of every case of the year, in time order."""
    causes = [_everyday(rng, people), _after_the_rise(rng, people), *_caused(rng, joined, hit)]
    who = np.concatenate([cause[0] for cause in causes])
    t = np.concatenate([cause[1] for cause in causes])
    motive = np.concatenate([cause[2] for cause in causes])
    order = np.lexsort((who, t))
    who, t, motive = who[order], t[order], motive[order]
    lives = (t < YEAR_S) & (t // DAY_S > people.joined[who]) & (who != people.golden)
    who, t, motive = who[lives], t[lives], motive[lives]
    new = Needs(who=who, t=t, motive=motive, case=np.arange(1, len(who) + 1, dtype=np.int64),
                channel=people.prefers[who], attempt=np.ones(len(who), dtype=np.int64))  # fmt: skip
    return choose_channels(rng, people, new, loyal=0.62)


def choose_channels(rng: np.random.Generator, people: People, needs: Needs, loyal: float) -> Needs:
    """Each need goes to its channel of before with chance `loyal`, else to any; shops are shut
    in the evening, at night and on Sundays, and then people take the phone."""
    codes = np.array([code("channel", name) for name in _CHANNELS])
    other = rng.choice(codes, len(needs), p=(0.52, 0.21, 0.14, 0.09, 0.04))
    channel = np.where(rng.random(len(needs)) < loyal, needs.channel, other).astype(np.int64)
    hour, day = needs.t % DAY_S // 3600, needs.t // DAY_S
    shut = (hour < 9) | (hour >= 19) | ((day + 5) % 7 == 6)
    store, phone = code("channel", "store"), code("channel", "phone")
    channel = np.where((channel == store) & shut, phone, channel)
    chat = (rng.random(len(needs)) < 0.35) & is_night(needs.t) & (channel == phone)
    channel = np.where(chat, code("channel", "chat"), channel)
    return Needs(who=needs.who, t=needs.t, motive=needs.motive, case=needs.case, channel=channel,
                 attempt=needs.attempt)  # fmt: skip


Cause = tuple[Ints, Ints, Ints]


def _everyday(rng: np.random.Generator, people: People) -> Cause:
    n = rng.poisson(len(people) * 12 * NEEDS_A_MONTH)
    who = rng.choice(len(people), n, p=people.calls / people.calls.sum())
    motives = np.array([code("motive", name) for name in _MOTIVES])
    shares = np.array(list(_MOTIVES.values()))
    return who, draw_times(rng, n), rng.choice(motives, n, p=shares / shares.sum())


def _after_the_rise(rng: np.random.Generator, people: People) -> Cause:
    told = np.flatnonzero(people.told_of_rise)
    who = told[rng.random(len(told)) < 0.2]
    days = busy_days()
    first = day_of(PLANTED.price_rise.told)
    since: Floats = np.arange(DAYS, dtype=np.float64) - first
    weights = np.where((since >= 0) & (since < 42), days * 2.0 ** (-np.maximum(since, 0) / 10), 0.0)
    t = draw_times(rng, len(who), weights)
    angry = rng.random(len(who)) < 0.16
    motive = np.where(angry, code("motive", "disputed_invoice"), code("motive", "price_rise"))
    return who, t, motive


def _caused(rng: np.random.Generator, joined: Acquired, hit: Outages) -> list[Cause]:
    returns = rng.random(len(joined.failed)) < 0.8
    failed = joined.failed[returns]
    day = joined.failed_at[returns] // DAY_S
    soon = at_hours(rng, day + rng.integers(0, 3, len(failed)))
    asks = rng.random(len(hit.hit)) < 0.4
    dark = hit.hit[asks]
    return [
        (failed, soon, np.full(len(failed), code("motive", "installation_failed"))),
        (dark, hit.hit_at[asks] + rng.integers(600, 9000, len(dark)),
         np.full(len(dark), code("motive", "outage"))),
    ]  # fmt: skip


def read_faq(rng: np.random.Generator, people: People, needs: Needs) -> Rows:
    """One need in five begins on the FAQ; others find their answer there and never call."""
    first = only(needs, rng.random(len(needs)) < 0.2)
    alone = rng.choice(len(people) - 1, int(len(people) * 0.38))
    who = np.concatenate([first.who, alone])
    t = np.concatenate([first.t - rng.integers(200, 2400, len(first)), draw_times(rng, len(alone))])
    read = rows(who, t, {
        "channel": "web", "touchpoint": "faq", "kind": "visit", "direction": "inbound",
        "duration_s": np.round(rng.gamma(2, 60, len(who)) + 8, 1), "case_kind": "session",
        "case": len(people) * 8 + np.arange(len(who)), "source": "web",
        "identity": np.where(people.has_app[who], *_SIGNED_IN_OR_NOT),
        "anon": who})  # fmt: skip
    return keep(read, (read.t > 0) & (read.t // DAY_S > people.live_from[who]))
