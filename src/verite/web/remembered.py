"""Pages remembered as they were sent, per (data, records, address, language, role)."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from verite.records.audit.records import mark
from verite.records.current import current_alias
from verite.web.house import home_here
from verite.web.language import language
from verite.web.lately import ended
from verite.web.reader import reader

Page = Callable[..., HttpResponse]
PAGES_KEPT = 256
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page as sent."""

    etag: str
    kind: str
    plain: bytes
    packed: bytes


_sheets: OrderedDict[Key, Sheet] = OrderedDict()
_lock = threading.Lock()


def remembered(page: Page) -> Page:
    """Answer from memory while neither data nor records changed; 304 when the reader has it."""

    @wraps(page)
    def answer(request: HttpRequest, *args: str, **named: str) -> HttpResponse:
        key = _key(request)
        with _lock:
            sheet = _sheets.get(key)
            if sheet is not None:
                _sheets.move_to_end(key)
        if sheet is None:
            response = page(request, *args, **named)
            if response.status_code != 200 or request.method != "GET":
                return response
            sheet = _keep(key, response)
        return _send(request, sheet)

    return answer


def _key(request: HttpRequest) -> Key:
    alias = current_alias()
    query = tuple(sorted((name, value) for name, value in request.GET.items() if name != "lang"))
    return (
        alias,
        home_here().versions,
        home_here().desk.ledger.quarantine_count,
        mark(using=alias),
        ended(alias),
        request.path,
        query,
        language(),
        reader(request).role,
    )


def _keep(key: Key, response: HttpResponse) -> Sheet:
    body = response.content
    sheet = Sheet(
        etag=f'"{hashlib.sha256(body).hexdigest()[:24]}"',
        kind=response.headers["Content-Type"],
        plain=body,
        packed=gzip.compress(body, 6, mtime=0),
    )
    with _lock:
        _sheets[key] = sheet
        # What was said of older versions is asked no more, and may name who was erased since.
        for old in [k for k in _sheets if k[0] == key[0] and k[1] != key[1]]:
            del _sheets[old]
        while len(_sheets) > PAGES_KEPT:
            _sheets.popitem(last=False)
    return sheet


def _send(request: HttpRequest, sheet: Sheet) -> HttpResponse:
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
