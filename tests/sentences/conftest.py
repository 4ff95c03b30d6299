"""Figures and results to say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from verite.words.asked import About, Window
from verite.words.estimate import Better, Estimate, Status, Unit

WINDOW = Window(start=datetime(2026, 10, 26, tzinfo=UTC), end=datetime(2026, 11, 23, tzinfo=UTC))


def make(value: float, half: float, unit: Unit = Unit.NPS, n: int = 1284) -> Estimate:
    """A figure with its interval; few under 30, hidden under 5."""
    if n < 5:
        return Estimate(
            value=None, low=None, high=None, n=None, unit=unit, method="m", status=Status.HIDDEN
        )
    few = n < 30
    return Estimate(
        value=None if few else value, low=value - half, high=value + half, n=n, unit=unit,
        better=Better.HIGHER, method="m", status=Status.FEW if few else Status.OK,
    )  # fmt: skip


@pytest.fixture
def estimate() -> Callable[..., Estimate]:
    """A maker of figures."""
    return make


@pytest.fixture
def about() -> About:
    """Four weeks of 2026."""
    return About(asked="measure", as_of=None, ledger_version=1, window=WINDOW)
