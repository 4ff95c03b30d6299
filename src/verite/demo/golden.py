"""The story of seed 001, event by event: a chat, then the phone, then the menu again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from verite.demo.clock import DAY_S, day_of
from verite.demo.people import People
from verite.demo.rows import Given, Rows, keep, rows, together
from verite.demo.vocabulary import code

DAY: Final = date(2026, 10, 6)
CASE: Final = 900_001
_START_S: Final = 18 * 3600 + 4 * 60
_MENU: Final[Mapping[str, Given]] = {
    "channel": "phone", "touchpoint": "ivr", "kind": "other", "direction": "inbound",
    "menus": 1, "duration_s": 60.0, "source": "phone",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of the story: seconds since its start, what happened, and the words said."""

    after_s: int
    given: Mapping[str, Given]
    words: str | None = None


def _chat(after_s: int, given: Mapping[str, Given], words: str | None = None) -> Event:
    agent = code("agent", "chat-a-03")
    common: dict[str, Given] = {"channel": "chat", "touchpoint": "chat", "team": "chat-a",
                                "site": "rennes", "agent": agent, "source": "chat",
                                "motive": "no_connection"}  # fmt: skip
    return Event(after_s=after_s, given={**common, **given}, words=words)


def _call(after_s: int, given: Mapping[str, Given], words: str | None = None) -> Event:
    agent = code("agent", "technique-a-05")
    common: dict[str, Given] = {"channel": "phone", "touchpoint": "phone_agent",
                                "team": "technique-a", "site": "rennes", "agent": agent,
                                "source": "phone", "motive": "no_connection"}  # fmt: skip
    return Event(after_s=after_s, given={**common, **given}, words=words)


_ASKED: Final[Mapping[str, Given]] = {"kind": "other", "direction": "outbound"}
_MET: Final[Mapping[str, Given]] = {"kind": "contact", "direction": "inbound"}
STORY: Final = (
    _chat(0, {**_MET, "wait_s": 1200.0, "duration_s": 1080.0, "outcome": "abandoned"},
          "Plus d’internet depuis ce matin. J’ai déjà redémarré la box et regardé les voyants. "
          "J’écris d’une main sur le téléphone, je n’arrive pas à suivre."),
    _chat(1380, {**_ASKED, "step": "restart_box"}),
    _chat(1800, {**_ASKED, "step": "check_lights"}),
    Event(after_s=2700, given={**_MENU, "outcome": "transferred"}),
    _call(2760, {**_MET, "wait_s": 900.0, "duration_s": 720.0, "outcome": "transferred"},
          "Je vous raconte tout à nouveau : plus de connexion, la box redémarrée deux fois, les "
          "voyants regardés. Votre collègue du chat a tout par écrit !"),
    _call(3840, {**_ASKED, "step": "restart_box"}),
    _call(4080, {**_ASKED, "step": "check_lights"}),
    Event(after_s=4380, given={
        "channel": "phone", "touchpoint": "network_transfer", "kind": "handover",
        "direction": "inbound", "team": "reseau", "site": "rennes", "wait_s": 1200.0,
        "outcome": "transfer_failed", "motive": "no_connection", "source": "phone"}),
    Event(after_s=5580, given={**_MENU, "outcome": "unresolved"}),
)  # fmt: skip
_DAILY: Final = ("invoice", "box_use")


def tell_story(people: People) -> tuple[Rows, tuple[str, ...]]:
    """The rows of the story and its words; `text` points at them from 0."""
    start = day_of(DAY) * DAY_S + _START_S
    words: list[str] = []
    parts = []
    for event in STORY:
        given: dict[str, Given] = {**event.given, "case_kind": "ticket", "case": CASE,
                                   "identity": "user", "valence": -0.6, "weight": 0.3}  # fmt: skip
        if event.words is not None:
            given["text"] = len(words)
            words.append(event.words)
        parts.append(rows(np.array([people.golden]), np.array([start + event.after_s]), given))
    return together(parts), tuple(words)


def quiet(lived: Rows, people: People) -> Rows:
    """The year without anything of the golden customer but invoices and the box."""
    daily = np.isin(lived.whole("touchpoint"), [code("touchpoint", key) for key in _DAILY])
    return keep(lived, (lived.person != people.golden) | daily)
