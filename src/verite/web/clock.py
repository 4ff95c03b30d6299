"""The clock: pages are the edge where time is asked."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The aware time of the request."""
    return datetime.now(UTC)
