"""The figures Clairvoie wants to reach, as shipped in targets.toml."""

from __future__ import annotations

from importlib.resources import files

from verite.measure.wishes import read_targets
from verite.words.measured import Target


def demo_targets() -> tuple[Target, ...]:
    """The targets of the demo's cockpit.

    >>> demo_targets()[0].metric
    'nps'
    """
    text = files("verite.demo").joinpath("targets.toml").read_text(encoding="utf-8")
    return read_targets(text)
