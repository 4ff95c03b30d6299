"""Load for the collector: batches made beforehand, sent over kept connections, each answer timed.

Run as `python -m bench.sending PORT KEY CONNECTIONS SECONDS BATCHES_PER_S`; 0 sends as fast as
answers come. Prints one JSON line. A process of its own: it must not share the server's.
"""

from __future__ import annotations

import asyncio
import base64
import json
import secrets
import sys
import time
from dataclasses import dataclass, field
from typing import Final

EVENTS: Final = 100
_STOCK: Final = 400
_NAMES: Final = ("Order Completed", "Product Viewed", "Support Chat Started", "Page Viewed")


@dataclass(slots=True)
class Sent:
    """What came back."""

    taken: list[float] = field(default_factory=list)
    refused: int = 0


def batch(number: int) -> bytes:
    """A hundred events as the Python client writes them; message ids are patched when sent."""
    events = [
        {
            "type": "track",
            "event": _NAMES[one % len(_NAMES)],
            "userId": f"u{(number * EVENTS + one) % 50_000}",
            "anonymousId": None,
            "messageId": f"@@@@@@@@@@@@-{one:03d}",
            "timestamp": f"2026-01-05T{one % 12:02d}:{number % 60:02d}:00.123000+00:00",
            "properties": {"order_id": f"O-{number}-{one}", "value": 12.3, "currency": "EUR"},
            "context": {"library": {"name": "analytics-python", "version": "2.3.0"}},
            "integrations": {},
        }
        for one in range(EVENTS)
    ]
    return json.dumps({"batch": events, "sentAt": "2026-01-05T12:30:00.5+00:00"}).encode()


def request(port: int, key: str, body: bytes) -> bytes:
    """The bytes of one call."""
    basic = base64.b64encode(f"{key}:".encode()).decode()
    head = (
        f"POST /v1/batch HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Basic {basic}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def send(port: int, key: str, connections: int, seconds: float, rate: float) -> Sent:
    """Sends for so long. With a rate, each call is timed from when it was due, late or not."""
    stock = [request(port, key, batch(number)) for number in range(_STOCK)]
    sent, began = Sent(), time.perf_counter()
    turn = iter(range(1 << 62))

    async def go_on() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while True:
            number = next(turn)
            due = began + number / rate if rate else time.perf_counter()
            if due > began + seconds or time.perf_counter() > began + seconds:
                break
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            fresh = secrets.token_hex(6).encode()
            writer.write(stock[number % _STOCK].replace(b"@@@@@@@@@@@@", fresh))
            if await _answer(reader) == b"200":
                sent.taken.append(time.perf_counter() - due)
            else:
                sent.refused += 1
        writer.close()

    await asyncio.gather(*(go_on() for _ in range(connections)))
    return sent


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lower = head.lower()
    if b"content-length:" in lower:
        length = int(lower.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
        await reader.readexactly(length)
    else:
        while size := int((await reader.readline()).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return head[9:12]


def main() -> None:
    """Sends as asked and tells events per second and percentiles."""
    port, key, connections, seconds, rate = sys.argv[1:6]
    began = time.perf_counter()
    sent = asyncio.run(send(int(port), key, int(connections), float(seconds), float(rate)))
    lasted = time.perf_counter() - began
    taken = sorted(sent.taken) or [0.0]
    told = {
        "batches": len(sent.taken),
        "refused": sent.refused,
        "events_per_s": len(sent.taken) * EVENTS / float(seconds),
        "p50_ms": taken[len(taken) // 2] * 1e3,
        "p99_ms": taken[int(len(taken) * 0.99)] * 1e3,
        "worst_ms": taken[-1] * 1e3,
        "seconds": lasted,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
