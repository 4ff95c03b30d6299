"""The form where a promise is written: what it shows, what it reads back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from verite.home import Home
from verite.measure.hours import WEEKDAYS
from verite.measure.promises import promise_of, written
from verite.sentences.names import kind_name, value_name
from verite.sentences.of_promises import promise_words
from verite.web.asked import Choice
from verite.web.language import language
from verite.web.promises.templates import TEMPLATES
from verite.web.touchpoints.naming import Names
from verite.web.wording import say
from verite.words.errors import BadInput, WrongUse
from verite.words.interaction import CHANNELS, Kind
from verite.words.promises import Promise, PromiseKind

TEXTS = ("key", "fr", "en", "kind", "target", "within", "touchpoint", "due", "start_touchpoint",
         "start_kind", "end_touchpoint", "end_kind")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """The hours of one weekday."""

    name: str
    field: str
    spans: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPart:
    """One event: its choices of touchpoint and kind."""

    field: str
    name: str
    touchpoints: tuple[Choice, ...]
    kinds: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseForm:
    """The whole form."""

    given: Mapping[str, str]
    kinds: tuple[Choice, ...]
    channels: tuple[Choice, ...]
    touchpoints: tuple[Choice, ...]
    is_always: bool
    days: tuple[DayLine, ...]
    events: tuple[EventPart, ...]
    dues: tuple[Choice, ...]
    is_new: bool


def blank(home: Home, key: str, template: str) -> Mapping[str, object]:
    """The table to begin from: a promise kept here, a template, or next to nothing."""
    if key:
        found = [one.promise for one in home.promised() if one.promise.key == key]
        if not found:
            raise WrongUse("unknown_promise", fields={"key": key[:60]})
        return written(found[0])
    return TEMPLATES.get(template, {"kind": "answered", "hours": "24/7"})


def told_form(
    home: Home, names: Names, table: Mapping[str, object], *, is_new: bool
) -> PromiseForm:
    """The form, filled with a table as files and records write it."""
    given = _texts(table)
    held = [key for key, _ in home.status().result.touchpoints]
    channels = table.get("channels")
    chosen = set(channels) if isinstance(channels, list) else set()
    hours = table.get("hours", "24/7")
    return PromiseForm(
        given=given,
        kinds=tuple(
            Choice(
                value=one, name=say(f"promises.kind_{one.value}"), is_chosen=one == given["kind"]
            )
            for one in PromiseKind
        ),
        channels=tuple(
            Choice(value=one, name=value_name("channel", one, language()), is_chosen=one in chosen)
            for one in _channels(home, chosen)
        ),
        touchpoints=_touchpoints(held, names, given["touchpoint"]),
        is_always=hours == "24/7",
        days=tuple(_day(place, hours) for place in range(len(WEEKDAYS))),
        events=tuple(_event(part, held, names, given) for part in ("start", "end")),
        dues=tuple(
            Choice(value=key, name=key, is_chosen=key == given["due"]) for key, _ in home.segments()
        ),
        is_new=is_new,
    )


def read_form(post: QueryDict) -> Promise:
    """The promise that was typed; raises `BadInput` with the sentence to show."""
    return promise_of(read_table(post))


def read_table(post: QueryDict) -> dict[str, object]:
    """What was typed, as a table of a file."""
    given = {name: post.get(name, "").strip() for name in TEXTS}
    table: dict[str, object] = {
        "key": given["key"] or key_of(given["fr"] or given["en"]),
        "fr": given["fr"],
        "en": given["en"],
        "kind": given["kind"],
        "target": _target(given["target"]),
        "channels": [one for one in post.getlist("channel") if one],
        "touchpoints": [given["touchpoint"]] if given["touchpoint"] else [],
        "hours": "24/7" if post.get("always") else _hours(post),
    }
    if given["within"]:
        table["within"] = given["within"]
    for part in ("start", "end"):
        event = {name: given[f"{part}_{name}"] for name in ("touchpoint", "kind")}
        if any(event.values()):
            table[part] = {name: text for name, text in event.items() if text}
    if given["due"]:
        table["due"] = given["due"]
    return table


def key_of(name: str) -> str:
    """A key from a name.

    >>> key_of("Une réponse en dix minutes !")
    'une_reponse_en_dix_minutes'
    """
    plain = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")


def _target(text: str) -> float:
    try:
        return float(text.replace(",", ".").removesuffix("%"))
    except ValueError as error:
        raise BadInput("promise_field", fields={"field": "target"}) from error


def _hours(post: QueryDict) -> dict[str, object]:
    return {
        day: [part.strip() for part in post.get(f"hours_{day}", "").split(",") if part.strip()]
        for day in WEEKDAYS
    }


def _texts(table: Mapping[str, object]) -> dict[str, str]:
    given = dict.fromkeys(TEXTS, "")
    for name in ("key", "fr", "en", "kind", "due"):
        given[name] = str(table.get(name, ""))
    target, within = table.get("target"), table.get("within")
    given["target"] = f"{target:g}" if isinstance(target, int | float) else ""
    given["within"] = _within(within)
    points = table.get("touchpoints")
    given["touchpoint"] = str(points[0]) if isinstance(points, list) and points else ""
    for part in ("start", "end"):
        event = table.get(part)
        if isinstance(event, Mapping):
            for name in ("touchpoint", "kind"):
                given[f"{part}_{name}"] = str(event.get(name, ""))
    return given


def _within(value: object) -> str:
    """A time as a person types it.

    >>> _within(600.0), _within(7200.0), _within("10 min"), _within(90.0)
    ('10 min', '2 h', '10 min', '90 s')
    """
    if not isinstance(value, int | float):
        return str(value or "")
    for unit, seconds in (("d", 86_400), ("h", 3600), ("min", 60)):
        if value >= seconds and value % seconds == 0:
            return f"{value / seconds:g} {unit}"
    return f"{value:g} s"


def _channels(home: Home, chosen: set[str]) -> list[str]:
    held = {key for key, _ in home.status().result.channels}
    return [one for one in CHANNELS if one in held or one in chosen] or list(CHANNELS)


def _touchpoints(held: list[str], names: Names, chosen: str) -> tuple[Choice, ...]:
    keys = dict.fromkeys([*held, *([chosen] if chosen else [])])
    return tuple(Choice(value=key, name=names.name(key), is_chosen=key == chosen) for key in keys)


def _day(place: int, hours: object) -> DayLine:
    day = WEEKDAYS[place]
    spans = hours.get(day, hours.get("daily", [])) if isinstance(hours, Mapping) else []
    return DayLine(
        name=value_name("weekday", str(place + 1), language()),
        field=f"hours_{day}",
        spans=", ".join(str(one) for one in spans),
    )


def _event(part: str, held: list[str], names: Names, given: Mapping[str, str]) -> EventPart:
    lang, chosen = language(), given[f"{part}_kind"]
    return EventPart(
        field=part,
        name=promise_words(f"event.{part}", lang),
        touchpoints=_touchpoints(held, names, given[f"{part}_touchpoint"]),
        kinds=tuple(
            Choice(value=one.value, name=kind_name(one.value, lang), is_chosen=one.value == chosen)
            for one in Kind
        ),
    )
