"""A result drawn as accessible SVG."""

from verite.pictures.draw import draw
from verite.pictures.ink import Ink
from verite.pictures.links import Links

__all__ = ["Ink", "Links", "draw"]
