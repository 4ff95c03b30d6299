"""Sentences of who is who."""

from __future__ import annotations

from verite.sentences.catalogue import phrase
from verite.sentences.numbers import count, number
from verite.words.people import Decided, Proposed, Unified


def say_unified(unified: Unified, lang: str) -> str:
    """How many people the identities make, and what waits for a decision."""
    if not unified.identities:
        return phrase("home.empty", lang)
    waiting = ""
    if unified.waiting:
        waiting = phrase("unified.waiting", lang, {"count": count(unified.waiting, "doubt", lang)})
    return phrase("unified.said", lang, {
        "people": count(unified.people, "person", lang),
        "identities": count(unified.identities, "identity", lang),
        "merged": count(unified.merged, "joined", lang),
        "waiting": waiting,
    })  # fmt: skip


def say_proposed(proposed: Proposed, lang: str) -> str:
    """How many customers were compared, and how many pairs wait for somebody's word."""
    return phrase("proposed.said", lang, {
        "profiles": count(proposed.profiles, "customer", lang),
        "found": count(proposed.found, "alike", lang),
    })  # fmt: skip


def say_decided(decided: Decided, lang: str) -> str:
    """What a decision changed, and how many people those identities make from now on."""
    verdict = "back" if decided.is_back else decided.verdict
    return phrase(f"decided.{verdict}", lang, {
        "links": count(decided.links, "link", lang),
        "before": number(decided.people_before, lang),
        "after": count(decided.people_after, "person", lang),
        "waits": phrase("decided.waits", lang) if decided.waits else "",
    })  # fmt: skip
