"""What bad experience costs: losses and repeated contacts beyond those of people like them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from verite.measure.contacts import left_before_answer, started_by_customers
from verite.measure.experience.contrast import LEAST, SEED
from verite.measure.experience.lines import knows_losses, losses_of
from verite.measure.experience.reading import Reading, window_sums
from verite.measure.experience.shares import ranged
from verite.measure.feeling.port import Floats, Ints, Mask
from verite.stats.grams import groups_of
from verite.words.estimate import Better, Estimate, Unit
from verite.words.experience import BadCost, Told
from verite.words.moments import Rung

DRAWS: Final = 1000
METHOD: Final = "observed less expected within strata, bootstrap by person"
_CONTACTS: Final = (1.5, 2.5, 4.5)  # one, two, three or four, more


def cost_of(reading: Reading) -> BadCost:
    """Customers lost beyond expectation × margin + contacts repeated beyond it × their cost.

    Expected: what those with as many contacts at the same date, and no bad one, did. A figure of
    the whole window; without the two settings it stays in people and in contacts.
    """
    settings, about = reading.settings, reading.about
    empty = BadCost(
        about=about, margin=settings.margin_per_customer, currency=settings.currency,
        cost_per_contact=settings.cost_per_contact, before_days=settings.before_days,
    )  # fmt: skip
    if not knows_losses(reading):
        return replace(empty, reason="no_losses")
    lost, again = _lost(reading), _again(reading)
    found = [(key, one) for key, one in (("lost", lost), ("again", again)) if one is not None]
    if not found:
        return replace(empty, reason="few_bad")
    figures = [
        Told(key=key, estimate=_count(one[0], one[1]), rung=Rung.ADJUSTED) for key, one in found
    ]
    money = _money(dict(found), settings.margin_per_customer, settings.cost_per_contact)
    if money is not None:
        figures.append(Told(key="money", estimate=money, rung=Rung.ADJUSTED))
    return replace(empty, figures=tuple(figures))


Excess = tuple[Floats, int]  # the value first, then its draws; how many lines were bad


def excess(stratum: Ints, bad: Mask, came: Mask, person: Ints) -> Floats | None:
    """How often it came to the bad beyond the rate of the others of their stratum; draws follow.

    Σ_s (bad that came − bad × others that came / others), strata without others left out. Worked:
    3 of 4 bad came, 1 of 4 others: 3 − 4 · ¼ = 2.

    >>> found = excess(np.zeros(8, int), np.arange(8) < 4,
    ...                np.array([1, 1, 1, 0, 1, 0, 0, 0], bool), np.arange(8))
    >>> float(found[0])
    2.0
    """
    names, place = np.unique(stratum, return_inverse=True)
    group = groups_of(person, SEED)
    many, size = int(group.max()) + 1, len(names)
    cells = (group * size + place) * 4
    parts = cells + 2 * bad + came
    tally = np.bincount(parts, minlength=many * size * 4).reshape(many, size * 4).astype(float)
    times = np.random.default_rng(SEED).multinomial(many, np.full(many, 1.0 / many), DRAWS)
    drawn = np.concatenate([tally.sum(axis=0)[None], times @ tally]).reshape(-1, size, 4)
    others = drawn[:, :, 0] + drawn[:, :, 1]
    those = drawn[:, :, 2] + drawn[:, :, 3]
    rate = drawn[:, :, 1] / np.maximum(others, 1.0)
    beyond = np.where(others > 0, drawn[:, :, 3] - those * rate, 0.0)
    return np.asarray(beyond.sum(axis=1))


def _lost(reading: Reading) -> Excess | None:
    lines = losses_of(reading)
    level = 5.0 + 5.0 * np.nan_to_num(reading.felt.valence)
    bad = reading.lived & (level < reading.settings.bad_below)
    values = (bad.astype(np.float64), reading.lived.astype(np.float64))
    was_bad, contacts = window_sums(reading, lines, reading.settings.before_days, values)
    held = contacts > 0.5
    hurt = was_bad[held] > 0.5
    if min(int(hurt.sum()), int((~hurt).sum())) < LEAST:
        return None
    often = np.searchsorted(np.array(_CONTACTS), contacts[held])
    _, date = np.unique(lines.at[held], return_inverse=True)
    came = lines.y[held] == 0.0
    draws = excess(date * (len(_CONTACTS) + 1) + often, hurt, came, lines.person[held])
    return None if draws is None else (draws, int(hurt.sum()))


def _again(reading: Reading) -> Excess | None:
    """Contacts followed by another within the days of a repeat, after a bad one or not."""
    study = reading.study
    reach = int(study.definitions.repeat_days * 86_400e6)
    rows = np.flatnonzero(
        started_by_customers(study.timeline, study.definitions) & (reading.ts < reading.until_us)
    )
    person, ts = reading.person[rows], reading.ts[rows]
    again = np.zeros(len(rows), dtype=np.bool_)
    again[:-1] = (person[1:] == person[:-1]) & (np.diff(ts) <= reach)
    felt = reading.lived[rows] & ~left_before_answer(study.timeline)[rows]
    kept = felt & (ts + reach <= reading.until_us)
    level = 5.0 + 5.0 * np.nan_to_num(reading.felt.valence[rows])
    bad = level[kept] < reading.settings.bad_below
    if min(int(bad.sum()), int((~bad).sum())) < LEAST:
        return None
    channel = np.asarray(reading.runs.codes("channel"))[rows][kept] + 1
    draws = excess(channel, bad, again[kept], person[kept])
    return None if draws is None else (draws, int(bad.sum()))


def _count(draws: Floats, n: int) -> Estimate:
    low, high = ranged(draws[1:])
    return Estimate(
        value=float(draws[0]), low=low, high=high, n=n, unit=Unit.COUNT, better=Better.LOWER,
        method=METHOD,
    )  # fmt: skip


def _money(found: dict[str, Excess], margin: float | None, each: float | None) -> Estimate | None:
    """Both together, when what is known has its price; drawn side by side."""
    prices = {"lost": margin, "again": each}
    if all(prices[key] is None for key in found):
        return None
    draws = sum(one[0] * (prices[key] or 0.0) for key, one in found.items())
    return _count(np.asarray(draws), sum(n for _, n in found.values()))
