"""How each channel serves: its teams, waits, talk and chance to solve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from verite.demo.planted import PLANTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """How one channel serves: touchpoint, teams, waits and talk in seconds, chance to solve."""

    touchpoint: str
    identity: str
    source: str
    teams: tuple[str, ...]
    wait_s: float
    wait_spread: float  # standard deviation of the log
    patience_s: float
    talk_s: float
    solves: float
    valence: float = 0.42
    written: float = 0.0  # share of contacts whose words are kept


DESKS: Final = {
    "phone": Desk(touchpoint="phone_agent", identity="phone", source="phone", wait_s=30,
                  teams=("accueil-a", "accueil-b", "accueil-c", "technique-a", "oriel"),
                  wait_spread=1.5, patience_s=1100, talk_s=430, solves=0.83),
    "chat": Desk(touchpoint="chat", identity="user", source="chat", teams=("chat-a", "chat-b"),
                 wait_s=60, wait_spread=1.1, patience_s=1200, talk_s=900, solves=0.66,
                 valence=0.42 + PLANTED.other_channel_valence, written=0.12),
    "email": Desk(touchpoint="help_email", identity="email", source="email",
                  teams=("ecrit-a", "ecrit-b"), wait_s=26_000, wait_spread=0.7, patience_s=1e9,
                  talk_s=380, solves=0.76, valence=0.47, written=0.3),
    "store": Desk(touchpoint="shop_help", identity="card", source="shops",
                  teams=("boutiques-nord", "boutiques-sud"), wait_s=330, wait_spread=0.6,
                  patience_s=5400, talk_s=720, solves=0.83),
    "social": Desk(touchpoint="social", identity="social", source="social",
                   teams=("ecrit-a", "ecrit-b"), wait_s=9000, wait_spread=0.8, patience_s=1e9,
                   talk_s=240, solves=0.68, valence=0.42, written=0.9),
}  # fmt: skip
