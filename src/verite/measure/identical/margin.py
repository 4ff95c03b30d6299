"""The margin within which two experiences count as the same."""

from __future__ import annotations

from typing import Final

from verite.measure.scores import Scale

_SET: Final[dict[Scale, float]] = {(0.0, 10.0): 0.5, (1.0, 5.0): 0.25}
_PART: Final = 20.0  # of any other scale


def delta_of(asked: float | None, scale: Scale) -> float:
    """The margin asked, or that of the scale: half a point of 0-10, a quarter of 1-5.

    >>> delta_of(None, (0.0, 10.0)), delta_of(None, (1.0, 5.0)), delta_of(None, (1.0, 7.0))
    (0.5, 0.25, 0.3)
    """
    return asked if asked is not None else _SET.get(scale, (scale[1] - scale[0]) / _PART)
