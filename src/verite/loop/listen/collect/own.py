"""What an event says in our own column names, and the extras that it brings beside them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

import msgspec

from verite.loop.listen.collect.clock import Problem, read_instant
from verite.loop.listen.collect.private import is_personal, kept
from verite.loop.listen.plan import segment_key
from verite.loop.listen.typed import KIND_ALIASES, KNOWN
from verite.text.mask import mask
from verite.words.columns import SEGMENT_PREFIX, SEGMENTS_AT_MOST
from verite.words.interaction import CHANNEL_ALIASES

Value = str | float | int
Reader = Callable[[object], Value | None]
# A property, the column that it means, how it is read; not at all when it is left out.
Step = tuple[str, str | None, Reader | None]
_KEY_AT_MOST: Final = 200
_TEXT_AT_MOST: Final = 20_000
_MENUS_AT_MOST: Final = 10_000
_POSITIVE: Final = ("wait_s", "duration_s", "menus")
_SCORE_FIELDS: Final = ("metric", "scale_min", "scale_max", "polarity")
_JUDGED: Final = frozenset({"end_us", "score", *_POSITIVE, *_SCORE_FIELDS})
_SHORT: Final = 8
_NAMES_AT_MOST: Final = 40  # properties of events whose shape is worth remembering


class Own(msgspec.Struct, gc=False):
    """Values by column of the ledger, and the extras, cleaned."""

    values: dict[str, Value] = {}
    extras: dict[str, object] = {}
    has_segments: bool = False  # there may be some among the values


def read_own(properties: Mapping[str, object]) -> Own:
    """Properties apart: ours where they are valid, the others as extras without personal data.

    >>> found = read_own({"wait_s": 60, "kind": "premium", "segment.offer": "fibre", "email": "a@b.fr"})
    >>> found.values, found.extras
    ({'wait_s': 60.0, 'segment_offer': 'fibre'}, {'kind': 'premium'})
    """  # noqa: E501
    extras: dict[str, object] = {}
    values: dict[str, Value] = {}
    names = tuple(properties)
    steps, has_segments = _steps(names) if len(names) <= _NAMES_AT_MOST else _steps_of(names)
    for (name, column, read), value in zip(steps, properties.values(), strict=True):
        if value is None or read is None:
            continue
        if column is None:
            extras[name] = kept(value)
        elif column == "segment" and isinstance(value, dict):
            _read_segments(value, values)
        elif (got := read(value)) is None:
            extras[name] = kept(value)
        else:
            values[column] = got
    return Own(values, extras, has_segments)


def judge(own: Own, at_us: int) -> Problem | None:
    """Why these values make no interaction; settles what a score brings with it."""
    values = own.values
    if _JUDGED.isdisjoint(values) and len(values) <= SEGMENTS_AT_MOST:
        return None
    end = values.get("end_us")
    if end is not None and end < at_us:  # type: ignore[operator]
        return Problem(reason="ends_before_start")
    for name in _POSITIVE:
        if name in values and values[name] < 0:  # type: ignore[operator]
            return Problem(reason="below_zero")
    if len(values) > SEGMENTS_AT_MOST:  # no less than the segments among them
        segments = sum(name.startswith(SEGMENT_PREFIX) for name in values)
        if segments > SEGMENTS_AT_MOST:
            return Problem(reason="too_many_segments", detail=str(segments))
    if "score" not in values:
        for name in _SCORE_FIELDS:
            if name in values:
                del values[name]
        return None
    values.setdefault("polarity", "good_high")
    return _judge_score(values)


def _judge_score(values: Mapping[str, Value]) -> Problem | None:
    score, metric = values["score"], values.get("metric")
    low, high = values.get("scale_min"), values.get("scale_max")
    told = f"{metric or 'score'} = {score:g}"
    if not isinstance(low, float) or not isinstance(high, float):
        return Problem(reason="score_without_scale", detail=told)
    if metric is None:
        return Problem(reason="score_without_metric", detail=told)
    if low >= high:
        return Problem(reason="scale_order", detail=f"{low:g}–{high:g}")
    if not low <= score <= high:  # type: ignore[operator]
        return Problem(reason="score_outside_scale", detail=f"{told}, {low:g}–{high:g}")
    return None


@lru_cache(maxsize=1024)
def _steps(names: tuple[str, ...]) -> tuple[tuple[Step, ...], bool]:
    """Events of one name bear the same properties, again and again."""
    return _steps_of(names)


def _steps_of(names: tuple[str, ...]) -> tuple[tuple[Step, ...], bool]:
    """How each property is read, and whether a segment may be among them."""
    steps = tuple(_step_of(name) for name in names)
    return steps, any(column is not None and column.startswith("segment") for _, column, _ in steps)


def _step_of(name: str) -> Step:
    column = "" if len(name) > _KEY_AT_MOST else _column(name)
    return name, column, None if column == "" else _reader(column)


@lru_cache(maxsize=8192)
def _column(name: str) -> str | None:
    """The column that a property means; "" when it says who somebody is; None: an extra."""
    plain = name.strip().lower()
    plain = {"journey_id": "case_id", "ended_at": "end_us"}.get(plain, plain)
    if plain in READERS:
        return plain
    if plain in {"segment", "segments"}:
        return "segment"
    for prefix in ("segment.", SEGMENT_PREFIX):
        if plain.startswith(prefix) and len(plain) > len(prefix):
            return SEGMENT_PREFIX + segment_key(plain.removeprefix(prefix))
    return "" if is_personal(name) else None


def _reader(column: str | None) -> Reader:
    if column is None:
        return _nothing
    return READERS.get(column) or (_label if column.startswith(SEGMENT_PREFIX) else _nothing)


def _nothing(_: object) -> None:
    """No column takes it."""


def _read_segments(told: Mapping[str, object], values: dict[str, Value]) -> None:
    for key, value in told.items():
        if len(key) <= _KEY_AT_MOST and not is_personal(key) and (label := _label(value)):
            values[SEGMENT_PREFIX + segment_key(key)] = label


def _text(value: object) -> str | None:
    if type(value) is not str and (isinstance(value, bool) or not isinstance(value, int)):
        return None
    return str(value).strip().replace("\0", "")[:_KEY_AT_MOST] or None


def _label(value: object) -> str | None:
    """A masked text; true, false and numbers are labels too."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:g}"
    text = _text(value)
    return None if text is None else mask(text)


def _words(value: object) -> str | None:
    return (
        mask(value.strip().replace("\0", "")[:_TEXT_AT_MOST]) or None
        if type(value) is str
        else None
    )


def _step(value: object) -> str | None:
    return _label(value) if type(value) is str else None  # "step": 2 is a page of a shop's funnel


def _low(value: object) -> str | None:
    text = _text(value)
    return None if text is None else text.lower()


def _channel(value: object) -> str | None:
    text = _low(value)
    return None if text is None else CHANNEL_ALIASES.get(text, text)


def _one_of(name: str) -> Reader:
    known = {word: word for word in map(str, KNOWN[name])}
    if name == "kind":
        known = {**KIND_ALIASES, **known}
    return lambda value: known.get(value.strip().lower()) if type(value) is str else None


def _number(value: object) -> float | None:
    if type(value) is float:
        return value if math.isfinite(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _menus(value: object) -> int | None:
    number = _number(value)
    if number is None or number != int(number) or abs(number) > _MENUS_AT_MOST:
        return None
    return int(number)


def _currency(value: object) -> str | None:
    return _code(value) if type(value) is str and len(value) <= _SHORT else _coded(value)


@lru_cache(maxsize=1024)
def _code(text: str) -> str | None:
    return _coded(text)


def _coded(value: object) -> str | None:
    text = _text(value)
    return None if text is None else text.upper()[:8]


def _instant(value: object) -> int | None:
    return read_instant(value) if isinstance(value, str | int | float) else None


READERS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys(("touchpoint", "case_id", "agent", "team", "site"), _text),
    **{name: _one_of(name) for name in ("kind", "direction", "outcome", "polarity")},
    **dict.fromkeys(("wait_s", "duration_s", "score", "scale_min", "scale_max", "value"), _number),
    "channel": _channel, "metric": _low, "language": _low, "currency": _currency,
    "motive": _label, "step": _step, "text": _words, "menus": _menus, "end_us": _instant,
}  # fmt: skip
