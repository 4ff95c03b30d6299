"""Column names of call records, in French and in English, and the mapping that they make."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as Table
from typing import Final

from verite.loop.listen.mapping import Branch, Filling, Mapping
from verite.loop.listen.plan import own_field

# What a telephone system may call each thing; the first column found is taken.
NAMES: Final[Table[str, tuple[str, ...]]] = {
    "caller": ("caller", "caller_id", "callerid", "caller_number", "calling_number", "ani", "from",
               "clid", "src", "from_number", "customer_number", "appelant", "numero_appelant"),
    "customer": ("identity", "customer", "customer_id", "client", "client_id", "id_client",
                 "external_contact_id", "account"),
    "call": ("case_id", "call_id", "callid", "conversation_id", "interaction_id", "ucid",
             "uniqueid", "linkedid", "contact_id", "id_appel", "appel"),
    "leg": ("leg", "leg_type", "segment_type", "event", "etape", "type"),
    "at": ("at", "started_at", "start_time", "start", "call_start", "call_time", "date_time",
           "datetime", "timestamp", "initiated_at", "calldate", "debut", "date_appel"),
    "ended_at": ("ended_at", "end_time", "end", "call_end", "fin"),
    "menus": ("menus", "ivr_menus", "menu_count", "ivr_steps", "nb_menus", "menus_svi"),
    "ivr_s": ("ivr_s", "ivr_time", "ivr_duration", "ivr_seconds", "temps_svi", "duree_svi"),
    "wait_s": ("wait_s", "wait", "wait_time", "waiting_time", "queue_time", "queue_seconds",
               "hold_before_answer", "attente", "temps_attente", "duree_attente", "asa"),
    "talk_s": ("duration_s", "talk_s", "talk_time", "talk", "billsec", "conversation_time",
               "handle_time", "duree_conversation", "duree_appel", "duration"),
    "agent": ("agent", "agent_id", "agent_name", "user_id", "operator", "conseiller",
              "answered_by"),
    "team": ("team", "queue", "queue_name", "skill", "group", "file", "file_attente", "equipe",
             "dstchannel"),
    "site": ("site", "location", "centre"),
    "outcome": ("outcome", "disposition", "status", "result", "call_result", "issue", "statut"),
    "motive": ("motive", "reason", "wrap_up", "wrapup_code", "topic", "motif"),
    "step": ("step", "action", "manipulation"),
    "direction": ("direction", "call_direction", "sens"),
    "text": ("text", "transcript", "notes", "comment", "verbatim", "transcription"),
    "transferred_at": ("transferred_at", "transfer_time", "transfer_at", "date_transfert"),
    "transferred_to": ("transferred_to", "transfer_to", "transfer_target", "transfer_queue",
                       "transfere_vers"),
    "transfer_wait_s": ("transfer_wait_s", "transfer_wait", "transfer_queue_time",
                        "attente_transfert"),
    "transfer_outcome": ("transfer_outcome", "transfer_result", "transfer_status",
                         "resultat_transfert"),
}  # fmt: skip
OUTCOMES: Final = (
    ("answered", "done"), ("answer", "done"), ("completed", "done"), ("complete", "done"),
    ("completeagent", "done"), ("completecaller", "done"), ("handled", "done"), ("ok", "done"),
    ("success", "done"), ("traité", "done"), ("répondu", "done"), ("décroché", "done"),
    ("hangup", "done"), ("resolved", "resolved"), ("résolu", "resolved"),
    ("unresolved", "unresolved"), ("non résolu", "unresolved"),
    ("abandon", "abandoned"), ("abandonné", "abandoned"), ("no answer", "abandoned"),
    ("noanswer", "abandoned"), ("no_answer", "abandoned"), ("missed", "abandoned"),
    ("busy", "abandoned"), ("cancel", "abandoned"), ("cancelled", "abandoned"),
    ("exitwithtimeout", "abandoned"), ("perdu", "abandoned"), ("manqué", "abandoned"),
    ("transfer", "transferred"), ("transfert", "transferred"), ("transféré", "transferred"),
    ("attendedtransfer", "transferred"), ("blindtransfer", "transferred"),
    ("transfer failed", "transfer_failed"), ("transfer_failure", "transfer_failed"),
    ("transfert échoué", "transfer_failed"), ("failed", "unresolved"), ("failure", "unresolved"),
    ("error", "unresolved"), ("échec", "unresolved"),
)  # fmt: skip
FAILED: Final = (
    *((said, "done") for said in ("answered", "answer", "ok", "success", "done", "completed",
                                  "connected", "réussi", "abouti")),
    *((said, "transfer_failed") for said in (
        "failed", "failure", "no answer", "noanswer", "no_answer", "busy", "error", "timeout",
        "rejected", "returned", "unreachable", "échec", "échoué", "sans réponse")),
    ("abandon", "abandoned"), ("abandonné", "abandoned"),
)  # fmt: skip
DIRECTIONS: Final = (
    ("in", "inbound"), ("incoming", "inbound"), ("entrant", "inbound"), ("out", "outbound"),
    ("outgoing", "outbound"), ("sortant", "outbound"), ("callback", "outbound"),
    ("rappel", "outbound"), ("proactif", "proactive"), ("campaign", "proactive"),
)  # fmt: skip
_MENU: Final = ("ivr", "menu", "svi", "flow")
_AGENT: Final = ("agent", "queue", "call", "answer", "conseiller", "appel")
_PASSED: Final = ("transfer", "handover", "transfert")
_STEP: Final = ("step", "action", "manipulation")
TOUCHPOINTS: Final = (
    *((leg, "ivr") for leg in _MENU), *((leg, "phone_agent") for leg in (*_AGENT, *_STEP)),
    *((leg, "transfer") for leg in _PASSED),
)  # fmt: skip
KINDS: Final = (
    *((leg, "other") for leg in (*_MENU, *_STEP)), *((leg, "contact") for leg in _AGENT),
    *((leg, "handover") for leg in _PASSED),
)  # fmt: skip
LEG_DIRECTIONS: Final = (
    *((leg, "inbound") for leg in (*_MENU, *_AGENT, *_PASSED)),
    *((leg, "outbound") for leg in _STEP),
)
_PHONE: Final = Filling(field="channel", constant="phone")
Found = dict[str, str]


def plain(column: str) -> str:
    """A column name as the lists above write them.

    >>> plain("Durée d'attente"), plain("Call-ID")
    ('duree_d_attente', 'call_id')
    """
    text = unicodedata.normalize("NFKD", column).encode("ascii", "ignore").decode().lower()
    return "_".join(re.split(r"[^a-z0-9]+", text.strip(" _"))).strip("_")


def records_mapping(columns: tuple[str, ...]) -> Mapping | None:
    """The mapping of call records with these columns; None when no time or no caller is there."""
    by_name = {plain(column): column for column in reversed(columns)}
    found: Found = {}
    for meaning, names in NAMES.items():
        column = next((by_name[name] for name in names if name in by_name), None)
        if column is not None:
            found[meaning] = column
    if "at" not in found or not found.keys() & {"caller", "customer"}:
        return None
    branches = _legs(found, columns) if "leg" in found else _calls(found, columns)
    return Mapping(branches=branches)


def _legs(found: Found, columns: tuple[str, ...]) -> tuple[Branch, ...]:
    """One row per leg: its type says what it is, unless columns of our own do."""
    leg = found["leg"]
    fillings = _shared(found, columns)
    taken = {filling.field for filling in fillings}
    for field, values in (
        ("touchpoint", TOUCHPOINTS), ("kind", KINDS), ("direction", LEG_DIRECTIONS),
    ):  # fmt: skip
        if field not in taken:
            fillings.append(Filling(field=field, column=leg, values=values))
    for field in ("ended_at", "menus", "wait_s", "agent", "team", "step", "text"):
        if field in found:
            fillings.append(Filling(field=field, column=found[field]))
    if "talk_s" in found:
        fillings.append(Filling(field="duration_s", column=found["talk_s"]))
    if "outcome" in found:
        fillings.append(Filling(field="outcome", column=found["outcome"], values=OUTCOMES))
    return (Branch(fillings=tuple(fillings)),)


def _calls(found: Found, columns: tuple[str, ...]) -> tuple[Branch, ...]:
    """One row per call: the menu, the conversation and the transfer that its columns tell."""
    shared = _shared(found, columns)
    branches: list[Branch] = []
    menu = found.get("menus") or found.get("ivr_s")
    if menu is not None:
        inner = _some(found, {"menus": "menus", "duration_s": "ivr_s"})
        branches.append(_branch("menu", menu, shared, inner, ("ivr", "other")))
    spoken = _some(found, {"ended_at": "ended_at", "wait_s": "wait_s", "duration_s": "talk_s",
                           "agent": "agent", "team": "team", "text": "text"})  # fmt: skip
    if "outcome" in found:
        spoken.append(Filling(field="outcome", column=found["outcome"], values=OUTCOMES))
    branches.append(_branch("call", None, shared, spoken, ("phone_agent", "contact")))
    if "transferred_to" in found:
        passed = _some(found, {"team": "transferred_to", "wait_s": "transfer_wait_s"})
        if "transfer_outcome" in found:
            column = found["transfer_outcome"]
            passed.append(Filling(field="outcome", column=column, values=FAILED))
        when = found["transferred_to"]
        later = found.get("transferred_at")
        placed = [
            Filling(field="at", column=later) if f.field == "at" and later else f for f in shared
        ]
        branches.append(_branch("transfer", when, placed, passed, ("transfer", "handover")))
    return tuple(branches)


def _branch(
    name: str, when: str | None, shared: list[Filling], own: list[Filling], is_a: tuple[str, str]
) -> Branch:
    taken = {filling.field for filling in (*shared, *own)}
    constants = [
        Filling(field=field, constant=value)
        for field, value in zip(("touchpoint", "kind"), is_a, strict=True)
        if field not in taken
    ]
    return Branch(fillings=(*shared, *own, *constants), name=name, when=when)


def _some(found: Found, wanted: Table[str, str]) -> list[Filling]:
    return [
        Filling(field=field, column=found[meaning])
        for field, meaning in wanted.items()
        if meaning in found
    ]


def _shared(found: Found, columns: tuple[str, ...]) -> list[Filling]:
    """What every interaction of a call bears: who, when, which call, why, and our own columns."""
    who = found.get("customer") or found["caller"]
    fillings = [Filling(field="identity", column=who), Filling(field="at", column=found["at"])]
    if "customer" in found and "caller" in found:
        fillings.append(Filling(field="aliases", column=found["caller"]))
    fillings += _some(found, {"case_id": "call", "site": "site", "motive": "motive"})
    taken = {filling.field for filling in fillings} | {"wait_s", "duration_s", "menus", "agent"}
    taken |= {"team", "step", "text", "outcome", "ended_at", "direction"}
    if "direction" in found:
        fillings.append(Filling(field="direction", column=found["direction"], values=DIRECTIONS))
    elif "leg" not in found:
        fillings.append(Filling(field="direction", constant="inbound"))
    for column in columns:
        field = own_field(column)
        if field is not None and field not in taken:
            taken.add(field)
            fillings.append(Filling(field=field, column=column))
    return fillings if "channel" in taken else [*fillings, _PHONE]
