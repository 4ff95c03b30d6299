"""The picture of a story: the timeline for a desk, the feeling alone for a phone."""

from __future__ import annotations

from django.utils.safestring import mark_safe

from verite.pictures import draw, draw_small_narrow
from verite.pictures.story.scene import is_folded
from verite.sentences.reading import how_to_read
from verite.sentences.tale import tale
from verite.web.customers.taling import StoryLinks
from verite.web.language import language
from verite.web.pictured import Drawn
from verite.words.customer import Customer


def pictured(customer: Customer) -> tuple[Drawn, str]:
    """Both drawings, and how to read them; a phone lists the lines under the second."""
    lang = language()
    wide = draw(customer, lang=lang, links=StoryLinks())
    narrow = draw_small_narrow(customer, lang=lang)
    # Pictures escape every text they are given; nothing else enters them.
    told = Drawn(wide=mark_safe(wide), narrow=mark_safe(narrow))  # noqa: S308
    folded = tale("reading.folded", lang) if is_folded(customer) else ""
    return told, how_to_read(customer, lang) + folded
