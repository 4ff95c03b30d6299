"""The collector as a Django view: read the body, ask the gate, answer once it is on the disk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from verite.loop.listen.collect import (
    Limits,
    Received,
    Reply,
    ask_first,
    ingest,
    refuse,
    settled,
)
from verite.loop.listen.collect.answers import TurnedAway
from verite.web.clock import now
from verite.web.collector.gates import HomeGate, gate_here

UNAUTHORIZED = 401


@csrf_exempt
def collect(request: HttpRequest, call: str) -> HttpResponse:
    """Takes what SDKs and webhooks send; machines sign with a key, not with a session."""
    keeper = gate_here()
    keeper.freshen()
    reply = _answer(request, keeper)
    if reply.status == UNAUTHORIZED:  # perhaps a source made a moment ago
        keeper.meet_strangers()
        reply = _again(request, keeper, reply)
    told = settled(reply)
    response = HttpResponse(told.body, status=told.status, headers=dict(told.headers))
    # A refused call is the sender's affair: a flood of them must not fill our log.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _answer(request: HttpRequest, keeper: HomeGate) -> Reply:
    headers = {name.lower(): value for name, value in request.headers.items()}
    if request.method != "POST":
        return ask_first(keeper.gate, headers if request.method == "OPTIONS" else {})
    try:
        body = _body(request, keeper.gate.limits)
    except TurnedAway as error:
        return refuse(keeper.gate, headers, error)
    request.received = Received(  # type: ignore[attr-defined]
        path=request.path, headers=headers, body=body
    )
    return ingest(keeper.gate, request.received, now())  # type: ignore[attr-defined]


def _again(request: HttpRequest, keeper: HomeGate, reply: Reply) -> Reply:
    received = getattr(request, "received", None)
    return reply if received is None else ingest(keeper.gate, received, now())


def _body(request: HttpRequest, limits: Limits) -> bytes:
    """The body, unless it is larger than allowed; read to that point and no further."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdecimal() and int(length) > limits.body:
        raise TurnedAway("body_too_large", fields={"most": limits.body})
    # A body sent in chunks tells no length, and Django would read nothing of it.
    is_chunked = "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()
    stream = request.META["wsgi.input"] if is_chunked else request
    body: bytes = stream.read(limits.body + 1)
    if len(body) > limits.body:
        raise TurnedAway("body_too_large", fields={"most": limits.body})
    return body
