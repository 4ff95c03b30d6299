"""Rows of one customer: the document of the contract, and the timeline as a table."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from verite.rows.document import Json, Row, about_keys, document, table
from verite.words.customer import (
    Alert,
    Beat,
    Customer,
    Effort,
    FeelingNow,
    Remembered,
    Story,
)


def _when(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _beat(beat: Beat) -> dict[str, Json]:
    row: dict[str, Json] = {
        field.name: getattr(beat, field.name)
        for field in fields(beat)
        if field.name not in {"at", "until", "marks"}
    }
    ends = {"at": beat.at.isoformat(), "until": _when(beat.until)}
    return {"id": row.pop("id"), **ends, **row, "marks": [mark.value for mark in beat.marks]}


def effort_keys(effort: Effort) -> dict[str, Json]:
    """The keys of the contract, then those that tell more."""
    more = {"wait_kinds", "resolved"}
    keys: dict[str, Json] = {
        field.name: getattr(effort, field.name)
        for field in fields(effort)
        if field.name not in more
    }
    return {**keys, "resolved": effort.resolved, "wait_kinds": dict(effort.wait_kinds)}


def story_keys(story: Story) -> dict[str, Json]:
    """What the next agent must know; `summary` is added in the language asked."""
    tried: list[Json] = [
        {"step": one.step, "times": one.times, "last": one.last.isoformat()} for one in story.tried
    ]
    return {
        "case_id": story.case_id,
        "motive": story.motive,
        "since": _when(story.since),
        "last_at": _when(story.last_at),
        "said": list(story.said),
        "tried": tried,
        "result": story.result,
        "waiting": story.waiting_for,
        "waited_s": story.waited_s,
        "not_to_ask": list(story.not_to_ask),
        "never_reached": story.never_reached,
        "preferred_channel": story.preferred_channel,
        "preferred_n": story.preferred_n,
        "unfit_channels": list(story.unfit_channels),
        "promises": list(story.promises),
        "grants": list(story.grants),
        "advice": story.advice,
        "silent_days": story.silent_days,
    }


def _feeling(feeling: FeelingNow) -> dict[str, Json]:
    return {
        "value": feeling.value,
        "low": feeling.low,
        "high": feeling.high,
        "calibrated": feeling.calibrated,
        "model": feeling.model,
        "n": feeling.n,
        "worst": _remembered(feeling.worst),
        "best": _remembered(feeling.best),
        "last": _remembered(feeling.last),
    }


def _remembered(found: Remembered | None) -> Json:
    if found is None:
        return None
    return {
        "id": found.id,
        "at": found.at.isoformat(),
        "touchpoint": found.touchpoint,
        "feeling": found.feeling,
    }


def _alert(alert: Alert) -> dict[str, Json]:
    keys: dict[str, Json] = {
        field.name: getattr(alert, field.name) for field in fields(alert) if field.name != "at"
    }
    return {"at": alert.at.isoformat(), **keys}


@document.register
def _customer(result: Customer) -> dict[str, Json]:
    return {
        "person": result.person,
        "identities": list(result.identities),
        "since": _when(result.since),
        "segments": dict(result.segments),
        "timeline": [_beat(beat) for beat in result.timeline],
        "story": story_keys(result.story),
        "effort": effort_keys(result.effort),
        "year": effort_keys(result.year),
        "feeling": _feeling(result.feeling),
        "alerts": [_alert(alert) for alert in result.alerts],
        **about_keys(result.about),
    }


@table.register
def _customer_table(result: Customer) -> list[Row]:
    return [{**_beat(beat), "marks": " ".join(beat.marks)} for beat in result.timeline]
