"""Seeded interactions of a credible shape, written as ledger files: what the bench runs on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from verite.ledger.timeline.scan import connect
from verite.words.columns import FRESH, KEPT

TOUCHPOINTS = (
    "home_page", "search", "product_page", "basket", "checkout", "order_tracking", "delivery",
    "installation", "first_use", "help_pages", "chat_bot", "chat_agent", "hotline_menu",
    "hotline_agent", "shop_visit", "technician", "invoice", "payment", "survey", "review_site",
)  # fmt: skip
CHANNELS = ("web", "app", "phone", "chat", "bot", "email", "store", "review")
_CHANNEL_OF = (0, 0, 0, 0, 1, 1, 5, 6, 1, 0, 4, 3, 2, 2, 6, 6, 5, 1, 5, 7)
_POPULAR = (20, 14, 15, 8, 4, 6, 3, 1, 3, 9, 3, 3, 4, 3, 2, 1, 6, 5, 4, 1)
_START = 1_735_689_600_000_000  # 2025-01-01 UTC
_YEAR_US = 365 * 86_400_000_000
_FILE_ROWS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Synthetic:
    """How many rows for how many people; the same seed gives the same rows."""

    rows: int
    people: int
    seed: int = 1


def write(folder: Path, size: Synthetic) -> tuple[str, ...]:
    """Parquet files of a million rows in order of time, as drains leave them."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(size.seed)
    keys = np.unique(random.integers(1, 2**62, size=size.people + 1000))[: size.people]
    keys = random.permutation(keys)
    files = []
    parts = max(1, -(-size.rows // _FILE_ROWS))
    for part in range(parts):
        rows = size.rows // parts + (1 if part < size.rows % parts else 0)
        name = str(folder / f"part-{part:04d}.parquet")
        _write_part(name, _draw(random, keys, rows, part / parts, (part + 1) / parts))
        files.append(name)
    return tuple(files)


def identity_keys(files: tuple[str, ...]) -> np.ndarray:
    """Every identity of the files, sorted: each its own person."""
    with connect() as connection:
        found = connection.sql(
            f"SELECT DISTINCT identity_key FROM read_parquet({list(files)!r}) ORDER BY 1"
        ).fetchnumpy()
    return np.asarray(found["identity_key"], dtype=np.int64)


def _draw(
    random: np.random.Generator, keys: np.ndarray, rows: int, since: float, until: float
) -> dict[str, np.ndarray]:
    # A skew: the most active tenth of the people makes about a third of the contacts.
    person = np.minimum((random.random(rows) ** 1.6 * len(keys)).astype(np.int64), len(keys) - 1)
    second = np.sort(random.uniform(since, until, rows)) * (_YEAR_US / 1e6)
    stamp = _START + second.astype(np.int64) * 1_000_000
    weights = np.array(_POPULAR, dtype=float)
    touchpoint = random.choice(len(TOUCHPOINTS), size=rows, p=weights / weights.sum())
    other = random.random(rows) < 0.08
    channel = np.where(
        other, random.integers(0, len(CHANNELS), rows), np.array(_CHANNEL_OF)[touchpoint]
    )
    return {
        "id_hi": random.integers(-(2**63), 2**63 - 1, rows),
        "id_lo": random.integers(-(2**63), 2**63 - 1, rows),
        "identity_key": keys[person],
        "ts_us": stamp,
        "touchpoint": touchpoint,
        "channel": channel,
        "wait": random.exponential(180.0, rows).round(),
        "score": random.choice(11, size=rows, p=_SCORES),
        "has_score": random.random(rows) < 0.05,
        "team": random.integers(0, 9, rows),
        "case_id": person * 4 + (stamp - _START) * 4 // _YEAR_US,
        "motive": random.integers(0, 12, rows),
        "text": random.random(rows) < 0.02,
    }


_SCORES = np.array([4, 2, 2, 3, 3, 6, 6, 14, 20, 18, 22]) / 100.0


def _write_part(name: str, drawn: dict[str, np.ndarray]) -> None:
    touchpoints, channels = list(TOUCHPOINTS), list(CHANNELS)
    phone = "channel IN (2, 3)"
    made = {
        **{column: column for column in ("id_hi", "id_lo", "identity_key", "ts_us")},
        "content": "id_lo",
        "bucket": f"{FRESH}",
        "day": "ts_us // 86400000000",
        "month": "year(make_timestamp(ts_us)) * 100 + month(make_timestamp(ts_us))",
        "source": "'synthetic'",
        "end_us": f"CASE WHEN {phone} THEN ts_us + 300000000 END",
        "channel": f"{channels!r}[channel + 1]",
        "touchpoint": f"{touchpoints!r}[touchpoint + 1]",
        "kind": f"CASE WHEN has_score THEN 'feedback' WHEN {phone} THEN 'contact' "
        "WHEN channel < 2 THEN 'visit' ELSE 'other' END",
        "direction": f"CASE WHEN {phone} THEN 'inbound' END",
        "case_id": "CASE WHEN touchpoint > 3 THEN 'case-' || case_id END",
        "motive": f"CASE WHEN {phone} THEN 'motive_' || motive END",
        "agent": f"CASE WHEN {phone} THEN 'agent_' || (team * 30 + case_id % 30) END",
        "team": f"CASE WHEN {phone} THEN 'team_' || team END",
        "wait_s": f"CASE WHEN {phone} THEN wait END",
        "duration_s": f"CASE WHEN {phone} THEN 300.0 END",
        "outcome": f"CASE WHEN {phone} THEN 'resolved' END",
        "metric": "CASE WHEN has_score THEN 'nps' END",
        "score": "CASE WHEN has_score THEN score END",
        "scale_min": "CASE WHEN has_score THEN 0 END",
        "scale_max": "CASE WHEN has_score THEN 10 END",
        "polarity": "CASE WHEN has_score THEN 'good_high' END",
        "text": "CASE WHEN text THEN 'Un message du client numéro ' || case_id END",
        "language": "CASE WHEN text THEN 'fr' END",
    }
    chosen = ", ".join(
        f'CAST({made.get(column, "NULL")} AS {kind}) AS "{column}"' for column, kind in KEPT.items()
    )
    with connect() as connection:
        connection.execute(
            f"COPY (SELECT {chosen}, CASE WHEN identity_key % 10 = 0 THEN 'pro' ELSE 'home' END "
            f"AS segment_offer FROM drawn) TO '{name}' (FORMAT parquet, COMPRESSION snappy)"
        )
