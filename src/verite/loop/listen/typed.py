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
    return (
        f"SELECT {_finished(there, segments)} FROM (SELECT *, {_offsets(there, writing)}"
        f" FROM (SELECT {', '.join([*typed, *segments])} FROM ({cells_sql(branch, plan, table)})))"
    )


def _typed(branch: LaidBranch, there: set[str], writing: Writing) -> list[str]:
    def given(field: str, sql: str, kind: str = "VARCHAR") -> str:
        return sql if field in there else f"NULL::{kind}"

    bad = [_bad_number(name, writing) for name in NUMBER_FIELDS if name in there]
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
        f"{'coalesce(' + ', '.join(bad) + ')' if bad else 'NULL::VARCHAR'} AS bad_number",
        *_times(branch, "at", "at", writing),
        *_times(branch, "ended_at", "end", writing),
    ]  # fmt: skip


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


def _times(branch: LaidBranch, field: str, name: str, writing: Writing) -> list[str]:
    laid = branch.get(field)
    if laid is None:
        return [f"NULL::BIGINT AS {name}_instant", f"NULL::BIGINT AS {name}_local"]
    form, text = laid.filling.format, f"{field}_text"
    local = local_sql(text, form, day_first=writing.day_first is not False)
    return [f"{instant_sql(text, form)} AS {name}_instant", f"{local} AS {name}_local"]


def _channel() -> str:
    aliases = " ".join(f"WHEN '{a}' THEN '{b}'" for a, b in CHANNEL_ALIASES.items())
    low = "lower(channel_text)"
    return f"coalesce(CASE {low} {aliases} ELSE {low} END, 'other')"


def _one_of(name: str) -> str:
    known = ", ".join(f"'{value}'" for value in KNOWN[name])
    low = f"lower({name}_text)"
    if name == "kind":
        aliases = " ".join(f"WHEN '{a}' THEN '{b}'" for a, b in KIND_ALIASES.items())
        return f"CASE WHEN {low} IN ({known}) THEN {low} ELSE CASE {low} {aliases} END END"
    return f"CASE WHEN {low} IN ({known}) THEN {low} END"


def _number(name: str, writing: Writing) -> str:
    timed = name in {"wait_s", "duration_s"}
    number = (seconds_sql if timed else number_sql)(f"{name}_text", writing.decimal or ".")
    return f"try_cast({number} AS INTEGER)" if name == "menus" else number


def _bad_number(name: str, writing: Writing) -> str:
    said = f"{name}_text IS NOT NULL AND NOT {absent_sql(name + '_text')}"
    return (
        f"CASE WHEN {said} AND {_number(name, writing)} IS NULL THEN '{name}: ' || {name}_text END"
    )
