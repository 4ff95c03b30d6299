"""The curve of one moment as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from verite.pictures import Ink, draw
from verite.sentences.moments_drawn import with_names
from verite.sentences.zones import in_zone
from verite.web.exports import export_picture
from verite.web.house import home_here
from verite.web.language import language
from verite.web.moments.looking import ask_moment
from verite.web.moments.wanted import read_wanted
from verite.web.reader import reader
from verite.web.touchpoints.naming import names_of
from verite.web.touchpoints.told import known_touchpoint
from verite.words.errors import WrongUse


def export_curve(request: HttpRequest, key: str) -> HttpResponse:
    """What is expected at each level of experience of a touchpoint, as SVG."""
    home = home_here()
    names = names_of(home)
    known_touchpoint(home, names, key)
    wanted = read_wanted(request, home)
    if wanted is None:
        raise WrongUse("no_outcome")
    found = with_names(ask_moment(home, wanted.question, key).result, names.name)
    svg = draw(in_zone(found, home.settings.zone), lang=language(), ink=Ink.LIGHT)
    return export_picture(reader(request), svg, f"moment-{key}")
