"""Sends events with segment-analytics-python: HOST KEY COUNT."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta

from segment.analytics.client import Client

_HISTORIC = 2  # every other event tells a time of its own


def main() -> None:
    host, key, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    failures: list[object] = []
    client = Client(
        key, host=host, max_queue_size=count + 10, on_error=lambda error, _: failures.append(error)
    )
    client.identify("sdk-python", traits={"email": "sdk.python@exemple.fr"})
    start = datetime.now(UTC)
    for number in range(count):
        own = number % _HISTORIC == 0
        at = start - timedelta(minutes=number) if own else None
        told = at.timestamp() if at is not None else time.time()
        properties = {"sdk": "segment-python", "n": number, "told_s": told}
        client.track("sdk-python", "Box Restarted", properties, timestamp=at)
    client.flush()
    client.join()
    sys.exit(f"not sent: {failures[:3]}" if failures else 0)


if __name__ == "__main__":
    main()
