"""A page whose answer is worked out behind it: the part that says so, followed by itself."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verite.web.lately import Lately

T = TypeVar("T")


def follow_answer(request: HttpRequest, found: Lately[T] | None) -> HttpResponse:
    """The part that says that it is being worked out; once found, the whole page again."""
    if found is not None and found.is_under_way:
        return render(request, "parts/working.html", {"again": request.get_full_path()})
    return whole_page()


def whole_page() -> HttpResponse:
    """What tells the reader's page to be loaded again."""
    response = HttpResponse(status=204)
    response.headers["HX-Refresh"] = "true"
    return response
