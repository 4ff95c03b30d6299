"""Is a body readable at all, how many events does it hold, whose key does it bear?

Events stay bytes: what each of them says is for the drain to find out. Only a body that no reader
could read is refused here, for clients throw away what is refused.
"""

from __future__ import annotations

import codecs
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import msgspec

from verite.loop.listen.collect.answers import TurnedAway
from verite.loop.listen.collect.packing import Kind

_MENDED: Final = (msgspec.DecodeError, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A readable body, how many events it holds, and the write key inside it, if any."""

    body: bytes
    events: int
    key: str = ""
    raw: tuple[msgspec.Raw, ...] = ()


class _Batch(msgspec.Struct):
    batch: list[msgspec.Raw]
    writeKey: str | None = None  # noqa: N815 (the clients' own name)


class _One(msgspec.Struct):
    writeKey: str | None = None  # noqa: N815


class _Typed(msgspec.Struct):
    type: str = ""


_batch = msgspec.json.Decoder(_Batch)
_one = msgspec.json.Decoder(_One)
_raw = msgspec.json.Decoder(msgspec.Raw)
_list = msgspec.json.Decoder(list[msgspec.Raw])
_typed = msgspec.json.Decoder(_Typed)


def parse(body: bytes, kind: Kind, *, is_batch: bool) -> Parsed:
    """The body looked through, mended where that loses nothing."""
    if not body.isascii():
        _check_text(body)
        body = body.removeprefix(codecs.BOM_UTF8)
    try:
        return _parsed(body, kind, is_batch=is_batch)
    except msgspec.ValidationError as error:
        raise _misshapen(body, is_batch=is_batch) from error
    except _MENDED:
        mended = _mend(body)
    try:
        return _parsed(mended, kind, is_batch=is_batch)
    except msgspec.ValidationError as error:
        raise _misshapen(mended, is_batch=is_batch) from error
    except _MENDED as error:
        raise _unreadable(error) from error


def types_of(events: Iterable[msgspec.Raw]) -> Counter[str]:
    """How many events of each `type`; those without one are under ""."""
    return Counter(_type_of(event) for event in events)


def _parsed(body: bytes, kind: Kind, *, is_batch: bool) -> Parsed:
    if kind is Kind.SEGMENT and is_batch:
        found = _batch.decode(body)
        events = tuple(found.batch)
        return Parsed(body=body, events=len(events), key=found.writeKey or "", raw=events)
    if kind is Kind.SEGMENT:
        return Parsed(body=body, events=1, key=_one.decode(body).writeKey or "")
    if body.lstrip()[:1] == b"[":
        return Parsed(body=body, events=len(_list.decode(body)))
    _raw.decode(body)
    return Parsed(body=body, events=1)


def _mend(body: bytes) -> bytes:
    """Half an emoji, NaN: clients do send them, and one bad event must not lose its batch.

    >>> _mend(b'{"batch": [{"half": "\\\\ud83d", "none": NaN}]}').decode()
    '{"batch":[{"half":"\ufffd","none":null}]}'
    """
    try:
        said = json.loads(body, parse_constant=lambda _: None)
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    except (ValueError, RecursionError) as error:
        raise _unreadable(error) from error
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _check_text(body: bytes) -> None:
    try:
        body.decode()
    except UnicodeDecodeError as error:
        raise _unreadable(error) from error


def _type_of(event: msgspec.Raw) -> str:
    try:
        return _typed.decode(event).type
    except msgspec.DecodeError:
        return ""


def _misshapen(body: bytes, *, is_batch: bool) -> TurnedAway:
    """JSON, but not of the shape that the address takes: what is missing, or of the wrong kind."""
    try:
        said = msgspec.json.decode(body)
    except _MENDED as error:  # it breaks further on
        return _unreadable(error)
    if not isinstance(said, dict):
        return TurnedAway("body_no_object")
    if is_batch and "batch" not in said:
        return TurnedAway("body_without_batch")
    if is_batch and not isinstance(said["batch"], list):
        return TurnedAway("body_batch_no_list")
    return TurnedAway("body_write_key_no_text")


def _unreadable(error: Exception) -> TurnedAway:
    """Where the body breaks; never what it says, which may be about somebody."""
    place = getattr(error, "pos", None)
    detail = f"byte {place}" if place is not None else str(error).partition(":")[2].strip()
    return TurnedAway("body_unreadable", fields={"detail": detail[:80] or type(error).__name__})
