"""The figures Clairvoie wants to reach, as shipped in targets.toml."""

from __future__ import annotations

import tomllib
from importlib.resources import files

from verite.words.measured import Target


def demo_targets() -> tuple[Target, ...]:
    """The targets of the demo's cockpit.

    >>> demo_targets()[0].metric
    'nps'
    """
    text = files("verite.demo").joinpath("targets.toml").read_text(encoding="utf-8")
    return tuple(
        Target(
            touchpoint=wish.get("touchpoint"),
            metric=wish["metric"],
            target=float(wish["target"]),
            label=wish.get("label"),
        )
        for wish in tomllib.loads(text)["target"]
    )
