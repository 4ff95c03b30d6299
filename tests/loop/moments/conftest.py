"""Small companies with what moves their NPS planted, read from a file like anyone's."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

import verite
from verite.home import Home

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
Row = dict[str, object]


@dataclass(frozen=True)
class Planted:
    """Points of a 0-10 answer: a bad transfer takes, a good installation gives."""

    people: int = 1200
    transfer: float = -3.0
    installation: float = 2.5
    seed: int = 3


def company(planted: Planted) -> list[Row]:
    """Half meet a transfer, half an installation, half a desk that moves nothing; all answer."""
    rng = np.random.default_rng(planted.seed)
    rows: list[Row] = []
    for person in range(planted.people):
        score = 6.8 + rng.normal(0, 1.2)
        offer = "pro" if person % 4 == 0 else "home"
        for day, (touchpoint, effect) in enumerate(
            (("transfer", planted.transfer), ("installation", planted.installation), ("desk", 0.0))
        ):
            if rng.random() < 0.5:
                continue
            good = rng.random() < 0.5
            ends = "resolved" if good else "unresolved"
            rows.append(contact(person, day, touchpoint, ends) | {"segment.offer": offer})
            score += effect * (good if effect > 0 else not good)
        rows.append(answer(person, 20, "nps", float(np.clip(np.rint(score), 0, 10))))
        rows[-1]["segment.offer"] = offer
    return rows


def contact(person: int, day: float, touchpoint: str, ends: str) -> Row:
    return {
        "message_id": f"{touchpoint}-{person}-{day}", "identity": f"user:{person}",
        "at": (START + timedelta(days=day)).isoformat(), "channel": "phone", "kind": "contact",
        "touchpoint": touchpoint, "outcome": ends, "text": f"{touchpoint}: what was said then",
    }  # fmt: skip


def answer(person: int, day: float, metric: str, score: float) -> Row:
    high = 10 if metric == "nps" else 5
    return {
        "message_id": f"{metric}-{person}-{day}", "identity": f"user:{person}",
        "at": (START + timedelta(days=day)).isoformat(), "channel": "email", "kind": "feedback",
        "metric": metric, "score": score, "scale_min": 0 if metric == "nps" else 1,
        "scale_max": high, "polarity": "good_high",
    }  # fmt: skip


def write(file: Path, rows: list[Row]) -> Path:
    names = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return file


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """The company as planted by default."""
    folder = tmp_path_factory.mktemp("planted")
    with verite.create(folder / "h") as home:
        home.listen(write(folder / "year.csv", company(Planted())))
        yield home


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Callable[[list[Row]], Home]]:
    """A home of the rows given."""
    homes: list[Home] = []

    def make(rows: list[Row]) -> Home:
        home = verite.create(tmp_path / f"h{len(homes)}")
        home.listen(write(tmp_path / f"{len(homes)}.csv", rows))
        homes.append(home)
        return home

    yield make
    for home in homes:
        home.close()
