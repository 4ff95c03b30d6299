"""What detection decided about a file, in words."""

from __future__ import annotations

from verite.web.wording import say
from verite.words.heard import Decided

SEPARATOR_NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}


def told_decisions(decided: Decided) -> tuple[str, ...]:
    """One short line per decision; what does not apply is left out."""
    told = [say("listen.decided_kind", kind=decided.kind)]
    if decided.encoding:
        told.append(say("listen.decided_encoding", encoding=decided.encoding))
    if decided.separator:
        name = SEPARATOR_NAMES.get(decided.separator)
        sign = say(f"listen.separator_{name}") if name else decided.separator
        told.append(say("listen.decided_separator", separator=sign))
    if decided.decimal:
        told.append(say("listen.decided_decimal", decimal=decided.decimal))
    if decided.day_first is not None:
        order = "day_first" if decided.day_first else "month_first"
        told.append(say(f"listen.decided_{order}"))
    if decided.zone:
        told.append(say("listen.decided_zone", zone=decided.zone))
    if decided.unmapped:
        told.append(say("listen.decided_unmapped", columns=", ".join(decided.unmapped)))
    return tuple(told)
