"""A result drawn as accessible SVG."""

from verite.pictures.draw import draw, draw_in_small, draw_in_small_narrow, draw_narrow
from verite.pictures.ink import Ink
from verite.pictures.links import Links

__all__ = ["Ink", "Links", "draw", "draw_in_small", "draw_in_small_narrow", "draw_narrow"]
