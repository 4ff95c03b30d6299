"""Signatures of webhooks, as the Standard Webhooks specification describes them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from verite.loop.listen.collect.answers import TurnedAway

PREFIX: Final = "whsec_"
_TOLERANCE_S: Final = 300
_LONGEST_ID: Final = 256


def check_signature(
    secrets: Sequence[str], headers: Mapping[str, str], body: bytes, *, at: datetime
) -> str:
    """The id of the message when a signature is right and fresh; raises `TurnedAway` if not.

    One of several secrets is enough, and one of several signatures.
    """
    found = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    given = headers.get("webhook-signature", "")
    message, stamp = found
    if not secrets or not message or len(message) > _LONGEST_ID or not stamp or not given:
        raise TurnedAway("bad_signature")
    content = f"{message}.{stamp}.".encode("utf-8", "replace") + body
    wanted = [sign(secret, content).encode() for secret in secrets]
    told = [one.encode() for one in given.split()]
    if not any(hmac.compare_digest(one, right) for one in told for right in wanted):
        raise TurnedAway("bad_signature")
    if not _is_fresh(stamp, at):
        raise TurnedAway("old_signature", fields={"minutes": _TOLERANCE_S // 60})
    return message


def sign(secret: str, content: bytes) -> str:
    """The signature of `id.timestamp.body` (the specification's own example).

    >>> sign("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
    ...      b'msg_27UH4WbU6Z5A5EzD8u03UvzRbpk.1649367553.{"email":"test@example.com",'
    ...      b'"username":"test_user"}')
    'v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw='
    """
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX) + "==")
    except (binascii.Error, ValueError) as error:
        raise TurnedAway("bad_signature") from error
    digest = hmac.new(key, content, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def _is_fresh(stamp: str, at: datetime) -> bool:
    try:
        return abs(at.timestamp() - float(stamp)) <= _TOLERANCE_S
    except ValueError:
        return False
