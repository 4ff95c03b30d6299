"""The columns of the ledger: their names and portable SQL types, in one place.

`received` columns come from sources; `kept` columns are what the ledger stores. Segments are wide
columns `segment_<key>` (VARCHAR), added when first seen.
"""

from __future__ import annotations

import re
from typing import Final

from verite.words.errors import BadInput

# What a reader hands to the ledger: one row per interaction, already cleaned and typed.
RECEIVED: Final[dict[str, str]] = {
    "message_id": "VARCHAR",
    "identity": "VARCHAR",
    "aliases": "VARCHAR",  # JSON list of further identities, null when none
    "ts_us": "BIGINT",
    "end_us": "BIGINT",
    "channel": "VARCHAR",
    "touchpoint": "VARCHAR",
    "kind": "VARCHAR",
    "direction": "VARCHAR",
    "case_id": "VARCHAR",
    "motive": "VARCHAR",
    "step": "VARCHAR",
    "agent": "VARCHAR",
    "team": "VARCHAR",
    "site": "VARCHAR",
    "wait_s": "DOUBLE",
    "duration_s": "DOUBLE",
    "menus": "INTEGER",
    "outcome": "VARCHAR",
    "metric": "VARCHAR",
    "score": "DOUBLE",
    "scale_min": "DOUBLE",
    "scale_max": "DOUBLE",
    "polarity": "VARCHAR",
    "text": "VARCHAR",
    "language": "VARCHAR",
    "value": "DOUBLE",
    "currency": "VARCHAR",
    "properties": "VARCHAR",  # JSON object of masked extras, null when none
}

# What replaces who-columns once in the ledger: never a name, mail or phone.
KEYS: Final[dict[str, str]] = {
    "id_hi": "BIGINT",  # the two halves of md5(message_id), as signed integers
    "id_lo": "BIGINT",
    "content": "BIGINT",  # 64-bit hash of everything else, to tell a duplicate from a conflict
    "identity_key": "BIGINT",  # random surrogate from keys.sqlite3
    "bucket": "INTEGER",  # identity_key mod 64 once compacted; FRESH before
    "day": "INTEGER",  # days since 1970-01-01, UTC
    "month": "INTEGER",  # yyyymm, UTC
    "source": "VARCHAR",
}

KEPT: Final[dict[str, str]] = {
    **KEYS,
    **{n: t for n, t in RECEIVED.items() if n not in {"message_id", "identity", "aliases"}},
}

BUCKETS: Final = 64
FRESH: Final = 64
SEGMENT_PREFIX: Final = "segment_"
SEGMENTS_AT_MOST: Final = 40

# String columns that the timeline keeps as integer codes (-1 = absent), plus every segment.
CODED: Final[tuple[str, ...]] = (
    "channel", "touchpoint", "kind", "direction", "case_id", "motive", "step",
    "agent", "team", "site", "outcome", "metric", "polarity", "language", "currency", "source",
)  # fmt: skip
NUMBERS: Final[tuple[str, ...]] = (
    "wait_s", "duration_s", "menus", "score", "scale_min", "scale_max", "value",
)  # fmt: skip

_KEY = re.compile(r"^[a-z][a-z0-9_]{0,39}$")


def segment_column(key: str) -> str:
    """The ledger column of a segment key.

    >>> segment_column("offer")
    'segment_offer'
    """
    if not _KEY.match(key):
        raise BadInput("segment_key", fields={"key": key})
    return SEGMENT_PREFIX + key


def dimension_column(dimension: str) -> str:
    """The ledger column of a dimension as asked: a coded column, or `segment.KEY`.

    >>> dimension_column("segment.offer"), dimension_column("journey_id")
    ('segment_offer', 'case_id')
    """
    if dimension.startswith("segment."):
        return segment_column(dimension.removeprefix("segment."))
    if dimension == "journey_id":
        return "case_id"
    if dimension in CODED or dimension in TIME_DIMENSIONS:
        return dimension
    raise BadInput("unknown_dimension", fields={"dimension": dimension})


TIME_DIMENSIONS: Final[tuple[str, ...]] = ("day", "week", "month", "weekday", "hour")
