"""A result drawn as accessible SVG."""

from verite.pictures.draw import draw, draw_narrow, draw_small, draw_small_narrow, draw_spark
from verite.pictures.ink import Ink
from verite.pictures.links import Links

__all__ = ["Ink", "Links", "draw", "draw_narrow", "draw_small", "draw_small_narrow", "draw_spark"]
