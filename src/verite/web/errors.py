"""Error pages, in the same hand as the others: what happened, what is kept, what to do."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verite.sentences import explain
from verite.web.language import language
from verite.web.logged import without_words
from verite.web.wording import say
from verite.words.errors import HomeError, VeriteError

log = logging.getLogger(__name__)

STATUS_OF = {"not_allowed": 403, "too_large": 413, "too_many_sign_ins": 429}


def explained(request: HttpRequest, error: VeriteError) -> HttpResponse:
    """The page of a typed error."""
    status = STATUS_OF.get(error.code, 404 if error.code.startswith("unknown_") else 400)
    if isinstance(error, HomeError):
        status = 503
        log.error("home error: %s", without_words(error))
    return _page(request, status, detail=explain(error, language()))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return _page(request, 404)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, 403)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our page, or came too late."""
    return _page(request, 403, detail=say("error.csrf"))


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, 400)


def failed(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(request, 500)


def _page(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    known = status if status in {400, 403, 404, 413, 429, 500, 503} else 400
    context = {
        "title": say(f"error.title_{known}"),
        "lede": detail or say(f"error.lede_{known}"),
        "remedy": say(f"error.remedy_{known}"),
    }
    return render(request, "error.html", context, status=status)
