"""What a caller is answered: a status, headers and a small JSON body."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Final

from verite.sentences import explain
from verite.words.errors import VeriteError

Headers = tuple[tuple[str, str], ...]
STATUS: Final[Mapping[str, int]] = {
    "body_unreadable": 400,
    "body_no_object": 400,
    "body_without_batch": 400,
    "body_batch_no_list": 400,
    "body_write_key_no_text": 400,
    "wrong_key": 401,
    "bad_signature": 401,
    "old_signature": 401,
    "out_of_scope": 403,
    "strange_origin": 403,
    "no_such_call": 404,
    "post_only": 405,
    "body_too_large": 413,
    "too_fast": 429,
    "inbox_crowded": 429,
    "disk_short": 503,
}
_JSON: Final = ("content-type", "application/json")
_UNAVAILABLE: Final = 503
_RETRY_S: Final = 15


class TurnedAway(VeriteError):
    """A call that is not taken; with `retry_s`, it may come back after so many seconds."""

    def __init__(
        self, code: str, *, fields: Mapping[str, object] | None = None, retry_s: int | None = None
    ) -> None:
        super().__init__(code, fields=fields)
        self.retry_s = retry_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer; with `pending`, it is true only once that promise is kept."""

    status: int
    headers: Headers
    body: bytes
    pending: Future[None] | None = None


def accepted(pending: Future[None] | None) -> Reply:
    """All well, once what was received is on the disk."""
    return Reply(status=200, headers=(_JSON,), body=b'{"success": true}', pending=pending)


def turned_away(error: VeriteError) -> Reply:
    """The refusal of a call, or of what the house could not do for it."""
    status = STATUS.get(error.code, _UNAVAILABLE)
    retry = error.retry_s if isinstance(error, TurnedAway) else _RETRY_S
    headers: list[tuple[str, str]] = [_JSON]
    if retry is not None:
        headers.append(("retry-after", str(retry)))
    if error.code == "wrong_key":
        headers.append(("www-authenticate", 'Basic realm="collector"'))
    message = explain(error, "en") if status != _UNAVAILABLE or error.code in STATUS else _BUSY
    told = {"success": False, "code": error.code, "message": message}
    return Reply(status=status, headers=tuple(headers), body=json.dumps(told).encode())


_BUSY: Final = "Nothing was kept: the house cannot write right now. Send it again later."


def settled(reply: Reply, *, patience_s: float = 30) -> Reply:
    """The answer, once its promise is kept or broken; for those who may wait."""
    if reply.pending is None:
        return reply
    try:
        reply.pending.result(patience_s)
    except Exception as error:  # whatever broke the promise: the caller must send it again
        return unkept(reply, error)
    return Reply(status=reply.status, headers=reply.headers, body=reply.body)


def unkept(reply: Reply, error: BaseException) -> Reply:
    """What is said instead of an answer whose promise was broken, to whom may read it."""
    told = broken(error)
    return replace(told, headers=(*told.headers, *(one for one in reply.headers if one != _JSON)))


def broken(error: BaseException) -> Reply:
    """The promise was not kept: nothing is acknowledged. Paths and details stay in the house."""
    code = error.code if isinstance(error, VeriteError) else "inbox_failed"
    return turned_away(VeriteError(code))
