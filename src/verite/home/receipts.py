"""The receipt of an erasure: signed by the home, checked by anybody who holds it and the home."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from verite.rows.document import Json
from verite.rows.rights import receipt_keys
from verite.words.asked import About
from verite.words.errors import BadInput
from verite.words.rights import Counted, Receipt, Verdict

_PURPOSE: Final = b"verite: receipt of an erasure"
_COST: Final = 2**14  # scrypt: slow on purpose, so that no list of addresses can be tried


def fingerprint(identity: str, salt: str) -> str:
    """What the receipt says of an identity: nothing, save to somebody who knows it.

    >>> fingerprint("user:4071", "00" * 16)[:16]
    '2b08c6ec2e0b1027'
    """
    made = hashlib.scrypt(identity.encode(), salt=bytes.fromhex(salt), n=_COST, r=8, p=1, dklen=16)
    return made.hex()


def sign(receipt: Receipt, secret: str) -> Receipt:
    """The receipt with the home's signature over all of it."""
    return replace(receipt, signature=_signature(_body(receipt), secret))


def write_draft(receipt: Receipt) -> str:
    """A receipt that is not signed yet, as text."""
    return json.dumps(_body(receipt))


def read_draft(text: str) -> Receipt:
    """The receipt behind a draft."""
    found = json.loads(text)
    return Receipt(
        number=found["receipt"],
        organisation=found["organisation"],
        at=datetime.fromisoformat(found["at"]),
        by=found["by"],
        ledger_version=found["ledger_version"],
        people_version=found["people_version"],
        counted=Counted(**found["erased"]),
        salt=found["salt"],
        fingerprints=tuple(found["fingerprints"]),
    )


def verify(text: str, secret: str, *, about: About, identities: Sequence[str] = ()) -> Verdict:
    """Whether a receipt is this home's, unchanged; and that of an identity, if one is given."""
    found = _read(text)
    signature = str(found.pop("signature", ""))
    salt, listed = found.get("salt"), found.get("fingerprints")
    is_theirs = None
    if identities:
        made = {fingerprint(one, str(salt)) for one in identities}
        is_theirs = bool(made & set(listed if isinstance(listed, list) else []))
    return Verdict(
        about=about,
        number=str(found.get("receipt", "")),
        at=_time(found.get("at")),
        is_ours=hmac.compare_digest(_signature(found, secret).encode(), signature.encode()),
        is_theirs=is_theirs,
    )


def _read(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput("bad_receipt") from error
    inner = found.get("receipt") if isinstance(found, dict) else None
    if isinstance(inner, dict):  # the whole answer of `verite erase --json` was kept
        found = inner
    if not isinstance(found, dict) or not _is_hex(found.get("salt")):
        raise BadInput("bad_receipt")
    return found


def _is_hex(salt: object) -> bool:
    try:
        return isinstance(salt, str) and len(bytes.fromhex(salt)) > 0
    except ValueError:
        return False


def _time(at: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(at))
    except ValueError:
        return None


def _body(receipt: Receipt) -> dict[str, Json]:
    return {name: told for name, told in receipt_keys(receipt).items() if name != "signature"}


def _signature(body: Mapping[str, object], secret: str) -> str:
    key = hmac.digest(secret.encode(), _PURPOSE, "sha256")
    told = json.dumps(body, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(key, told.encode(), hashlib.sha256).hexdigest()
