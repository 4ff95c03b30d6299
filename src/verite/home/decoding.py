"""How this home reads what it receives live: its rules, its secret, the names it does not know."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from verite.ledger.kept import Decoded
from verite.loop.listen.collect.decode import decode
from verite.loop.listen.collect.rules import Rules
from verite.words.errors import BadInput

FAULTS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    msgspec.MsgspecError,
)


class Reader:
    """Decodes batches of the inbox; after the drain, `settle` writes down unknown event names."""

    def __init__(self, path: Path, *, using: str) -> None:
        self._using = using
        self._unknown: Counter[tuple[str, str]] = Counter()
        self._decode = decode(_rules(path, using=using), on_unknown=self._hear)

    def __call__(self, payload: bytes, source: str) -> Decoded:
        """What a batch says.

        A body that trips the decoder waits in quarantine with its text: a batch that failed at
        every drain would hold up all that come after it, for ever.
        """
        try:
            return self._decode(payload, source)
        except FAULTS as error:
            detail = f"{type(error).__name__}: {error}"
            raise BadInput("bad_batch", fields={"detail": detail}) from error

    def settle(self, *, at: datetime) -> None:
        """Counts the event names that no rule knows, for somebody to say what they mean."""
        from verite.records.listen.rule_actions import count_unknown

        counted, self._unknown = self._unknown, Counter()
        if counted:
            count_unknown(using=self._using, counted=counted, at=at)

    def _hear(self, source: str, found: Mapping[str, int]) -> None:
        for event, count in found.items():
            self._unknown[source, event] += count


def _rules(path: Path, *, using: str) -> Rules:
    from verite.records.databases import secret_key
    from verite.records.listen.rules import event_rules

    secret = hashlib.sha256(b"tracers:" + secret_key(path).encode()).digest()
    return Rules(rules=event_rules(using=using), secret=secret)
