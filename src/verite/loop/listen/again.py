"""Events received live, tried again: each is kept in quarantine as a call of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from verite.words.errors import VeriteError

if TYPE_CHECKING:
    from verite.ledger.kept import Decoded, Quarantined
    from verite.ledger.ledger import Ledger

Decode = Callable[[bytes, str], "Decoded"]
_LIVE: Final = '{"v":1,"kind":"'  # how the header line of a call begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of one group."""

    settled: set[int]
    kept: int = 0
    duplicates: int = 0


def is_live(one: Quarantined) -> bool:
    """Whether a line of the quarantine was received live."""
    return one.refusal.raw.startswith(_LIVE)


def retry_live(
    ledger: Ledger, decode: Decode, found: Sequence[Quarantined], *, at: datetime
) -> Done:
    """Puts what is fine now back into the inbox, and drains it.

    A crash in between leaves an event in both places: it counts once all the same.
    """
    ledger.drain(decode, at=at)  # what waits already is not part of this replay
    settled: set[int] = set()
    for one in found:
        payload = one.refusal.raw.encode("utf-8", "replace")
        try:
            said = decode(payload, one.refusal.file)
        except VeriteError:
            continue
        if not said.refusals and said.table.num_rows:
            ledger.accept(payload, source=one.refusal.file, at=at)
            settled.add(one.number)
    if not settled:
        return Done(settled=settled)
    ledger.refuse((), at=at, settles=sorted(settled))
    kept = ledger.drain(decode, at=at)
    return Done(settled=settled, kept=kept.kept, duplicates=kept.duplicates)
