"""The one outgoing client: checked address, no redirect, one deadline, bounded answer."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final

from verite.home.outgoing.addresses import Place, read_place, resolve
from verite.words.errors import SourceError

AGENT: Final = "Verite (webhooks)"
RETRIED: Final = frozenset({408, 425, 429})
LONGEST_DELAY_S: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back: a 2xx status, and the start of the body."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Calls the outside. `allow` names what may be called although private, or without TLS."""

    allow: tuple[str, ...] = ()
    timeout_s: float = 10.0  # for the whole call
    most_bytes: int = 65_536

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """The answer of a POST. Anything but 2xx is a `SourceError` that says whether to retry.

        The name is resolved here and the connection made to the address that was checked, so
        that a name which changes in between leads nowhere.
        """
        place = read_place(url, self.allow)
        with self._connected(place, resolve(place)) as connection:
            try:
                connection.request("POST", place.path, body, {"User-Agent": AGENT, **headers})
                answer = connection.getresponse()
                return self._read(answer)
            except (OSError, http.client.HTTPException) as error:
                raise _unreachable(place, error) from error

    @contextmanager
    def _connected(self, place: Place, address: str) -> Iterator[http.client.HTTPConnection]:
        """A connection to the address, cut when the time is over, however slowly it drips."""
        try:
            wire = socket.create_connection((address, place.port), timeout=self.timeout_s)
        except OSError as error:
            raise _unreachable(place, error) from error
        wires = [wire]  # the last one holds the connection: TLS takes it from the first
        deadline = threading.Timer(self.timeout_s, _cut, (wires,))
        deadline.daemon = True
        deadline.start()
        try:
            connection = http.client.HTTPConnection(place.host, place.port)
            connection.default_port = 443 if place.is_secure else 80
            connection.sock = _secured(wires, place) if place.is_secure else wire
            yield connection
            connection.close()
        finally:
            deadline.cancel()
            wires[-1].close()

    def _read(self, answer: http.client.HTTPResponse) -> Reply:
        body = answer.read(self.most_bytes)
        status = answer.status
        if 200 <= status < 300:
            return Reply(status=status, body=body)
        fields: dict[str, object] = {"status": status}
        if 300 <= status < 400:
            raise SourceError("outgoing_redirected", permanent=True, fields=fields)
        delay = _delay(answer.headers.get("Retry-After"))
        if delay is not None:
            fields["after_s"] = delay
        passing = status >= 500 or status in RETRIED
        raise SourceError("outgoing_answered", permanent=not passing, fields=fields)


def _secured(wires: list[socket.socket], place: Place) -> ssl.SSLSocket:
    """TLS for the name asked, on a connection to the address checked."""
    try:
        secured = ssl.create_default_context().wrap_socket(
            wires[-1], server_hostname=place.host, do_handshake_on_connect=False
        )
        wires.append(secured)
        secured.do_handshake()
        return secured
    except ssl.SSLCertVerificationError as error:
        fields = {"host": place.host, "detail": error.verify_message}
        raise SourceError("outgoing_certificate", permanent=False, fields=fields) from error
    except OSError as error:
        raise _unreachable(place, error) from error


def _cut(wires: list[socket.socket]) -> None:
    with suppress(OSError):
        # Under TLS too: the plain shutdown wakes up whoever reads.
        socket.socket.shutdown(wires[-1], socket.SHUT_RDWR)


def _unreachable(place: Place, error: Exception) -> SourceError:
    fields = {"host": place.host, "detail": str(error)[:120] or type(error).__name__}
    return SourceError("outgoing_unreachable", permanent=False, fields=fields)


def _delay(said: str | None) -> float | None:
    """The seconds of a Retry-After header; a date is not followed.

    >>> _delay("30"), _delay("tomorrow")
    (30.0, None)
    """
    if said is None or not said.strip().isdecimal():
        return None
    return min(float(said.strip()), LONGEST_DELAY_S)
