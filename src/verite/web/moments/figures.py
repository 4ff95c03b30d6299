"""One line of the tables of a moment: a name, a number, its interval, what to make of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A name, a number, its interval, what to make of it."""

    name: str
    value: str
    interval: str
    told: str = ""
