"""Worlds where what experience does to loyalty is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from tests.measure.feeling.conftest import table

from verite.measure.definitions import Definitions
from verite.measure.experience import ExperienceSettings, Reading
from verite.measure.study import Study
from verite.words.asked import About

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ABOUT = About(asked="experience", as_of=EPOCH, ledger_version=1)
Row = dict[str, object]
GOOD: Row = {"kind": "proactive", "outcome": "resolved", "touchpoint": "call", "channel": "phone"}
BAD: Row = {"kind": "contact", "outcome": "unresolved", "touchpoint": "help", "channel": "chat"}


def read(
    rows: list[Row],
    days: float,
    settings: ExperienceSettings | None = None,
    stages: Mapping[str, str] | None = None,
) -> Reading:
    """A reading of rows written by hand, up to a day."""
    timeline = table(rows)
    timeline.segments = ()  # type: ignore[attr-defined]
    study = Study(
        timeline=timeline,  # type: ignore[arg-type]
        engine=None,  # type: ignore[arg-type]
        definitions=Definitions(),
        as_of=EPOCH + timedelta(days=days),
    )
    return Reading(
        study=study, about=ABOUT, settings=settings or ExperienceSettings(), stages=stages or {}
    )


@pytest.fixture(scope="session")
def reading_of() -> Callable[..., Reading]:
    return read


def leaving(people: int, hurt: float, seed: int = 1) -> tuple[list[Row], float]:
    """A year of customers: a month's chance to leave is 3 %, and `hurt` more within 90 days of a
    bad contact. Also how many losses that adds."""
    chance = np.random.default_rng(seed)
    rows: list[Row] = []
    added = 0.0
    for person in range(people):
        rows.append({"person": person, "day": 0.0, "kind": "purchase", "touchpoint": "order"})
        last = -1e9
        for month in range(1, 12):
            start = 30.0 * month
            risk = 0.03 + (hurt if start - last <= 90.0 else 0.0)
            added += (risk - 0.03) if month >= 2 else 0.0
            if chance.random() < risk:
                at = start + 29.0 * chance.random()
                rows.append({"person": person, "day": at, "kind": "other",
                             "touchpoint": "termination"})  # fmt: skip
                break
            if chance.random() < 0.5:
                at = start + 1.0 + 27.0 * chance.random()
                own = BAD if chance.random() < 0.3 else GOOD
                last = at if own is BAD else last
                rows.append({"person": person, "day": at, **own})
    return rows, added


@pytest.fixture(scope="session")
def hurt_world() -> tuple[list[Row], float]:
    return leaving(1500, 0.10)


@pytest.fixture(scope="session")
def calm_world() -> tuple[list[Row], float]:
    return leaving(1500, 0.0, seed=2)


def answering(people: int, score: Callable[[float, float], float], seed: int = 3) -> list[Row]:
    """Answers of 0-10 about two touchpoints, then an NPS that follows both levels by `score`."""
    chance = np.random.default_rng(seed)
    rows: list[Row] = []
    for person in range(people):
        levels = chance.choice([2.0, 4.0, 6.0, 8.0], size=2)
        rows.append({"person": person, "day": 1.0, "kind": "purchase", "channel": "web"})
        for day, channel, level in zip((60.0, 61.0), ("phone", "store"), levels, strict=True):
            rows.append({
                "person": person, "day": day, "kind": "feedback", "metric": "own",
                "touchpoint": f"{channel}_point", "channel": channel, "score": level,
                "scale_min": 0.0, "scale_max": 10.0,
            })  # fmt: skip
        given = np.clip(round(score(*levels) + chance.normal(0, 1.0)), 0, 10)
        rows.append({
            "person": person, "day": 70.0, "kind": "feedback", "metric": "nps",
            "score": float(given), "scale_min": 0.0, "scale_max": 10.0, "channel": "email",
        })  # fmt: skip
    return rows


@pytest.fixture(scope="session")
def answers_world() -> Callable[..., list[Row]]:
    return answering
