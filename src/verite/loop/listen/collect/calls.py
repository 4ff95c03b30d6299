"""The addresses of the collector and what each of them takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote

from verite.loop.listen.collect.answers import TurnedAway
from verite.loop.listen.collect.packing import Kind
from verite.words.live import Scope

_PREFIX: Final = "/v1/"
_WEBHOOK: Final = "webhook/"
_HAND_WRITTEN: Final = ("track", "identify", "page", "screen", "group", "alias")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What a path asks for; `scope` None when each event of the body has its own."""

    kind: Kind
    word: str
    scope: Scope | None
    source: str = ""


_CALLS: Final = {
    "batch": Call(kind=Kind.SEGMENT, word="batch", scope=None),
    "import": Call(kind=Kind.SEGMENT, word="batch", scope=None),
    "cloudevents": Call(kind=Kind.CLOUDEVENTS, word="cloudevents", scope=Scope.CLOUDEVENTS),
    **{word: Call(kind=Kind.SEGMENT, word=word, scope=Scope(word)) for word in _HAND_WRITTEN},
}


def call_of(path: str) -> Call:
    """What the path of a request asks for.

    >>> call_of("/v1/track").word, call_of("/v1/webhook/help%20desk").source
    ('track', 'help desk')
    """
    word = path.removeprefix(_PREFIX) if path.startswith(_PREFIX) else ""
    if word.startswith(_WEBHOOK) and word != _WEBHOOK:
        name = unquote(word.removeprefix(_WEBHOOK))
        return Call(kind=Kind.WEBHOOK, word="webhook", scope=Scope.WEBHOOK, source=name)
    found = _CALLS.get(word)
    if found is None:
        raise TurnedAway("no_such_call", fields={"path": path[:80]})
    return found
