"""Promises written in a TOML file: `[[promise]]` tables; and back, as the records keep them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from verite.measure.hours import WEEKDAYS
from verite.words.errors import BadInput
from verite.words.promises import ALWAYS, DAY_MINUTES, Event, Promise, PromiseKind, Week

Table = Mapping[str, object]
_UNITS: Final = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86_400.0}
_TIME: Final = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*([a-z]+)")
_FIELDS: Final = frozenset({
    "key", "fr", "en", "kind", "target", "within", "channels", "touchpoints", "hours", "start",
    "end", "due",
})  # fmt: skip


def read_promises(text: str, *, file: str = "promises.toml") -> tuple[Promise, ...]:
    """The promises of a TOML text; raises `BadInput` that says which is wrong, and where.

    >>> told = read_promises('''[[promise]]
    ... key = "quick"
    ... fr = "En dix minutes"
    ... en = "In ten minutes"
    ... kind = "answered"
    ... within = "10 min"
    ... target = 90
    ... hours = "24/7"''')
    >>> told[0].within_s, told[0].target
    (600.0, 90.0)
    """
    try:
        tables = tomllib.loads(text).get("promise", [])
    except tomllib.TOMLDecodeError as error:
        raise BadInput("bad_promises", fields={"file": file, "detail": error}) from error
    if not isinstance(tables, list) or not tables:
        raise BadInput("bad_promises", fields={"file": file, "detail": "[[promise]]"})
    found = tuple(_numbered(table, number, file) for number, table in enumerate(tables, start=1))
    keys = [one.key for one in found]
    for key in keys:
        if keys.count(key) > 1:
            raise BadInput("promise_twice", fields={"key": key})
    return found


def open_promises(file: Path) -> tuple[Promise, ...]:
    """The promises of a file."""
    try:
        return read_promises(file.read_text(encoding="utf-8-sig"), file=str(file))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("no_such_file", fields={"file": file}) from error


def promise_of(table: Table) -> Promise:
    """One promise from its table; raises `BadInput`."""
    unknown = set(table) - _FIELDS
    if unknown:
        raise BadInput("promise_field", fields={"field": min(unknown)})
    key = _text(table, "key")
    return Promise(
        key=key,
        fr=_text(table, "fr") or _text(table, "en"),
        en=_text(table, "en") or _text(table, "fr"),
        kind=_kind(key, _text(table, "kind")),
        target=_number(table, "target"),
        within_s=_within(table),
        channels=_texts(table, "channels"),
        touchpoints=_texts(table, "touchpoints"),
        hours=read_hours(table.get("hours", "24/7"), key),
        start=_event(table, "start"),
        end=_event(table, "end"),
        due=_text(table, "due").removeprefix("segment."),
    )


def written(promise: Promise) -> dict[str, object]:
    """The table of a promise: `promise_of` reads it back alike.

    >>> from verite.words.promises import Promise, PromiseKind
    >>> one = Promise(key="open", fr="Ouvert", en="Open", kind=PromiseKind.OPEN, target=90.0)
    >>> promise_of(written(one)) == one
    True
    """
    told: dict[str, object] = {
        "key": promise.key,
        "fr": promise.fr,
        "en": promise.en,
        "kind": promise.kind.value,
        "target": promise.target,
        "channels": list(promise.channels),
        "touchpoints": list(promise.touchpoints),
        "hours": "24/7" if promise.is_always else _told_hours(promise.hours),
    }
    if promise.within_s is not None:
        told["within"] = promise.within_s
    for name, event in (("start", promise.start), ("end", promise.end)):
        if event is not None:
            parts = {"touchpoint": event.touchpoint, "kind": event.kind}
            told[name] = {key: text for key, text in parts.items() if text}
    if promise.due:
        told["due"] = promise.due
    return told


def read_hours(value: object, key: str = "") -> Week:
    """Hours as written: `24/7`, or per weekday `mon = ["08:00-20:00"]`; `daily` is every day.

    >>> read_hours({"mon": ["09:00-12:30", "14:00-18:00"]})[0]
    ((540, 750), (840, 1080))
    """
    if value == "24/7":
        return ALWAYS
    if not isinstance(value, dict) or set(value) - {*WEEKDAYS, "daily"}:
        raise BadInput("promise_hours", fields={"key": key})
    daily = value.get("daily", [])
    return tuple(_spans(value.get(day, daily), key) for day in WEEKDAYS)


def read_within(text: str) -> float | None:
    """Seconds of a time as typed: `10 min`, `2 h`, `3 d`; None when it cannot be read.

    >>> read_within("10 min"), read_within("1,5 h"), read_within("soon")
    (600.0, 5400.0, None)
    """
    found = _TIME.fullmatch(text.strip().lower())
    if found is None or found[2] not in _UNITS:
        return None
    return float(found[1].replace(",", ".")) * _UNITS[found[2]]


def _numbered(table: object, number: int, file: str) -> Promise:
    if not isinstance(table, dict):
        raise BadInput("bad_promises", fields={"file": file, "detail": f"[[promise]] {number}"})
    return promise_of(table)


def _text(table: Table, name: str) -> str:
    value = table.get(name, "")
    if not isinstance(value, str):
        raise BadInput("promise_field", fields={"field": name})
    return value.strip()


def _texts(table: Table, name: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise BadInput("promise_field", fields={"field": name})
    return tuple(dict.fromkeys(value))


def _number(table: Table, name: str) -> float:
    value = table.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadInput("promise_field", fields={"field": name})
    return float(value)


def _within(table: Table) -> float | None:
    value = table.get("within")
    if value is None:
        return None
    if isinstance(value, str):
        seconds = read_within(value)
        if seconds is None:
            fields = {"key": str(table.get("key")), "within": value}
            raise BadInput("promise_time", fields=fields)
        return seconds
    return _number(table, "within")


def _kind(key: str, text: str) -> PromiseKind:
    if text not in list(PromiseKind):
        known = ", ".join(PromiseKind)
        raise BadInput("promise_kind", fields={"key": key, "kind": text, "known": known})
    return PromiseKind(text)


def _event(table: Table, name: str) -> Event | None:
    value = table.get(name)
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) - {"touchpoint", "kind"}:
        raise BadInput("promise_field", fields={"field": name})
    return Event(touchpoint=_text(value, "touchpoint") or None, kind=_text(value, "kind") or None)


def _spans(value: object, key: str) -> tuple[tuple[int, int], ...]:
    if not isinstance(value, list):
        raise BadInput("promise_hours", fields={"key": key})
    return tuple(_span(text, key) for text in value)


def _span(text: object, key: str) -> tuple[int, int]:
    try:
        opening, closing = str(text).split("-")
        return _minutes(opening), _minutes(closing)
    except ValueError as error:
        raise BadInput("promise_hours", fields={"key": key}) from error


def _minutes(text: str) -> int:
    hours, minutes = text.strip().split(":")
    if not 0 <= int(minutes) < 60 or not 0 <= int(hours) * 60 + int(minutes) <= DAY_MINUTES:
        raise ValueError(text)
    return int(hours) * 60 + int(minutes)


def _told_hours(week: Week) -> dict[str, object]:
    return {
        day: [f"{o // 60:02d}:{o % 60:02d}-{c // 60:02d}:{c % 60:02d}" for o, c in spans]
        for day, spans in zip(WEEKDAYS, week, strict=True)
    }
