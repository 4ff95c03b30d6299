"""Rows of who is who: people, merges, what waits."""

from __future__ import annotations

from verite.rows.document import Json, Row, about_keys, document, table
from verite.words.people import Decided, Junk, Merge, Proposed, Seen, Unified, Waiting


def _seen(one: Seen) -> dict[str, Json]:
    return {
        "identity": one.identity,
        "interactions": one.interactions,
        "first": one.first.isoformat() if one.first else None,
        "last": one.last.isoformat() if one.last else None,
        "person": one.person,
    }


def _waiting(one: Waiting) -> dict[str, Json]:
    return {
        "id": one.id,
        "reason": one.reason.value,
        "identities": [seen.identity for seen in one.identities],
        "all_identities": one.all_identities,
        "people": one.people,
        "links": one.links,
        "told": list(one.told),
        "at": one.at.isoformat(),
        "shared_cases": one.shared_cases,
        "likely": None if one.likely is None else one.likely.value,
        "agreed": list(one.agreed),
        "apart": list(one.apart),
        "evidence": [_seen(seen) for seen in one.identities],
    }


def _merge(one: Merge) -> dict[str, Json]:
    return {
        "id": one.id,
        "identities": list(one.identities),
        "reason": one.reason,
        "at": one.at.isoformat(),
        "decided": one.decided,
    }


def _junk(one: Junk) -> dict[str, Json]:
    return {"identity": one.identity, "why": one.why, "links": one.links}


@document.register
def _unified(result: Unified) -> dict[str, Json]:
    return {
        "people": result.people,
        "identities": result.identities,
        "merged": result.merged,
        "reasons": dict(result.reasons),
        "waiting": result.waiting,
        "review": [_waiting(one) for one in result.review],
        "merges": [_merge(one) for one in result.merges],
        "all_junk": result.all_junk,
        "junk": [_junk(one) for one in result.junk],
        **about_keys(result.about),
    }


@table.register
def _unified_table(result: Unified) -> list[Row]:
    return [
        {
            "id": one.id,
            "reason": one.reason.value,
            "identities": [seen.identity for seen in one.identities],
            "people": one.people,
            "interactions": sum(seen.interactions for seen in one.identities),
            "shared_cases": one.shared_cases,
        }
        for one in result.review
    ]


@document.register
def _decided(result: Decided) -> dict[str, Json]:
    return {
        "verdict": result.verdict,
        "identities": list(result.identities),
        "links": result.links,
        "people_before": result.people_before,
        "people_after": result.people_after,
        "is_back": result.is_back,
        "waits": result.waits,
        **about_keys(result.about),
    }


@document.register
def _proposed(result: Proposed) -> dict[str, Json]:
    return {"profiles": result.profiles, "found": result.found, **about_keys(result.about)}


@table.register
def _proposed_table(result: Proposed) -> list[Row]:
    return [{"profiles": result.profiles, "found": result.found}]


@table.register
def _decided_table(result: Decided) -> list[Row]:
    return [{"identity": identity} for identity in result.identities]
