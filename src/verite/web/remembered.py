"""Pages remembered as they were sent, per (data, records, address, language, role)."""

from __future__ import annotations

import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import wraps

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from verite.records.audit.records import mark
from verite.records.current import current_alias
from verite.web.former import Former
from verite.web.house import home_here
from verite.web.language import language
from verite.web.lately import Late, ended, is_hurried, late
from verite.web.reader import reader
from verite.web.versions import versions_line

Page = Callable[..., HttpResponse]
PAGES_KEPT = 256
NOTE = b"<!--former-->"  # where a page says that newer data came
TOKEN = b"<!--token-->"  # where a form bears the token of its reader
_TOKENS = re.compile(rb'(?<=name="csrfmiddlewaretoken" value=")[^"]*')


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page as sent. What is told of newer data goes where `note_at` says, if anywhere.

    A page with forms is held without any token: each reader is given their own.
    """

    etag: str
    kind: str
    plain: bytes
    packed: bytes
    note_at: int
    of: str = ""  # the data it was made from, as the reader is told
    versions: tuple[int, int] = (-1, -1)  # the same, as numbers
    has_forms: bool = False
    late: Late | None = None  # what it could not tell yet
    ended: int = 0  # long answers found when it was made


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address as somebody reads it. After an erasure, or a change of records, it is another."""

    alias: str
    past: tuple[int, int]
    page: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A page: its place, and the data that it is made from."""

    place: Place
    versions: tuple[int, int]
    quarantined: int


_sheets: OrderedDict[Key, Sheet] = OrderedDict()
_former: Former[Place, Sheet] = Former(PAGES_KEPT)
_lock = threading.Lock()


def remembered(page: Page) -> Page:
    """Answer from memory while neither data nor records changed; 304 when the reader has it.

    When only data came, the page of the data just before is sent, which says so.
    """

    @wraps(page)
    def answer(request: HttpRequest, *args: str, **named: str) -> HttpResponse:
        def make() -> HttpResponse:
            return page(request, *args, **named)

        key = _key(request)
        sheet = _held(key)
        if sheet is not None:
            _former.keep(key.place, sheet)
            return _send(request, sheet)
        older = _former.of(key.place) if request.method == "GET" and is_hurried() else None
        if older is not None and older.note_at >= 0 and older.versions != key.versions:
            _former.renew(key.place, lambda: _made_behind(request, make))
            return _send(request, _noted(older))
        response, sheet = _made(request, make)
        return response if sheet is None else _send(request, sheet)

    return answer


def _key(request: HttpRequest) -> Key:
    alias, home = current_alias(), home_here()
    query = tuple(sorted((name, value) for name, value in request.GET.items() if name != "lang"))
    ledger = home.desk.ledger
    return Key(
        place=Place(
            alias=alias,
            past=(ledger.erasures, mark(using=alias)),
            page=(request.path, query, language(), reader(request).role),
        ),
        versions=home.versions,
        quarantined=ledger.quarantine_count,
    )


def _held(key: Key) -> Sheet | None:
    with _lock:
        sheet = _sheets.get(key)
        if sheet is None or not _holds(sheet, key.place.alias):
            return None
        _sheets.move_to_end(key)
        return sheet


def _holds(sheet: Sheet, alias: str) -> bool:
    """Whether a page that could not tell everything still cannot."""
    if sheet.late is None:
        return True
    return sheet.ended == ended(alias) and time.monotonic() < sheet.late.until


def _made(
    request: HttpRequest, page: Callable[[], HttpResponse]
) -> tuple[HttpResponse, Sheet | None]:
    """The page made now; its sheet when it may be remembered."""
    key, found = _key(request), ended(current_alias())
    late.set(None)
    response = page()
    if response.status_code != 200 or request.method != "GET":
        return response, None
    sheet = replace(_sheet(response), late=late.get(), ended=found, versions=key.versions)
    if _key(request).place == key.place:  # nobody was erased while it was made
        _keep(key, sheet)
    return response, sheet


def _made_behind(request: HttpRequest, page: Callable[[], HttpResponse]) -> None:
    """In a thread of its own."""
    try:
        _made(request, page)
    finally:
        connections.close_all()


def _sheet(response: HttpResponse) -> Sheet:
    before, mark_, after = _TOKENS.sub(TOKEN, response.content).partition(NOTE)
    return _packed(before + after, response.headers["Content-Type"], len(before) if mark_ else -1)


def _packed(body: bytes, kind: str, note_at: int) -> Sheet:
    has_forms = TOKEN in body
    return Sheet(
        etag=f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        kind=kind,
        plain=body,
        packed=b"" if has_forms else gzip.compress(body, 6, mtime=0),
        note_at=note_at,
        has_forms=has_forms,
        of=versions_line(home_here()) if note_at >= 0 else "",
    )


def _noted(older: Sheet) -> Sheet:
    """A page of older data, with a line that says so and of which."""
    before, after = older.plain[: older.note_at], older.plain[older.note_at :]
    note = render_to_string("parts/former.html", {"versions": older.of}).encode()
    return _packed(before + note + after, older.kind, -1)


def _keep(key: Key, sheet: Sheet) -> None:
    here = key.place
    if sheet.late is None or not sheet.late.is_missing:
        _former.keep(here, sheet)
    _former.forget(lambda place: place.alias == here.alias and place.past != here.past)
    with _lock:
        _sheets[key] = sheet
        # What was said of older versions is asked no more, and may name who was erased since.
        for old in list(_sheets):
            if old.place.alias == here.alias and old.versions != key.versions:
                del _sheets[old]
        while len(_sheets) > PAGES_KEPT:
            _sheets.popitem(last=False)


def _send(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    if sheet.has_forms:
        return _signed(request, sheet)
    if request.headers.get("If-None-Match") == sheet.etag:
        response = HttpResponse(status=304)
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(sheet.packed, content_type=sheet.kind)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(sheet.plain, content_type=sheet.kind)
    response.headers["ETag"] = sheet.etag
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def _signed(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """A page with forms, for this reader alone."""
    body = sheet.plain.replace(TOKEN, get_token(request).encode())
    response = HttpResponse(body, content_type=sheet.kind)
    add_never_cache_headers(response)
    patch_vary_headers(response, ["Cookie"])
    return response
