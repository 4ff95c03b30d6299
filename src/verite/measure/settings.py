"""Reading the table `[definitions]` of verite.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from verite.measure.definitions import SETTINGS, Definitions
from verite.measure.holidays import public_holidays
from verite.measure.hours import WEEKDAYS, Hours
from verite.words.errors import BadInput

_SWITCHES = ("one_case_per_motive",)


def read_definitions(table: Mapping[str, object]) -> Definitions:
    """The definitions in a verite.toml table; what it does not say keeps its default.

    >>> read_definitions({"repeat_days": 14, "answer_within_s": {"phone": 30}}).repeat_days
    14.0
    """
    if "agent_figures" in table:
        raise BadInput("agent_figures_is_a_record")
    unknown = sorted(set(table) - set(SETTINGS))
    if unknown:
        raise BadInput(
            "unknown_definition", fields={"name": unknown[0], "known": ", ".join(SETTINGS)}
        )
    found = Definitions()
    for name, value in table.items():
        found = _with(found, name, value)
    return found


def _with(found: Definitions, name: str, value: object) -> Definitions:
    if name == "answer_within_s":
        return replace(found, answer_within_s=_limits(found, value))
    if name == "hours":
        return replace(found, hours=_sites(value))
    changed: object
    if name in _SWITCHES:
        changed = value
    else:
        changed = _texts(name, value) if isinstance(value, list) else _positive(name, value)
    if type(changed) is not type(getattr(found, name)):
        raise _wrong(name, value)
    # The name is one of the fields and the type is checked just above.
    return replace(found, **{name: changed})  # type: ignore[arg-type]


def _wrong(name: str, value: object) -> BadInput:
    return BadInput("bad_definition", fields={"name": name, "value": value})


def _positive(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise _wrong(name, value)
    return float(value)


def _texts(name: str, value: list[object]) -> tuple[str, ...]:
    if not all(isinstance(item, str) for item in value):
        raise _wrong(name, value)
    return tuple(str(item) for item in value)


def _limits(found: Definitions, value: object) -> tuple[tuple[str, float], ...]:
    """Seconds per channel; a channel that is not said keeps its default."""
    if not isinstance(value, dict):
        raise _wrong("answer_within_s", value)
    said = {str(channel): _positive("answer_within_s", s) for channel, s in value.items()}
    return tuple((dict(found.answer_within_s) | said).items())


def _sites(value: object) -> tuple[tuple[str, Hours], ...]:
    """`[definitions.hours.SITE]`: mon = ["09:00-12:30", "14:00-18:00"] …, closed = [dates],
    holidays = "FR"."""
    if not isinstance(value, dict):
        raise _wrong("hours", value)
    return tuple((str(site), _hours(site, table)) for site, table in value.items())


def _hours(site: str, table: object) -> Hours:
    if not isinstance(table, dict) or set(table) - {*WEEKDAYS, "closed", "holidays"}:
        raise _wrong(f"hours.{site}", table)
    week = tuple(tuple(_span(text) for text in table.get(day, ())) for day in WEEKDAYS)
    closed = tuple(_date(text) for text in table.get("closed", ()))
    return Hours(week=week, closed=closed, holidays=_place(table.get("holidays", "")))


def _place(value: object) -> str:
    """The place of the public holidays, tried at once."""
    if not isinstance(value, str):
        raise _wrong("holidays", value)
    public_holidays(value, 2026, 2026)
    return value


def _span(text: object) -> tuple[int, int]:
    """Minutes of the day.

    >>> _span("09:00-12:30")
    (540, 750)
    """
    try:
        opening, closing = str(text).split("-")
        return _minutes(opening), _minutes(closing)
    except ValueError as error:
        raise _wrong("hours", text) from error


def _minutes(text: str) -> int:
    hour, minute = text.strip().split(":")
    return int(hour) * 60 + int(minute)


def _date(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise _wrong("closed", value) from error
