"""Answers with planted gaps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

Row = dict[str, Any]
CHANNELS = ("phone", "chat", "email", "store", "social", "web")


def planted(
    rows: int = 1200, *, chat: float = -0.8, team: float = 0.0, noise: float = 0.6, seed: int = 1
) -> list[Row]:
    """Scores of 0-10 in hundredths: six channels of two teams each, chat lower, team t1 lower.

    Motive `outage` is three points lower everywhere and comes by chat more often.
    """
    chance = np.random.default_rng(seed)
    found = []
    for k in range(rows):
        place = int(chance.integers(0, 12))
        channel, own = CHANNELS[place // 2], f"t{place}"
        outage = chance.random() < (0.8 if channel == "chat" else 0.2)
        score = 6.0 - 3.0 * outage + chat * (channel == "chat") + team * (own == "t1")
        score += chance.normal(0, noise)
        found.append(
            {
                "person": f"p{k}",
                "at": datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(hours=int(k)),
                "kind": "feedback",
                "metric": "ease",
                "score": float(np.clip(np.round(score, 2), 0, 10)),
                "scale_min": 0.0,
                "scale_max": 10.0,
                "channel": channel,
                "team": own,
                "touchpoint": f"{channel}_desk",
                "motive": "outage" if outage else "question",
            }
        )
    return found


@pytest.fixture
def made() -> Callable[..., list[Row]]:
    return planted
