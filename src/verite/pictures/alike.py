"""The pictures of identical experience: map, decomposition, control charts, funnel."""

from __future__ import annotations

from dataclasses import dataclass

from verite.pictures.caption import Caption
from verite.pictures.control import draw_control, draw_control_narrow
from verite.pictures.decomposition import draw_decomposition, draw_decomposition_narrow
from verite.pictures.funnel import draw_funnel, draw_funnel_narrow
from verite.pictures.identity_map import draw_identity_map, draw_identity_map_narrow
from verite.pictures.ink import Ink
from verite.pictures.links import Links
from verite.pictures.passages import Names
from verite.words.control import ControlPicture, Controls, Funnel, picture_of
from verite.words.identical import Decomposition, Identical, IdentityMap


@dataclass(frozen=True, slots=True, kw_only=True)
class Brush:
    """What every picture is drawn with."""

    caption: Caption
    names: Names
    ink: Ink
    links: Links


def map_of(found: Identical) -> IdentityMap:
    """The map of a result, for its picture."""
    metric = f"nps_{found.nps_kind}" if found.nps_kind else found.metric
    return IdentityMap(
        about=found.about,
        metric=metric,
        delta=found.delta,
        rows=found.map_rows,
        cells=found.map_cells,
    )


def draw_alike(result: object, brush: Brush) -> str | None:
    """The wide picture of such a result; None for any other."""
    words, names, ink, links = brush.caption, brush.names, brush.ink, brush.links
    if isinstance(result, Identical):
        return draw_identity_map(map_of(result), words, names, ink, links)
    if isinstance(result, IdentityMap):
        return draw_identity_map(result, words, names, ink, links)
    if isinstance(result, Decomposition):
        return draw_decomposition(result, words, names.lang, ink)
    if isinstance(result, Controls) and result.charts:  # the one that signals first
        result = picture_of(result, result.charts[0])
    if isinstance(result, ControlPicture):
        return draw_control(result, words, names.lang, ink, links)
    if isinstance(result, Funnel):
        return draw_funnel(result, words, names.lang, ink, links)
    return None


def draw_alike_narrow(result: object, brush: Brush) -> str | None:
    """The same for a phone."""
    words, names, ink, links = brush.caption, brush.names, brush.ink, brush.links
    if isinstance(result, Identical):
        return draw_identity_map_narrow(map_of(result), words, names, ink, links)
    if isinstance(result, IdentityMap):
        return draw_identity_map_narrow(result, words, names, ink, links)
    if isinstance(result, Decomposition):
        return draw_decomposition_narrow(result, words, names.lang, ink)
    if isinstance(result, Controls) and result.charts:
        result = picture_of(result, result.charts[0])
    if isinstance(result, ControlPicture):
        return draw_control_narrow(result, words, names.lang, ink, links)
    if isinstance(result, Funnel):
        return draw_funnel_narrow(result, words, names.lang, ink, links)
    return None
