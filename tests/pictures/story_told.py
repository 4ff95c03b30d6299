"""The golden customer, built by hand: one evening of seed 001, a chat, a call, the menu again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from verite.words.asked import About
from verite.words.customer import (
    Alert,
    Beat,
    Customer,
    Effort,
    FeelingNow,
    Mark,
    Remembered,
    Story,
    Tried,
)

PARIS = ZoneInfo("Europe/Paris")
START = datetime(2026, 10, 6, 18, 4, tzinfo=PARIS)
CASE = "T-900001"
ABOUT = About(asked="customer", as_of=None, ledger_version=12, people_version=3)


def beat(after_s: int, **given: object) -> Beat:
    """A beat of the case, `after_s` seconds after the story starts."""
    at = START + timedelta(seconds=after_s)
    told: dict[str, object] = {
        "id": f"{after_s:032x}", "at": at, "until": None, "channel": None, "touchpoint": None,
        "kind": "contact", "direction": "inbound", "case_id": CASE, "motive": None, "step": None,
        "agent": None, "team": None, "outcome": None, "wait_s": None, "duration_s": None,
        "menus": None, "metric": None, "score": None, "text": None, "feeling": None, **given,
    }  # fmt: skip
    spent = float(told["wait_s"] or 0) + float(told["duration_s"] or 0)  # type: ignore[arg-type]
    told["until"] = at + timedelta(seconds=spent) if spent else None
    return Beat(**told)  # type: ignore[arg-type]


def step(after_s: int, key: str, agent: str, *marks: Mark) -> Beat:
    """A step asked by an agent."""
    return beat(
        after_s, channel="chat" if agent == "A" else "phone", kind="other", direction="outbound",
        step=key, agent=agent, marks=marks,
    )  # fmt: skip


GOLDEN = (
    beat(0, channel="chat", touchpoint="chat", motive="no_connection", agent="A", team="chat-a",
         wait_s=1200.0, duration_s=1080.0, outcome="abandoned", marks=(Mark.ABANDONED,),
         text="Plus d’internet depuis ce matin."),
    step(1380, "restart_box", "A"),
    step(1800, "check_lights", "A"),
    beat(2700, channel="phone", touchpoint="ivr", kind="other", menus=1, duration_s=60.0,
         outcome="transferred", marks=(Mark.SWITCHED,)),
    beat(2760, channel="phone", touchpoint="phone_agent", motive="no_connection", agent="B",
         team="technique-a", wait_s=900.0, duration_s=720.0, outcome="transferred",
         marks=(Mark.RETOLD,), text="Je vous raconte tout à nouveau."),
    step(3840, "restart_box", "B", Mark.REDONE),
    step(4080, "check_lights", "B", Mark.REDONE),
    beat(4380, channel="phone", touchpoint="network_transfer", kind="handover", team="reseau",
         wait_s=1200.0, outcome="transfer_failed",
         marks=(Mark.TRANSFER_FAILED, Mark.NEVER_REACHED)),
    beat(5580, channel="phone", touchpoint="ivr", kind="other", menus=1, duration_s=60.0,
         outcome="unresolved", marks=(Mark.MENU_AGAIN,)),
)  # fmt: skip


def felt(minutes: float, value: float, half: float = 6.0) -> tuple[datetime, float, float, float]:
    """A point of the course of the feeling."""
    return START + timedelta(minutes=minutes), value, value - half, value + half


FEELING = FeelingNow(
    value=21.0, low=14.0, high=29.0, calibrated=True, model="v7", n=9,
    worst=Remembered(
        id=GOLDEN[7].id, at=GOLDEN[7].at, touchpoint="network_transfer", feeling=-0.9
    ),
    best=Remembered(id="b" * 32, at=START - timedelta(days=114), touchpoint="shop_advice",
                    feeling=0.72),
    last=Remembered(id=GOLDEN[8].id, at=GOLDEN[8].at, touchpoint="ivr", feeling=-0.6),
    course=(felt(-60, 61), felt(0, 60), felt(38, 44), felt(58, 41), felt(73, 33), felt(93, 20),
            felt(94, 21)),
)  # fmt: skip
EFFORT = Effort(
    contacts=2, wait_s=3300.0, wait_kinds=(("online", 1200.0), ("phone", 2100.0)),
    agents_reached=2, agents_never_reached=1, transfers=1, failed_transfers=1, retold=1,
    redone_steps=2, channel_switches=1, switches_by_customer=1, menus=2, abandoned=1, repeats=0,
    resolved=False,
)  # fmt: skip
STORY = Story(
    case_id=CASE, motive="no_connection", since=START,
    said=("Plus d’internet depuis ce matin. J’ai déjà redémarré la box et regardé les voyants.",
          "Je vous raconte tout à nouveau : plus de connexion."),
    tried=(Tried(step="restart_box", times=2, last=GOLDEN[5].at),
           Tried(step="check_lights", times=2, last=GOLDEN[6].at)),
    result="transfer_failed", waiting_for="call_back", waited_s=3300.0,
    not_to_ask=("story", "step:restart_box", "step:check_lights"), preferred_channel="phone",
    unfit_channels=("chat",), promises=(), grants=("Geste jusqu’à 20 €",), advice="call_back",
)  # fmt: skip


def golden() -> Customer:
    """The golden customer as the home should tell it."""
    return Customer(
        person="3f9k2", identities=("user:…001", "phone:+33 •• •• •• 42"),
        since=datetime(2019, 3, 2, tzinfo=PARIS), segments=(("offer", "Fibre"),),
        timeline=GOLDEN, story=STORY, effort=EFFORT, year=EFFORT, feeling=FEELING, about=ABOUT,
        alerts=(Alert(at=START + timedelta(minutes=31), interaction=GOLDEN[0].id, channel="chat",
                      reason="slow_and_long_wait"),),
    )  # fmt: skip


def unfelt() -> Customer:
    """The same customer when nothing is known of the feeling."""
    none = FeelingNow(value=None, low=None, high=None, calibrated=False, model=None, n=0)
    return replace(golden(), feeling=none)


def days_apart(days: int, contacts: int = 3) -> Customer:
    """A case of several contacts, some days apart, on changing channels."""
    channels = ("email", "phone", "store", "chat", "web")
    beats = []
    for place in range(contacts):
        beats.append(
            beat(
                place * days * 86400 + place * 5400, channel=channels[place % 5],
                touchpoint="contact_form" if place % 5 == 0 else "phone_agent",
                kind="visit" if channels[place % 5] == "web" else "contact",
                agent="ABCDE"[place % 5],
                wait_s=None if place % 2 else 900.0, duration_s=600.0 + 60 * place,
                outcome="resolved" if place == contacts - 1 else None,
                marks=(Mark.SWITCHED, Mark.RETOLD) if place else (),
            )
        )  # fmt: skip
    return replace(unfelt(), timeline=tuple(beats), alerts=())
