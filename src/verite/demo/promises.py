"""What Clairvoie promises, as shipped in promises.toml."""

from __future__ import annotations

from importlib.resources import files

from verite.measure.promises import read_promises
from verite.words.promises import Promise


def demo_promises() -> tuple[Promise, ...]:
    """The promises of the demo: day and night, and within ten minutes.

    >>> [one.key for one in demo_promises()]
    ['day_and_night', 'ten_minutes']
    """
    text = files("verite.demo").joinpath("promises.toml").read_text(encoding="utf-8")
    return read_promises(text)
