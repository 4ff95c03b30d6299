"""The designed maps that come with Vérité, to start from."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from verite.loop.map.reading import read_design
from verite.words.errors import WrongUse
from verite.words.journey import DesignedMap

SHIPPED: Final = ("online_purchase", "service", "examples", "clairvoie")


@cache
def shipped() -> tuple[DesignedMap, ...]:
    """The purchase in nine steps, the service in four, the fifteen examples, and Clairvoie."""
    return tuple(_read(key) for key in SHIPPED)


def shipped_design(key: str) -> DesignedMap:
    """One of them by its key.

    >>> len(shipped_design("online_purchase").path)
    9
    """
    for design in shipped():
        if design.key == key:
            return design
    raise WrongUse("unknown_design", fields={"design": key, "known": ", ".join(SHIPPED)})


def _read(key: str) -> DesignedMap:
    file = files("verite.loop.map") / "designs" / f"{key}.toml"
    return read_design(file.read_text(encoding="utf-8"), file=f"{key}.toml")
