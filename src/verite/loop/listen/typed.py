"""SQL that types the cells of a branch: times to UTC, numbers, closed sets, defaults."""

from __future__ import annotations

from typing import Final

from verite.loop.listen.cells import CLOSED, MASKED, PLAIN, cells_sql, texts_of
from verite.loop.listen.mapping import NUMBER_FIELDS
from verite.loop.listen.numbers import absent_sql, number_sql, seconds_sql
from verite.loop.listen.plan import LaidBranch, Plan
from verite.loop.listen.sheet import Writing
from verite.loop.listen.sql import literal
from verite.loop.listen.times import instant_sql, local_sql
from verite.loop.listen.zones import offset_sql
from verite.text.contacts import country_of
from verite.text.mask import mask_sql
from verite.words.columns import SEGMENT_PREFIX
from verite.words.interaction import CHANNEL_ALIASES, Direction, Kind, Outcome, Polarity

KIND_ALIASES: Final[dict[str, str]] = {
    "achat": "purchase", "commande": "purchase", "livraison": "delivery", "visite": "visit",
    "réclamation": "complaint", "reclamation": "complaint", "avis": "feedback",
    "enquête": "feedback", "enquete": "feedback", "appel": "contact", "usage": "use",
    "autre": "other",
}  # fmt: skip
KNOWN: Final[dict[str, tuple[str, ...]]] = {
    "kind": tuple(Kind),
    "direction": tuple(Direction),
    "outcome": tuple(Outcome),
    "polarity": tuple(Polarity),
}


def typed_sql(branch: LaidBranch, plan: Plan, writing: Writing, table: str) -> str:
    """A SELECT of every RECEIVED field, and of what judging a row needs."""
    segments = [SEGMENT_PREFIX + key for key in plan.segments]
    there = set(texts_of(branch, plan))
    typed = _typed(branch, there, writing)
    found = cells_sql(branch, plan, table, writing.country or country_of(writing.zone))
    cells = f"SELECT {', '.join([*typed, *segments])} FROM ({found})"
    # A layer each, so that the engine makes the costly fields once, and only where needed.
    doubted = f"SELECT *, {', '.join(_doubted(branch, there, writing))} FROM ({cells})"
    offset = f"SELECT *, {_offsets(there, writing)} FROM ({doubted})"
    return f"SELECT {_finished(there, segments)} FROM ({offset})"


def _typed(branch: LaidBranch, there: set[str], writing: Writing) -> list[str]:
    def given(field: str, sql: str, kind: str = "VARCHAR") -> str:
        return sql if field in there else f"NULL::{kind}"

    return [
        "row", "message_id", "id_made", "who", "aliases", "properties",
        f"{given('at', 'at_text')} AS at_text",
        f"{given('ended_at', 'ended_at_text')} AS end_text",
        *(f"{given(name, name + '_text')} AS {name}_text" for name in CLOSED),
        *(f"{given(name, name + '_text')} AS {name}" for name in PLAIN),
        *(f"{given(name, mask_sql(name + '_text'))} AS {name}" for name in MASKED),
        *(f"{given(name, _one_of(name))} AS {name}_known" for name in CLOSED),
        f"{_channel() if 'channel' in there else literal('other')} AS channel",
        f"{given('metric', 'lower(metric_text)')} AS metric_low",
        f"{given('language', 'lower(language_text)')} AS language",
        f"{given('currency', 'upper(currency_text)')} AS currency",
        *(
            f"{given(name, _number(name, writing), 'INTEGER' if name == 'menus' else 'DOUBLE')}"
            f" AS {name}"
            for name in NUMBER_FIELDS
        ),
        *(f"{name}_text" for name in NUMBER_FIELDS if name in there),
        f"{_instant_of(branch, 'at')} AS at_instant",
        f"{_instant_of(branch, 'ended_at')} AS end_instant",
    ]  # fmt: skip


def _doubted(branch: LaidBranch, there: set[str], writing: Writing) -> list[str]:
    bad = [_bad_number(name) for name in NUMBER_FIELDS if name in there]
    return [
        f"{'coalesce(' + ', '.join(bad) + ')' if bad else 'NULL::VARCHAR'} AS bad_number",
        f"{_local_of(branch, 'at', writing)} AS at_local",
        f"{_local_of(branch, 'ended_at', writing)} AS end_local",
    ]


def _finished(there: set[str], segments: list[str]) -> str:
    scored = "score IS NOT NULL"
    end = _instant("end", "end_us") if "ended_at" in there else "NULL::BIGINT AS end_us"
    parts = [
        "row", "id_made", "message_id", "aliases", "properties", *segments,
        "coalesce(who, 'anon:' || message_id) AS identity", "who IS NULL AS nameless",
        _instant("at", "ts_us"), end, "at_local",
        "at_instant IS NULL AND at_offset & 1 = 1 AS doubtful_hour",
        "channel", *PLAIN, *MASKED, "language", "currency",
        f"CASE WHEN kind_text IS NULL THEN CASE WHEN {scored} THEN 'feedback' ELSE 'other' END"
        " ELSE kind_known END AS kind",
        "direction_known AS direction", "outcome_known AS outcome",
        f"CASE WHEN {scored} THEN CASE WHEN polarity_text IS NULL THEN 'good_high'"
        " ELSE polarity_known END END AS polarity",
        "wait_s", "duration_s", "menus", "value", "score",
        *(f"CASE WHEN {scored} THEN {name} END AS {name}" for name in ("scale_min", "scale_max")),
        f"CASE WHEN {scored} THEN metric_low END AS metric",
        "bad_number", "at_text", "end_text", *(f"{name}_text" for name in CLOSED),
    ]  # fmt: skip
    return ", ".join(parts)


def _offsets(there: set[str], writing: Writing) -> str:
    zone = writing.zone or "UTC"
    end = offset_sql(zone, "end_local") if "ended_at" in there else "NULL::BIGINT"
    return f"{offset_sql(zone, 'at_local')} AS at_offset, {end} AS end_offset"


def _instant(name: str, result: str) -> str:
    """The odd microsecond of an offset only says that the hour occurs twice."""
    offset = f"({name}_offset - ({name}_offset & 1))"
    return f"coalesce({name}_instant, {name}_local - {offset}) AS {result}"


def _instant_of(branch: LaidBranch, field: str) -> str:
    laid = branch.get(field)
    return instant_sql(f"{field}_text", laid.filling.format) if laid else "NULL::BIGINT"


def _local_of(branch: LaidBranch, field: str, writing: Writing) -> str:
    """The local time where no instant is told."""
    laid, name = branch.get(field), {"ended_at": "end"}.get(field, field)
    if laid is None:
        return "NULL::BIGINT"
    day_first = writing.day_first is not False
    local = local_sql(f"{name}_text", laid.filling.format, day_first=day_first)
    return f"CASE WHEN {name}_instant IS NULL THEN {local} END"


def _channel() -> str:
    aliases = " ".join(f"WHEN '{a}' THEN '{b}'" for a, b in CHANNEL_ALIASES.items())
    return f"coalesce(CASE channel_low {aliases} ELSE channel_low END, 'other')"


def _one_of(name: str) -> str:
    known = ", ".join(f"'{value}'" for value in KNOWN[name])
    low = f"{name}_low"
    if name == "kind":
        aliases = " ".join(f"WHEN '{a}' THEN '{b}'" for a, b in KIND_ALIASES.items())
        return f"CASE WHEN {low} IN ({known}) THEN {low} ELSE CASE {low} {aliases} END END"
    return f"CASE WHEN {low} IN ({known}) THEN {low} END"


def _number(name: str, writing: Writing) -> str:
    timed = name in {"wait_s", "duration_s"}
    number = (seconds_sql if timed else number_sql)(f"{name}_text", writing.decimal or ".")
    return f"try_cast({number} AS INTEGER)" if name == "menus" else number


def _bad_number(name: str) -> str:
    text = f"{name}_text"
    said = f"{text} IS NOT NULL AND {name} IS NULL AND NOT {absent_sql(text)}"
    return f"CASE WHEN {said} THEN '{name}: ' || {text} END"
