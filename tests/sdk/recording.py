"""Payloads of real clients as files: what they send, without host or key."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from faulty_proxy import Seen

BATCHES, EVENTS = 3, 4
KEPT_HEADERS = ("content-type", "content-encoding", "user-agent", "x-retry-count")
OK = 200
GZIP = b"\x1f\x8b"


def record(seen: Sequence[Seen], keys: dict[str, str], folder: Path) -> None:
    """The first batches of each client, cut to a few events, as they were sent."""
    folder.mkdir(exist_ok=True)
    for name, key in keys.items():
        authorization = "Basic " + base64.b64encode(f"{key}:".encode()).decode()
        calls = [one for one in seen if one.key == authorization and one.status == OK]
        told = [_told(one, key) for one in calls[:BATCHES]]
        text = json.dumps(told, indent=1, ensure_ascii=False)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def _told(one: Seen, key: str) -> dict[str, object]:
    body = gzip.decompress(one.body) if one.body.startswith(GZIP) else one.body
    document = json.loads(body.replace(key.encode(), b"WRITE_KEY"))
    document["batch"] = document["batch"][:EVENTS]
    headers = {name: one.headers[name] for name in KEPT_HEADERS if name in one.headers}
    return {"headers": headers, "body": document}
