"""The cost of bad experience: planted losses are within the interval; money needs its prices."""

from __future__ import annotations

import pytest

from verite.measure.experience import ExperienceSettings
from verite.measure.experience.cost import cost_of


def test_the_losses_added_by_bad_contacts_are_within_the_interval(reading_of, hurt_world) -> None:
    rows, added = hurt_world
    lost = cost_of(reading_of(rows, 365)).find("lost").estimate
    assert lost.low < added < lost.high
    assert lost.low > 0


def test_where_bad_contacts_add_no_loss_the_interval_holds_none(reading_of, calm_world) -> None:
    lost = cost_of(reading_of(calm_world[0], 365)).find("lost").estimate
    assert lost.low < 0 < lost.high


def test_an_amount_is_the_losses_times_their_margin(reading_of, hurt_world) -> None:
    settings = ExperienceSettings(margin_per_customer=200.0)
    found = cost_of(reading_of(hurt_world[0], 365, settings))
    lost, amount = found.find("lost").estimate, found.find("money").estimate
    assert amount.value == pytest.approx(200.0 * lost.value)
    assert (amount.low, amount.high) == pytest.approx((200.0 * lost.low, 200.0 * lost.high))


def test_without_prices_there_is_no_amount(reading_of, hurt_world) -> None:
    assert cost_of(reading_of(hurt_world[0], 365)).find("money") is None
