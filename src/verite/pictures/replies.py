"""The picture of a question of experience: curves of who stays, or figures with their intervals."""

from __future__ import annotations

from verite.pictures.alike import Brush
from verite.pictures.caption import caption
from verite.pictures.forest import draw_forest, draw_forest_narrow
from verite.pictures.strengths import forest_of_reply
from verite.pictures.survival import draw_kept, draw_kept_narrow
from verite.words.experience import Experience, Kept, Reply, Topic


def draw_reply(result: object, brush: Brush) -> str | None:
    """The wide picture of a question; None for any other result. Of all of them: who stays."""
    if isinstance(result, Experience):
        result = result.of(Topic.KEPT)
    if not isinstance(result, Reply):
        return None
    lang = brush.names.lang
    words = caption(result, lang)
    if isinstance(result, Kept):
        return draw_kept(result, words, lang, brush.ink)
    return draw_forest(forest_of_reply(result, words, lang, brush.names.of), brush.ink)


def draw_reply_narrow(result: object, brush: Brush) -> str | None:
    """The same for a phone."""
    if isinstance(result, Experience):
        result = result.of(Topic.KEPT)
    if not isinstance(result, Reply):
        return None
    lang = brush.names.lang
    words = caption(result, lang)
    if isinstance(result, Kept):
        return draw_kept_narrow(result, words, lang, brush.ink)
    return draw_forest_narrow(forest_of_reply(result, words, lang, brush.names.of), brush.ink)
