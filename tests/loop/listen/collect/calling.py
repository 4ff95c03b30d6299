"""A gate with a desk in memory, and calls to it."""

from __future__ import annotations

import base64
import json
from concurrent.futures import Future
from datetime import UTC, datetime

from verite.loop.listen.collect import Gate, Received, hash_key, ingest, settled
from verite.words.live import Caller, Mode, Scope

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
KEY = "vk_right"
EVENT = {"type": "track", "event": "Order Completed", "userId": "u1", "messageId": "m1"}
SEGMENT = frozenset(Scope) - {Scope.CLOUDEVENTS, Scope.WEBHOOK}
SHOP = Caller(
    name="shop", key_hash=hash_key(KEY), mode=Mode.IDENTIFIED, scopes=SEGMENT, rate_per_s=10_000
)


class Desk:
    """Where payloads are put down, at once or never."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.error: Exception | None = None

    def offer(self, payload: bytes, source: str, at: datetime) -> Future[None]:
        promise: Future[None] = Future()
        if self.error is not None:
            promise.set_exception(self.error)
        else:
            self.kept.append(payload)
            promise.set_result(None)
        return promise


def opened(desk, *callers, limits=None):
    gate = Gate(desk.offer, limits)
    gate.know(callers)
    return gate


def basic(key):
    return "Basic " + base64.b64encode(f"{key}:".encode()).decode()


def body_of(*events, **more):
    return json.dumps({"batch": events or (EVENT,), **more}).encode()


def call(gate, body, path="/v1/batch", *, key=KEY, at=NOON, **headers):
    signed = {"authorization": basic(key)} if key else {}
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    reply = ingest(gate, Received(path=path, headers=signed | told, body=body), at)
    return settled(reply)


def code_of(reply):
    return reply.status, json.loads(reply.body).get("code")
