"""What a page says when no interaction passes its filters: that, and how to clear them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verite.home import Home
from verite.web.asked import Asked
from verite.web.versions import versions_line
from verite.words.asked import Filters


def nothing_passes(home: Home, where: Filters) -> bool:
    """Whether the filters keep no interaction at all."""
    desk = home.desk
    return desk.answer(
        ("nothing passes", where), lambda: not bool(desk.timeline.rows_of(where).any())
    )


def say_nothing_passes(
    request: HttpRequest, home: Home, asked: Asked, page: tuple[str, str]
) -> HttpResponse:
    """The page (its name, its address) without figures, with a link that clears the filters."""
    name, url = page
    context = {
        "page_name": name,
        "asked": asked,
        "filters_action": url,
        "clear": f"{url}?period=all",
        "versions": versions_line(home),
    }
    return render(request, "nothing.html", context)
