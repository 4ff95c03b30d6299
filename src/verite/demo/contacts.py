"""Assisted contacts: menus, waits, agents, transfers, resolutions, and coming back unresolved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from verite.demo.clock import DAY_S, YEAR_S, Floats, Ints, Mask, day_of, is_night, weekday
from verite.demo.desks import DESKS, Desk
from verite.demo.needs import Needs, all_of, choose_channels, only
from verite.demo.people import People
from verite.demo.planted import PLANTED, WEIGHTS
from verite.demo.rows import Given, Rows, keep, rows
from verite.demo.vocabulary import AGENTS_PER_TEAM, TEAM_SITES, TEAMS, TECHNICAL, VALUES, code

_OUTSOURCED_SHARE: Final = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What became of a round of contacts."""

    parts: tuple[Rows, ...]
    solved: Mask
    until: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """All the rounds: the rows, and the needs that nobody solved."""

    parts: tuple[Rows, ...]
    unsolved: Needs


def help_out(rng: np.random.Generator, people: People, needs: Needs) -> Helped:
    """Up to four tries a case: two in three of the unsolved come back within days."""
    parts: list[Rows] = []
    given_up: list[Needs] = []
    for _ in range(4):
        again: list[Needs] = []
        for channel in DESKS:
            here = only(needs, needs.channel == code("channel", channel))
            served = _serve(rng, people, here, channel)
            parts += served.parts
            left, until = only(here, ~served.solved), served.until[~served.solved]
            back = rng.random(len(left)) < 0.62
            given_up.append(only(left, ~back))
            again.append(_come_back(rng, people, only(left, back), until[back]))
        needs = all_of(again)
    return Helped(parts=tuple(parts), unsolved=all_of([*given_up, needs]))


def _come_back(rng: np.random.Generator, people: People, left: Needs, until: Ints) -> Needs:
    hurried = rng.random(len(left)) < 0.35
    later = np.where(
        hurried, rng.exponential(1800, len(left)), rng.exponential(1.7 * DAY_S, len(left))
    )
    t = until + 60 + later.astype(np.int64)
    waking = ~hurried & is_night(t) & (rng.random(len(left)) < 0.93)
    t = np.where(waking, t + 10 * 3600, t)
    again = choose_channels(rng, people, replace(left, t=t, attempt=left.attempt + 1), loyal=0.6)
    return only(again, again.t < YEAR_S)


def _serve(rng: np.random.Generator, people: People, needs: Needs, channel: str) -> Served:
    desk = DESKS[channel]
    before, lasts = _before(rng, needs, channel)
    met = _meet(rng, people, needs, channel)
    t = needs.t + lasts
    served = rows(needs.who, t, {
        **_common(needs, desk), "channel": channel, "kind": "contact",
        "team": np.where(met.gone, -1, met.team),
        "site": np.where(met.gone, -1, _SITE_OF[met.team]),
        "agent": np.where(met.gone, -1, met.agent), "wait_s": met.wait, "duration_s": met.talk,
        "outcome": np.select([met.gone, met.moved, met.solved], _ENDS[:3], _ENDS[3]),
        "valence": np.clip(_felt(rng, needs, desk, met), -1, 1),
        "text": np.where(rng.random(len(needs)) < desk.written, 1, -1),
        "weight": WEIGHTS[desk.touchpoint]})  # fmt: skip
    until = t + (met.wait + np.nan_to_num(met.talk)).astype(np.int64)
    parts = [*before, served, *_steps(rng, needs, served)]
    solved = met.solved & ~met.moved
    if met.moved.any():
        moving = _network(rng, only(needs, met.moved), until[met.moved])
        parts += moving.parts
        solved[met.moved], until[met.moved] = moving.solved, moving.until
    return Served(parts=tuple(parts), solved=solved, until=until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """How each contact of a round went."""

    team: Ints
    agent: Ints
    wait: Floats
    talk: Floats
    gone: Mask  # gave up before an answer
    moved: Mask  # passed on to the network team
    solved: Mask
    drift: Floats  # months of drift of the team that served


def _meet(rng: np.random.Generator, people: People, needs: Needs, channel: str) -> Met:
    desk, n = DESKS[channel], len(needs)
    team, agent = _who_serves(rng, people, needs, desk)
    wait = desk.wait_s * np.exp(rng.normal(0, desk.wait_spread, n)) * _load(needs, channel)
    patience = desk.patience_s * np.exp(rng.normal(0, 0.6, n))
    gone = wait > patience
    talk = np.round(desk.talk_s * np.exp(rng.normal(0, 0.5, n)) + 30)
    drift = _drift_months(needs.t) * (team == code("team", PLANTED.drift.team))
    night = is_night(needs.t) & (channel in PLANTED.promise.channels)
    chance = desk.solves + PLANTED.drift.resolved_per_month * drift - 0.1 * night
    return Met(
        team=team,
        agent=agent,
        wait=np.round(np.minimum(wait, patience)).astype(np.float64),
        talk=np.where(gone, np.nan, talk),
        gone=gone,
        moved=_moved(rng, needs, channel) & ~gone,
        solved=~gone & (rng.random(n) < chance),
        drift=drift,
    )


def _felt(rng: np.random.Generator, needs: Needs, desk: Desk, met: Met) -> Floats:
    """What a contact leaves: less for waits, for nothing solved, for telling it all again."""
    usual = 300 if desk.wait_s < 5000 else 60_000
    felt = desk.valence - 0.17 * np.log1p(met.wait / usual) - 0.1 * (needs.attempt - 1)
    felt -= 0.55 * (~met.solved & ~met.moved) + 0.25 * met.gone + 0.18 * met.moved
    felt += PLANTED.drift.valence_per_month * met.drift + _agent_effect()[met.agent]
    return np.asarray(felt + rng.normal(0, 0.22, len(needs)))


_ENDS: Final = tuple(
    code("outcome", name) for name in ("abandoned", "transferred", "resolved", "unresolved")
)
_SITE_OF: Final = np.array([code("site", TEAM_SITES.get(team, "rennes")) for team in TEAMS])


def _common(needs: Needs, desk: Desk) -> dict[str, Given]:
    return {
        "touchpoint": desk.touchpoint,
        "direction": "inbound",
        "case_kind": "ticket",
        "case": needs.case,
        "motive": needs.motive,
        "identity": desk.identity,
        "source": desk.source,
    }


def _before(rng: np.random.Generator, needs: Needs, channel: str) -> tuple[list[Rows], Ints]:
    n = len(needs)
    if channel == "phone":
        menus = _menus(rng, needs.t)
        lasts = 14 * menus + rng.integers(5, 25, n)
        return [_ivr(needs, needs.t, menus, np.full(n, code("outcome", "transferred")))], lasts
    if channel != "chat":
        return [], np.zeros(n, dtype=np.int64)
    asked = rng.random(n) < 0.5
    lasts = np.where(asked, rng.integers(20, 120, n), 0)
    heard = only(needs, asked)
    bot = rows(heard.who, heard.t, {
        **_common(heard, DESKS["chat"]), "channel": "bot", "kind": "contact", "motive": -1,
        "duration_s": lasts[asked], "outcome": "transferred", "valence": -0.05,
        "weight": 0.05})  # fmt: skip
    return [bot], lasts


def _ivr(needs: Needs, t: Ints, menus: Ints, outcome: Ints) -> Rows:
    common = {**_common(needs, DESKS["phone"]), "touchpoint": "ivr", "motive": -1}
    return rows(needs.who, t, {
        **common, "channel": "phone", "kind": "other", "menus": menus, "outcome": outcome,
        "duration_s": menus * 14.0, "valence": np.clip(0.1 - 0.08 * menus, -1, 1),
        "weight": WEIGHTS["ivr"]})  # fmt: skip


def _menus(rng: np.random.Generator, t: Ints) -> Ints:
    more = PLANTED.release.menus * (t >= day_of(PLANTED.release.on) * DAY_S)
    return 2 + rng.poisson(0.4 + more)


def _load(needs: Needs, channel: str) -> Floats:
    """How much longer than usual people wait, given the day, the hour and the menu in force."""
    day, hour = needs.t // DAY_S, needs.t % DAY_S // 3600
    load: Floats = np.where(weekday(day) == 0, 1.35, 1.0).astype(np.float64)
    load *= np.where((hour >= 18) & (hour < 20), 1.45, 1.0)
    rise = day - day_of(PLANTED.price_rise.told)
    load *= np.where((rise >= 0) & (rise < 28), 1.3, 1.0)
    if channel in PLANTED.promise.channels:
        load *= np.where(is_night(needs.t), PLANTED.promise.wait_times, 1.0)
    if channel == "phone":
        load *= np.where(day >= day_of(PLANTED.release.on), PLANTED.release.wait_times, 1.0)
    return load


def _who_serves(
    rng: np.random.Generator, people: People, needs: Needs, desk: Desk
) -> tuple[Ints, Ints]:
    n = len(needs)
    teams = np.array([code("team", name) for name in desk.teams])
    if desk.touchpoint == "shop_help":
        team = np.where(people.region[needs.who] <= 1, teams[0], teams[1])
    elif PLANTED.drift.team in desk.teams:
        share = (1 - _OUTSOURCED_SHARE) / (len(teams) - 1)
        team = rng.choice(teams, n, p=[share] * (len(teams) - 1) + [_OUTSOURCED_SHARE])
    else:
        team = rng.choice(teams, n)
    return team, team * AGENTS_PER_TEAM + rng.integers(0, AGENTS_PER_TEAM, n)


def _agent_effect() -> Floats:
    """A little better or worse than the team, each agent for ever; standard deviation 0.05."""
    return np.random.default_rng(7).normal(0, 0.05, len(VALUES["agent"]))


def _drift_months(t: Ints) -> Floats:
    return np.maximum(0.0, (t // DAY_S - day_of(PLANTED.drift.since)) / 30.4 + 0.5) * (
        t // DAY_S >= day_of(PLANTED.drift.since)
    )


def _is_technical(motive: Ints) -> Mask:
    return np.isin(motive, [code("motive", name) for name in TECHNICAL])


def _moved(rng: np.random.Generator, needs: Needs, channel: str) -> Mask:
    if channel != "phone":
        return np.zeros(len(needs), dtype=np.bool_)
    new_menu = needs.t >= day_of(PLANTED.release.on) * DAY_S
    chance = 0.22 * np.where(new_menu, PLANTED.release.transfer_times, 1.0)
    return np.asarray(_is_technical(needs.motive) & (rng.random(len(needs)) < chance))


def _network(rng: np.random.Generator, needs: Needs, t: Ints) -> Served:
    """Passed on to the network team: three in ten fall back to the menu after a long wait."""
    n = len(needs)
    wait = np.round(420 * np.exp(rng.normal(0, 0.65, n)))
    failed = rng.random(n) < 0.3
    solved = ~failed & (rng.random(n) < 0.72)
    team = code("team", "reseau")
    outcome = np.select(
        [failed, solved],
        [code("outcome", "transfer_failed"), code("outcome", "resolved")],
        code("outcome", "unresolved"),
    )
    talk = np.where(failed, np.nan, np.round(500 * np.exp(rng.normal(0, 0.4, n))))
    felt = -0.1 - 0.2 * np.log1p(wait / 300) - 0.55 * failed - 0.3 * (~failed & ~solved)
    moving = rows(needs.who, t, {
        **_common(needs, DESKS["phone"]), "touchpoint": "network_transfer", "channel": "phone",
        "kind": "handover", "team": team, "site": "rennes",
        "agent": np.where(failed, -1, team * AGENTS_PER_TEAM + rng.integers(0, AGENTS_PER_TEAM, n)),
        "wait_s": wait, "duration_s": talk, "outcome": outcome,
        "valence": np.clip(felt + rng.normal(0, 0.18, n), -1, 1),
        "weight": WEIGHTS["network_transfer"]})  # fmt: skip
    until = t + wait.astype(np.int64) + np.nan_to_num(talk).astype(np.int64)
    fallen = only(needs, failed)
    gives_up = np.full(len(fallen), code("outcome", "unresolved"))
    menu = _ivr(fallen, until[failed] + 2, _menus(rng, fallen.t), gives_up)
    return Served(parts=(moving, menu), solved=solved, until=until + 60)


def _steps(rng: np.random.Generator, needs: Needs, served: Rows) -> list[Rows]:
    """The actions asked of the customer while a technical problem is looked at."""
    talks = ~np.isnan(served.real("duration_s"))
    asked = _is_technical(needs.motive) & talks & (rng.random(len(needs)) < 0.45)
    if not asked.any() or served.whole("channel")[0] not in _LIVE:
        return []
    parts = []
    first = keep(served, asked)
    start = first.t + first.whole("wait_s")
    for place in range(2):
        goes = rng.random(len(first)) < (1.0, 0.4)[place]
        step = rng.choice(
            5, int(goes.sum()), p=((0.6, 0.2, 0.1, 0.05, 0.05), (0.05, 0.55, 0.1, 0.1, 0.2))[place]
        )
        part = keep(first, goes)
        columns = {name: part.columns[name] for name in _STEP_COLUMNS}
        t = start[goes] + 90 * (place + 1) + rng.integers(0, 60, len(part))
        parts.append(rows(part.person, t, {**columns, "kind": "other", "step": step,
                                           "direction": "outbound"}))  # fmt: skip
    return parts


_LIVE: Final = (code("channel", "phone"), code("channel", "chat"))
_STEP_COLUMNS: Final = (
    "touchpoint", "case_kind", "case", "motive", "identity", "source", "channel", "team", "site",
    "agent",
)  # fmt: skip
