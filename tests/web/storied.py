"""A home with the golden story: one evening of chat and phone, and quieter neighbours."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2026, 10, 6, 16, 4, tzinfo=UTC)  # 18 h 04 in Paris
AT = datetime(2026, 10, 7, 8, tzinfo=UTC)
WORDS = "Plus d'internet <b>depuis</b> ce matin & la box est redémarrée."
COLUMNS = (
    "message_id", "identity", "at", "channel", "touchpoint", "kind", "direction", "case_id",
    "motive", "step", "agent", "team", "wait_s", "duration_s", "menus", "outcome", "text",
    "metric", "score", "scale_min", "scale_max", "segment.offer",
)  # fmt: skip
_CHAT = {"channel": "chat", "touchpoint": "chat", "agent": "a-03", "team": "chat-a",
         "motive": "no_connection"}  # fmt: skip
_CALL = {"channel": "phone", "touchpoint": "phone_agent", "agent": "b-05", "team": "technique-a",
         "motive": "no_connection"}  # fmt: skip
_MET = {"kind": "contact", "direction": "inbound"}
_ASKED = {"kind": "other", "direction": "outbound"}
_MENU = {"channel": "phone", "touchpoint": "ivr", "kind": "other", "direction": "inbound",
         "menus": 1, "duration_s": 60}  # fmt: skip
GOLDEN = (
    (0, {**_CHAT, **_MET, "wait_s": 1200, "duration_s": 1080, "outcome": "abandoned",
         "text": WORDS}),
    (1380, {**_CHAT, **_ASKED, "step": "restart_box"}),
    (1800, {**_CHAT, **_ASKED, "step": "check_lights"}),
    (2700, {**_MENU, "outcome": "transferred"}),
    (2760, {**_CALL, **_MET, "wait_s": 900, "duration_s": 720, "outcome": "transferred",
            "text": "Je vous raconte tout à nouveau."}),
    (3840, {**_CALL, **_ASKED, "step": "restart_box"}),
    (4080, {**_CALL, **_ASKED, "step": "check_lights"}),
    (4380, {"channel": "phone", "touchpoint": "network_transfer", "kind": "handover",
            "direction": "inbound", "team": "reseau", "wait_s": 1200,
            "outcome": "transfer_failed", "motive": "no_connection"}),
    (5580, {**_MENU, "outcome": "unresolved"}),
)  # fmt: skip


def write_stories(path: Path) -> Path:
    """The file: the golden customer, one whose e-mail is known, thirty whose case is resolved."""
    rows = [_row("user:seed-001", after, {**told, "case_id": "T0900001"}) for after, told in GOLDEN]
    early = timedelta(days=-120).total_seconds()
    rows.append(
        _row(
            "user:seed-001",
            early,
            {
                **_MET,
                "channel": "store",
                "case_id": "T0000009",
                "touchpoint": "shop_advice",
                "outcome": "resolved",
                "motive": "information",
                "duration_s": 600,
            },
        )
    )
    waited = {**_CHAT, **_MET, "wait_s": 700, "duration_s": 60, "outcome": "unresolved"}
    rows.append(_row("email:lea.martin@example.org", -9000, {**waited, "case_id": "T0000777"}))
    for place in range(30):
        solved = {**_CALL, **_MET, "wait_s": 30 + place, "duration_s": 200, "outcome": "resolved"}
        case = {"case_id": f"T{place:07}1"}
        rows.append(_row(f"user:calm-{place:03}", -86400 * place - 50, {**solved, **case}))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _row(identity: str, after: float, told: dict[str, object]) -> dict[str, object]:
    at = START + timedelta(seconds=after)
    key = f"{identity}-{after}-{told['channel']}"
    return {"message_id": key, "identity": identity, "at": at.isoformat(), "segment.offer": "Fibre",
            **told}  # fmt: skip
