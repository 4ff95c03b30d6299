"""Values of the dimensions compared, as people call them."""

from __future__ import annotations

from verite.sentences.names import name_in, value_name
from verite.web.language import language
from verite.web.touchpoints.naming import Names


def value_told(dimension: str, value: str, names: Names) -> str:
    """A channel, team, touchpoint, motive, hour or week."""
    if dimension == "touchpoint":
        return names.name(value)
    if dimension == "motive":
        return name_in("motive", value, language())
    if dimension == "week":
        return value_name("day", value, language())
    return value_name(dimension, value, language())
